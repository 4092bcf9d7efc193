import Foundation
import Testing

/// A sample of every profile that says how one is written, against its truth, which knows nothing of the program: what
/// is sent is what is true, record by record, and whoever is held is held for the fault that was made, at its place.
///
/// The profiles are those in the folder: a new one is tried without being named here.
@Suite("Samples of every system, converted")
struct SampleTruthTests {
    struct Trial: Sendable, CustomTestStringConvertible {
        var profile: String
        var faults: Double
        var testDescription: String { "\(profile), \(faults) %" }
    }

    /// Profiles with a sample of their own: side tables are written with the export that needs them.
    static let profiles: [String] = {
        let folder = repository + "/Mappings/systems"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().filter { name in
            let text = (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
            let lines = text.split(separator: "\n")
            return lines.contains("sample:") && !lines.contains("records: persons")
        }.map { String($0.dropLast(5)) }
    }()
    static let trials = profiles.flatMap { profile in [0, 2].map { Trial(profile: profile, faults: $0) } }

    /// Profiles whose columns show everything: nothing but how they are written tells their exports apart.
    static let full = [
        "schoolsoft-list", "procapita", "edlevo", "extens", "adela", "progma", "gerda", "stockholm", "alvis",
    ]
    static let records = 2_000

    private let place: Workplace

    init() throws { place = try Workplace() }

    @Test func thereAreSome() {
        #expect(Self.profiles.count >= 15)
        #expect(Set(Self.full).isSubset(of: Set(Self.profiles)))
    }

    @Test("A name that is no profile's is answered with those there are")
    func unknownName() throws {
        let unknown = try place.sampleOutcome("adel")
        #expect(unknown.status == 64 && unknown.error.contains("Did you mean adela?"), "\(unknown.error)")
        for name in Self.profiles { #expect(unknown.error.contains(name)) }
    }

    @Test("A list of students is written with the export that needs it, into a folder")
    func sideTable() throws {
        let table = try place.sampleOutcome("stockholm-elever")
        #expect(table.status == 2 && table.error.contains("list of students"), "\(table.error)")
        let piped = try place.sampleOutcome("stockholm-xml", into: nil)
        #expect(piped.status == 64 && piped.error.contains("--out"), "\(piped.error)")
    }

    // MARK: - The truth

    private struct Truth {
        var rows: [Row] = []
        var counts: [String: Int] = [:]

        struct Row: Decodable {
            var line: Int
            var fate: String
            var fault: String?
            var record: [String: String]

            var student: String { record["personnummer"] ?? "" }
        }

        init(_ bytes: [UInt8]) throws {
            let lines = bytes.split(separator: UInt8(ascii: "\n")).map { Data($0) }
            rows = try lines.dropLast().map { try JSONDecoder().decode(Row.self, from: $0) }
            let closing = try JSONSerialization.jsonObject(with: try #require(lines.last)) as? [String: Any]
            counts = (closing ?? [:]).compactMapValues { $0 as? Int }
        }
    }

    private func sample(_ profile: String, _ faults: Double, into name: String) throws -> (paths: [String], Truth) {
        try place.sample(profile, "", records: Self.records, seed: 1, faults: faults, into: name)
        let folder = place.path(name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let exports = files.filter { $0 != "truth.jsonl" && $0 != "csnfil.yaml" }.map { "\(folder)/\($0)" }
        return (exports, try Truth(place.read("\(name)/truth.jsonl")))
    }

    private func convert(_ paths: [String], _ truth: Truth, _ profile: String, out: String = "out") throws
        -> Workplace.Ending
    {
        // The exports of some systems name no school; then all rows are of one.
        let schools = Set(truth.rows.compactMap { $0.record["skolkod"] })
        return try place.convert(paths, out: out) {
            $0.layout = "komvux-fixed"
            if profile.hasPrefix("schoolsoft") && profile != "schoolsoft-list" { $0.school = schools.first }
        }
    }

    // MARK: - What is sent

    @Test("What is sent is what is true", arguments: trials)
    func sent(_ trial: Trial) throws {
        let (paths, truth) = try sample(trial.profile, trial.faults, into: "sample")
        #expect(truth.rows.count { $0.fate != "ignored" } == Self.records)
        #expect(truth.rows.contains { $0.fault != nil } == (trial.faults > 0))
        #expect(trial.faults > 0 || truth.rows.allSatisfy { $0.fate == "sent" || $0.fate == "ignored" })
        let ending = try convert(paths, truth, trial.profile)
        try #require(ending.status == (trial.faults > 0 ? 1 : 0), "\(ending.said.prefix(2_000))")
        expectRecognised(ending, trial.profile)

        let expected = records(truth.rows.filter { $0.fate == "sent" }.map(\.record))
        let found = try records(place.uploads().values.flatMap(uploaded))
        #expect(Set(expected.keys).subtracting(found.keys).sorted() == [], "not sent")
        #expect(Set(found.keys).subtracting(expected.keys).sorted() == [], "not true")
        #expect(expected.filter { found[$0.key] != $0.value }.keys.sorted() == [], "with other events")

        let counts = try place.rows()
        #expect(counts["read"] == truth.counts["rows"])
        for fate in ["sent", "held", "dropped", "ignored"] { #expect(counts[fate] == truth.counts[fate], "\(fate)") }
        expectEveryHoldIsNamed(truth, ending)
    }

    /// The profile is named with the export.
    private func expectRecognised(_ ending: Workplace.Ending, _ profile: String) {
        #expect(ending.said.contains(", \(profile), "), "\(ending.said.suffix(1_000))")
    }

    private static let event: Set<String> = ["meddelandeorsak", "handelsedatum"]

    /// Records by all they say but their events, which may stand in several rows.
    private func records(_ rows: [[String: String]]) -> [String: Set<String>] {
        var records: [String: Set<String>] = [:]
        for row in rows {
            let key = FinishedFile.widths.filter { !Self.event.contains($0.field) }
                .map { row[$0.field] ?? "" }.joined(separator: "|")
            let event = "\(row["meddelandeorsak"] ?? "") \(row["handelsedatum"] ?? "")"
            records[key, default: []].formUnion(event == " " ? [] : [event])
        }
        return records
    }

    /// The records of a file by position, as the truth writes their fields.
    private func uploaded(_ file: [UInt8]) -> [[String: String]] {
        String(decoding: file.flatMap { $0 < 0x80 ? [$0] : Array(String(UnicodeScalar($0)).utf8) }, as: UTF8.self)
            .split(whereSeparator: \.isNewline).map { line in
                var rest = Substring(line)
                var record: [String: String] = [:]
                for (field, width) in FinishedFile.widths {
                    var text = rest.prefix(width).filter { $0 != " " }
                    rest = rest.dropFirst(width)
                    if field.hasSuffix("datum"), text.count == 8 {
                        text = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
                    }
                    if field == "poang" { text = Int(text).map(String.init) ?? text }
                    record[field] = text.isEmpty ? nil : text
                }
                return record
            }
    }

    // MARK: - What is held

    /// Faults of two rows together: either may be the one that the truth calls faulty.
    private static let ofPairs: Set<String> = ["corrected-grade", "conflicting-records"]

    /// Every fault that holds is said at its row, and nothing is held for a fault that was not made.
    private func expectEveryHoldIsNamed(_ truth: Truth, _ ending: Workplace.Ending) {
        let held = truth.rows.filter { $0.fate == "held" }
        let holds = ending.findings.filter { $0.action == "hold" }
        let holdsByLine = Dictionary(grouping: holds) { $0.line ?? 0 }
        let unnamed = held.filter { row in
            row.fault.map { fault in !(holdsByLine[row.line] ?? []).contains { $0.rule == fault } } ?? false
        }
        #expect(unnamed.map { "line \($0.line): \($0.fault ?? "")" } == [])
        let faultsByStudent = Dictionary(grouping: held.filter { $0.fault != nil }, by: \.student)
        let byLine = Dictionary(held.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        let unfounded = holds.filter { hold in
            guard let row = hold.line.flatMap({ byLine[$0] }) else { return true }
            if row.fault == hold.rule { return false }
            let ofTheStudent = faultsByStudent[row.student]?.contains { $0.fault == hold.rule } ?? false
            return !(row.fault == nil && Self.ofPairs.contains(hold.rule) && ofTheStudent)
        }
        #expect(unfounded.map { "line \($0.line ?? 0): \($0.rule)" } == [])
    }

    // MARK: - Systems compared

    @Test("The same students in another system give the same upload files", arguments: full.dropFirst())
    func sameUploads(_ profile: String) throws {
        let (list, truth) = try sample("schoolsoft-list", 0, into: "list")
        let (other, otherTruth) = try sample(profile, 0, into: "other")
        #expect(truth.rows.map(\.record) == otherTruth.rows.filter { $0.fate == "sent" }.map(\.record))
        #expect(try convert(list, truth, "schoolsoft-list", out: "first").status == 0)
        #expect(try convert(other, otherTruth, profile, out: "second").status == 0)
        let uploads = try place.uploads("first")
        #expect(!uploads.isEmpty)
        #expect(try place.uploads("second") == uploads)
    }

    @Test("The same seed gives the same bytes, and only numbers that nobody has", arguments: profiles)
    func sameBytes(_ profile: String) throws {
        let (paths, truth) = try sample(profile, 2, into: "sample")
        let (again, _) = try sample(profile, 2, into: "again")
        #expect(paths.count == again.count)
        for (one, other) in zip(paths, again) {
            #expect(try Data(contentsOf: URL(filePath: one)) == Data(contentsOf: URL(filePath: other)))
        }
        let birthNumbers = truth.rows.compactMap { Int($0.record["personnummer"]?.dropFirst(8).prefix(3) ?? "") }
        #expect(birthNumbers.count == truth.rows.count && birthNumbers.allSatisfy { (980...999).contains($0) })
    }
}
