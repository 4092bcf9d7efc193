/// Up to sixteen bytes packed into two words: what codes, words and school ids are looked up by without making a
/// string.
struct ShortKey: Equatable {
    let low: UInt64
    let high: UInt64

    /// nil for more than sixteen bytes. Bytes of value 0 are not told from no byte: no code holds one.
    @inline(__always)
    init?(_ bytes: CellBytes) {
        guard bytes.count <= 16 else { return nil }
        var low: UInt64 = 0
        var high: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 {
                low |= UInt64(byte) << (8 * UInt64(index))
            } else {
                high |= UInt64(byte) << (8 * UInt64(index - 8))
            }
        }
        self.low = low
        self.high = high
    }

    init?(_ text: String) {
        let key = Array(text.utf8).withUnsafeBufferPointer { ShortKey($0) }
        guard let key else { return nil }
        self = key
    }

    @inline(__always)
    var hash: Int {
        var mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
        mixed ^= mixed >> 32
        return Int(truncatingIfNeeded: mixed & 0x7FFF_FFFF)
    }
}

/// A hash table from short keys to values, with open addressing: about a tenth of what a Dictionary needs a look-up,
/// which is done for each row.
struct ShortKeyTable<Value> {
    private var slots: [(key: ShortKey, value: Value)?]
    private(set) var count = 0

    /// An empty table.
    init() { slots = Array(repeating: nil, count: 16) }

    @inline(__always)
    subscript(_ key: ShortKey) -> Value? {
        var index = key.hash & (slots.count - 1)
        while let slot = slots[index] {
            if slot.key == key { return slot.value }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Puts a value under a key, in place of an earlier one.
    mutating func set(_ key: ShortKey, _ value: Value) {
        if count * 2 >= slots.count { grow() }
        var index = key.hash & (slots.count - 1)
        while let slot = slots[index] {
            if slot.key == key {
                slots[index] = (key, value)
                return
            }
            index = (index + 1) & (slots.count - 1)
        }
        slots[index] = (key, value)
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: nil, count: old.count * 2)
        count = 0
        for slot in old {
            if let slot { set(slot.key, slot.value) }
        }
    }
}
