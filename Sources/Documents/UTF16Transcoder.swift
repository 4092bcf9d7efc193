/// Turns UTF-16 into UTF-8, block by block; a character may lie across two blocks.
///
/// What is not UTF-16 stays recognisable: a surrogate without its other half becomes the three bytes that UTF-8 would
/// have for it (which UTF-8 forbids), an odd last byte becomes FF. So a check of the cell finds it, and every UTF-8
/// offset still leads back to a byte of the original: see ``UTF16Transcoder/originalLength(of:)``.
public struct UTF16Transcoder: Sendable {
    private let isBigEndian: Bool
    private var half: UInt8?
    private var highSurrogate: UInt16?

    /// A transcoder for text without its byte order mark.
    public init(bigEndian: Bool) { isBigEndian = bigEndian }

    /// Transcodes the next block.
    public mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count)
        for byte in bytes {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let (high, low) = isBigEndian ? (first, byte) : (byte, first)
            append(UInt16(high) << 8 | UInt16(low), to: &output)
        }
    }

    /// Writes what is left half at the end of the text.
    public mutating func finish(to output: inout [UInt8]) {
        flushSurrogate(to: &output)
        if half != nil { output.append(0xFF) }
        half = nil
    }

    private mutating func append(_ unit: UInt16, to output: inout [UInt8]) {
        if let high = highSurrogate, unit >> 10 == 0x37 {
            highSurrogate = nil
            let scalar = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
            output.append(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
            output.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 12 & 0x3F))
            output.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 0x3F))
            output.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
            return
        }
        flushSurrogate(to: &output)
        switch unit {
        case 0..<0x80: output.append(UInt8(truncatingIfNeeded: unit))
        case 0x80..<0x800:
            output.append(0xC0 | UInt8(truncatingIfNeeded: unit >> 6))
            output.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
        case 0xD800..<0xDC00: highSurrogate = unit
        default: appendThree(unit, to: &output)
        }
    }

    private mutating func flushSurrogate(to output: inout [UInt8]) {
        if let high = highSurrogate { appendThree(high, to: &output) }
        highSurrogate = nil
    }

    private func appendThree(_ unit: UInt16, to output: inout [UInt8]) {
        output.append(0xE0 | UInt8(truncatingIfNeeded: unit >> 12))
        output.append(0x80 | UInt8(truncatingIfNeeded: unit >> 6 & 0x3F))
        output.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
    }

    /// How many bytes of UTF-16 the transcoded bytes were made from.
    public static func originalLength(of transcoded: UnsafeRawBufferPointer) -> Int {
        transcoded.reduce(0) { length, byte in
            switch byte {
            case 0xFF: length + 1
            case 0xF0...0xFE: length + 4
            case 0x80..<0xC0: length
            default: length + 2
            }
        }
    }
}
