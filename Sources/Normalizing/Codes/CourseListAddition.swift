import Documents
import Findings
import Foundation

/// Rows for a school's course list (`schools/<skolkod>/courses.csv`) that a person is to fill in: the local code, no
/// kurskod, and what is known of the code in a note.
public struct CourseListAddition: Sendable {
    /// A code that waits for a person.
    public struct Row: Sendable {
        /// As it stands in exports.
        public var local: String
        /// Candidates and counts.
        public var note: String

        /// A row.
        public init(local: String, note: String) {
            self.local = local
            self.note = note
        }
    }

    /// The file's bytes with the rows behind those it has.
    public let bytes: [UInt8]
    /// The codes added.
    public let added: [String]

    /// Adds rows to a file, or begins one.
    ///
    /// What stands there stays byte for byte; a code that has a row already gets no other. A list without a `note`
    /// column has no room for notes.
    ///
    /// - Parameters:
    ///   - path: what problems name.
    ///   - existing: the file's bytes; nil where there is none.
    /// - Throws: a list that cannot be read, with line and column.
    public init(_ rows: [Row], to existing: [UInt8]?, path: String) throws(DocumentProblem) {
        var columns = LocalCourses.columns
        var known: Set<String> = []
        var lineEnd = "\n"
        var bytes = existing ?? []
        if existing != nil {
            let table = try Table(
                path: path, bytes: bytes, required: ["local", "kurskod"],
                optional: Array(LocalCourses.columns.dropFirst(2)))
            columns = table.columns
            known = Set(table.rows.map { table.cell("local", of: $0).precomposedStringWithCanonicalMapping })
            if let first = bytes.firstIndex(of: UInt8(ascii: "\n")), first > 0,
                bytes[first - 1] == UInt8(ascii: "\r")
            {
                lineEnd = "\r\n"
            }
            if let last = bytes.last, last != UInt8(ascii: "\n"), last != UInt8(ascii: "\r") {
                bytes += Array(lineEnd.utf8)
            }
        } else {
            bytes = Array((columns.joined(separator: ";") + lineEnd).utf8)
        }
        var added: [String] = []
        for row in rows {
            let local = row.local.precomposedStringWithCanonicalMapping
            guard known.insert(local).inserted else { continue }
            let cells = columns.map { $0 == "local" ? local : $0 == "note" ? row.note : "" }
            bytes += Array((cells.map(CourseListAddition.cell).joined(separator: ";") + lineEnd).utf8)
            added.append(local)
        }
        self.bytes = bytes
        self.added = added
    }

    /// A cell as the file holds it: in quotes where it would be cut otherwise.
    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ";\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
