/// Room for bytes that grows and is used again and again: an array would check its owner at every piece.
struct ByteRoom: ~Copyable {
    private(set) var base = UnsafeMutableRawPointer.allocate(byteCount: 1 << 12, alignment: 16)
    private(set) var count = 0
    private var capacity = 1 << 12

    init() {}

    deinit { base.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Some of the bytes; valid until the room changes.
    @inline(__always)
    func bytes(from start: Int, count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + start, count: count)
    }

    /// Forgets the bytes from there on.
    @inline(__always)
    mutating func truncate(to count: Int) { self.count = count }

    /// Adds bytes, which may be some of its own.
    @inline(__always)
    mutating func append(_ source: UnsafeRawPointer, _ length: Int) {
        if count + length > capacity {
            grow(by: length, keeping: source)
            return
        }
        (base + count).copyMemory(from: source, byteCount: length)
        count += length
    }

    /// Adds room for so many bytes, whose content is to be filled in, and gives its place.
    mutating func extend(by length: Int) -> UnsafeMutableRawBufferPointer {
        reserve(count + length)
        defer { count += length }
        return UnsafeMutableRawBufferPointer(start: base + count, count: length)
    }

    /// Moves the bytes from there on to the front.
    mutating func removeFirst(_ length: Int) {
        base.copyMemory(from: base + length, byteCount: count - length)
        count -= length
    }

    private mutating func grow(by length: Int, keeping source: UnsafeRawPointer) {
        let old = base
        let wider = UnsafeMutableRawPointer.allocate(byteCount: 2 * (count + length), alignment: 16)
        wider.copyMemory(from: old, byteCount: count)
        (wider + count).copyMemory(from: source, byteCount: length)
        old.deallocate()
        base = wider
        capacity = 2 * (count + length)
        count += length
    }

    private mutating func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let wider = UnsafeMutableRawPointer.allocate(byteCount: 2 * wanted, alignment: 16)
        wider.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = wider
        capacity = 2 * wanted
    }
}
