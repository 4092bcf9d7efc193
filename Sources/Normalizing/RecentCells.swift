import Exports

/// What cells became that simply became a value, by their bytes: exports say the same things row after row, and a look
/// here costs less than reading the cell again.
///
/// Direct-mapped: each cell has one place, and the last one to come there stays. Cells of more than sixteen bytes are
/// not kept.
struct RecentCells<Value> {
    private struct Entry {
        var key = ShortKey.empty
        /// The cell's length and kind; the highest number where nothing has been kept.
        var tag = UInt32.max
        var value: Value?
    }

    private var entries: [Entry]

    /// - Parameter bits: 2 to the power of so many cells are kept.
    init(bits: Int) { entries = Array(repeating: Entry(), count: 1 << bits) }

    /// What a cell became; nil when it has not been kept, or another has taken its place.
    ///
    /// - Parameter kind: sets cells apart that are read in different ways; below 2²⁴ − 1.
    @inline(__always)
    subscript(cell: CellBytes, kind: UInt32) -> Value? {
        guard let key = ShortKey(cell) else { return nil }
        let entry = entries[key.hash(kind) & (entries.count - 1)]
        return entry.key == key && entry.tag == RecentCells.tag(cell, kind) ? entry.value : nil
    }

    /// Keeps what a cell became.
    mutating func set(_ cell: CellBytes, _ kind: UInt32, _ value: Value) {
        guard let key = ShortKey(cell) else { return }
        entries[key.hash(kind) & (entries.count - 1)] =
            Entry(key: key, tag: RecentCells.tag(cell, kind), value: value)
    }

    /// Bytes of value 0 at a cell's end are not in the key, but in its length.
    @inline(__always)
    private static func tag(_ cell: CellBytes, _ kind: UInt32) -> UInt32 {
        kind << 8 | UInt32(truncatingIfNeeded: cell.count)
    }
}

extension ShortKey {
    fileprivate static var empty: ShortKey { ShortKey(low: 0, high: 0) }

    @inline(__always)
    fileprivate func hash(_ kind: UInt32) -> Int {
        ShortKey(low: low ^ UInt64(kind) << 56, high: high).hash
    }
}
