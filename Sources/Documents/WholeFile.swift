import Findings
import Glibc

/// A small file read whole into memory: what people write for csnfil, never an export.
public struct WholeFile: Sendable {
    /// The file as it was named.
    public let path: String
    /// Its bytes, without a UTF-8 byte order mark.
    public let bytes: [UInt8]
    /// Its text.
    public let text: String

    /// 64 MB: a profile or a table of courses that is larger is some other file.
    static let greatestSize = 64 << 20

    /// Reads a file of UTF-8 text.
    public init(path: String) throws(DocumentProblem) {
        try self.init(path: path, bytes: WholeFile.contents(of: path))
    }

    /// Text that has been read already. A byte order mark is taken off; what is not UTF-8 is a problem at its place.
    public init(path: String, bytes: [UInt8]) throws(DocumentProblem) {
        self.path = path
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        text = String(decoding: self.bytes, as: UTF8.self)
        if let offset = self.bytes.withUnsafeBytes(UTF8Check.firstInvalid) {
            let before = String(decoding: self.bytes[..<offset], as: UTF8.self)
            let lines = before.split(omittingEmptySubsequences: false) { $0.isNewline }
            throw DocumentProblem(
                path: path, line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1,
                text: Text(
                    sv: "Här står tecken som inte är UTF-8. Spara filen som UTF-8.",
                    en: "What stands here is not UTF-8. Save the file as UTF-8."))
        }
    }

    private static func contents(of path: String) throws(DocumentProblem) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path, errno) }
        defer { close(file) }
        var contents: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, errno) }
            guard count > 0 else { return contents }
            contents += block[..<count]
            guard contents.count <= greatestSize else {
                throw DocumentProblem(
                    path: path,
                    text: Text(
                        sv: "Filen är större än 64 MB och kan inte vara en sådan fil.",
                        en: "The file is larger than 64 MB and cannot be a file of this kind."))
            }
        }
    }

    private static func unreadable(_ path: String, _ code: Int32) -> DocumentProblem {
        // The C library's strerror gives each thread its own text (glibc 2.32 and later).
        let reason = String(cString: strerror(code))
        return DocumentProblem(
            path: path,
            text: Text(sv: "Filen kan inte läsas: \(reason).", en: "The file cannot be read: \(reason)."))
    }
}
