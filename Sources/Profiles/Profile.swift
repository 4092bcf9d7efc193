import CSN
import Documents
import Findings

/// How one kind of export is read: which header is which slot, and in what form values come. Data, never code.
public struct Profile: Sendable {
    /// The file's name without its ending, e.g. `schoolsoft-list`.
    public var name: String
    /// Where it was read from.
    public var path: String
    /// The school system, e.g. "SchoolSoft".
    public var system: String
    /// One line that says what export it is.
    public var title: String
    /// What is publicly known of the export, and what is csnfil's own reading.
    public var basis: Basis
    /// How the file is cut into rows and cells.
    public var container: Container
    /// The encoding; nil: detected.
    public var encoding: TextEncoding?
    /// The columns that are used, by slot.
    public var columns: [Slot: Column]
    /// Rows that are left out, by the profile's own words.
    public var leavesOut: [LeaveOut]
    /// What a row is.
    public var records = Records.courses
    /// Where the export has no column for the school: how its file is named after it.
    public var schoolInFileName: FileNamePattern?
    /// The names of the profiles of side tables from which students' numbers are taken; empty where the export has
    /// them itself.
    public var personTables: [String] = []
    /// Which days a term's first and last are, for ``DateForm/term``.
    public var terms: TermDays?
    /// Whether the system leaves students with protected identity out of its exports.
    public var omitsProtected = false
    /// The names of columns that are not read, but by which the system's exports are told from others that read alike.
    public var knownBy: [HeaderName] = []
    /// How `csnfil sample` writes such an export; nil: it makes none.
    public var sample: SampleShape?

    /// What a row is.
    public enum Records: String, Sendable, CaseIterable {
        /// One student on one course.
        case courses
        /// A student's number and id: a side table for exports that have the id alone.
        case persons
    }

    /// The first and last days of the two terms, each a month and a day.
    public struct TermDays: Sendable, Hashable {
        /// Month and day, `01-10` as 110.
        public var spring: ClosedRange<Int>
        /// As ``spring``.
        public var autumn: ClosedRange<Int>
    }

    /// What a user is told of where a profile comes from.
    public struct Basis: Sendable {
        /// What the vendor or another public source says.
        public var known: String
        /// What is csnfil's own reading.
        public var ours: String
    }

    /// How a file is cut into rows and cells.
    public enum Container: Sendable {
        /// Delimited text.
        case delimited(Delimited)
        /// XML.
        case xml(XMLShape)

        /// How delimited text is cut; nil for XML.
        public var delimited: Delimited? {
            guard case .delimited(let form) = self else { return nil }
            return form
        }

        /// The dialects of delimited text; none for XML.
        public var dialects: [DelimitedDialect] { delimited?.dialects ?? [] }
    }

    /// How delimited text is cut into rows and cells.
    public struct Delimited: Sendable {
        /// The dialects that the file may have, the first that fits.
        public var dialects: [DelimitedDialect]
        /// Whether the names of the columns stand in a row; otherwise columns go by their position.
        public var hasHeader = true
        /// With a header row: at most so many rows stand before it. Without: exactly so many rows are skipped.
        public var preamble = 0
        /// How many cells a row has, where there is no header row to say so.
        public var cells: Int?
        /// What the first filled cell of a heading between rows is like ("Klass: *"); such a row holds no record.
        public var groups: [String] = []
        /// The headers of a column whose cells may hold the delimiter without quotes ("Andersson, Eva").
        public var joins: [HeaderName] = []
        /// Where there is no header row: that column, from 0.
        public var joinedPosition: Int?

        /// Text in one of the dialects, with a header row.
        public init(dialects: [DelimitedDialect]) { self.dialects = dialects }
    }

    /// How XML is cut into rows and values. A column's headers are paths of elements, the last one perhaps an
    /// attribute (`course/code`, `@id`); a value inside the row's element goes before one in an element around it.
    public struct XMLShape: Sendable {
        /// The path of the element that is a row, outermost first: `course` or `student/course`.
        public var row: [HeaderName]
        /// What stands for an element that occurs more than once in a row.
        public var repeated: Repeated

        /// What stands for an element that occurs more than once in a row.
        public enum Repeated: String, Sendable, CaseIterable {
            /// All that differ, with ` | ` between them, so that the field's own rule judges them.
            case all
            /// The first.
            case first
            /// The last.
            case last
        }
    }

    /// A column that is used.
    public struct Column: Sendable {
        /// The names accepted, as the profile writes them.
        public var headers: [String]
        /// The same, as they are compared.
        public var names: [HeaderName]
        /// Whether a file without it does not fit.
        public var isRequired: Bool
        /// Where several headers claim the slot: the first in the profile's order counts.
        public var isRanked: Bool
        /// How its dates are written.
        public var dates: [DateForm]
        /// The words of this export, by spelling, and what each stands for; they go before the common ones.
        public var words: [String: String]
        /// Where the file has no header row: the column, from 0.
        public var position: Int?
        /// Of a grade: the values that the declared scales have; empty: all.
        public var scale: Set<String> = []

        /// A column by its accepted headers.
        public init(
            headers: [String], isRequired: Bool = false, isRanked: Bool = false,
            dates: [DateForm] = DateForm.usual, words: [String: String] = [:]
        ) {
            self.headers = headers
            names = headers.map { HeaderName($0) }
            self.isRequired = isRequired
            self.isRanked = isRanked
            self.dates = dates
            self.words = words
        }
    }

    /// Rows that are left out: those with one of the values in the column.
    public struct LeaveOut: Sendable {
        /// The headers accepted for the column.
        public var headers: [String]
        /// The same, as they are compared.
        public var names: [HeaderName]
        /// Where the file has no header row: the column, from 0.
        public var position: Int?
        /// The values, compared without regard to letter case.
        public var values: [String]
        /// What such rows are, for the finding.
        public var reason: String
    }
}

extension DateForm {
    /// What a column accepts where its profile says nothing: forms that cannot be mistaken for each other.
    public static let usual: [DateForm] = [.iso, .compact, .dateTime]
}
