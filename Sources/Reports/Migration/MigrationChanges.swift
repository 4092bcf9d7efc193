import CSN

/// What is different since the last run of a migration: its exports against those of that run, course by course against
/// what was reported, and what it was asked.
public struct MigrationChanges: Sendable, Hashable {
    /// What became of an export since.
    public enum State: String, Sendable, CaseIterable {
        /// The same bytes.
        case same
        /// Other bytes under the same name.
        case changed
        /// It was not given then.
        case added
        /// It was given then and is not now.
        case missing
    }

    /// An export of this run or of the last one.
    public struct Export: Sendable, Hashable {
        /// The file's name.
        public var name: String
        /// What became of it.
        public var state: State
        /// How many rows it had; nil for one that is new.
        public var rowsBefore: Int?
        /// How many rows it has; nil for one that is not given.
        public var rowsNow: Int?
        /// Courses that have another grade, or one for the first time.
        public var newGrades = 0
        /// Courses that are otherwise another than they were reported.
        public var otherwise = 0
        /// Courses of which nothing was reported.
        public var new = 0
        /// Courses that were reported and that it does not have any more.
        public var gone = 0
        /// Of those that changed, how many CSN has as they were: they go again.
        public var goingAgain = 0
        /// The files in which these go, relative to the outbox.
        public var filesOfThese: [String] = []
        /// Of those that changed, how many wait in a file, where they stand as they are now.
        public var waiting = 0

        /// An export in which nothing is different as yet.
        public init(name: String, state: State, rowsBefore: Int?, rowsNow: Int?) {
            self.name = name
            self.state = state
            self.rowsBefore = rowsBefore
            self.rowsNow = rowsNow
        }
    }

    /// An option that was another one.
    public struct Option: Sendable, Hashable {
        /// As it is written: `--from`.
        public var name: String
        /// What it was; nil where it was left out.
        public var before: String?
        /// What it is; nil where it is left out.
        public var now: String?

        /// An option that is different.
        public init(name: String, before: String?, now: String?) {
            self.name = name
            self.before = before
            self.now = now
        }
    }

    /// The day of the last run.
    public var since: Day
    /// The exports of this run in its order, then those of the last one that are missing.
    public var exports: [Export]
    /// What was asked differently.
    public var options: [Option]

    /// What is different since a day.
    public init(since: Day, exports: [Export], options: [Option] = []) {
        self.since = since
        self.exports = exports
        self.options = options
    }
}
