import CSN

/// Where deliveries are kept: all that the program asks of a database, so that another one can take its place.
///
/// One writer at a time: whoever writes holds the outbox's lock. Every call is one transaction.
public protocol DeliveryStore: Sendable {
    /// All schools of which something is known.
    func schools() throws(LedgerProblem) -> [Skolkod]
    /// All that is known of a school. May be called from several threads at once.
    func deliveries(of school: Skolkod) throws(LedgerProblem) -> SchoolDeliveries
    /// Every course of a student in every file that has it or lets it go, void files too, in the order of the files
    /// and of the courses; empty when there is no such student.
    func history(
        of student: StudentKey
    ) throws(LedgerProblem) -> [(file: DeliveredFile, course: CourseKey, version: DeliveredVersion)]
    /// What stood in the files of a school that are void and became so on a day or later, in the order of the files.
    func takenBack(of school: Skolkod, since: Day) throws(LedgerProblem) -> [TakenBackRecord]
    /// The files of all schools, in the order of their making.
    ///
    /// - Parameter since: only those whose reading day is this or later, and those that are planned or sent; nil: all.
    func files(since: Day?) throws(LedgerProblem) -> [DeliveredFile]
    /// The inputs that were taken last of their system and school, with the schools for which they were, by code; and
    /// the tables of persons that were taken last of their profile. In the order in which they were taken.
    func currentInputs() throws(LedgerProblem) -> [TakenInput]
    /// The input with these bytes that was taken last, with all its schools; nil when there is none.
    func input(sha256: String) throws(LedgerProblem) -> TakenInput?
    /// Runs, the last one first.
    func runs(limit: Int) throws(LedgerProblem) -> [LedgerRun]
    /// ``LedgerChanges/at`` of the last commit, also where it is earlier than that of the one before; nil in a new
    /// ledger.
    func lastMoment() throws(LedgerProblem) -> Moment?
    /// The students of all schools with a number, the present or a former one, with their schools.
    func students(_ number: Personnummer) throws(LedgerProblem) -> [(school: Skolkod, student: LedgerStudent)]
    /// A student by number in the ledger, with the school; nil when there is none.
    func student(_ key: StudentKey) throws(LedgerProblem) -> (school: Skolkod, student: LedgerStudent)?
    /// Numbers for students and files that are new; the next ones that nobody has or has had.
    func nextNumbers() throws(LedgerProblem) -> (student: Int64, file: Int64)

    /// Writes all of it or nothing.
    func commit(_ changes: LedgerChanges) throws(LedgerProblem)
    /// Where the inputs lie in the archive that ``purge(olderThan:at:)`` would let go of. Their files are to be removed
    /// first: a run that is killed in between then finds them in the ledger still.
    func oldInputs(olderThan days: Int, at now: Moment) throws(LedgerProblem) -> [String]
    /// Removes what is older than the given number of days (what is exactly as old stays): study periods of a student
    /// in which every date of every record, and the reading of every file that has them, is; files of whose records
    /// nothing is left; inputs that do not count any more; runs; students of whom nothing is left.
    ///
    /// A study period goes whole or stays whole, with all its versions, so that what is left says of what CSN has the
    /// same as before. Files that are planned or sent stay, with what stands in them.
    ///
    /// - Returns: the archive paths of inputs that are gone from the ledger, for their files to be removed.
    func purge(olderThan days: Int, at now: Moment) throws(LedgerProblem) -> [String]
    /// Writes a copy of the whole ledger that can be used in its place, atomically, mode 0600.
    func writeCopy(to path: String) throws(LedgerProblem)
}

/// What is to be written in one step.
public struct LedgerChanges: Sendable {
    /// A new file with what stands in it.
    public struct NewFile: Sendable {
        /// Its number, from ``DeliveryStore/nextNumbers()`` on.
        public var id: DeliveredFile.ID
        /// What is known of it.
        public var facts: DeliveredFile.Facts
        /// By student, what stands in it and what it lets go; a student's course once.
        public var versions: [(student: StudentKey, course: CourseKey, version: DeliveredVersion)]

        /// A file.
        public init(
            id: DeliveredFile.ID, facts: DeliveredFile.Facts,
            versions: [(student: StudentKey, course: CourseKey, version: DeliveredVersion)]
        ) {
            self.id = id
            self.facts = facts
            self.versions = versions
        }
    }

    /// A file's new outcome.
    public struct Closing: Sendable {
        /// Which.
        public var file: DeliveredFile.ID
        /// What became of it.
        public var outcome: Outcome
        /// ``DeliveredFile/reading`` from now on.
        public var reading: Day
        /// When it was uploaded; nil leaves what was said before, but for a file that is planned again: of that one
        /// nobody has said so.
        public var sent: Moment?

        /// An outcome.
        public init(_ file: DeliveredFile.ID, _ outcome: Outcome, reading: Day, sent: Moment? = nil) {
            self.file = file
            self.outcome = outcome
            self.reading = reading
            self.sent = sent
        }
    }

    /// When.
    public var at: Moment
    /// Students that are new, or of whom something is (numbers, ids, protection): written whole.
    public var students: [(school: Skolkod, student: LedgerStudent)] = []
    /// New files.
    public var files: [NewFile] = []
    /// Files with another outcome. One that is not in the ledger is an error.
    public var closings: [Closing] = []
    /// Inputs that were taken, in that order. One with the same bytes, name and place in the archive as an earlier one
    /// takes its place and is the last one taken.
    public var inputs: [TakenInput] = []
    /// By school and system, who stood in the export: takes the place of what was there, after ``confirmed``.
    public var lastExports: [(school: Skolkod, system: String, students: Set<StudentKey>)] = []
    /// Courses to forget.
    public var forgotten: [(school: Skolkod, course: ForgottenCourse)] = []
    /// Schools of which somebody has confirmed that students are gone: nobody stood in their last exports.
    public var confirmed: [Skolkod] = []
    /// A run that is done.
    public var run: LedgerRun?

    /// Nothing as yet.
    public init(at: Moment) { self.at = at }
}

/// An export that was taken from the inbox.
public struct TakenInput: Hashable, Sendable {
    /// Its name in the inbox.
    public var name: String
    /// Where it lies now, relative to the archive.
    public var archived: String
    /// Of its bytes, in hexadecimal.
    public var sha256: String
    /// In bytes.
    public var bytes: Int
    /// When it was last changed, as the file system says.
    public var modified: Moment
    /// The profile that read it, and its system.
    public var profile: String
    /// The system.
    public var system: String
    /// When it was taken.
    public var taken: Moment
    /// The schools for which it counts. Empty for one that was archived unread, and for a table of persons.
    public var schools: [Skolkod]
    /// Whether it is a table of persons, which has no schools and counts until a newer one comes.
    public var isPersons: Bool

    /// An export.
    public init(
        name: String, archived: String, sha256: String, bytes: Int, modified: Moment, profile: String, system: String,
        taken: Moment, schools: [Skolkod], isPersons: Bool = false
    ) {
        self.name = name
        self.archived = archived
        self.sha256 = sha256
        self.bytes = bytes
        self.modified = modified
        self.profile = profile
        self.system = system
        self.taken = taken
        self.schools = schools
        self.isPersons = isPersons
    }
}

/// A run that was carried through.
public struct LedgerRun: Hashable, Sendable {
    /// A name for it that no other run has.
    public var id: String
    /// When it began and ended, with the zone (RFC 3339).
    public var started: String
    /// When it ended.
    public var finished: String
    /// What it took for now.
    public var now: Moment
    /// The exit status.
    public var status: Int32

    /// A run.
    public init(id: String, started: String, finished: String, now: Moment, status: Int32) {
        self.id = id
        self.started = started
        self.finished = finished
        self.now = now
        self.status = status
    }
}

/// Why the ledger cannot be used.
public enum LedgerProblem: Error, Hashable, Sendable {
    /// The file cannot be opened or written: permissions, a full disk. `reason` is the system's own word.
    case system(path: String, reason: String, isFull: Bool)
    /// Written by a newer csnfil.
    case newer(path: String)
    /// Damaged, or no ledger at all.
    case damaged(path: String, reason: String)
    /// Another program is writing to it.
    case busy(path: String)
}
