import Documents

/// The cells of one row in which quotes had to be resolved. Few rows have any.
struct UnquotedCells: ~Copyable {
    private var arena = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var used = 0
    private var ranges: [(column: Int, range: Range<Int>)] = []

    init() {}

    deinit { arena.deallocate() }

    /// Resolves the quotes of the scanner's row.
    mutating func fill(from scanner: borrowing RowScanner) {
        ranges.removeAll(keepingCapacity: true)
        used = 0
        let length = scanner.nextRow - scanner.rowStart
        if arena.count < length {
            arena.deallocate()
            arena = .allocate(byteCount: length, alignment: 64)
        }
        for column in 0..<min(scanner.cellCount, scanner.limits.cells)
        where scanner[column].flags.contains(.needsUnquoting) {
            let content = Cell.unquoted(scanner.bytes(of: column), quote: scanner.dialect.quote ?? 0)
            UnsafeMutableRawBufferPointer(rebasing: arena[used..<used + content.count]).copyBytes(from: content)
            ranges.append((column, used..<used + content.count))
            used += content.count
        }
    }

    /// The content of a cell of the row that needed resolving.
    func bytes(of column: Int) -> UnsafeRawBufferPointer {
        guard let found = ranges.first(where: { $0.column == column }) else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(rebasing: arena[found.range])
    }
}
