import CSNRules
import Findings
import Foundation
import Testing

/// A profile whose headers are the slots' names.
let everySlot = repository + "/Tests/PipelineTests/Fixtures/every-slot.yaml"

/// Every rule's examples as an export, through the whole program: what a user reads in `csnfil rules NAME` is true.
@Suite("The examples of the rules, converted")
struct ExampleTests {
    /// The rules whose examples are no rows of cells, and what their cause is.
    static let withoutRows: [String: String] = [
        "export-not-readable": "the file is no export", "header-missing": "the header row",
        "header-ambiguous": "the header row", "row-cell-count": "the number of cells",
        "row-cut-short": "the end of the file", "invalid-bytes": "bytes that no text has",
        "row-left-out": "the profile's own words", "unknown-column": "the header row",
        "internal-fault": "a fault of the program", "file-empty": "no rows", "file-one-school": "a finished file",
        "file-layout": "a finished file", "unread-file-replaced": "a file that CSN has not read",
    ]

    private static let rules = Catalogue.shared.rules
    /// The rules whose examples lean on what was reported before, which a conversion does not know.
    static let withReported: Set<RuleName> = Set(rules.filter { !$0.broken.reported.isEmpty }.map { $0.name })
    private static let withRows = rules.filter { !$0.broken.rows.isEmpty }.map { $0.name }
    private static let converted = withRows.filter { !withReported.contains($0) }

    @Test("All rules but those of the table have rows for examples")
    func table() {
        #expect(
            Set(Self.rules.map { $0.name }).subtracting(Self.withRows).map(\.text).sorted()
                == Self.withoutRows.keys.sorted())
    }

    /// The model row that ``Example`` states.
    private static let model = [
        "skolkod": "1003", "personnummer": "19900101-9802", "kurskod": "SVESVE01", "kursdel": "11", "poang": "100",
        "niva": "GY", "startdatum": "2026-08-17", "slutdatum": "2026-12-18", "registrering": "J",
    ]

    private func convert(_ example: Example, configuration: String = "") throws -> Workplace.Ending {
        var place = try Workplace()
        place.now = example.today + "T12:00"
        let slots = Set((example.rows + example.otherSystem).flatMap(\.keys))
        // The school stands either under CSN's name or under another.
        let school = slots.contains("skola") ? "skolkod" : "skola"
        let headers = slots.union(Self.model.keys).subtracting([school]).sorted()
        try place.write("csnfil.yaml", configuration)
        guard !example.otherSystem.isEmpty else {
            try place.write("export.csv", Self.export(example.rows, headers))
            return try place.convert(["export.csv"]) {
                $0.system = everySlot
                $0.config = place.path("csnfil.yaml")
            }
        }
        // One run names one system: two are told from each other, and from csnfil's own, by their headers.
        for (system, rows) in [("ett", example.rows), ("annat", example.otherSystem)] {
            try place.write("mappings/systems/\(system).yaml", try Self.profile(of: system))
            try place.write("\(system).csv", Self.export(rows, headers, as: "\(system) "))
        }
        return try place.convert(["ett.csv", "annat.csv"]) {
            $0.mappings = [place.path("mappings")]
            $0.config = place.path("csnfil.yaml")
        }
    }

    /// The rows as lines below a line of headers.
    private static func export(_ rows: [[String: String]], _ headers: [String], as prefix: String = "") -> String {
        let lines = rows.map { row in headers.map { row[$0] ?? model[$0] ?? "" }.joined(separator: ";") }
        return ([headers.map { prefix + $0 }.joined(separator: ";")] + lines).map { $0 + "\r\n" }.joined()
    }

    /// The profile of a system in which every slot has a column of its own.
    private static func profile(of system: String) throws -> String {
        let shared = try String(contentsOfFile: everySlot, encoding: .utf8)
        return shared.replacing("system: Exempel", with: "system: \(system)")
            .replacing(/(?m)^  (\w+): (\w+)$/) { match in
                match.1 == match.2 ? "  \(match.1): \(system) \(match.2)" : String(match.0)
            }
    }

    @Test("The model row is sent and nothing said of it")
    func modelRow() throws {
        let ending = try convert(Example([:]))
        #expect(ending.status == 0 && ending.findings == [], "\(ending.findings)")
    }

    /// They may speak beside any rule: what a hold comes to.
    private static let always: Set<String> = ["unit-held", "file-empty"]

    @Test("The example that breaks a rule breaks it, and no other", arguments: converted)
    func broken(_ name: RuleName) throws {
        let rule = try #require(Catalogue.shared.rule(named: name))
        // It is silent where 31 and 32 are sent.
        let configuration = name.text == "absence-code" ? "absenceCodes: off\n" : ""
        let ending = try convert(rule.broken, configuration: configuration)
        let expected = Set((rule.companions + [name]).map(\.text))
        #expect(ending.rules.isSuperset(of: expected), "\(ending.findings)")
        #expect(ending.rules.subtracting(expected).subtracting(Self.always) == [], "\(ending.findings)")
        let isHeld = ending.findings.contains { $0.action == "hold" }
        #expect(ending.status == (isHeld ? 1 : 0))
        // A row without a start is in no unit.
        let isInUnit = ending.findings.allSatisfy { $0.action != "hold" || $0.field != "startdatum" }
        #expect(ending.rules.contains("unit-held") == (isHeld && isInUnit))
    }

    @Test("A conversion says nothing of what was reported before", arguments: withReported)
    func reported(_ name: RuleName) throws {
        let rule = try #require(Catalogue.shared.rule(named: name))
        #expect(try convert(rule.broken).findings == [])
    }

    @Test("The example that satisfies a rule breaks none", arguments: withRows)
    func satisfied(_ name: RuleName) throws {
        let rule = try #require(Catalogue.shared.rule(named: name))
        let ending = try convert(rule.satisfied)
        // Rows that span more than a file go in several, which is said of no row.
        #expect(ending.findings == [], "\(ending.findings)")
        #expect(ending.status == 0)
    }
}
