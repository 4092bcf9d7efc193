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

    /// What a user is told of where a profile comes from.
    public struct Basis: Sendable {
        /// What the vendor or another public source says.
        public var known: String
        /// What is csnfil's own reading.
        public var ours: String
    }

    /// How a file is cut into rows and cells.
    public struct Container: Sendable {
        /// The dialects that the file may have, the first that fits.
        public var dialects: [DelimitedDialect]
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
