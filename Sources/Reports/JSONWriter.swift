/// Writes JSON with its keys in the order in which they are given.
///
/// Foundation's `JSONEncoder` cannot keep the order in which a contract names its keys, and needs several times as
/// long for the hundred thousands of lines a bad export can give.
public struct JSONWriter: Sendable {
    /// What was written so far, UTF-8.
    public private(set) var bytes: [UInt8] = []
    private let isIndented: Bool
    private var depth = 0
    /// Whether the next key or item is the first of its object or array.
    private var isFirst = true

    /// A writer; with indentation for files that people open, without for one object a line.
    public init(isIndented: Bool) { self.isIndented = isIndented }

    /// The text written so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// An object, under a key inside an object and without one inside an array.
    public mutating func object(_ key: String? = nil, _ content: (inout JSONWriter) -> Void) {
        enclose(key, UInt8(ascii: "{"), UInt8(ascii: "}"), content)
    }

    /// An array, under a key inside an object and without one inside an array.
    public mutating func array(_ key: String? = nil, _ content: (inout JSONWriter) -> Void) {
        enclose(key, UInt8(ascii: "["), UInt8(ascii: "]"), content)
    }

    /// A text; `null` for nil.
    public mutating func string(_ key: String? = nil, _ value: String?) {
        begin(key)
        guard let value else { return bytes.append(contentsOf: "null".utf8) }
        append(value)
    }

    /// A text that is written as bytes of UTF-8 right where it is to stand; `null` where `write` says that there is
    /// none, and has written nothing.
    mutating func text(_ key: String, _ write: (inout [UInt8]) -> Bool) {
        begin(key)
        let start = bytes.count
        bytes.append(UInt8(ascii: "\""))
        if write(&bytes) {
            escape(from: start + 1)
            bytes.append(UInt8(ascii: "\""))
        } else {
            bytes.removeLast(bytes.count - start)
            bytes.append(contentsOf: "null".utf8)
        }
    }

    /// A whole number; `null` for nil.
    public mutating func number(_ key: String? = nil, _ value: Int?) {
        begin(key)
        bytes.append(contentsOf: (value.map { String($0) } ?? "null").utf8)
    }

    /// A number given in tenths, with one decimal.
    public mutating func tenths(_ key: String? = nil, _ value: Int) {
        begin(key)
        bytes.append(contentsOf: "\(value / 10).\(value % 10)".utf8)
    }

    /// `true` or `false`.
    public mutating func bool(_ key: String? = nil, _ value: Bool) {
        begin(key)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// An array of texts.
    public mutating func strings(_ key: String? = nil, _ values: [String]) {
        array(key) { writer in for value in values { writer.string(nil, value) } }
    }

    /// The end of a line, between objects that stand one a line.
    public mutating func newline() {
        bytes.append(UInt8(ascii: "\n"))
        isFirst = true
    }

    /// Hands over what was written and begins anew.
    public mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func enclose(
        _ key: String?, _ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void
    ) {
        begin(key)
        bytes.append(open)
        depth += 1
        isFirst = true
        content(&self)
        depth -= 1
        if isIndented && !isFirst { breakLine() }
        bytes.append(close)
        isFirst = false
    }

    private mutating func begin(_ key: String?) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        if isIndented && depth > 0 { breakLine() }
        isFirst = false
        guard let key else { return }
        append(key)
        bytes.append(UInt8(ascii: ":"))
        if isIndented { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    /// A text with its quotes.
    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        escape(from: start)
        bytes.append(UInt8(ascii: "\""))
    }

    /// RFC 8259, section 7: quotes, backslashes and control characters are escaped. Hardly any text has one, so the text
    /// is written as it is and looked through afterwards.
    private mutating func escape(from start: Int) {
        guard JSONWriter.needsEscapes(bytes, from: start) else { return }
        let text = Array(bytes[start...])
        bytes.removeLast(text.count)
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: "\\u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
            default: bytes.append(byte)
            }
        }
    }

    /// Without leaving early, so that the compiler looks at sixteen bytes at a time.
    private static func needsEscapes(_ bytes: [UInt8], from start: Int) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var found: UInt8 = 0
            for byte in UnsafeBufferPointer(rebasing: bytes[start...]) {
                found |= byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 1 : 0
            }
            return found != 0
        }
    }
}

extension JSONWriter {
    /// What every object of `--format json` begins with: the version of its shape, and the program.
    public mutating func head(_ program: RunReport.Program) {
        number("schemaVersion", MachineReport.schemaVersion)
        object("program") {
            $0.string("name", program.name)
            $0.string("version", program.version)
        }
    }
}
