/// Rows of cells under a head, each column as wide as its widest cell.
struct AlignedTable {
    /// On which side a column's cells stand.
    enum Side {
        case left
        case right
    }

    private let sides: [Side]
    private var rows: [[String]]

    /// A table with a head and no rows.
    init(_ columns: [(head: String, side: Side)]) {
        sides = columns.map(\.side)
        rows = [columns.map(\.head)]
    }

    /// A row, with a cell for each column.
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, each with blanks in front; no blanks at their ends.
    func text(indent: Int = 2) -> String {
        let widths = sides.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                return sides[column] == .left ? row[column] + blanks : blanks + row[column]
            }
            let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}
