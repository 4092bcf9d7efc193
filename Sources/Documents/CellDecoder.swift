/// Decodes the bytes of an input's cells, whatever its encoding. UTF-16 reaches it as UTF-8 (``UTF16Transcoder``).
public struct CellDecoder: Sendable {
    /// The encoding of the input.
    public let encoding: TextEncoding
    private let table: SingleByteDecoder?
    /// The no-break space: one byte in the single-byte encodings, the second of C2 A0 in UTF-8.
    private let noBreakSpace: UInt8
    private let isUTF8: Bool

    /// A decoder for an encoding; throws when the C library lacks its table.
    public init(_ encoding: TextEncoding) throws(EncodingUnavailable) {
        self.init(encoding, encoding.isSingleByte ? try SingleByteDecoder(encoding) : nil)
    }

    /// The decoder of UTF-8, which needs no table.
    public static let utf8 = CellDecoder(.utf8, nil)

    private init(_ encoding: TextEncoding, _ table: SingleByteDecoder?) {
        self.encoding = encoding
        self.table = table
        isUTF8 = table == nil
        noBreakSpace =
            switch encoding {
            case .macRoman: 0xCA
            case .cp850: 0xFF
            default: 0xA0
            }
    }

    /// The text; what the encoding does not know becomes U+FFFD.
    public func string(_ bytes: UnsafeRawBufferPointer) -> String {
        guard let table else { return String(decoding: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        table.append(bytes, to: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    /// The offset of the first byte that the encoding does not know; nil when all is well.
    public func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
        let first = endOfASCII(in: bytes, from: 0)
        guard first < bytes.count else { return nil }
        guard let table else { return UTF8Check.firstInvalid(in: bytes) }
        return bytes[first...].firstIndex { table[$0] == nil }
    }

    /// Whether no byte is outside ASCII: then the bytes are the same text in every encoding.
    public static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        endOfASCII(in: bytes, from: 0) == bytes.count
    }

    /// Adds the bytes' text as UTF-8; returns the offset of the first byte the encoding does not know, or nil.
    public func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) -> Int? {
        if let table { return table.append(bytes, to: &output) }
        output.append(contentsOf: bytes)
        return firstInvalid(in: bytes)
    }

    /// Whether a byte begins a character (a Unicode scalar) rather than going on with one.
    func isFirstOfCharacter(_ byte: UInt8) -> Bool { !isUTF8 || byte & 0xC0 != 0x80 }

    /// Whether blanks may stand around the bytes: false for most cells, which begin and end with a digit or a letter of
    /// ASCII. True says only that ``trimmed(_:)`` has to look.
    @inlinable
    public static func hasBlanks(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return mayBeBlank(first) || mayBeBlank(last)
    }

    /// Whether the byte is anything but a sign of ASCII that shows.
    @inlinable
    public static func mayBeBlank(_ byte: UInt8) -> Bool { byte &- 0x21 > 0x7F - 0x21 }

    /// The bytes without the blanks around them: space, tab, no-break space.
    public func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var start = 0
        var end = bytes.count
        while start < end {
            if bytes[start] == 0x20 || bytes[start] == 0x09 || (!isUTF8 && bytes[start] == noBreakSpace) {
                start += 1
            } else if isUTF8, start + 1 < end, bytes[start] == 0xC2, bytes[start + 1] == noBreakSpace {
                start += 2
            } else {
                break
            }
        }
        while end > start {
            if bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 || (!isUTF8 && bytes[end - 1] == noBreakSpace) {
                end -= 1
            } else if isUTF8, end - 1 > start, bytes[end - 1] == noBreakSpace, bytes[end - 2] == 0xC2 {
                end -= 2
            } else {
                break
            }
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
}
