/// Finds the cells of delimited text, row by row, in bytes that lie in memory.
///
/// - Line ends are LF, CRLF and CR. A quote opens a quoted cell only as the cell's first byte; elsewhere it is text.
/// - Sixty-four bytes at a time are turned into a mask of the bytes that matter, eight by eight in ordinary
///   registers, and the scanner steps from set bit to set bit: the length of cells then costs no wrong guesses of the
///   processor. Where no quotes and lone returns need be looked for, a second mask tells the line feeds, and the bytes
///   themselves are not looked at again.
///
/// The bytes given to ``scan(_:firstLine:)`` must stay where they are while rows of them are read.
public struct RowScanner: ~Copyable {
    /// Delimiter and quote.
    public let dialect: DelimitedDialect
    /// The bounds.
    public let limits: DelimitedLimits
    /// The row's first byte.
    public private(set) var rowStart = 0
    /// The first byte after the row and its line end.
    public private(set) var nextRow = 0
    /// The line on which the row begins.
    public private(set) var line = 1
    /// Line ends that the row consumed: its own and those inside quotes.
    public private(set) var lineEnds = 0
    /// The row's cells, those beyond the limit included.
    public private(set) var cellCount = 0
    /// What is special about any of the row's cells.
    public private(set) var rowFlags: CellFlags = []

    @usableFromInline let cells: UnsafeMutablePointer<Cell>
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Where the 64 bytes begin of which `mask` still holds the hits not yet visited.
    private var chunk = 0
    private var mask: UInt64 = 0
    /// Where among those 64 bytes the line feeds are, visited or not; of plain text alone.
    private var feeds: UInt64 = 0
    private let patterns: Patterns

    /// A scanner; room for all cells of the widest row is reserved (untouched memory costs nothing).
    public init(
        _ dialect: DelimitedDialect, traits: DelimitedTraits = DelimitedTraits(),
        limits: DelimitedLimits = DelimitedLimits()
    ) {
        self.dialect = dialect
        self.limits = limits
        cells = .allocate(capacity: limits.cells)
        patterns = Patterns(dialect, traits)
    }

    deinit { cells.deallocate() }

    /// Begins anew with other bytes: whole rows, at most 2 GB. `firstLine` is the line they begin on.
    public mutating func scan(_ bytes: UnsafeRawBufferPointer, firstLine: Int = 1) {
        self.bytes = bytes
        (rowStart, nextRow, line, lineEnds, cellCount, rowFlags) = (0, 0, firstLine, 0, 0, [])
        chunk = 0
        feeds = 0
        if patterns.isPlain, let base = bytes.baseAddress {
            (mask, feeds) = patterns.plainMasks(base, bytes.count, at: 0)
        } else {
            mask = patterns.mask(bytes, at: 0)
        }
    }

    /// A cell of the row, from 0; `index` below both ``cellCount`` and the limit.
    @inlinable
    public subscript(index: Int) -> Cell {
        assert(index >= 0 && index < min(cellCount, limits.cells))
        return cells[index]
    }

    /// The cells of the row, without those beyond the limit.
    @inlinable
    public var rowCells: UnsafeBufferPointer<Cell> {
        UnsafeBufferPointer(start: cells, count: min(cellCount, limits.cells))
    }

    /// The content of a cell of the row, as in ``Cell/bytes(in:)``.
    public func bytes(of index: Int) -> UnsafeRawBufferPointer { self[index].bytes(in: bytes) }

    /// Moves to the next row; nil when there is none. A blank line is a row with one empty cell.
    public mutating func next() -> RowEnd? {
        guard nextRow < bytes.count, let base = bytes.baseAddress else { return nil }
        line += lineEnds
        rowStart = nextRow
        if patterns.isPlain { return nextPlain(base) }
        var row = RowInProgress(base: base, count: bytes.count, start: rowStart, chunk: chunk, mask: mask)
        let end = row.scan(patterns, into: cells, limits)
        (chunk, mask) = (row.chunk, row.mask)
        (nextRow, lineEnds, cellCount, rowFlags) = (row.next, row.lineEnds, row.cellCount, row.rowFlags)
        return end
    }

    /// ``next()`` where nothing but delimiters and line feeds need be found.
    private mutating func nextPlain(_ base: UnsafeRawPointer) -> RowEnd {
        var row = PlainRow(base: base, count: bytes.count, chunk: chunk, mask: mask, feeds: feeds)
        let end = row.scan(from: rowStart, patterns, into: cells, limits)
        (chunk, mask, feeds) = (row.chunk, row.mask, row.feeds)
        (nextRow, cellCount) = (row.next, row.cellCount)
        lineEnds = end == .complete ? 1 : 0
        return end
    }

    /// Where a cell of the row stands; walks the row, so for diagnostics only.
    public func place(of index: Int, _ decoder: CellDecoder) -> CellPlace {
        places(index..<index + 1, decoder).first ?? CellPlace(line: line, column: 1, offset: rowStart)
    }

    /// Where the cells of the row stand, in one walk over the row; without those beyond the limit.
    public func places(_ decoder: CellDecoder) -> [CellPlace] {
        places(0..<min(cellCount, limits.cells), decoder)
    }

    private func places(_ indices: Range<Int>, _ decoder: CellDecoder) -> [CellPlace] {
        var places: [CellPlace] = []
        var place = CellPlace(line: line, column: 1, offset: rowStart)
        for index in indices {
            let first = Int(self[index].start) - (self[index].flags.contains(.isQuoted) ? 1 : 0)
            while place.offset < first {
                let byte = bytes[place.offset]
                place.offset += 1
                let isPair = byte == 0x0D && place.offset < bytes.count && bytes[place.offset] == 0x0A
                if byte == 0x0A || byte == 0x0D && !isPair {
                    place.line += 1
                    place.column = 1
                } else if decoder.isFirstOfCharacter(byte) {
                    place.column += 1
                }
            }
            places.append(place)
        }
        return places
    }
}

/// The scanner's registers while it walks one row.
private struct RowInProgress {
    let base: UnsafeRawPointer
    let count: Int
    let start: Int
    var chunk: Int
    var mask: UInt64
    var next = 0
    var lineEnds = 0
    var cellCount = 0
    var rowFlags: CellFlags = []

    init(base: UnsafeRawPointer, count: Int, start: Int, chunk: Int, mask: UInt64) {
        self.base = base
        self.count = count
        self.start = start
        self.chunk = chunk
        self.mask = mask
    }

    @inline(__always)
    private func byte(_ offset: Int) -> UInt8 { base.load(fromByteOffset: offset, as: UInt8.self) }

    /// The next byte that matters; the count of the bytes when there is none.
    @inline(__always)
    private mutating func nextHit(_ patterns: Patterns, _ limit: Int) -> Int {
        while mask == 0 {
            chunk += 64
            guard chunk < count, chunk - start <= limit + 64 else { return count }
            mask = patterns.mask(UnsafeRawBufferPointer(start: base, count: count), at: chunk)
        }
        let hit = chunk + mask.trailingZeroBitCount
        mask &= mask &- 1
        return hit
    }

    @inline(__always)
    mutating func scan(
        _ patterns: Patterns, into cells: UnsafeMutablePointer<Cell>, _ limits: DelimitedLimits
    ) -> RowEnd {
        var cellStart = start
        var flags: CellFlags = []
        /// Where the closing quote of the cell in hand stands; -1 for a cell without quotes.
        var closing = -1

        @inline(__always)
        func store(_ end: Int) {
            if cellCount < limits.cells {
                // Behind a closing quote usually nothing stands before the delimiter.
                let contentEnd = closing >= 0 && end == closing + 1 ? closing : end
                if closing >= 0, contentEnd != closing { flags.insert(.needsUnquoting) }
                cells[cellCount] = Cell(start: cellStart, end: contentEnd, flags: flags)
                rowFlags.formUnion(flags)
            }
            cellCount += 1
        }

        while true {
            let hit = nextHit(patterns, limits.rowLength)
            guard hit < count else {
                guard count - start <= limits.rowLength else { return tooLong() }
                store(count)
                next = count
                return .endOfInput
            }
            let found = byte(hit)
            if found == patterns.delimiter {
                store(hit)
                cellStart = hit + 1
                flags = []
                closing = -1
            } else if found == 0x0A {
                let end = hit > start && byte(hit - 1) == 0x0D ? hit - 1 : hit
                guard end - start <= limits.rowLength else { return tooLong() }
                store(end)
                next = hit + 1
                lineEnds += 1
                return .complete
            } else if found == 0x0D {
                guard hit - start <= limits.rowLength else { return tooLong() }
                store(hit)
                next = hit + 1
                if next < count, byte(next) == 0x0A { next = nextHit(patterns, limits.rowLength) + 1 }
                lineEnds += 1
                return .complete
            } else if hit == cellStart, closing < 0 {
                guard let end = skipQuoted(patterns, &flags, limits.rowLength) else {
                    guard count - start <= limits.rowLength else { return tooLong() }
                    cellStart += 1
                    store(count)
                    next = count
                    return .cutShort
                }
                cellStart += 1
                closing = end
            }
        }
    }

    /// Steps over a quoted cell's content; gives the closing quote, or nil when there is none.
    private mutating func skipQuoted(_ patterns: Patterns, _ flags: inout CellFlags, _ limit: Int) -> Int? {
        flags.insert(.isQuoted)
        while true {
            let hit = nextHit(patterns, limit)
            guard hit < count else { return nil }
            let hasNext = hit + 1 < count
            switch byte(hit) {
            case patterns.quote:
                guard hasNext, byte(hit + 1) == patterns.quote else { return hit }
                flags.insert(.needsUnquoting)
                _ = nextHit(patterns, limit)
            case 0x0A: lineEnds += 1
            case 0x0D: if !(hasNext && byte(hit + 1) == 0x0A) { lineEnds += 1 }
            default: break
            }
        }
    }

    private mutating func tooLong() -> RowEnd {
        next = count
        mask = 0
        chunk = count
        return .tooLong
    }
}
