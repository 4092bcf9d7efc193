import CSN
import CSNRules

/// What became of every row that a migration is about, by school, course and grade.
///
/// A row of the exports has one fate: sent, held, left out, or copy of another row. It is counted under the course and
/// the grade that it has itself, also where another row took its place.
public struct Reconciliation: Sendable, Hashable {
    /// Rows by their fates.
    public struct Counts: Sendable, Hashable {
        /// Rows of the exports.
        public var rows = 0
        /// CSN has read what they say.
        public var withCSN = 0
        /// They stand in a file that is uploaded, and its reading is to come.
        public var uploaded = 0
        /// They stand in a file that waits to be uploaded.
        public var waiting = 0
        /// They would stand in a file: the run was a rehearsal.
        public var rehearsed = 0
        /// They are held back.
        public var held = 0
        /// They are not to be reported: another grade has taken their place, or a rule leaves them out.
        public var dropped = 0
        /// They say what another row says already.
        public var copies = 0
        /// Records that the sent rows became: rows that differ in nothing but an event are one record.
        public var records = 0

        /// No rows.
        public init() {}

        /// Rows that are sent, however far they have come.
        public var sent: Int { withCSN + uploaded + waiting + rehearsed }
        /// Whether every row has one fate.
        public var addsUp: Bool { rows == sent + held + dropped + copies }

        /// Adds another count to this one.
        public static func += (left: inout Counts, right: Counts) {
            left.rows += right.rows
            left.withCSN += right.withCSN
            left.uploaded += right.uploaded
            left.waiting += right.waiting
            left.rehearsed += right.rehearsed
            left.held += right.held
            left.dropped += right.dropped
            left.copies += right.copies
            left.records += right.records
        }
    }

    /// The grade that a row has.
    public enum Grade: Sendable, Hashable {
        /// A grade.
        case given(Betyg)
        /// None.
        case none
        /// Something that cannot be read as one.
        case unclear
    }

    /// The course that a row has.
    public struct Course: Sendable, Hashable {
        /// As it is sent; nil where the code could not be read, or may not be shown because it may be no code at all.
        public var kurskod: String?
        /// What it is called; empty where nobody has said.
        public var name: String
        /// The code is one that can be sent.
        public var isKnown: Bool

        /// A course.
        public init(kurskod: String?, name: String = "", isKnown: Bool = true) {
            self.kurskod = kurskod
            self.name = name
            self.isKnown = isKnown
        }
    }

    /// The rows of one course with one grade.
    public struct Line: Sendable, Hashable {
        /// Which course.
        public var course: Course
        /// Which grade.
        public var grade: Grade
        /// What became of them.
        public var counts: Counts

        /// A line of the table.
        public init(course: Course, grade: Grade, counts: Counts) {
            self.course = course
            self.grade = grade
            self.counts = counts
        }
    }

    /// Why rows are held.
    public struct Reason: Sendable, Hashable {
        /// The rule's number in the catalogue.
        public var rule: UInt16
        /// How many held rows it found something in. A row may have several reasons.
        public var rows: Int

        /// A reason.
        public init(rule: UInt16, rows: Int) {
            self.rule = rule
            self.rows = rows
        }
    }

    /// One school's part.
    public struct School: Sendable, Hashable {
        /// Which; nil for rows whose school could not be told.
        public var skolkod: Skolkod?
        /// By course and grade.
        public var lines: [Line]
        /// Why rows are held, the most frequent reason first.
        public var reasons: [Reason] = []
        /// Held rows in which nothing is wrong: they go with others of their study period, or wait with their school.
        public var heldWithOthers = 0
        /// Held rows whose file cannot be written, because another file lies in its place.
        public var heldByOccupied = 0
        /// Files of the migration that are still to be uploaded.
        public var filesToUpload = 0
        /// Files of the migration that are uploaded and not read yet.
        public var filesToBeRead = 0

        /// A school.
        public init(skolkod: Skolkod?, lines: [Line]) {
            self.skolkod = skolkod
            self.lines = lines
        }

        /// All lines together.
        public var total: Counts { lines.reduce(into: Counts()) { $0 += $1.counts } }
    }

    /// In the order of their codes; rows whose school could not be told come last.
    public var schools: [School]
    /// Rows of study periods that the migration is not about.
    public var rowsOutside: Int
    /// Rows that hold no course to report: headings, and what the profile or the school's course list leaves out.
    public var rowsLeftOut: Int
    /// Rows of all exports.
    public var rowsRead: Int

    /// A reconciliation.
    public init(schools: [School], rowsOutside: Int = 0, rowsLeftOut: Int = 0, rowsRead: Int) {
        self.schools = schools
        self.rowsOutside = rowsOutside
        self.rowsLeftOut = rowsLeftOut
        self.rowsRead = rowsRead
    }

    /// All schools together.
    public var total: Counts { schools.reduce(into: Counts()) { $0 += $1.total } }

    /// Whether every row that was read has one place in it.
    public var addsUp: Bool {
        schools.allSatisfy { $0.lines.allSatisfy(\.counts.addsUp) }
            && rowsRead == total.rows + rowsOutside + rowsLeftOut
    }
}

extension Reconciliation {
    /// How far a migration has come.
    public enum Stage: Sendable, Hashable {
        /// Nothing of the exports belongs to it.
        case empty
        /// Nothing is sent: the run was a rehearsal.
        case rehearsal
        /// Files are still to be uploaded, or to be read.
        case ongoing
        /// All files are read, and rows are held.
        case held
        /// All that is to be reported is with CSN: the numbers do not change any more.
        case final
    }

    /// How far all of it has come.
    public var stage: Stage { Stage(total, isOccupied: schools.contains { $0.heldByOccupied > 0 }) }
}

extension Reconciliation.School {
    /// How far the school's part has come.
    public var stage: Reconciliation.Stage { Reconciliation.Stage(total, isOccupied: heldByOccupied > 0) }
}

extension Reconciliation.Stage {
    fileprivate init(_ counts: Reconciliation.Counts, isOccupied: Bool) {
        self =
            if counts.rows == 0 {
                .empty
            } else if counts.rehearsed > 0 {
                .rehearsal
            } else if counts.waiting + counts.uploaded > 0 || isOccupied {
                .ongoing
            } else {
                counts.held > 0 ? .held : .final
            }
    }
}

extension Reconciliation.Grade: Comparable {
    /// The new scale from A, then the old one, then what is no grade.
    private var place: Int {
        switch self {
        case .given(let betyg): Self.order.firstIndex(of: betyg) ?? Self.order.count
        case .none: Self.order.count + 1
        case .unclear: Self.order.count + 2
        }
    }

    private static let order: [Betyg] = [.a, .b, .c, .d, .e, .f, .m, .v, .g, .i, .x, .z, .notGraded]

    /// In the order in which a table has them.
    public static func < (left: Self, right: Self) -> Bool { left.place < right.place }
}

extension Reconciliation.Line: Comparable {
    /// By code, those that are known first, then by grade. What has no code comes last.
    public static func < (left: Self, right: Self) -> Bool {
        func key(_ course: Reconciliation.Course) -> (Int, String, Int) {
            (course.kurskod == nil ? 1 : 0, course.kurskod ?? "", course.isKnown ? 0 : 1)
        }
        let (one, other) = (key(left.course), key(right.course))
        return one == other ? left.grade < right.grade : one < other
    }
}
