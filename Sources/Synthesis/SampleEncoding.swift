import Profiles

extension SampleEncoding {
    /// The bytes that open the file.
    var opening: [UInt8] {
        switch self {
        case .utf8BOM: [0xEF, 0xBB, 0xBF]
        case .utf16LE: [0xFF, 0xFE]
        case .utf8, .latin1, .windows1252, .macintosh, .cp850: []
        }
    }

    /// What an XML declaration calls it.
    var declared: String {
        switch self {
        case .utf8, .utf8BOM: "UTF-8"
        case .latin1: "ISO-8859-1"
        case .windows1252: "windows-1252"
        case .macintosh: "macintosh"
        case .cp850: "IBM850"
        case .utf16LE: "UTF-16"
        }
    }
}

/// Text of a sample before it is encoded: ISO-8859-1, one byte a character, limited to ASCII and the letters that
/// every encoding of a sample holds.
enum SampleText {
    /// Letters beyond ASCII, with their bytes in Mac OS Roman and CP850. Source: the two tables at unicode.org
    /// (`ROMAN.TXT`, `CP850.TXT`).
    static let letters: [(latin1: UInt8, macintosh: UInt8, cp850: UInt8)] = [
        (0xE5, 0x8C, 0x86), (0xE4, 0x8A, 0x84), (0xF6, 0x9A, 0x94),  // å ä ö
        (0xC5, 0x81, 0x8F), (0xC4, 0x80, 0x8E), (0xD6, 0x85, 0x99),  // Å Ä Ö
        (0xE9, 0x8E, 0x82), (0xC9, 0x83, 0x90), (0xFC, 0x9F, 0x81), (0xDC, 0x86, 0x9A),  // é É ü Ü
    ]

    /// Stands for a byte that UTF-8 does not know; written as 0xFF.
    static let invalid: UInt8 = 0x1A

    /// A letter in lower case; anything else as it is.
    static func lowered(_ byte: UInt8) -> UInt8 {
        let isUpper =
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || [0xC5, 0xC4, 0xD6, 0xC9, 0xDC].contains(byte)
        return isUpper ? byte + 0x20 : byte
    }

    /// A name in those letters: dashes become hyphens, delimiters, quotes and everything unknown are left out.
    static func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.compactMap(byte) }

    /// The same, but nil where something had to be changed.
    static func exactBytes(_ text: String) -> [UInt8]? {
        let bytes = bytes(text)
        return bytes.count == text.unicodeScalars.count && !text.unicodeScalars.contains("–") ? bytes : nil
    }

    private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "–", "—": return UInt8(ascii: "-")
        case ";", "\"": return nil
        case " "..."~": return UInt8(scalar.value)
        default: return letters.first { UInt32($0.latin1) == scalar.value }?.latin1
        }
    }
}

/// Turns sample text into bytes of an encoding, by a table.
struct Transcoder {
    /// For each byte of sample text: how many bytes it becomes, and those, the first one lowest.
    private let table: [(count: UInt8, first: UInt8, second: UInt8)]
    private let isPlain: Bool

    init(_ encoding: SampleEncoding) {
        isPlain = encoding == .latin1 || encoding == .windows1252
        table = (0...255).map { number in
            let byte = UInt8(number)
            switch encoding {
            case .utf8, .utf8BOM:
                if byte == SampleText.invalid { return (1, 0xFF, 0) }
                return byte < 0x80 ? (1, byte, 0) : (2, 0xC0 | byte >> 6, 0x80 | byte & 0x3F)
            case .latin1, .windows1252: return (1, byte, 0)
            case .macintosh: return (1, SampleText.letters.first { $0.latin1 == byte }?.macintosh ?? byte, 0)
            case .cp850: return (1, SampleText.letters.first { $0.latin1 == byte }?.cp850 ?? byte, 0)
            case .utf16LE: return (2, byte, 0)
            }
        }
    }

    func append(_ text: [UInt8], to output: inout [UInt8]) {
        guard !isPlain else { return output.append(contentsOf: text) }
        for byte in text {
            let encoded = table[Int(byte)]
            output.append(encoded.first)
            if encoded.count == 2 { output.append(encoded.second) }
        }
    }
}
