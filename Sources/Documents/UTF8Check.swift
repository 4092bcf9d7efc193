/// Checks that bytes are UTF-8 (Unicode 16, table 3-7), byte by byte; a letter may lie across two blocks.
///
/// A letter that is not UTF-8 counts once; after it the check goes on with the next byte that can begin one.
public struct UTF8Check: Sendable {
    /// Offset, from the first byte ever fed, of the first letter that is not UTF-8; nil while all is well.
    public private(set) var firstInvalid: Int?
    /// Letters outside ASCII that were complete.
    public private(set) var letters = 0
    /// Letters that are not UTF-8.
    public private(set) var invalid = 0
    /// Bytes that the letter begun still needs, and the range its next byte must lie in.
    private var missing = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    private var letterStart = 0

    /// Nothing fed yet.
    init() {}

    /// Whether a letter has been begun and is not complete.
    @inline(__always) var isInsideLetter: Bool { missing > 0 }

    /// Counts a complete letter that was seen to be UTF-8 without being fed; none may be begun.
    @inline(__always)
    mutating func countLetter() { letters += 1 }

    /// Feeds one byte. ASCII need be fed only while a letter is incomplete.
    ///
    /// - Parameter offset: the byte's offset from the first byte ever fed.
    mutating func feed(_ byte: UInt8, at offset: Int) {
        if missing > 0 {
            if byte >= lowest, byte <= highest {
                (lowest, highest) = (0x80, 0xBF)
                missing -= 1
                if missing == 0 { letters += 1 }
                return
            }
            refuse(at: letterStart)
        }
        guard byte >= 0x80 else { return }
        letterStart = offset
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lowest) = (2, 0xA0)
        case 0xED: (missing, highest) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lowest) = (3, 0x90)
        case 0xF4: (missing, highest) = (3, 0x8F)
        case 0xF1...0xF3: missing = 3
        default: refuse(at: offset)
        }
    }

    /// Says that no more comes: a letter left half is invalid.
    mutating func finish() {
        if missing > 0 { refuse(at: letterStart) }
    }

    private mutating func refuse(at offset: Int) {
        if firstInvalid == nil { firstInvalid = offset }
        invalid += 1
        missing = 0
        (lowest, highest) = (0x80, 0xBF)
    }

    /// The offset of the first letter that is not UTF-8; nil when all are.
    public static func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
        var check = UTF8Check()
        var index = 0
        while index < bytes.count {
            if !check.isInsideLetter {
                index = endOfASCII(in: bytes, from: index)
                guard index < bytes.count else { break }
            }
            check.feed(bytes[index], at: index)
            if let offset = check.firstInvalid { return offset }
            index += 1
        }
        check.finish()
        return check.firstInvalid
    }
}

/// The offset of the first byte outside ASCII at or after `start`; the count of the bytes when there is none.
func endOfASCII(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var index = start
    while index + 32 <= bytes.count {
        let first = base.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
        let any = first[0] | first[1] | first[2] | first[3]
        if any & 0x8080_8080_8080_8080 != 0 { break }
        index += 32
    }
    while index + 8 <= bytes.count {
        let high = base.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian & 0x8080_8080_8080_8080
        if high != 0 { return index + high.trailingZeroBitCount >> 3 }
        index += 8
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
}
