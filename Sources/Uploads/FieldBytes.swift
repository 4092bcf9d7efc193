/// The bytes of a value, without the blanks around them. Whoever makes one answers for ``FieldBytes/readable`` bytes
/// from its beginning: short values are read as whole words, whatever stands behind them.
struct FieldBytes {
    let start: UnsafeRawPointer
    let count: Int

    /// So many bytes can be read, however short the value is.
    static let readable = 16

    @inline(__always)
    init(start: UnsafeRawPointer, count: Int) {
        self.start = start
        self.count = count
    }

    var isEmpty: Bool { count == 0 }

    /// The first eight bytes, blanks behind the last.
    @inline(__always)
    var first: ByteWord { word(at: 0).padded(after: count) }

    /// The ninth byte to the sixteenth, blanks behind the last.
    @inline(__always)
    var second: ByteWord { word(at: 8).padded(after: count - 8) }

    /// Eight bytes, of which some may not be the value's.
    @inline(__always)
    func word(at place: Int) -> ByteWord {
        assert(place + 8 <= max(count, FieldBytes.readable))
        return ByteWord(littleEndian: start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    var all: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
}
