import CSN
import Findings
import FoundationEssentials
import Glibc

/// The reservations of an output folder, as they lie in `.work/reservations.json`.
struct ReservationList: Sendable {
    private struct Key: Hashable {
        let skolkod: Skolkod
        let readingDay: Day
    }

    private var entries: [Key: Reservation] = [:]

    /// In the order of school and day.
    var all: [Reservation] {
        entries.values.sorted { ($0.skolkod, $0.readingDay) < ($1.skolkod, $1.readingDay) }
    }

    subscript(skolkod: Skolkod, readingDay: Day) -> Reservation? {
        get { entries[Key(skolkod: skolkod, readingDay: readingDay)] }
        set { entries[Key(skolkod: skolkod, readingDay: readingDay)] = newValue }
    }

    /// The version of the file's form. Raised when its meaning changes; a newer one is refused.
    private static let schemaVersion = 1

    private struct Document: Codable {
        var schemaVersion: Int
        var reservations: [Entry]
    }

    private struct Entry: Codable {
        var by: Reservation.Owner
        var skolkod: Int
        var readingDay: String
        var file: String
        var sha256: String
        var replaced: Reservation.Replaced?
    }

    /// No reservations.
    init() {}

    /// Reads the list; a file that is not there holds none.
    init(path: String) throws(OutputProblem) {
        var status = stat()
        if lstat(path, &status) != 0, errno == ENOENT { return }
        let bytes = try ReservationList.contents(of: path)
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
            throw .reservations(
                path: path,
                reason: Text(
                    sv: "det är ingen lista över reservationer.", en: "it is not a list of reservations."))
        }
        guard document.schemaVersion == ReservationList.schemaVersion else {
            throw .reservations(
                path: path,
                reason: Text(
                    sv: "den är skriven av en nyare csnfil (version \(document.schemaVersion)).",
                    en: "it was written by a newer csnfil (version \(document.schemaVersion))."))
        }
        for entry in document.reservations {
            guard let skolkod = Skolkod(entry.skolkod), let day = Day(iso: entry.readingDay) else {
                throw .reservations(
                    path: path,
                    reason: Text(
                        sv: "skolkod \(entry.skolkod) eller dagen \(entry.readingDay) finns inte.",
                        en: "there is no skolkod \(entry.skolkod) or no day \(entry.readingDay)."))
            }
            self[skolkod, day] = Reservation(
                owner: entry.by, skolkod: skolkod, readingDay: day, file: entry.file, sha256: entry.sha256,
                replaced: entry.replaced)
        }
    }

    private static func contents(of path: String) throws(OutputProblem) -> [UInt8] {
        let file = try InputFile(path: path)
        var contents: [UInt8] = []
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { block.deallocate() }
        while case let count = file.read(into: block), count > 0 { contents += block[..<count] }
        if let failure = file.failure { throw failure }
        return contents
    }

    /// Writes the list, whole or not at all.
    func write(to path: String) throws(OutputProblem) {
        let entries = all.map {
            Entry(
                by: $0.owner, skolkod: Int($0.skolkod.number), readingDay: $0.readingDay.description, file: $0.file,
                sha256: $0.sha256, replaced: $0.replaced)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(schemaVersion: ReservationList.schemaVersion, reservations: entries)
        guard let data = try? encoder.encode(document) else {
            throw .reservations(
                path: path, reason: Text(sv: "den går inte att skriva.", en: "it cannot be written."))
        }
        try AtomicFile.write(String(decoding: data, as: UTF8.self) + "\n", to: path)
    }
}
