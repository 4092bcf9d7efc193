import CSN

/// Reads the fields that are small numbers.
enum NumberReading {
    /// `13`, `1:3`, `1/3`, `1(3)`, `1 av 3`: part and number of parts.
    static func kursdel(_ cell: CellBytes) -> Reading<Kursdel> {
        guard !cell.isEmpty else { return .blank }
        if let number = cell.withoutDecimalZeros.wholeNumber {
            guard (11...99).contains(number) else { return .failed(.range) }
            return Kursdel(number).map { .value($0) } ?? .failed(.order)
        }
        guard let (part, parts) = pair(cell) else { return .failed(.format) }
        guard part < 10, parts < 10 else { return .failed(.range) }
        return Kursdel(part * 10 + parts).map { .value($0) } ?? .failed(.order)
    }

    /// Two numbers, with `:`, `/` or "av" between them or the second in parentheses.
    private static func pair(_ cell: CellBytes) -> (Int, Int)? {
        var cursor = CellCursor(cell)
        guard let part = cursor.number() else { return nil }
        cursor.skipBlanks()
        let isOpen = cursor.take(UInt8(ascii: "("))
        guard isOpen || cursor.take(UInt8(ascii: ":")) || cursor.take(UInt8(ascii: "/")) || takeAv(&cursor) else {
            return nil
        }
        cursor.skipBlanks()
        guard let parts = cursor.number() else { return nil }
        if isOpen {
            cursor.skipBlanks()
            guard cursor.take(UInt8(ascii: ")")) else { return nil }
        }
        return cursor.isAtEnd ? (part, parts) : nil
    }

    private static func takeAv(_ cursor: inout CellCursor) -> Bool {
        cursor.take(UInt8(ascii: "a")) && cursor.take(UInt8(ascii: "v"))
    }

    /// Points: digits, with or without a decimal part of zeros.
    static func poang(_ cell: CellBytes) -> Reading<Int> {
        guard !cell.isEmpty else { return .blank }
        let cell = cell.withoutDecimalZeros
        guard let number = cell.wholeNumber else {
            let isNegative = cell.count > 1 && cell[0] == 0x2D && CellBytes(rebasing: cell[1...]).wholeNumber != nil
            return .failed(isNegative ? .range : .format)
        }
        return (0...999).contains(number) ? .value(number) : .failed(.range)
    }
}
