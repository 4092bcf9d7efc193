/// A hash table from the bytes of cells to values: what codes, words, school and student ids are looked up by for each
/// row, without making a string.
///
/// Most keys have at most sixteen bytes and go into two machine words; longer ones (a school's name, a GUID) are kept
/// as bytes.
struct CellTable<Value> {
    private var short = ShortKeyTable<Value>()
    private var long = LongKeyTable<Value>()
    private let limit: Int

    /// An empty table.
    ///
    /// - Parameter limit: so many keys are kept. Words and codes are few; what is none (a shifted column) must not fill
    ///   the memory.
    init(limit: Int = .max) { self.limit = limit }

    var count: Int { short.count + long.count }

    subscript(cell: CellBytes) -> Value? {
        if let key = ShortKey(cell) { return short[key] }
        return long[cell]
    }

    /// Keeps a value for a cell, in place of an earlier one; nothing happens once the table is full.
    mutating func set(_ cell: CellBytes, _ value: Value) {
        guard count < limit else { return }
        if let key = ShortKey(cell) { short.set(key, value) } else { long.set(cell, value) }
    }
}

/// Up to sixteen bytes packed into two words.
struct ShortKey: Equatable, Sendable {
    let low: UInt64
    let high: UInt64

    /// nil for more than sixteen bytes. Bytes of value 0 are not told from no byte: no code holds one.
    @inline(__always)
    init?(_ bytes: CellBytes) {
        guard bytes.count <= 16 else { return nil }
        guard let base = UnsafeRawPointer(bytes.baseAddress) else {
            (low, high) = (0, 0)
            return
        }
        // Whole words that overlap, none of which reaches beyond the bytes.
        let count = bytes.count
        if count > 8 {
            low = base.loadUnaligned(as: UInt64.self).littleEndian
            let last = base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self).littleEndian
            high = last >> UInt64(8 * (16 - count))
        } else if count >= 4 {
            let first = base.loadUnaligned(as: UInt32.self).littleEndian
            let last = base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self).littleEndian
            low = UInt64(first) | UInt64(last) << UInt64(8 * (count - 4))
            high = 0
        } else if count > 0 {
            // One to three bytes: the first, the middle and the last are all of them.
            low =
                UInt64(bytes[0]) | UInt64(bytes[count / 2]) << UInt64(8 * (count / 2))
                | UInt64(bytes[count - 1]) << UInt64(8 * (count - 1))
            high = 0
        } else {
            (low, high) = (0, 0)
        }
    }

    /// The two words.
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    @inline(__always)
    var hash: Int {
        var mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
        mixed ^= mixed >> 32
        return Int(truncatingIfNeeded: mixed & 0x7FFF_FFFF)
    }
}

/// From short keys to values, with open addressing: about a tenth of what a Dictionary needs a look-up.
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

/// From keys of any length to values, with open addressing.
struct LongKeyTable<Value> {
    fileprivate struct Slot {
        var hash: UInt64
        var key: [UInt8]
        var value: Value
    }

    private var slots: [Slot?] = Array(repeating: nil, count: 16)
    private(set) var count = 0

    subscript(_ cell: CellBytes) -> Value? {
        let hash = Self.hash(cell)
        var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while let slot = slots[index] {
            if slot.hash == hash, cell.isSame(as: slot.key) { return slot.value }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Puts a value under a key, in place of an earlier one.
    mutating func set(_ cell: CellBytes, _ value: Value) {
        if count * 2 >= slots.count { grow() }
        put(Slot(hash: Self.hash(cell), key: Array(cell), value: value))
    }

    private mutating func put(_ new: Slot) {
        var index = Int(truncatingIfNeeded: new.hash) & (slots.count - 1)
        while let slot = slots[index] {
            if slot.hash == new.hash, slot.key == new.key {
                slots[index] = new
                return
            }
            index = (index + 1) & (slots.count - 1)
        }
        slots[index] = new
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: nil, count: old.count * 2)
        count = 0
        for slot in old {
            if let slot { put(slot) }
        }
    }

    /// FNV-1a, with the high half mixed into the low one, which is what the table looks at.
    private static func hash(_ cell: CellBytes) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in cell { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash ^ hash >> 32
    }
}

extension ShortKeyTable: Sendable where Value: Sendable {}
extension LongKeyTable.Slot: Sendable where Value: Sendable {}
extension LongKeyTable: Sendable where Value: Sendable {}
extension CellTable: Sendable where Value: Sendable {}
