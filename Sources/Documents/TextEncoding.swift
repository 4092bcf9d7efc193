import Findings

/// How an export's letters are stored.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case latin1 = "ISO-8859-1"
    case windows1252 = "Windows-1252"
    case macRoman = "Mac OS Roman"
    case cp850 = "CP850"

    /// The name by which reports and profiles call it.
    public var name: String { rawValue }

    /// The encoding of a name as people write it: letters' case, blanks, hyphens and underscores do not count.
    public init?(name: String) {
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        switch plain {
        case "utf8", "utf8bom", "utf8sig": self = .utf8
        case "utf16le", "utf16littleendian", "ucs2le": self = .utf16LittleEndian
        case "utf16be", "utf16bigendian", "ucs2be": self = .utf16BigEndian
        case "iso88591", "latin1", "isolatin1", "l1": self = .latin1
        case "windows1252", "cp1252", "win1252", "ansi": self = .windows1252
        case "macosroman", "macroman", "macintosh", "mac", "xmacroman": self = .macRoman
        case "cp850", "ibm850", "dos850", "codepage850", "850": self = .cp850
        default: return nil
        }
    }

    /// Whether each byte is one character.
    public var isSingleByte: Bool {
        switch self {
        case .latin1, .windows1252, .macRoman, .cp850: true
        case .utf8, .utf16LittleEndian, .utf16BigEndian: false
        }
    }

    /// Whether the encoding is UTF-16 of either byte order.
    public var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

    /// The byte order mark at the beginning of bytes: its encoding and length; nil when there is none.
    public static func byteOrderMark(in head: UnsafeRawBufferPointer) -> (encoding: TextEncoding, length: Int)? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }
}

/// The C library of this machine does not know an encoding.
public struct EncodingUnavailable: Error, Sendable {
    /// Which one.
    public let encoding: TextEncoding

    /// Of an encoding.
    public init(encoding: TextEncoding) { self.encoding = encoding }

    /// What is wrong and what to do.
    public var text: Text {
        Text(
            sv: "Systemets C-bibliotek kan inte läsa \(encoding.name). Installera glibc:s teckentabeller "
                + "(paketet glibc-gconv-extra eller libc6).",
            en: "This system's C library cannot read \(encoding.name). Install glibc's character tables "
                + "(package glibc-gconv-extra or libc6).")
    }
}
