/// A reusable block of bytes that is filled value by value and handed on when it is full.
struct ByteBlock: ~Copyable {
    private let storage: UnsafeMutableBufferPointer<UInt8>
    /// The bytes written so far.
    private(set) var count = 0

    /// 256 KB: larger blocks made no difference to the time of writing a file.
    init(capacity: Int = 1 << 18) {
        storage = .allocate(capacity: capacity)
        storage.initialize(repeating: 0)
    }

    deinit { storage.deallocate() }

    /// Whether `bytes` more fit.
    func hasRoom(for bytes: Int) -> Bool { storage.count - count >= bytes }

    /// Forgets what stands from `count` on.
    mutating func cut(to count: Int) { self.count = min(self.count, count) }

    /// What was written.
    func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage)[..<count]))
    }

    mutating func append(_ byte: UInt8) {
        storage[count] = byte
        count += 1
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { copy($0) }
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { copy($0) }
    }

    private mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) {
        precondition(hasRoom(for: bytes.count))
        guard let source = bytes.baseAddress, let target = storage.baseAddress else { return }
        (target + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    mutating func append(_ bytes: ShortBytes) {
        var rest = bytes.packed
        for _ in 0..<bytes.count {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Writes blanks until `count` is reached.
    mutating func pad(to count: Int) {
        while self.count < count { append(UInt8(ascii: " ")) }
    }

    /// Writes a number with zeros before it, `width` digits or as many as it has.
    mutating func append(_ number: UInt64, width: Int) {
        var digits = 1
        var power: UInt64 = 10
        while number >= power {
            digits += 1
            power *= 10
        }
        let end = count + max(width, digits)
        var rest = number
        var position = end
        while position > count {
            position -= 1
            storage[position] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        count = end
    }
}
