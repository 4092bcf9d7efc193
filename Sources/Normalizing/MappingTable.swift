import CSN
import Documents
import Findings

/// A row of a mapping table whose cells are asked for by column name.
struct MappingRow {
    private let table: Table
    private let row: Table.Row

    /// The rows of a table; a missing or unknown column is a problem.
    static func read(path: String, required: [String], optional: [String] = []) throws(DocumentProblem) -> [MappingRow]
    {
        let table = try Table(path: path, required: required, optional: optional)
        return table.rows.map { MappingRow(table: table, row: $0) }
    }

    /// The line the row stands on.
    var line: Int { row.line }

    /// The cell in a column; empty where the table has no such column.
    subscript(column: String) -> String { table.index(of: column) == nil ? "" : table.cell(column, of: row) }

    /// A problem at a cell.
    func problem(_ column: String, _ text: Text) -> DocumentProblem { table.problem(row, column, text) }

    /// The day in a column; nil when the cell is empty.
    func day(_ column: String) throws(DocumentProblem) -> Day? {
        let text = self[column]
        if text.isEmpty { return nil }
        guard let day = Day(iso: text) else {
            throw problem(
                column, Text(sv: "”\(text)” är inget datum ÅÅÅÅ-MM-DD.", en: "“\(text)” is no date YYYY-MM-DD."))
        }
        return day
    }
}
