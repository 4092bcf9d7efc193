import Documents
import Exports

/// How a delimited export that no profile is known for is cut: its delimiter, its header row, what stands before it,
/// and a sample of its rows.
struct ExportShape: Sendable {
    let dialect: DelimitedDialect
    /// How many cells a row has.
    let width: Int
    /// The names of the columns; empty where no row has them.
    let headers: [String]
    /// The line of the header row; nil where there is none.
    let headerLine: Int?
    /// Rows before the first data row that are no header; blank ones do not count.
    let preamble: Int
    /// The header has other than as many names as rows have values.
    let headerIsUneven: Bool
    /// Rows with the right number of cells.
    let rows: [[String]]

    private static let headLimit = 30
    /// So many rows of the first megabyte are looked at …
    private static let firstRows = 3_000
    /// … and so many of each megabyte behind it, because what is seldom filled may stand there first.
    private static let laterRows = 400
    private static let rowLimit = 15_000

    /// Looks at the beginning of an export; nil where no delimiter cuts it into columns.
    init?(
        _ source: ExportSource, _ survey: InputSurvey, _ encoding: TextEncoding, isData: (String) -> Bool
    ) throws(ExportProblem) {
        var best: (dialect: DelimitedDialect, width: Int, score: Double)?
        for byte in Array(";\t,|".utf8) {
            guard let dialect = DelimitedDialect(delimiter: byte, quote: UInt8(ascii: "\"")) else { continue }
            let input = try DelimitedInput(source, survey, dialect: dialect, encoding: encoding)
            let rows = try input.firstRows(2 * ExportShape.headLimit).filter { !$0.isBlank }
            guard let (width, share) = ExportShape.commonWidth(of: rows), width > 1 else { continue }
            let score = share * Double(width).squareRoot()
            if score > best?.score ?? 0 { best = (dialect, width, score) }
        }
        guard let best else { return nil }
        dialect = best.dialect
        let input = try DelimitedInput(source, survey, dialect: dialect, encoding: encoding)
        let all = try input.firstRows(ExportShape.firstRows)
        let filled = all.indices.filter { !all[$0].isBlank }
        var width = best.width
        let wide = filled.filter { all[$0].cells.count == width }
        // A delimiter behind the last cell of every row is no column.
        if width > 2, !wide.isEmpty, wide.allSatisfy({ all[$0].cells.last == "" }) { width -= 1 }
        self.width = width

        let header = filled.prefix(ExportShape.headLimit).first { index in
            let names = all[index].names
            let full = names.filter { !$0.isEmpty }.count
            return abs(names.count - width) <= 2 && 5 * full >= 3 * width
        }
        guard let header else { return nil }
        let names = all[header].names
        let isHeader = names.filter { isData($0) }.count < 2
        headers = isHeader ? names : []
        headerLine = isHeader ? all[header].start.line : nil
        headerIsUneven = isHeader && names.count != width
        preamble = filled.prefix { $0 < header }.count
        let first = all[(isHeader ? header + 1 : header)...].compactMap { row -> [String]? in
            guard !row.isBlank, row.cells.count == width || row.names.count == width else { return nil }
            return Array(row.cells.prefix(width))
        }
        rows = first + (try ExportShape.laterRows(of: input, width: width))
    }

    /// Rows of each slice behind the first.
    private static func laterRows(of input: DelimitedInput, width: Int) throws(ExportProblem) -> [[String]] {
        var cursor = SliceCursor(input)
        var reader = RowReader(input, binding: SlotBinding([]), form: RowForm(cells: width, allowsEmptyLastCell: true))
        var rows: [[String]] = []
        guard try cursor.next() != nil else { return [] }
        while rows.count < rowLimit, let slice = try cursor.next() {
            try reader.open(slice)
            var taken = 0
            while taken < laterRows, let outcome = try reader.next() {
                guard outcome == .whole else { continue }
                rows.append((0..<width).map { column in reader.cell(column: column).map { reader.text($0) } ?? "" })
                taken += 1
            }
        }
        return rows
    }

    /// The number of cells that most rows have, and which share of them has it.
    private static func commonWidth(of rows: [HeadRow]) -> (width: Int, share: Double)? {
        var counts: [Int: Int] = [:]
        for row in rows { counts[row.cells.count, default: 0] += 1 }
        guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return nil }
        return (most.key, Double(most.value) / Double(rows.count))
    }
}
