import Documents
import Findings
import Glibc

/// Why an export cannot be read at all, or not to its end.
public enum ExportProblem: Error, Sendable, Hashable {
    /// It cannot be opened; `code` is the C library's errno.
    case cannotOpen(path: String, code: Int32)
    /// It is a folder.
    case isFolder(path: String)
    /// Reading stopped at a byte; `code` is the C library's errno.
    case cannotRead(path: String, offset: Int, code: Int32)
    /// What came through the pipe cannot be kept in the folder for working files.
    case cannotKeep(path: String, folder: String, code: Int32)
    /// It grew, shrank or was written to while it was read.
    case changedWhileRead(path: String)
    /// A row has no end within the limit: usually a quote that is never closed.
    case rowTooLong(path: String, line: Int, offset: Int, limit: Int)
    /// The C library lacks the encoding's table.
    case encodingUnavailable(path: String, TextEncoding)

    /// What is wrong, where, and what to do.
    public var text: Text {
        switch self {
        case .cannotOpen(let path, let code):
            let reason = ExportProblem.reason(code)
            return Text(sv: "\(path) kan inte öppnas: \(reason).", en: "\(path) cannot be opened: \(reason).")
        case .isFolder(let path):
            return Text(
                sv: "\(path) är en mapp. Ange en fil i den.", en: "\(path) is a folder. Name a file inside it.")
        case .cannotRead(let path, let offset, let code):
            let reason = ExportProblem.reason(code)
            return Text(
                sv: "\(path) kan inte läsas från byte \(offset): \(reason).",
                en: "\(path) cannot be read from byte \(offset): \(reason).")
        case .cannotKeep(let path, let folder, let code):
            let reason = ExportProblem.reason(code)
            return Text(
                sv: "Det som kommer från \(path) kan inte läggas i \(folder) medan det läses: \(reason).",
                en: "What comes from \(path) cannot be kept in \(folder) while it is read: \(reason).")
        case .changedWhileRead(let path):
            return Text(
                sv: "\(path) ändrades medan den lästes. Kör igen när exporten är färdigskriven.",
                en: "\(path) changed while it was read. Run again when the export has been written to its end.")
        case .rowTooLong(let path, let line, let offset, let limit):
            return Text(
                sv: "\(path):\(line): raden som börjar här (byte \(offset)) har inget slut inom \(limit) byte. "
                    + "Troligen öppnas ett citattecken som aldrig stängs.",
                en: "\(path):\(line): the row that begins here (byte \(offset)) does not end within \(limit) bytes. "
                    + "Probably a quote is opened that is never closed.")
        case .encodingUnavailable(let path, let encoding):
            let reason = EncodingUnavailable(encoding: encoding).text
            return Text(sv: "\(path): \(reason.sv)", en: "\(path): \(reason.en)")
        }
    }

    /// The C library's strerror gives each thread its own text (glibc 2.32 and later).
    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
