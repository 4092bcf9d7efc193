import Findings
import Normalizing

/// What `codes` found: the course codes that nothing knows, school by school.
struct CodesReport: Sendable {
    /// A code at a school.
    struct Entry: Sendable {
        /// The skolkod; 0 where the school could not be told.
        var school: UInt16
        /// As it stands in the export; nil where it may be a person's name or number.
        var code: String?
        /// The course's name beside it.
        var name: String?
        var rows: Int
        var students: Int
        /// Longer than CSN's field.
        var isTooLong: Bool
        /// Where it stands first, as `file:line`.
        var place: String
        var candidates: [CourseCandidate]
        /// Where it waits for a person already, as `file:line`.
        var waitsAt: String?
    }

    /// A course list that rows were added to.
    struct Written: Sendable {
        var path: String
        var school: UInt16
        var added: Int
    }

    /// By school, what stands in most rows first.
    var entries: [Entry]
    var rowsWithoutCode: Int
    var written: [Written] = []
    /// Why something was not written, and what was not read.
    var notices: [Text] = []
}
