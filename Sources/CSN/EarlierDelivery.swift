/// What CSN already has, as far as we know. The rules ask it; the ledger answers, and before there is one
/// ``NothingDelivered``.
///
/// It answers from what it has at hand and never fails: whoever keeps it reads before the rules ask.
public protocol EarlierDelivery: Sendable {
    /// What was last reported of a student at a school: each course, part and startdatum once, in no particular order.
    /// What somebody has said is to be forgotten is not among it.
    ///
    /// - Parameter student: matched by the export's own student id, else by personnummer. By the id the records may
    ///   stand under another number than the student's present one.
    func records(of student: StudentIdentity, at school: Skolkod) -> [EarlierRecord]

    /// All that CSN may have of a student from a school, in no particular order: of a course several where files are
    /// under way, or where nobody has said which of them CSN got; also courses that a file not yet confirmed lets go.
    ///
    /// - Parameter student: as in ``records(of:at:)``.
    func possibleRecords(of student: StudentIdentity, at school: Skolkod) -> [Record]

    /// Everybody of whom a school has reported something, or who stood in its last exports, in no particular order.
    func students(at school: Skolkod) -> [EarlierStudent]

    /// The school's file for the coming reading that CSN has not read yet; nil when there is none.
    func unreadFile(of school: Skolkod) -> UnreadFile?
}

/// Who a student is, to match the rows of an export with what was reported before.
public struct StudentIdentity: Hashable, Sendable {
    /// The export's own student id, by the number it has in this run (``Candidate/studentID``); 0 for none.
    public var studentID: UInt32
    /// The student's number; nil when it is not known.
    public var personnummer: Personnummer?

    /// A student by id, number or both.
    public init(studentID: UInt32 = 0, personnummer: Personnummer?) {
        self.studentID = studentID
        self.personnummer = personnummer
    }

    /// The student of some rows. Of several numbers a personnummer goes before a samordningsnummer.
    public init(of rows: [Candidate]) {
        self.init(personnummer: nil)
        for row in rows { take(row) }
    }

    /// The student of some records, as ``init(of:)-([Candidate])``.
    public init(of records: [Record]) {
        self.init(personnummer: nil)
        for index in records.indices { take(records[index].fields) }
    }

    // A loop: as lazy sequences, which the optimizer leaves generic, this took a fourth of a whole conversion.
    private mutating func take(_ row: Candidate) {
        studentID = max(studentID, row.studentID)
        guard let number = row.personnummer, number != personnummer else { return }
        guard let known = personnummer else { return personnummer = number }
        let order = (number.isSamordningsnummer ? 1 : 0, number.digits)
        if order < (known.isSamordningsnummer ? 1 : 0, known.digits) { personnummer = number }
    }
}

/// A student whom a school has reported, or who stood in its last exports.
public struct EarlierStudent: Sendable {
    /// Who it is.
    public var identity: StudentIdentity
    /// Whether the student stood in the last export of a system whose complete export is part of this run. Once
    /// somebody has confirmed that students are gone, they stood in none.
    public var stoodInLastExport: Bool
    /// Whether the student had protected identity.
    public var isProtected: Bool

    /// A student.
    public init(_ identity: StudentIdentity, stoodInLastExport: Bool = true, isProtected: Bool = false) {
        self.identity = identity
        self.stoodInLastExport = stoodInLastExport
        self.isProtected = isProtected
    }
}

/// One course of a student, as it was reported before.
public struct EarlierRecord: Sendable {
    /// Behind a reference: two records are large, and what is known of a student is handed from rule to rule.
    private final class Records: Sendable {
        let reported: Record
        let read: Record?

        init(_ reported: Record, read: Record?) {
            self.reported = reported
            self.read = read
        }
    }

    private let records: Records
    /// As it stood in the last file that has it, read by CSN or still waiting to be read. Without rows of an export.
    public var reported: Record { records.reported }
    /// The fields of ``reported``, without the rest of it.
    public var fields: Candidate { records.reported.fields }
    /// As CSN has it from the last file that it has read; nil when it has read none with the course.
    public var read: Record? { records.read }
    /// Whether it stands in the file that CSN has not read yet.
    public var isUnread: Bool
    /// Whether the exports of this run should have it: it came from a system whose complete export is part of the run.
    /// An export that is not complete never makes a course missing.
    public var isExpected: Bool
    /// Whether the exports of this run should have it although it is over: they had it the last time, and are about what
    /// is over.
    public var isExpectedWhenOver: Bool
    /// Whether an export made before startdatum already had J on it, which was written as N.
    public var hadStartTooEarly: Bool

    /// A course as it was reported; CSN has read it so unless said otherwise.
    public init(
        _ reported: Record, read: Record?, isUnread: Bool = false, isExpected: Bool = true,
        isExpectedWhenOver: Bool = false, hadStartTooEarly: Bool = false
    ) {
        records = Records(reported.carried(), read: read?.carried())
        self.isUnread = isUnread
        self.isExpected = isExpected
        self.isExpectedWhenOver = isExpectedWhenOver
        self.hadStartTooEarly = hadStartTooEarly
    }
}

/// A file that CSN has not read yet, and that the next file for the same reading replaces.
public struct UnreadFile: Hashable, Sendable {
    /// The reading for which it was made.
    public var readingDay: Day
    /// How many records stand in it.
    public var records: Int

    /// A file that waits.
    public init(readingDay: Day, records: Int) {
        self.readingDay = readingDay
        self.records = records
    }
}

/// Nothing has been delivered: what a run without a ledger knows.
public struct NothingDelivered: EarlierDelivery {
    /// Nothing.
    public init() {}

    /// None.
    public func records(of student: StudentIdentity, at school: Skolkod) -> [EarlierRecord] { [] }

    /// None.
    public func possibleRecords(of student: StudentIdentity, at school: Skolkod) -> [Record] { [] }

    /// Nobody.
    public func students(at school: Skolkod) -> [EarlierStudent] { [] }

    /// None.
    public func unreadFile(of school: Skolkod) -> UnreadFile? { nil }
}

extension RowOrigin {
    /// The place of what stands in no input: a record that is kept as it was last reported.
    public static let nowhere = RowOrigin(input: .max, line: 0, offset: 0)
}

extension Record {
    /// Whether no row of an export is behind the record: it is kept as it was last reported.
    public var isCarried: Bool { fields.origin == .nowhere }

    /// The record without the rows that it came from.
    ///
    /// - Parameter number: the student's number from now on; nil to keep the record's.
    public func carried(as number: Personnummer? = nil) -> Record {
        var fields = fields
        fields.origin = .nowhere
        if let number { fields.personnummer = number }
        var record = Record(fields)
        guard hasEvents else { return record }
        record.events = events.map { event in
            var event = event
            event.origin = .nowhere
            return event
        }
        return record
    }

    /// Whether both are of the same course, part and startdatum; never where one of them is not known.
    ///
    /// - Parameter courses: two entries of the table may have one code: a national course and a school's own words for
    ///   it, or two of these. It is the code that CSN knows.
    public func isSameCourse(as other: Record, in courses: CourseTable) -> Bool {
        guard let course, let kursdel, let startdatum, let otherCourse = other.course else { return false }
        return kursdel == other.kursdel && startdatum == other.startdatum && courses.haveSameCode(course, otherCourse)
    }
}
