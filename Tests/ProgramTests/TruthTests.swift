import Foundation
import Testing

/// Large faulty samples against their truth, which knows nothing of the program: what is sent is what is true, and
/// whoever is held is held for the fault that was made, at its place.
///
/// The list report has 30 000 rows, which takes some ten seconds in a debug build. The size of a large region:
/// `CSNFIL_TRUTH_ROWS=100000 swift test --filter TruthTests`.
@Suite struct TruthTests {
    struct Trial: Sendable, CustomTestStringConvertible {
        var system: String
        var rows: Int
        var testDescription: String { "\(rows) rows of \(system)" }

        var export: String { system == "schoolsoft" ? "StudieplanerKurser.txt" : "csn-lista.csv" }
        /// SchoolSoft's text file names no school, and no start: there the school's word is that who was graded began.
        var needsSchool: Bool { system == "schoolsoft" }
        /// The file has an id of each student beside the personnummer.
        var knowsStudents: Bool { system == "schoolsoft" }
        /// Whether the fault is in a cell: the file has no column for the course part.
        func hasColumn(for fault: String) -> Bool {
            !TruthTests.ofRows.contains(fault) && !(system == "schoolsoft" && fault == "kursdel-missing")
        }
    }

    static let rows = ProcessInfo.processInfo.environment["CSNFIL_TRUTH_ROWS"].flatMap { Int($0) } ?? 30_000

    static let trials = [
        Trial(system: "schoolsoft-list", rows: rows), Trial(system: "schoolsoft", rows: 5_000),
    ]

    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: trials) func isWhatTheTruthSays(_ trial: Trial) throws {
        let made = try Program.run(
            [
                "sample", trial.system, "--records", "\(trial.rows)", "--seed", "1", "--faults", "10", "--out",
                "sample",
                "--today", "2026-11-23",
            ], in: scratch)
        try #require(made.status == 0, "\(made.error)")
        for layout in ["komvux", "komvux-fixed"] { try expectTruth(trial, layout) }
    }

    private func expectTruth(_ trial: Trial, _ layout: String) throws {
        var arguments = ["sample/" + trial.export, "--layout", layout]
        if trial.needsSchool {
            try scratch.write("csnfil.yaml", "schools:\n  - {skolkod: 1000, started: {grade: true}}\n")
            arguments += ["--school", "1000", "--config", "csnfil.yaml"]
        }
        let converted = try Program.convert(arguments, in: scratch, out: layout)
        try #require(converted.status == 1, "\(converted.error)")

        let uploads = try scratch.uploadFiles(layout).keys.sorted().map { scratch.file("\(layout)/\($0)") }
        #expect(!uploads.isEmpty)
        let checked = try Script.run("check-upload", ["--quiet"] + uploads)
        #expect(checked.status == 0, "\(checked.said.suffix(2_000))")
        let compared = try Script.run("compare-truth", [scratch.file("sample/truth.jsonl"), scratch.file(layout)])
        #expect(compared.status == 0, "\(compared.said)")
        try expectEveryHoldIsNamed(trial, layout)
    }

    // MARK: - Whoever is held

    /// A row that is held, as the truth has it.
    private struct HeldRow: Decodable {
        var line: Int
        var fault: String?
        var record: [String: String]

        var student: String { record["personnummer"] ?? "" }
    }

    private struct Finding: Decodable {
        var rule: String
        var action: String
        var line: Int?
        var column: String?
    }

    /// Faults of the whole row: no column is to blame.
    fileprivate static let ofRows: Set<String> = ["row-cell-count", "row-cut-short"]
    /// Faults of two rows together: either may be the one that the truth calls faulty.
    private static let ofPairs: Set<String> = ["corrected-grade", "conflicting-records"]

    private func expectEveryHoldIsNamed(_ trial: Trial, _ layout: String) throws {
        let held: [HeldRow] = try lines("sample/truth.jsonl", with: #""fate":"held""#)
        #expect(!held.isEmpty)
        let holds: [Finding] = try lines(layout + "/report/diagnostics.jsonl", with: #""action":"hold""#)
        let holdsByLine = Dictionary(grouping: holds) { $0.line ?? 0 }
        var unnamed: [String] = []
        for row in held {
            guard let fault = row.fault else { continue }
            let named = (holdsByLine[row.line] ?? []).filter { $0.rule == fault }
            let hasPlace = named.contains { $0.column != nil } || !trial.hasColumn(for: fault)
            if named.isEmpty || !hasPlace { unnamed.append("line \(row.line): \(fault)") }
        }
        #expect(unnamed == [])

        let faultsByStudent = Dictionary(grouping: held.filter { $0.fault != nil }, by: \.student)
        #expect(held.filter { faultsByStudent[$0.student] == nil }.map(\.line) == [])

        // And nothing is held for a fault that was not made.
        let byLine = Dictionary(held.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        let unfounded = holds.filter { hold in
            guard let row = hold.line.flatMap({ byLine[$0] }) else { return true }
            if row.fault == hold.rule { return false }
            let ofTheStudent = faultsByStudent[row.student]?.contains { $0.fault == hold.rule } ?? false
            return !(row.fault == nil && Self.ofPairs.contains(hold.rule) && ofTheStudent)
        }
        #expect(unfounded.map { "line \($0.line ?? 0): \($0.rule)" } == [])

        try expectOneSentenceAUnit(held, trial, layout)
    }

    private func lines<Value: Decodable>(_ name: String, with text: String) throws -> [Value] {
        let decoder = JSONDecoder()
        let marker = Data(text.utf8)
        return try Data(scratch.read(name)).split(separator: UInt8(ascii: "\n")).filter { $0.range(of: marker) != nil }
            .map { try decoder.decode(Value.self, from: $0) }
    }

    // MARK: - Units

    /// A held row as its unit sees it.
    private struct Span {
        var line: Int
        var start: String
        /// nil where it cannot be read: then the row joins by half-year alone.
        var end: String?

        var halfYear: String { start.prefix(4) + (start.dropFirst(5).prefix(2) > "06" ? "b" : "a") }

        func isOneUnit(with other: Span) -> Bool {
            if halfYear == other.halfYear { return true }
            guard let end, let otherEnd = other.end else { return false }
            return start <= otherEnd && other.start <= end
        }
    }

    private func expectOneSentenceAUnit(_ held: [HeldRow], _ trial: Trial, _ layout: String) throws {
        let said: [Finding] = try lines(layout + "/report/diagnostics.jsonl", with: #""rule":"unit-held""#)
        let counts = said.reduce(into: [Int: Int]()) { $0[$1.line ?? 0, default: 0] += 1 }
        let units = try units(of: held, trial)
        let wrong = units.filter { unit in unit.reduce(0) { $0 + (counts[$1] ?? 0) } != 1 }
        #expect(wrong.map { $0.sorted() } == [])
        #expect(units.count == said.count)
    }

    /// The lines of each held unit: a student's rows at a school, by half-year of the start or by overlap. A row whose
    /// student or school is not known stands alone; one without a start is in no unit.
    private func units(of held: [HeldRow], _ trial: Trial) throws -> [[Int]] {
        let export = Scratch.lines(try scratch.read("sample/" + trial.export))
        let delimiter: Character = trial.system == "schoolsoft" ? "\t" : ";"
        func cells(_ line: Int) -> [String] {
            export[line - 1].split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
        }
        let headers = cells(1)
        let start = try #require(headers.firstIndex { ["Startdatum", "startdate"].contains($0) })
        let end = try #require(headers.firstIndex { ["Slutdatum", "enddate"].contains($0) })

        var spans: [String: [Span]] = [:]
        for row in held {
            var key = "\(row.student) \(row.record["skolkod"] ?? "")"
            var span = Span(line: row.line, start: row.record["startdatum"] ?? "", end: row.record["slutdatum"])
            if let fault = row.fault {
                if Self.ofRows.contains(fault) { continue }
                if Self.ofOwners.contains(fault), !trial.knowsStudents { key += " \(row.line)" }
                // A faulty row is taken for what it says.
                let cells = cells(row.line)
                guard Self.isDay(cells[start]) else { continue }
                span.start = cells[start]
                if Self.isDay(cells[end]) { span.end = cells[end] } else { span.end = nil }
            }
            spans[key, default: []].append(span)
        }
        return spans.values.flatMap { Self.joined($0) }
    }

    /// Faults after which nobody knows whose row it is, or at which school.
    private static let ofOwners: Set<String> = [
        "unknown-school", "skolkod-looks-like-kommunkod", "personnummer-format", "temporary-personnummer",
        "personnummer-date",
    ]

    private static func isDay(_ text: String) -> Bool {
        guard text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil else { return false }
        let parts = text.split(separator: "-").compactMap { Int($0) }
        let calendar = Calendar(identifier: .gregorian)
        return DateComponents(calendar: calendar, year: parts[0], month: parts[1], day: parts[2]).isValidDate
    }

    private static func joined(_ spans: [Span]) -> [[Int]] {
        var units: [[Span]] = []
        for span in spans {
            let own = units.filter { $0.contains { $0.isOneUnit(with: span) } }
            units.removeAll { $0.contains { $0.isOneUnit(with: span) } }
            units.append(own.flatMap(\.self) + [span])
        }
        return units.map { $0.map(\.line) }
    }
}

/// The repository's own scripts.
enum Script {
    static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, said: String) {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = repository.appending(path: "Scripts/" + name)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }
}
