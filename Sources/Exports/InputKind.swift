import Documents
import Findings

/// What kind of file an input is, by its first bytes.
public enum InputKind: Sendable, Hashable, CaseIterable {
    /// Text that may be delimited.
    case text
    case xml
    case json
    case html
    case pdf
    case zip
    /// A workbook of Excel 2007 or later.
    case xlsx
    case openDocument
    /// Excel before 2007, and other old Office files.
    case oldOffice
    case gzip
    case rtf
    /// No bytes.
    case empty
    /// Nothing but blanks and line ends.
    case blank

    /// The kind of which these are the first bytes; 4 KB are enough. ``blank`` is said of the bytes given only.
    public init(head: UnsafeRawBufferPointer) {
        if let kind = InputKind.binary(head) {
            self = kind
            return
        }
        // Blanks, and the zero bytes between the letters of UTF-16, do not matter.
        let start = TextEncoding.byteOrderMark(in: head)?.length ?? 0
        let letters = head[start...].filter { $0 != 0 }
        let text = letters.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let lower = String(decoding: text.prefix(2_048), as: UTF8.self).lowercased()
        if head.isEmpty {
            self = .empty
        } else if text.isEmpty {
            self = .blank
        } else if lower.hasPrefix("<") {
            self = InputKind.markup(lower)
        } else {
            self = InputKind.isJSON(lower) ? .json : .text
        }
    }

    private static func binary(_ head: UnsafeRawBufferPointer) -> InputKind? {
        if head.starts(with: "%PDF-".utf8) { return .pdf }
        if head.starts(with: [0x1F, 0x8B]) { return .gzip }
        if head.starts(with: "{\\rtf".utf8) { return .rtf }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .oldOffice }
        guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) else {
            return nil
        }
        let names = String(decoding: head.prefix(4_096), as: UTF8.self)
        if names.contains("mimetypeapplication/vnd.oasis.opendocument") { return .openDocument }
        return names.contains("[Content_Types].xml") || names.contains("xl/") ? .xlsx : .zip
    }

    private static func markup(_ lower: String) -> InputKind {
        if lower.contains("<!doctype html") || lower.contains("<html") { return .html }
        guard let second = lower.dropFirst().first, second.isLetter || "!?".contains(second) else { return .text }
        return .xml
    }

    private static func isJSON(_ lower: String) -> Bool {
        // A pupil's GUID may stand in braces; behind the brace of an object stands a quote.
        let second = lower.dropFirst().first { !$0.isWhitespace }
        switch lower.first {
        case "{": return second == "\"" || second == "}"
        case "[": return second.map { "{[\"]".contains($0) } ?? false
        default: return false
        }
    }

    /// What people call it, with its article.
    public var text: Text {
        switch self {
        case .text: Text(sv: "en textfil", en: "a text file")
        case .xml: Text(sv: "en XML-fil", en: "an XML file")
        case .json: Text(sv: "en JSON-fil", en: "a JSON file")
        case .html: Text(sv: "en webbsida (HTML)", en: "a web page (HTML)")
        case .pdf: Text(sv: "en PDF-fil", en: "a PDF file")
        case .zip: Text(sv: "ett ZIP-arkiv", en: "a ZIP archive")
        case .xlsx: Text(sv: "en Excel-arbetsbok (.xlsx)", en: "an Excel workbook (.xlsx)")
        case .openDocument: Text(sv: "ett OpenDocument-dokument", en: "an OpenDocument file")
        case .oldOffice: Text(sv: "en äldre Excel- eller Office-fil (.xls)", en: "an old Excel or Office file (.xls)")
        case .gzip: Text(sv: "en gzip-packad fil", en: "a gzip archive")
        case .rtf: Text(sv: "ett RTF-dokument", en: "an RTF document")
        case .empty: Text(sv: "en tom fil", en: "an empty file")
        case .blank: Text(sv: "en fil med bara tomma rader", en: "a file of nothing but blank lines")
        }
    }
}
