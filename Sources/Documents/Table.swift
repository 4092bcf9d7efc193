import Findings

/// A small table of semicolon-separated UTF-8 text with a header row, read whole: registers and mappings.
///
/// Blanks around a cell do not count, blank lines are skipped.
public struct Table: Sendable {
    /// A row; its cells go by the names of the columns.
    public struct Row: Sendable {
        /// The line it begins on, from 1.
        public let line: Int
        /// In the order of the header.
        public let cells: [String]
        fileprivate let offset: Int
    }

    /// The file as it was named.
    public var path: String { file.path }
    /// The names in the header row.
    public let columns: [String]
    /// All rows below the header.
    public let rows: [Row]
    private let file: WholeFile

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - required: columns without which the table cannot be used.
    ///   - optional: columns that may be missing. Any other column is a problem.
    public init(path: String, required: [String], optional: [String] = []) throws(DocumentProblem) {
        try self.init(WholeFile(path: path), required: required, optional: optional)
    }

    /// Reads a table that lies in memory; `path` is what problems name.
    public init(
        path: String, bytes: [UInt8], required: [String], optional: [String] = []
    ) throws(DocumentProblem) {
        try self.init(WholeFile(path: path, bytes: bytes), required: required, optional: optional)
    }

    private init(_ file: WholeFile, required: [String], optional: [String]) throws(DocumentProblem) {
        self.file = file
        var rows = Table.rows(of: file, from: 0, line: 1)
        guard !rows.isEmpty else {
            throw DocumentProblem(
                path: file.path,
                text: Text(
                    sv: "Filen är tom. Första raden ska vara \(required.joined(separator: ";")).",
                    en: "The file is empty. Its first line must be \(required.joined(separator: ";"))."))
        }
        let header = rows.removeFirst()
        columns = header.cells
        self.rows = rows
        try checkHeader(header, required, optional)
        if let row = rows.first(where: { $0.cells.count != header.cells.count }) {
            throw DocumentProblem(
                path: file.path, line: row.line, column: 1,
                text: Text(
                    sv: "Raden har \(row.cells.count) celler, men rubrikraden har \(header.cells.count).",
                    en: "The row has \(row.cells.count) cells, but the header row has \(header.cells.count)."))
        }
    }

    private func checkHeader(_ header: Row, _ required: [String], _ optional: [String]) throws(DocumentProblem) {
        for (index, name) in columns.enumerated() {
            guard !columns[..<index].contains(name) else {
                throw problem(
                    header, cell: index,
                    Text(sv: "Kolumnen ”\(name)” står två gånger.", en: "The column “\(name)” stands twice."))
            }
            guard !required.contains(name), !optional.contains(name) else { continue }
            let hint = Text.didYouMean(nearestNames(to: name, among: required + optional, limit: 1))
            throw problem(
                header, cell: index,
                Text(sv: "Okänd kolumn ”\(name)”.", en: "Unknown column “\(name)”.") + hint)
        }
        for name in required where !columns.contains(name) {
            throw DocumentProblem(
                path: path, line: header.line, column: 1,
                text: Text(sv: "Kolumnen ”\(name)” saknas.", en: "The column “\(name)” is missing."))
        }
    }

    /// The cell of a row in a column; empty when the table has no such column.
    public func cell(_ column: String, of row: Row) -> String {
        columns.firstIndex(of: column).map { row.cells[$0] } ?? ""
    }

    /// Where a column stands; nil when the table has no such column.
    public func index(of column: String) -> Int? { columns.firstIndex(of: column) }

    /// A problem with the cell of a row in a column, at its place.
    public func problem(_ row: Row, _ column: String, _ text: Text) -> DocumentProblem {
        problem(row, cell: columns.firstIndex(of: column) ?? 0, text)
    }

    private func problem(_ row: Row, cell: Int, _ text: Text) -> DocumentProblem {
        let place = Table.scanning(file, from: row.offset, line: row.line) { scanner, decoder -> CellPlace? in
            guard scanner.next() != nil else { return nil }
            return cell < scanner.cellCount ? scanner.place(of: cell, decoder) : nil
        }
        return DocumentProblem(path: path, line: place?.line ?? row.line, column: place?.column ?? 1, text: text)
    }

    private static func rows(of file: WholeFile, from offset: Int, line: Int) -> [Row] {
        scanning(file, from: offset, line: line) { scanner, decoder in
            var rows: [Row] = []
            while scanner.next() != nil {
                let cells = (0..<min(scanner.cellCount, scanner.limits.cells)).map { index in
                    let content = scanner.bytes(of: index)
                    guard scanner[index].flags.contains(.needsUnquoting) else {
                        return decoder.string(decoder.trimmed(content))
                    }
                    let unquoted = Cell.unquoted(content, quote: UInt8(ascii: "\""))
                    return unquoted.withUnsafeBytes { decoder.string(decoder.trimmed($0)) }
                }
                guard cells.contains(where: { !$0.isEmpty }) else { continue }
                rows.append(Row(line: scanner.line, cells: cells, offset: offset + scanner.rowStart))
            }
            return rows
        }
    }

    private static func scanning<Result>(
        _ file: WholeFile, from offset: Int, line: Int, _ body: (inout RowScanner, CellDecoder) -> Result
    ) -> Result {
        var scanner = RowScanner(.semicolon, limits: DelimitedLimits(rowLength: WholeFile.greatestSize))
        return file.bytes.withUnsafeBytes { bytes in
            scanner.scan(UnsafeRawBufferPointer(rebasing: bytes[offset...]), firstLine: line)
            return body(&scanner, CellDecoder.utf8)
        }
    }
}
