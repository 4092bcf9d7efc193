/// A reusable block of bytes that is filled value by value and handed on when it is full.
struct ByteBlock: ~Copyable {
    private let start: UnsafeMutableRawPointer
    private let capacity: Int
    /// The bytes written so far.
    private(set) var count = 0

    /// So many bytes behind a value may be written over before the next value is: short values are put down as whole
    /// words. To be asked for with the room.
    static let overrun = 16

    /// 256 KB: larger blocks made no difference to the time of writing a file.
    init(capacity: Int = 1 << 18) {
        self.capacity = capacity
        start = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { start.deallocate() }

    /// Whether `bytes` more fit, and what they may overrun.
    @inline(__always)
    func hasRoom(for bytes: Int) -> Bool { capacity - count >= bytes + ByteBlock.overrun }

    /// Forgets what stands from `count` on.
    mutating func cut(to count: Int) { self.count = min(self.count, count) }

    /// What was written.
    func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    // MARK: At a place behind what is written

    /// Puts a word so many bytes behind what is written, which it leaves as it is.
    @inline(__always)
    func put(_ word: ByteWord, at place: Int) {
        assert(count + place + 8 <= capacity)
        (start + count + place).storeBytes(of: word.littleEndian, as: UInt64.self)
    }

    /// Puts one word again and again, over `length` bytes and at most seven more.
    @inline(__always)
    func fill(_ word: ByteWord, at place: Int, length: Int) {
        var next = 0
        while next < length {
            put(word, at: place + next)
            next += 8
        }
    }

    /// Puts the digits of a number of at most `width` digits, zeros before it.
    @inline(__always)
    func put(_ number: UInt64, at place: Int, width: Int) {
        let last = ByteWord(eightDigits: number % 100_000_000)
        guard width > 8 else { return put(last &>> UInt64(truncatingIfNeeded: 64 - width * 8), at: place) }
        let first = ByteWord(eightDigits: number / 100_000_000)
        if width > 16 {
            fill(ByteWord(eightDigits: 0), at: place, length: width - 16)
            put(first, at: place + width - 16)
        } else {
            put(first &>> UInt64(truncatingIfNeeded: 128 - width * 8), at: place)
        }
        put(last, at: place + width - 8)
    }

    /// Counts what was put as written.
    @inline(__always)
    mutating func advance(by bytes: Int) { count += bytes }

    // MARK: At the end

    /// The bytes before the blanks at the word's end.
    @inline(__always)
    mutating func append(_ word: ByteWord) {
        put(word, at: 0)
        count += word.length
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        assert(hasRoom(for: bytes.count))
        guard let source = bytes.baseAddress else { return }
        (start + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// A number without zeros before it, `width` digits at least.
    @inline(__always)
    mutating func append(_ number: UInt64, width: Int) {
        var digits = 1
        var rest = number / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        put(number, at: 0, width: max(width, digits))
        count += max(width, digits)
    }
}
