import CSN
import GRDB

/// The ledger as an SQLite file. docs/ledger.md describes its tables.
///
/// Several connections read at once, and one writes, also while others read (write-ahead logging). What was committed
/// is on the disk, and what a killed program did not commit is not there.
public final class SQLiteLedger: DeliveryStore {
    private let file: LedgerFile
    private let pool: any DatabaseWriter

    /// Opens the ledger, or makes a new one, with mode 0600, in a folder that is there.
    ///
    /// A ledger of an older version gets the tables of this one. One that is damaged or newer is left as it is.
    public convenience init(path: String) throws(LedgerProblem) {
        let file = LedgerFile(path: path)
        self.init(file, try file.open())
    }

    /// Opens a ledger that is there for looking only. Neither the file nor anything beside it is made or changed, and
    /// every attempt to write fails.
    public convenience init(onlyReading path: String) throws(LedgerProblem) {
        let file = LedgerFile(path: path)
        self.init(file, try file.openForReading())
    }

    init(_ file: LedgerFile, _ pool: any DatabaseWriter) {
        self.file = file
        self.pool = pool
    }

    /// Closes the database: what was written is moved from its companion into the file itself. Without this call that
    /// is done when the ledger is released, or by the next program that opens it.
    public func close() throws(LedgerProblem) {
        // The pool closes its readers last, and a connection that cannot write leaves the companion as it is.
        (pool as? DatabasePool)?.releaseMemory()
        do { try pool.close() } catch { throw file.problem(error) }
    }

    private func read<Value>(_ body: (LedgerReading) throws -> Value) throws(LedgerProblem) -> Value {
        do { return try pool.read { try body(LedgerReading(db: $0)) } } catch { throw file.problem(error) }
    }

    private func write<Value>(_ body: (Database) throws -> Value) throws(LedgerProblem) -> Value {
        do { return try pool.write { try body($0) } } catch { throw file.problem(error) }
    }

    /// All schools of which something is known, by code.
    public func schools() throws(LedgerProblem) -> [Skolkod] { try read { try $0.schools() } }

    /// All that is known of a school, read in one piece. Several threads read at once, each by a connection of its own.
    public func deliveries(of school: Skolkod) throws(LedgerProblem) -> SchoolDeliveries {
        try read { try $0.deliveries(of: school) }
    }

    /// Every course of a student in every file, void files too.
    public func history(
        of student: StudentKey
    ) throws(LedgerProblem) -> [(file: DeliveredFile, course: CourseKey, version: DeliveredVersion)] {
        try read { try $0.history(of: student) }
    }

    /// What stood in void files; see ``DeliveryStore/takenBack(of:since:)``.
    public func takenBack(of school: Skolkod, since: Day) throws(LedgerProblem) -> [TakenBackRecord] {
        try read { try $0.takenBack(of: school, since: since) }
    }

    /// The files of all schools; see ``DeliveryStore/files(since:)``.
    public func files(since: Day?) throws(LedgerProblem) -> [DeliveredFile] {
        try read { try $0.files(since: since) }
    }

    /// The inputs that count; see ``DeliveryStore/currentInputs()``.
    public func currentInputs() throws(LedgerProblem) -> [TakenInput] { try read { try $0.currentInputs() } }

    /// The input with these bytes that was taken last.
    public func input(sha256: String) throws(LedgerProblem) -> TakenInput? {
        try read { try $0.input(sha256: sha256) }
    }

    /// Runs, the last one first.
    public func runs(limit: Int) throws(LedgerProblem) -> [LedgerRun] { try read { try $0.runs(limit: limit) } }

    /// The moment of the last commit.
    public func lastMoment() throws(LedgerProblem) -> Moment? { try read { try $0.lastMoment() } }

    /// The students with a number, present or former.
    public func students(
        _ number: Personnummer
    ) throws(LedgerProblem) -> [(school: Skolkod, student: LedgerStudent)] {
        try read { try $0.students(number) }
    }

    /// A student by number in the ledger.
    public func student(_ key: StudentKey) throws(LedgerProblem) -> (school: Skolkod, student: LedgerStudent)? {
        try read { try $0.student(key) }
    }

    /// The next numbers; those of students and files that were purged are not given again.
    public func nextNumbers() throws(LedgerProblem) -> (student: Int64, file: Int64) {
        try read { try $0.nextNumbers() }
    }

    /// Writes all of it, on the disk when this returns, or nothing.
    public func commit(_ changes: LedgerChanges) throws(LedgerProblem) {
        try write { try LedgerWriting(db: $0).write(changes) }
    }

    /// Where the inputs lie that are old; see ``DeliveryStore/oldInputs(olderThan:at:)``.
    public func oldInputs(olderThan days: Int, at now: Moment) throws(LedgerProblem) -> [String] {
        do {
            return try pool.read { try LedgerPurge(db: $0, limit: now.day - days).oldInputs() }
        } catch { throw file.problem(error) }
    }

    /// Removes what is old; see ``DeliveryStore/purge(olderThan:at:)``.
    public func purge(olderThan days: Int, at now: Moment) throws(LedgerProblem) -> [String] {
        try write { try LedgerPurge(db: $0, limit: now.day - days).purge() }
    }

    /// Writes a copy as ``DeliveryStore/writeCopy(to:)`` says. A copy in the place of the ledger itself is refused.
    public func writeCopy(to path: String) throws(LedgerProblem) { try file.copy(pool, to: path) }
}
