/// A table as text that spreadsheet programs open by themselves where the comma is the decimal sign, as in Sweden:
/// UTF-8 with its mark, semicolons, CR LF.
///
/// No cell is run as a formula: spreadsheet programs take a cell for one by its first character. Such a cell gets an
/// apostrophe before it, which they take for "this is text".
struct SpreadsheetText {
    /// What was written so far.
    private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A cell.
    enum Cell {
        case text(String)
        case number(Int)
    }

    /// Adds a row.
    mutating func row(_ cells: [Cell]) {
        bytes += cells.map(Self.written).joined(separator: ";").utf8
        bytes += "\r\n".utf8
    }

    private static func written(_ cell: Cell) -> String {
        switch cell {
        case .number(let number): String(number)
        case .text(let text): quoted(isFormula(text) ? "'" + text : text)
        }
    }

    /// Source: OWASP, "CSV Injection": = + - @, a tab and a carriage return at the beginning; the wide forms of the
    /// first four are taken for the same by some programs.
    private static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    }

    /// RFC 4180, with a semicolon for the comma.
    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { ";\"\r\n\t".unicodeScalars.contains($0) }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
