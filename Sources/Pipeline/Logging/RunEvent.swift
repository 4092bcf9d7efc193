import CSN
import Findings

/// Something that happened in a run, for the log. Every field has a type that holds no personal data: codes, counts,
/// days, words of this program, and names of files. What stands in an export or an upload file has no place here.
public enum RunEvent: Sendable, Hashable {
    /// A run begins. `isFull`: everybody is to be sent.
    case started(run: String, version: String, isFull: Bool)
    /// The clock has gone back, and the run goes on at the last time seen.
    case clockBack(seconds: Int)
    /// An export was read. `sha256` of its bytes, in hexadecimal.
    case inputTaken(name: String, system: String, rows: Int, sha256: String)
    /// An export of an earlier run is read again: no newer one has come.
    case inputKept(name: String, system: String, rows: Int)
    /// A newer export of the same system and school lies there; this one is archived unread.
    case inputSuperseded(name: String, system: String)
    /// A file was left where it lies.
    case inputLeft(name: String, InputLeft)
    /// Nothing of a school is sent.
    case schoolHeld(Skolkod, rule: RuleName, students: Int)
    /// A file was written and lies in the outbox.
    case filePlanned(Skolkod, readingDay: Day, name: String, records: Int, students: Int, bytes: Int, sha256: String)
    /// A file that lies in the outbox already says what is to be said.
    case fileKept(Skolkod, readingDay: Day, name: String)
    /// A file was taken out of the outbox: its reading has passed without anybody saying that it was uploaded, or it
    /// was made anew. What it holds moves on to the reading day `to`; nil when nothing of it is to be sent any more.
    case fileMovedOn(Skolkod, readingDay: Day, name: String, to: Day?)
    /// A file that somebody has said is uploaded has been read.
    case fileAccepted(Skolkod, readingDay: Day, name: String)
    /// A school's files wait for more reading days than a week has.
    case queueLong(Skolkod, readingDays: Int)
    /// Nothing has changed, and no file was written.
    case nothingToDo
    /// Exports lie in the archive.
    case archived(inputs: Int)
    /// What was older than it is kept is gone.
    case purged(inputs: Int)
    /// A run is at its end.
    case finished(status: Int32, RunNumbers)
    /// A run could not be carried through.
    case failed(status: Int32, FailureReason)
}

/// Why a file of the inbox is left there.
public enum InputLeft: String, Sendable, Hashable, CaseIterable {
    /// Its name says that it is not whole: `.…`, `….part`, `….tmp`.
    case partOfName = "name-says-unfinished"
    /// It was changed in the last minute.
    case beingWritten = "being-written"
    /// It is no export that any profile knows.
    case notRecognised = "not-recognised"
    /// It cannot be read.
    case notReadable = "not-readable"
    /// It is neither a file nor a link to one.
    case notAFile = "not-a-file"
}

/// What a run did, in numbers.
public struct RunNumbers: Sendable, Hashable {
    /// Files that the run wrote.
    public var files = 0
    /// Records in them.
    public var records = 0
    /// Students in them.
    public var students = 0
    /// Students held back.
    public var heldStudents = 0
    /// Schools held back whole.
    public var heldSchools = 0
    /// Exports read.
    public var inputs = 0
    /// Their rows.
    public var rows = 0
    /// How long the run took.
    public var milliseconds = 0

    /// Nothing done.
    public init() {}
}

/// Why a run could not be carried through, as far as a log says it; the sentence is for people and goes elsewhere.
public enum FailureReason: String, Sendable, Hashable, CaseIterable {
    /// Wrong usage.
    case usage
    /// An input, the configuration or the ledger cannot be used.
    case unusable
    /// Reading or writing failed.
    case inputOutput = "input-output"
    /// Another run is under way.
    case locked
    /// A fault of the program.
    case fault
}
