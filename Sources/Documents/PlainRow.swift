/// The scanner's registers while it walks one row of plain text: no quotes, and no carriage return but before a line
/// feed.
struct PlainRow {
    let base: UnsafeRawPointer
    let count: Int
    var chunk: Int
    var mask: UInt64
    var feeds: UInt64
    private(set) var next = 0
    private(set) var cellCount = 0

    init(base: UnsafeRawPointer, count: Int, chunk: Int, mask: UInt64, feeds: UInt64) {
        self.base = base
        self.count = count
        self.chunk = chunk
        self.mask = mask
        self.feeds = feeds
    }

    @inline(__always)
    mutating func scan(
        from start: Int, _ patterns: Patterns, into cells: UnsafeMutablePointer<Cell>, _ limits: DelimitedLimits
    ) -> RowEnd {
        var cellStart = start
        var stored = 0
        while true {
            let ends = feeds & mask
            // The delimiters before the row's line feed; all where it has none here.
            var delimiters = mask & (ends ^ (ends &- 1)) & ~ends
            while delimiters != 0 {
                let end = chunk &+ delimiters.trailingZeroBitCount
                if stored < limits.cells { cells[stored] = Cell(start: cellStart, end: end, flags: []) }
                stored &+= 1
                cellStart = end &+ 1
                delimiters &= delimiters &- 1
            }
            if ends != 0 {
                let feed = chunk &+ ends.trailingZeroBitCount
                mask &= ~(ends ^ (ends &- 1))
                let hasReturn = feed > start && base.load(fromByteOffset: feed &- 1, as: UInt8.self) == 0x0D
                return finish(.complete, start, cellStart, hasReturn ? feed - 1 : feed, feed + 1, stored, cells, limits)
            }
            chunk += 64
            guard chunk < count, chunk - start <= limits.rowLength + 64 else {
                return finish(.endOfInput, start, cellStart, count, count, stored, cells, limits)
            }
            (mask, feeds) = patterns.plainMasks(base, count, at: chunk)
        }
    }

    /// Stores the row's last cell, unless the row is too long.
    @inline(__always)
    private mutating func finish(
        _ end: RowEnd, _ start: Int, _ cellStart: Int, _ cellEnd: Int, _ next: Int, _ stored: Int,
        _ cells: UnsafeMutablePointer<Cell>, _ limits: DelimitedLimits
    ) -> RowEnd {
        guard cellEnd - start <= limits.rowLength else {
            (self.next, cellCount, chunk, mask) = (count, stored, count, 0)
            return .tooLong
        }
        if stored < limits.cells { cells[stored] = Cell(start: cellStart, end: cellEnd, flags: []) }
        (self.next, cellCount) = (next, stored + 1)
        return end
    }
}
