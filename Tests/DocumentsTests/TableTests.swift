import Documents
import Findings
import Testing

@Suite struct TableTests {
    private func table(_ text: String) throws -> Table {
        try Table(path: "t.csv", bytes: Array(text.utf8), required: ["lokal", "kurskod"], optional: ["anm"])
    }

    @Test func readsCellsByName() throws {
        let table = try table(
            "\u{FEFF}kurskod; lokal ;anm\r\n\r\nMATMAT01a;Ma 1a;\"a;\"\"b\"\"\"\r\nENGENG05;En 5;\r\n")
        #expect(table.columns == ["kurskod", "lokal", "anm"])
        #expect(table.rows.map(\.line) == [3, 4])
        #expect(table.rows.map { table.cell("lokal", of: $0) } == ["Ma 1a", "En 5"])
        #expect(table.rows.map { table.cell("anm", of: $0) } == ["a;\"b\"", ""])
        #expect(table.rows.map { table.cell("nothing", of: $0) } == ["", ""])
        let row = try #require(table.rows.first)
        let problem = table.problem(row, "lokal", Text(sv: "fel", en: "wrong"))
        #expect(problem.sentence(in: .en) == "t.csv:3:11: wrong")
    }

    @Test(arguments: [
        ("", "t.csv: The file is empty. Its first line must be lokal;kurskod."),
        ("lokal;kurskdo\n", "t.csv:1:7: Unknown column “kurskdo”. Did you mean “kurskod”?"),
        ("lokal\n", "t.csv:1:1: The column “kurskod” is missing."),
        ("lokal;kurskod;lokal\n", "t.csv:1:15: The column “lokal” stands twice."),
        ("lokal;kurskod\na;b\nåå\n", "t.csv:3:1: The row has 1 cells, but the header row has 2."),
    ])
    func problems(_ text: String, _ sentence: String) throws {
        let problem = try #require(throws: DocumentProblem.self) { try table(text) }
        #expect(problem.sentence(in: .en) == sentence)
    }
}
