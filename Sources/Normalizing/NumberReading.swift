import CSN

/// Reads the fields that are small numbers.
enum NumberReading {
    /// `13`, `1:3`, `1/3`, `1(3)`, `1 av 3`: part and number of parts.
    static func kursdel(_ cell: CellBytes) -> Reading<Kursdel> {
        guard !cell.isEmpty else { return .blank }
        let cell = cell.withoutSpreadsheetDecimals
        if let number = cell.wholeNumber {
            guard (11...99).contains(number) else { return .failed(.range) }
            return Kursdel(number).map { .value($0) } ?? .failed(.order)
        }
        guard let (part, parts) = pair(cell) else { return .failed(.format) }
        guard part < 10, parts < 10 else { return .failed(.range) }
        return Kursdel(part * 10 + parts).map { .value($0) } ?? .failed(.order)
    }

    /// Two numbers with a separator between them that is no digit.
    private static func pair(_ cell: CellBytes) -> (Int, Int)? {
        let first = cell.prefix(while: CellBytes.isDigit)
        let separator = cell[first.endIndex...].prefix { !CellBytes.isDigit($0) }
        let second = cell[separator.endIndex...].prefix(while: CellBytes.isDigit)
        let rest = String(decoding: cell[second.endIndex...], as: UTF8.self)
        let between = String(decoding: separator, as: UTF8.self).filter { $0 != " " }
        guard [":", "/", "av", "("].contains(between), rest == (between == "(" ? ")" : "") else { return nil }
        guard let part = CellBytes(rebasing: first).wholeNumber, let parts = CellBytes(rebasing: second).wholeNumber
        else { return nil }
        return (part, parts)
    }

    /// Points: digits, with or without a decimal part of zeros.
    static func poang(_ cell: CellBytes) -> Reading<Int> {
        guard !cell.isEmpty else { return .blank }
        let cell = cell.withoutSpreadsheetDecimals
        guard let number = cell.wholeNumber else {
            let isNegative = cell.count > 1 && cell[0] == 0x2D && CellBytes(rebasing: cell[1...]).wholeNumber != nil
            return .failed(isNegative ? .range : .format)
        }
        return (0...999).contains(number) ? .value(number) : .failed(.range)
    }
}
