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
        do { try pool.close() } catch { throw file.problem(error) }
    }

    private func read<Value>(_ body: (LedgerReading) throws -> Value) throws(LedgerProblem) -> Value {
        do { return try pool.read { try body(LedgerReading(db: $0)) } } catch { throw file.problem(error) }
    }

    private func write<Value>(_ body: (Database) throws -> Value) throws(LedgerProblem) -> Value {
        do { return try pool.write { try body($0) } } catch { throw file.problem(error) }
    }

    public func schools() throws(LedgerProblem) -> [Skolkod] { try read { try $0.schools() } }

    public func deliveries(of school: Skolkod) throws(LedgerProblem) -> SchoolDeliveries {
        try read { try $0.deliveries(of: school) }
    }

    public func history(
        of student: StudentKey
    ) throws(LedgerProblem) -> [(file: DeliveredFile, course: CourseKey, version: DeliveredVersion)] {
        try read { try $0.history(of: student) }
    }

    public func files(since: Day?) throws(LedgerProblem) -> [DeliveredFile] {
        try read { try $0.files(since: since) }
    }

    public func currentInputs() throws(LedgerProblem) -> [TakenInput] { try read { try $0.currentInputs() } }

    public func input(sha256: String) throws(LedgerProblem) -> TakenInput? {
        try read { try $0.input(sha256: sha256) }
    }

    public func runs(limit: Int) throws(LedgerProblem) -> [LedgerRun] { try read { try $0.runs(limit: limit) } }

    public func lastMoment() throws(LedgerProblem) -> Moment? { try read { try $0.lastMoment() } }

    public func students(
        _ number: Personnummer
    ) throws(LedgerProblem) -> [(school: Skolkod, student: LedgerStudent)] {
        try read { try $0.students(number) }
    }

    public func student(_ key: StudentKey) throws(LedgerProblem) -> (school: Skolkod, student: LedgerStudent)? {
        try read { try $0.student(key) }
    }

    public func nextNumbers() throws(LedgerProblem) -> (student: Int64, file: Int64) {
        try read { try $0.nextNumbers() }
    }

    public func commit(_ changes: LedgerChanges) throws(LedgerProblem) {
        try write { try LedgerWriting(db: $0).write(changes) }
    }

    public func purge(olderThan days: Int, at now: Moment) throws(LedgerProblem) -> [String] {
        try write { try LedgerPurge(db: $0, limit: now.day - days).purge() }
    }

    public func writeCopy(to path: String) throws(LedgerProblem) { try file.copy(pool, to: path) }
}
