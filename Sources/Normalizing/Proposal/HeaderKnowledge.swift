import Documents
import Findings
import Profiles

/// What is known of headers: those of all profiles, and those of `national/headers.csv`.
///
/// `*start*` in that file means any header that holds "start", as headers are compared; `*kurs*kod*` one that holds
/// both in that order. The slot `-` is no slot: headers of columns that csnfil never uses.
struct HeaderKnowledge: Sendable {
    /// Why a header speaks for a slot.
    enum Ground: Sendable, Hashable {
        /// A profile, by name, has this very header.
        case profile(String)
        /// It is in the list of headers.
        case list
        /// It holds words of such headers.
        case part
        /// It is near to a known one.
        case near(String)
    }

    /// How much a header speaks for a slot.
    struct Evidence: Sendable {
        var points: Double
        var ground: Ground
    }

    private struct Known: Sendable {
        var text: String
        var name: HeaderName
        var slot: Slot?
        var ground: Ground
    }

    fileprivate struct Part: Sendable {
        var pieces: [String]
        /// Whether the header must end with the last piece.
        var endsHere: Bool
        var slot: Slot?
    }

    /// The words by which profiles leave rows out, in lower case.
    let leftOutWords: Set<String>
    private var known: [Known] = []
    private var parts: [Part] = []

    /// How many points a header gives that is known word for word.
    static let exact = 10.0
    private static let partly = 5.0
    private static let nearly = 6.0

    /// Reads the list of headers.
    ///
    /// - Parameter profiles: those whose headers are known too.
    /// - Throws: an unknown slot or an empty header, with its line.
    init(folders: MappingFolders, profiles: [Profile]) throws(DocumentProblem) {
        leftOutWords = Set(profiles.flatMap(\.leavesOut).flatMap(\.values).map { $0.lowercased() })
        for profile in profiles where profile.records == .courses {
            for (slot, column) in profile.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                for header in column.headers {
                    // A header of XML is a path; its last step is the name.
                    let name = header.split(separator: "/").last.map(String.init) ?? header
                    known.append(
                        Known(text: name, name: HeaderName(name), slot: slot, ground: .profile(profile.name)))
                }
            }
        }
        let rows = try MappingRow.read(
            path: folders.require("national/headers.csv"), required: ["slot", "header"], optional: ["note"])
        for row in rows { try add(row) }
    }

    private mutating func add(_ row: MappingRow) throws(DocumentProblem) {
        let slot = Slot(name: row["slot"])
        guard slot != nil || row["slot"] == "-" else {
            throw row.problem(
                "slot", Text(sv: "”\(row["slot"])” är ingen kolumn.", en: "“\(row["slot"])” is no slot."))
        }
        let text = row["header"]
        guard text.hasPrefix("*") else {
            let name = HeaderName(text)
            guard !name.folded.isEmpty else {
                throw row.problem("header", Text(sv: "Rubriken saknas.", en: "The header is missing."))
            }
            known.append(Known(text: text, name: name, slot: slot, ground: .list))
            return
        }
        let pieces = text.split(separator: "*").map { HeaderName(String($0)).folded }.filter { !$0.isEmpty }
        guard !pieces.isEmpty else {
            throw row.problem("header", Text(sv: "Rubriken saknas.", en: "The header is missing."))
        }
        parts.append(Part(pieces: pieces, endsHere: !text.hasSuffix("*"), slot: slot))
    }

    /// For each slot that a header speaks for, how much and why; under nil how much it speaks for none at all.
    func evidence(for header: String) -> [Slot?: Evidence] {
        let name = HeaderName(header)
        guard !name.folded.isEmpty else { return [:] }
        var found: [Slot?: Evidence] = [:]
        func take(_ slot: Slot?, _ points: Double, _ ground: Ground) {
            if points > found[slot]?.points ?? 0 { found[slot] = Evidence(points: points, ground: ground) }
        }
        for one in known where one.name.matches(name) { take(one.slot, HeaderKnowledge.exact, one.ground) }
        for part in parts where part.matches(name.folded) {
            // The more of the header the words are, the more they say.
            let length = part.pieces.reduce(0) { $0 + $1.count }
            take(part.slot, HeaderKnowledge.partly + Double(length) / Double(name.folded.count), .part)
        }
        if name.folded.count >= 5 {
            for one in known where one.name.folded.count >= 5 {
                guard nearestNames(to: name.folded, among: [one.name.folded], limit: 1).count == 1,
                    HeaderKnowledge.isOneSlip(name.folded, one.name.folded)
                else { continue }
                take(one.slot, HeaderKnowledge.nearly, .near(one.text))
            }
        }
        return found
    }

    /// Whether two names differ by one letter.
    private static func isOneSlip(_ one: String, _ other: String) -> Bool {
        guard abs(one.count - other.count) <= 1 else { return false }
        let (short, long) = one.count <= other.count ? (Array(one), Array(other)) : (Array(other), Array(one))
        let start = zip(short, long).prefix { $0 == $1 }.count
        let end = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
        return start + end >= long.count - 1
    }
}

extension HeaderKnowledge.Part {
    /// Whether the pieces stand in a folded header in their order.
    fileprivate func matches(_ header: String) -> Bool {
        var rest = header[...]
        for piece in pieces {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return !endsHere || header.hasSuffix(pieces.last ?? "")
    }
}
