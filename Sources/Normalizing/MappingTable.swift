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
    subscript(column: String) -> String { table.cell(column, of: row) }

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

    /// The points in a column, 0–999; nil when the cell is empty.
    func points(_ column: String) throws(DocumentProblem) -> Int? {
        let text = self[column]
        if text.isEmpty { return nil }
        guard let points = Int(text), (0...999).contains(points) else {
            throw problem(
                column, Text(sv: "Poängen ska vara ett tal 0–999.", en: "The points are a number 0–999."))
        }
        return points
    }

    /// The level in a column; nil when the cell is empty or holds one of the other words.
    ///
    /// - Parameter others: levels that are known, but that no upload file takes (sfi).
    func niva(_ column: String, others: [String] = []) throws(DocumentProblem) -> Niva? {
        let text = self[column]
        if text.isEmpty || others.contains(text) { return nil }
        guard let niva = Niva.allCases.first(where: { $0.code == text }) else {
            let known = (Niva.allCases.map(\.code) + others).joined(separator: ", ")
            throw problem(
                column,
                Text(
                    sv: "”\(text)” är ingen nivå. Här får stå: \(known).",
                    en: "“\(text)” is no level. What may stand here: \(known)."))
        }
        return niva
    }

    /// A yes or no in a column; nil when the cell is empty.
    func flag(_ column: String) throws(DocumentProblem) -> Bool? {
        switch self[column].lowercased() {
        case "": return nil
        case "ja", "j", "yes", "true": return true
        case "nej", "n", "no", "false": return false
        default: throw problem(column, Text(sv: "\(column) ska vara ja eller nej.", en: "\(column) is yes or no."))
        }
    }
}
