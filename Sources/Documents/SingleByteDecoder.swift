import Glibc

/// Decodes text in which every byte is one character, by a table made once with the C library's iconv.
public struct SingleByteDecoder: Sendable {
    /// What the table is of.
    public let encoding: TextEncoding
    /// The character of each byte; nil where the encoding defines none.
    private let scalars: [Unicode.Scalar?]
    /// The UTF-8 of each byte: its length in the lowest byte (0: undefined), then up to three bytes.
    private let packed: [UInt32]

    /// The table of a single-byte encoding; throws when the encoding is not one or the C library lacks it.
    public init(_ encoding: TextEncoding) throws(EncodingUnavailable) {
        guard encoding.isSingleByte else { throw EncodingUnavailable(encoding: encoding) }
        let converter = iconv_open("UTF-8", SingleByteDecoder.iconvName(encoding))
        guard converter != iconv_t(bitPattern: -1) else { throw EncodingUnavailable(encoding: encoding) }
        defer { iconv_close(converter) }
        self.encoding = encoding
        scalars = (UInt8.min...UInt8.max).map { byte in
            SingleByteDecoder.correction(encoding, byte) ?? SingleByteDecoder.scalar(byte, converter)
        }
        packed = scalars.map { scalar in
            guard let scalar else { return 0 }
            let bytes = Array(String(Character(scalar)).utf8)
            return bytes.enumerated().reduce(UInt32(bytes.count)) { $0 | UInt32($1.element) << (8 * ($1.offset + 1)) }
        }
    }

    private static func iconvName(_ encoding: TextEncoding) -> String {
        switch encoding {
        case .windows1252: "CP1252"
        case .macRoman: "MACINTOSH"
        default: encoding.name
        }
    }

    /// glibc's table differs from Apple's (unicode.org, MAPPINGS/VENDORS/APPLE/ROMAN.TXT) in two bytes.
    private static func correction(_ encoding: TextEncoding, _ byte: UInt8) -> Unicode.Scalar? {
        switch (encoding, byte) {
        case (.macRoman, 0xC6): "\u{2206}"
        case (.macRoman, 0xF0): "\u{F8FF}"
        default: nil
        }
    }

    private static func scalar(_ byte: UInt8, _ converter: iconv_t?) -> Unicode.Scalar? {
        var input = CChar(bitPattern: byte)
        var output: (CChar, CChar, CChar, CChar) = (0, 0, 0, 0)
        var inputLeft = 1
        var outputLeft = 4
        let status = withUnsafeMutablePointer(to: &input) { input in
            withUnsafeMutableBytes(of: &output) { output in
                var from: UnsafeMutablePointer<CChar>? = input
                var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
                return iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        guard status == 0, outputLeft < 4 else { return nil }
        let text = withUnsafeBytes(of: output) { String(decoding: $0.prefix(4 - outputLeft), as: UTF8.self) }
        return text.unicodeScalars.first
    }

    /// The character of a byte; nil where the encoding defines none.
    public subscript(_ byte: UInt8) -> Unicode.Scalar? { scalars[Int(byte)] }

    /// Adds the bytes' text as UTF-8, an undefined byte as U+FFFD.
    ///
    /// - Returns: the offset in `bytes` of the first undefined byte; nil when all are defined.
    @discardableResult
    public func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) -> Int? {
        var undefined: Int?
        output.reserveCapacity(output.count + bytes.count)
        for (offset, byte) in bytes.enumerated() {
            if byte < 0x80 {
                output.append(byte)
                continue
            }
            var rest = packed[Int(byte)]
            if rest == 0 {
                if undefined == nil { undefined = offset }
                rest = 0xBDBF_EF03  // U+FFFD in UTF-8 is EF BF BD.
            }
            for _ in 0..<(rest & 0xFF) {
                rest >>= 8
                output.append(UInt8(truncatingIfNeeded: rest))
            }
        }
        return undefined
    }
}
