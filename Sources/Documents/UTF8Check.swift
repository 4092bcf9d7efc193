/// Checks that bytes are UTF-8 (Unicode 16, table 3-7), block by block; a letter may lie across two blocks.
public struct UTF8Check: Sendable {
    /// Offset, from the first byte ever fed, of the first letter that is not UTF-8; nil while all is well.
    public private(set) var firstInvalid: Int?
    /// Letters outside ASCII that were complete.
    public private(set) var letters = 0
    private var position = 0
    /// Bytes that the letter begun still needs, and the range its next byte must lie in.
    private var missing = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    private var letterStart = 0

    /// Nothing fed yet.
    public init() {}

    /// Whether everything fed so far is UTF-8 and no letter is left half.
    public var isValid: Bool { firstInvalid == nil && missing == 0 }

    /// Feeds the next block.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        guard firstInvalid == nil else { return }
        var index = 0
        while index < bytes.count {
            if missing == 0 {
                // Eight ASCII bytes at once.
                while index + 8 <= bytes.count,
                    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    index += 8
                }
                guard index < bytes.count else { break }
            }
            let byte = bytes[index]
            if missing > 0 {
                guard byte >= lowest, byte <= highest else { return firstInvalid = letterStart }
                (lowest, highest) = (0x80, 0xBF)
                missing -= 1
                if missing == 0 { letters += 1 }
            } else if byte >= 0x80 {
                letterStart = position + index
                guard begin(byte) else { return firstInvalid = letterStart }
            }
            index += 1
        }
        position += bytes.count
    }

    /// Says that no more comes: a letter left half is invalid.
    public mutating func finish() {
        if firstInvalid == nil, missing > 0 { firstInvalid = letterStart }
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lowest) = (2, 0xA0)
        case 0xED: (missing, highest) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lowest) = (3, 0x90)
        case 0xF4: (missing, highest) = (3, 0x8F)
        case 0xF1...0xF3: missing = 3
        default: return false
        }
        return true
    }
}
