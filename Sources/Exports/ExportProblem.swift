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

    /// XML that is not well-formed, with libxml2's own words.
    case xmlMalformed(path: String, line: Int, column: Int, reason: String)
    /// XML that ends inside an element.
    case xmlCutShort(path: String, line: Int, element: String)
    /// Elements lie in each other deeper than any export's.
    case xmlTooDeep(path: String, line: Int, limit: Int)
    /// A document type or an entity that names another file.
    case xmlExternal(path: String, line: Int, name: String)
    /// Entities that become far more than the document is.
    case xmlEntities(path: String, line: Int)
    /// More different paths of elements and attributes than any export has.
    case xmlTooManyNames(path: String, line: Int, limit: Int)
    /// A value that is used is longer than the limit, in bytes.
    case xmlValueTooLong(path: String, line: Int, element: String, limit: Int)
    /// The values of a row are together longer than the limit, in bytes.
    case xmlRowTooLong(path: String, line: Int, limit: Int)
    /// Two elements of one row hold the same column, and the profile does not rank them.
    case xmlAmbiguous(path: String, line: Int, column: String, first: String, second: String)
    /// A row inside another, which begins on line `outer`.
    case xmlNestedRow(path: String, line: Int, element: String, outer: Int)
    /// The declaration names an encoding that is not read.
    case xmlEncoding(path: String, name: String)

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
        case .xmlMalformed, .xmlCutShort, .xmlTooDeep, .xmlExternal, .xmlEntities, .xmlTooManyNames, .xmlValueTooLong,
            .xmlRowTooLong, .xmlAmbiguous, .xmlNestedRow, .xmlEncoding:
            return xmlText
        }
    }

    /// The C library's strerror gives each thread its own text (glibc 2.32 and later).
    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
