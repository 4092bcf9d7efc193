import CSN

/// What became of a file.
public enum Outcome: String, Sendable, CaseIterable {
    /// It lies in the outbox and waits to be uploaded, as far as anybody has said.
    case planned
    /// Somebody has uploaded it and CSN confirmed it on the screen; its reading is to come.
    case sent
    /// Its reading has passed and no later file was sent before that: CSN has read it.
    case accepted
    /// CSN took nothing of it.
    case rejected
    /// Somebody has taken it back before it was uploaded.
    case withdrawn
    /// A later file has taken its place: its reading passed without anybody saying that it was uploaded, or it was
    /// made anew. It may have been uploaded all the same.
    case replaced

    /// Whether CSN has the file or will have read it, as somebody has said.
    public var isConfirmed: Bool { self == .sent || self == .accepted }
    /// Whether nobody knows whether CSN has it.
    public var isUncertain: Bool { self == .planned || self == .replaced }
    /// Whether it is known that CSN has nothing of it.
    public var isVoid: Bool { self == .rejected || self == .withdrawn }
}

/// One version of a school's file for a reading. A file that is made anew is another one, with a higher number.
public struct DeliveredFile: Hashable, Sendable {
    /// The number of a file in the ledger; a file made later has a higher one.
    public struct ID: Hashable, Comparable, Sendable {
        /// From 1.
        public let number: Int64
        /// The file of that number.
        public init(number: Int64) { self.number = number }
        /// By time of making.
        public static func < (left: ID, right: ID) -> Bool { left.number < right.number }
    }

    /// What is known of a file when it is made.
    public struct Facts: Hashable, Sendable {
        /// Whose file it is.
        public var skolkod: Skolkod
        /// The day on whose reading it is meant.
        public var readingDay: Day
        /// Relative to the outbox, e.g. `1234/1234_2026-11-23.xml`.
        public var name: String
        /// Of its bytes, in hexadecimal.
        public var sha256: String
        /// Its size.
        public var bytes: Int
        /// How many records and students it holds.
        public var records: Int
        /// How many students it holds.
        public var students: Int
        /// The first date written in it.
        public var firstDate: Day
        /// The last date written in it.
        public var lastDate: Day
        /// When it was made.
        public var made: Moment
        /// The command that made it: `nightly` or `migrate`.
        public var madeBy: String

        /// The facts of a file.
        public init(
            skolkod: Skolkod, readingDay: Day, name: String, sha256: String, bytes: Int, records: Int, students: Int,
            firstDate: Day, lastDate: Day, made: Moment, madeBy: String
        ) {
            self.skolkod = skolkod
            self.readingDay = readingDay
            self.name = name
            self.sha256 = sha256
            self.bytes = bytes
            self.records = records
            self.students = students
            self.firstDate = firstDate
            self.lastDate = lastDate
            self.made = made
            self.madeBy = madeBy
        }
    }

    /// Its number.
    public let id: ID
    /// What is known of it since it was made.
    public let facts: Facts
    /// What became of it.
    public var outcome: Outcome
    /// The reading at which CSN has read it, or reads it, when somebody has said when it was uploaded; else the last
    /// at which CSN may have: its own reading day, or the reading that came after it was taken out of the outbox.
    public var reading: Day
    /// When it was uploaded, as somebody has said.
    public var sent: Moment?
    /// When it got its present outcome, if that is another than planned.
    public var closed: Moment?

    /// A file of the ledger.
    ///
    /// - Parameter reading: nil for its own reading day.
    public init(
        id: ID, facts: Facts, outcome: Outcome = .planned, reading: Day? = nil, sent: Moment? = nil,
        closed: Moment? = nil
    ) {
        self.id = id
        self.facts = facts
        self.outcome = outcome
        self.reading = reading ?? facts.readingDay
        self.sent = sent
        self.closed = closed
    }
}
