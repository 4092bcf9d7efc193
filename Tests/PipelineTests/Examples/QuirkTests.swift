import Foundation
import Testing

/// Quirks of delimited exports through the whole program: what is sent, what is said, and that every row has a fate.
@Suite("Quirks of delimited exports, converted")
struct QuirkTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private static let head = "profile: 1\nsystem: Exempel\ntitle: x\nbasis: {ours: x}\n"
    private static let columns = """
        columns:
          personnummer: Personnummer
          kurskod: Kurskod
          startdatum: Start
          slutdatum: Slut
          kursdel: Del
          poang: VP
          niva: Nivå
          kursnamn: Kurs
        leaveOut:
          - {headers: Form, values: SV, reason: särskild utbildning}
        """

    private func convert(_ container: String, _ lines: [String], columns: String = columns) throws -> Workplace.Ending {
        try place.write("p.yaml", "\(Self.head)container: {kind: csv, delimiter: comma\(container)}\n\(columns)\n")
        try place.write("export.csv", lines.map { $0 + "\r\n" }.joined())
        return try place.convert(["export.csv"]) {
            $0.system = place.path("p.yaml")
            $0.school = "1003"
        }
    }

    private static let header = "Personnummer,Namn,Form,Kurskod,Kurs,Start,Slut,Del,VP,Nivå"
    private static func row(_ number: String, name: String = "Eva", form: String = "VUX") -> String {
        "\(number),\(name),\(form),SVESVE01,Svenska 1,2026-08-17,2026-12-18,1:1,100,GY"
    }

    @Test("A preamble, headings, a header again, names with commas, rows left out")
    func everything() throws {
        let ending = try convert(
            ", preamble: 3, groups: \"Klass: *\", joins: Namn",
            [
                "Kurslista", "", "Skola,Norra", Self.header, "Klass: Vux 1", Self.row("19900101-9802"), Self.header,
                "Klass: Vux 2,,,,,,,,,", Self.row("19720120-9983", name: "Ek, Eva"),
                Self.row("19720120-9983", form: "sv"),
            ])
        #expect(ending.status == 0, "\(ending.findings)")
        #expect(ending.rules == ["row-left-out", "unknown-column"])
        let said = ending.findings.filter { $0.rule == "row-left-out" }.map(\.message)
        #expect(said.count == 3)
        #expect(
            said.contains {
                $0.contains("“sv” in the column Form") && $0.contains("(1 of them)")
                    && $0.contains("särskild utbildning")
            })
        #expect(said.contains { $0.hasPrefix("headings between rows") && $0.hasSuffix("(rows: 2)") })
        #expect(said.contains { $0.hasPrefix("rows that repeat the header row") && $0.hasSuffix("(1 of them)") })
        // The name of the course is known of, though nobody reads it.
        let unused = try #require(ending.findings.first { $0.rule == "unknown-column" })
        #expect(unused.line == 4 && unused.message.contains("Namn") && !unused.message.contains("Kurs"))
        let rows = try place.rows()
        #expect(rows["read"] == 6 && rows["sent"] == 2 && rows["ignored"] == 4)
    }

    @Test("A header that differs in count holds every row; by position the same file is read")
    func headerOfAnotherCount() throws {
        let lines = [Self.header.replacing(",Form", with: ""), Self.row("19900101-9802"), Self.row("19720120-9983")]
        let held = try convert("", lines, columns: Self.columns.replacing("Form", with: "Namn"))
        #expect(held.status == 1)
        #expect(try place.rows()["held"] == 2)
        #expect(held.findings.filter { $0.rule == "row-cell-count" }.map(\.line) == [2, 3])
        #expect(held.findings.contains { $0.message.contains("10 cells but the header row 9") })
        let positions = """
            columns:
              personnummer: {position: 1}
              kurskod: {position: 4}
              startdatum: {position: 6}
              slutdatum: {position: 7}
              kursdel: {position: 8}
              poang: {position: 9}
              niva: {position: 10}
            leaveOut:
              - {position: 3, values: SV, reason: särskild utbildning}
            """
        let read = try convert(
            ", header: none, cells: 10, preamble: 1", lines + [Self.row("19720120-9983", form: "SV")],
            columns: positions)
        #expect(read.status == 0 && read.rules == ["row-left-out"], "\(read.findings)")
        #expect(read.findings.first?.message.contains("“sv” in the column 3") == true)
        let rows = try place.rows()
        #expect(rows["sent"] == 2 && rows["ignored"] == 1)
    }

    @Test("A finding names a column by its slot and number where there is no header")
    func findingsNameTheColumn() throws {
        let positions = """
            columns:
              personnummer: {position: 1}
              kurskod: {position: 4}
              startdatum: {position: 6}
              slutdatum: {position: 7}
            """
        let ending = try convert(
            ", header: none, cells: 10, joins: 2",
            [Self.row("19900101-9802", name: "Ek, Eva").replacing("SVESVE01", with: "SVESVE0I")], columns: positions)
        let finding = try #require(ending.findings.first { $0.rule == "unknown-course-code" })
        #expect(finding.column == "4: kurskod" && finding.line == 1)
    }
}
