import CSN
import Documents
import Foundation
import Profiles
import Testing

@testable import Normalizing

/// The repository's folder.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// 21 November 2026.
let sampleDay = Day(number: 20_778)

/// What `body` gives for a cell with that text.
func withCell<Result>(_ text: String, _ body: (CellBytes) -> Result) -> Result {
    Array(text.utf8).withUnsafeBufferPointer(body)
}

/// A folder of mappings that goes before the shipped ones; removed with it.
final class ScratchMappings {
    let path: String

    /// - Parameter files: their text by name ("schools/1003/courses.csv").
    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "csnfil-mappings-\(UUID().uuidString)").path
        for (name, text) in files {
            let file = URL(filePath: path + "/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What `body` reads from the folder and, behind it, the shipped mappings.
    func read<Result>(_ body: (MappingFolders) throws -> Result) rethrows -> Result {
        // The folder goes with the last use of self.
        try withExtendedLifetime(self) {
            try body(MappingFolders([path, repository.appending(path: "Mappings").path]))
        }
    }
}

/// What one row became.
struct ReadRow {
    var candidate: Candidate
    var notes: [FieldNote]
    var knowledge: Knowledge
    var isLeftOut = false

    /// The code of the course that the row points to.
    var code: String? { candidate.course.map { knowledge.courses.table[$0].code } }

    func outcome(_ field: Field) -> FieldNote.Outcome? { notes.first { $0.field == field }?.outcome }
}

/// Reads rows that are given as texts by slot.
final class RowBench {
    private var normalizer: RowNormalizer
    private let slots: [Slot]

    /// - Parameters:
    ///   - slots: the columns that the export has.
    ///   - files: mappings that go before the shipped ones.
    ///   - profile: keys of the profile's columns, by slot.
    init(
        _ slots: [Slot], files: [String: String] = [:], schools: [SchoolRegister.School] = [],
        patterns: [Skolkod: [String]] = [:], school: Skolkod? = Skolkod(1003), today: Day = sampleDay,
        profile: [Slot: String] = [:]
    ) throws {
        self.slots = slots
        let knowledge = try ScratchMappings(files).read {
            try Knowledge(folders: $0, schools: schools, patterns: patterns, today: today)
        }
        var text = "profile: 1\nsystem: x\ntitle: x\nbasis: {}\ncontainer: {kind: csv, delimiter: tab}\n"
        text += "terms: {spring: [01-10, 06-12], autumn: [08-18, 12-20]}\ncolumns:\n"
        for slot in Set(slots).union(Slot.needed).sorted(by: { $0.rawValue < $1.rawValue }) {
            text += "  \(slot.name): {headers: \(slot.name)\(profile[slot].map { ", " + $0 } ?? "")}\n"
        }
        normalizer = RowNormalizer(
            knowledge, profile: try Profile.read(YAMLNode.read(path: "p", bytes: Array(text.utf8)), name: "p"),
            columns: Slot.allCases.map { slots.firstIndex(of: $0) }, school: school)
    }

    func read(_ texts: [Slot: String], isShifted: Bool = false, invalid: [Slot] = []) -> ReadRow {
        var rooms: [CellBytes] = []
        for slot in Slot.allCases {
            let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, texts[slot]?.utf8.count ?? 0))
            let end = room.update(fromContentsOf: (texts[slot] ?? "").utf8)
            rooms.append(CellBytes(rebasing: CellBytes(room)[..<end]))
        }
        defer { for room in rooms { room.deallocate() } }
        for (slot, room) in zip(Slot.allCases, rooms) { normalizer.cells[slot] = room }
        let origin = RowOrigin(input: 0, line: 2, offset: 10)
        var candidate = Candidate(origin: origin)
        if isShifted {
            normalizer.normalizeShifted(.cellCount, cells: 3, columns: 4, at: origin, into: &candidate)
        } else {
            normalizer.normalize(at: origin, invalid: invalid, into: &candidate)
        }
        return ReadRow(
            candidate: candidate, notes: normalizer.notes, knowledge: normalizer.knowledge,
            isLeftOut: normalizer.isLeftOut)
    }
}
