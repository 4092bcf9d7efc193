import CSN

/// An upload file as people are told of it: what it is, what became of it, and when it may be uploaded.
public struct OutboxFile: Hashable, Sendable {
    /// What became of it.
    public enum State: String, Hashable, Sendable, CaseIterable {
        case planned, sent, accepted, rejected, withdrawn, replaced
    }

    /// What lies in the outbox under its name.
    public enum Lying: String, Hashable, Sendable, CaseIterable {
        /// The file, byte for byte.
        case same
        /// Nothing.
        case missing
        /// Something else.
        case different
    }

    /// Its number in the ledger.
    public var number: Int64
    /// Relative to the outbox.
    public var path: String
    /// Whose it is.
    public var skolkod: Skolkod
    /// What the configuration calls the school.
    public var schoolName: String?
    /// The day on whose reading it is meant.
    public var readingDay: Day
    /// What became of it.
    public var state: State
    /// How many records.
    public var records: Int
    /// How many students.
    public var students: Int
    /// The first date written in it.
    public var firstDate: Day
    /// The last date written in it.
    public var lastDate: Day
    /// Its size.
    public var bytes: Int
    /// Of its bytes, in hexadecimal.
    public var sha256: String
    /// When it was made.
    public var made: Moment
    /// The command that made it.
    public var madeBy: String
    /// When it may be uploaded without taking another one's place.
    public var window: UploadWindow
    /// The reading that it comes to, or came to, as far as anybody has said.
    public var reading: Day
    /// When it was uploaded, as somebody has said.
    public var sent: Moment?
    /// When it got its present state; nil for a planned one.
    public var closed: Moment?
    /// What lies under its name; nil where nobody has looked.
    public var lying: Lying?

    /// A file.
    public init(
        number: Int64, path: String, skolkod: Skolkod, schoolName: String?, readingDay: Day, state: State, records: Int,
        students: Int, firstDate: Day, lastDate: Day, bytes: Int, sha256: String, made: Moment, madeBy: String,
        window: UploadWindow, reading: Day, sent: Moment? = nil, closed: Moment? = nil, lying: Lying? = nil
    ) {
        self.number = number
        self.path = path
        self.skolkod = skolkod
        self.schoolName = schoolName
        self.readingDay = readingDay
        self.state = state
        self.records = records
        self.students = students
        self.firstDate = firstDate
        self.lastDate = lastDate
        self.bytes = bytes
        self.sha256 = sha256
        self.made = made
        self.madeBy = madeBy
        self.window = window
        self.reading = reading
        self.sent = sent
        self.closed = closed
        self.lying = lying
    }

    /// The name alone, as commands take it: `1234_2026-11-23.xml`.
    public var name: String { path.split(separator: "/").last.map { String($0) } ?? path }
}

/// What waits, what was sent and what became of it lately: `outbox list`.
public struct OutboxListing: Sendable {
    /// What the run takes for now.
    public var now: Moment
    /// The outbox, as configured.
    public var outPath: String
    /// To be uploaded now, by school and day.
    public var toUpload: [OutboxFile] = []
    /// To be uploaded on a later day.
    public var later: [OutboxFile] = []
    /// Their reading has passed, and nobody has said that they were uploaded.
    public var overdue: [OutboxFile] = []
    /// Uploaded; their reading is to come.
    public var sent: [OutboxFile] = []
    /// What became of files in the last days, the latest first.
    public var recent: [OutboxFile] = []
    /// What is to be seen to.
    public var notes: [OutboxNote] = []

    /// Nothing as yet.
    public init(now: Moment, outPath: String) {
        self.now = now
        self.outPath = outPath
    }

    /// How many days back ``recent`` reaches.
    public static let recentDays = 14
}

/// What a verb of `outbox` has done.
public struct OutboxAnswer: Sendable {
    /// `sent`, `forget` …
    public var verb: String
    /// What the run takes for now.
    public var now: Moment
    /// The outbox, as configured.
    public var outPath: String
    /// Whether the ledger was changed; false where it said so already.
    public var hasChanged: Bool
    /// The files concerned, as they stand now.
    public var files: [OutboxFile]
    /// The course concerned.
    public var course: OutboxCourse?
    /// The school concerned, where the verb is about a school.
    public var skolkod: Skolkod?
    /// What happened and what follows from it.
    public var notes: [OutboxNote]

    /// An answer.
    public init(
        verb: String, now: Moment, outPath: String, hasChanged: Bool, files: [OutboxFile] = [],
        course: OutboxCourse? = nil, skolkod: Skolkod? = nil, notes: [OutboxNote] = []
    ) {
        self.verb = verb
        self.now = now
        self.outPath = outPath
        self.hasChanged = hasChanged
        self.files = files
        self.course = course
        self.skolkod = skolkod
        self.notes = notes
    }
}

/// A student's course as people are told of it.
public struct OutboxCourse: Hashable, Sendable {
    /// The student's number in the ledger.
    public var student: Int64
    /// The personnummer as it may be shown.
    public var personnummer: String
    /// At which school.
    public var skolkod: Skolkod
    /// The code.
    public var kurskod: String
    /// Which part.
    public var kursdel: Kursdel
    /// The student's own first day.
    public var startdatum: Day

    /// A course.
    public init(
        student: Int64, personnummer: String, skolkod: Skolkod, kurskod: String, kursdel: Kursdel, startdatum: Day
    ) {
        self.student = student
        self.personnummer = personnummer
        self.skolkod = skolkod
        self.kurskod = kurskod
        self.kursdel = kursdel
        self.startdatum = startdatum
    }
}
