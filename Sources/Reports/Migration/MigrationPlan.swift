import CSN

/// How a migration goes: which file is uploaded when, those that are done among them.
public struct MigrationPlan: Sendable, Hashable {
    /// By what study periods are chosen.
    public enum Basis: String, Sendable, CaseIterable {
        /// Those with a grade of the days.
        case grade
        /// Those with a course that goes on on one of the days.
        case period
    }

    /// How far a file has come.
    public enum State: String, Sendable, CaseIterable {
        /// CSN has read it.
        case accepted
        /// It is uploaded, and its reading is to come.
        case sent
        /// It lies in the outbox.
        case planned
        /// It would be written: this run is a rehearsal.
        case rehearsed
    }

    /// Why a study period has a file for itself, by the name of the rule that says so.
    public enum OwnFile: String, Sendable, CaseIterable {
        /// The date of an event or a grade lies more than a year from the course.
        case lateDate = "late-date-alone"
        /// A course goes on for exactly 365 days.
        case courseOfExactly365Days = "course-over-a-year"
    }

    /// A file of a school.
    public struct File: Sendable, Hashable {
        /// Relative to the outbox.
        public var path: String
        /// Whose it is.
        public var skolkod: Skolkod
        /// The day on whose reading it is meant, or at whose reading it was read.
        public var readingDay: Day
        /// How far it has come.
        public var state: State
        /// How many records it holds.
        public var records: Int
        /// How many of them are in study periods that the migration is about; nil of a file that is done.
        public var chosenRecords: Int?
        /// How many students it holds.
        public var students: Int
        /// The first of every date in it.
        public var firstDate: Day
        /// The last of every date in it.
        public var lastDate: Day
        /// When it may be uploaded.
        public var window: UploadWindow
        /// Why its one study period has it for itself; nil for a file that study periods share, or that is done.
        public var ownFile: OwnFile?

        /// A file.
        public init(
            path: String, skolkod: Skolkod, readingDay: Day, state: State, records: Int, chosenRecords: Int?,
            students: Int, firstDate: Day, lastDate: Day, window: UploadWindow
        ) {
            self.path = path
            self.skolkod = skolkod
            self.readingDay = readingDay
            self.state = state
            self.records = records
            self.chosenRecords = chosenRecords
            self.students = students
            self.firstDate = firstDate
            self.lastDate = lastDate
            self.window = window
        }

        /// Whether it is still to be uploaded.
        public var isAhead: Bool { state == .planned || state == .rehearsed }

        /// Its name without the folder, as the verbs of `csnfil outbox` take it.
        public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

        /// Whether it may be uploaded on a day.
        public func mayGo(on day: Day) -> Bool { isAhead && window.from.day <= day }
    }

    /// The days that choose.
    public var days: ClosedRange<Day>
    /// By what.
    public var basis: Basis
    /// What CSN has goes again.
    public var isAgain: Bool
    /// Nothing was written but the plan and the report.
    public var isRehearsal: Bool
    /// No file that did not wait already goes before this day; nil for the coming reading.
    public var firstDay: Day?
    /// By reading day and school.
    public var files: [File] = []
    /// Rows of study periods that the migration is not about.
    public var rowsOutside = 0
    /// From the first to the last day in the exports that could have chosen: of their grades, or of their courses. Nil
    /// when there is none.
    public var exportDays: ClosedRange<Day>?
    /// Something of a school waits for another day than the rest and is planned by itself: the files are the fewest for
    /// each of these days, not for all of them together.
    public var isPlannedByDays = false
    /// What the configuration calls the schools.
    public var schoolNames: [Skolkod: String] = [:]
    /// What is different since the last run of it; nil when there was none.
    public var changes: MigrationChanges?

    /// A plan without files.
    public init(days: ClosedRange<Day>, basis: Basis, isAgain: Bool = false, isRehearsal: Bool = false) {
        self.days = days
        self.basis = basis
        self.isAgain = isAgain
        self.isRehearsal = isRehearsal
    }

    /// Those that are still to be uploaded.
    public var filesAhead: [File] { files.filter(\.isAhead) }

    /// Those that are uploaded.
    public var filesDone: [File] { files.filter { !$0.isAhead } }

    /// The day of the last reading that a file of the plan is for; nil for a plan without files.
    public var lastDay: Day? { files.map(\.readingDay).max() }

    /// How a school is called: by its code, and by its name where the configuration has one.
    public func title(of school: Skolkod) -> String { schoolNames[school].map { "\(school) \($0)" } ?? "\(school)" }
}
