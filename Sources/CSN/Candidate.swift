/// Where a row of an export (or a record of a finished file) begins.
public struct RowOrigin: Hashable, Comparable, Sendable {
    /// Bytes from the beginning of the input (of what was read, after a pipe was spooled) to the row.
    public var offset: UInt64
    /// The line the row begins on, from 1.
    public var line: UInt32
    /// Which input of the run, from 0.
    public var input: UInt16

    /// A row's place.
    @inlinable
    public init(input: UInt16, line: UInt32, offset: UInt64) {
        self.input = input
        self.line = line
        self.offset = offset
    }

    /// By input, then by the place in it.
    @inlinable
    public static func < (left: RowOrigin, right: RowOrigin) -> Bool {
        (left.input, left.offset) < (right.input, right.offset)
    }
}

/// Why an event happened, where the export says so.
public enum EventReason: UInt8, Sendable, CaseIterable {
    /// Not said, or something that changes nothing.
    case none
    /// Leave granted by the school.
    case leave
    /// Full-time illness, or full-time care of a child or a relative.
    case illFullTime
    /// The same, part time.
    case illPartTime
    /// The same, and nothing says to what extent.
    case illUnknownExtent
    /// The student has died.
    case death
}

/// What an export says of a row beside CSN's fields.
public struct Marks: OptionSet, Hashable, Sendable {
    /// One bit a mark.
    public let rawValue: UInt16

    /// The marks with those bits.
    @inlinable
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Protected identity: no digit of the personnummer is shown anywhere.
    public static let protectedIdentity = Marks(rawValue: 1 << 0)
    /// An examination without studying (prövning).
    public static let examination = Marks(rawValue: 1 << 1)
    /// The student has died, says a status.
    public static let deceased = Marks(rawValue: 1 << 2)
    /// On an introductory programme in gymnasieskolan.
    public static let introductoryProgramme = Marks(rawValue: 1 << 3)
    /// The student cannot be told from this row: nobody else is held for it.
    public static let unknownStudent = Marks(rawValue: 1 << 4)
    /// The course goes on after this occasion, or the occasion gives fewer points than the course; kursdel is blank.
    public static let readInParts = Marks(rawValue: 1 << 5)
    /// The occasion gives all points of the course and does not go on; kursdel is blank.
    public static let wholeCourse = Marks(rawValue: 1 << 6)
    /// The student stands in this row under a temporary number.
    public static let temporaryNumber = Marks(rawValue: 1 << 7)
}

/// A record in which each field is a value, blank, or failed: what Normalizing makes of one row, and the reader
/// behind `check` of one record. Fixed size, without references; at most one event.
///
/// A failed field has no value unless a configuration lets its rule be lowered (an unknown course code, a wrong check
/// digit): then the value stands there *and* the field is in ``failed`` until the rule's level has been asked.
public struct Candidate: Sendable {
    /// Where the row begins.
    public var origin: RowOrigin
    private var number: UInt64 = 0
    /// The export's own student id, numbered per system and school, from 1; 0 where it has none.
    public var studentID: UInt32 = 0
    private var courseNumber: UInt32 = .max
    private var startNumber: Int32 = .min
    private var endNumber: Int32 = .min
    private var eventNumber: Int32 = .min
    private var gradeNumber: Int32 = .min
    private var exportNumber: Int32 = .min
    /// The fields that failed.
    public var failed: FieldSet = []
    private var school: UInt16 = 0
    private var points: Int16 = -1
    /// What the row says beside CSN's fields.
    public var marks: Marks = []
    private var part: UInt8 = 0
    private var level: UInt8 = 0
    private var grade: UInt8 = 0
    private var reasonCode: UInt8 = 0
    private var scope: UInt8 = 0
    private var flags: UInt8 = 0
    /// Why the event happened.
    public var eventReason: EventReason = .none

    /// A candidate all of whose fields are blank.
    public init(origin: RowOrigin) { self.origin = origin }

    private func flag(_ bit: UInt8) -> Bool { flags & bit != 0 }
    private mutating func setFlag(_ bit: UInt8, _ on: Bool) { flags = on ? flags | bit : flags & ~bit }

    /// The school; nil when blank or failed.
    public var skolkod: Skolkod? {
        get { Skolkod(Int(school)) }
        set { school = newValue?.number ?? 0 }
    }

    /// The number; nil when blank or failed.
    public var personnummer: Personnummer? {
        get { number == 0 ? nil : Personnummer(stored: number) }
        set { number = newValue?.digits ?? 0 }
    }

    /// The course; nil when blank or failed without a code that could be sent.
    public var course: CourseIndex? {
        get { courseNumber == .max ? nil : CourseIndex(number: courseNumber) }
        set { courseNumber = newValue?.number ?? .max }
    }

    /// Which part of the course; nil when blank or failed.
    public var kursdel: Kursdel? {
        get { part == 0 ? nil : Kursdel(stored: part) }
        set { part = newValue?.number ?? 0 }
    }

    /// Points, 0–999.
    public var poang: Int? {
        get { points < 0 ? nil : Int(points) }
        set { points = newValue.map { Int16($0) } ?? -1 }
    }

    /// The level; nil when blank or failed.
    public var niva: Niva? {
        get { Niva(rawValue: level) }
        set { level = newValue?.rawValue ?? 0 }
    }

    /// The student's own first day on the course; nil when blank or failed.
    public var startdatum: Day? {
        get { startNumber == .min ? nil : Day(number: startNumber) }
        set { startNumber = newValue?.number ?? .min }
    }

    /// The student's own last day on the course; nil when blank or failed.
    public var slutdatum: Day? {
        get { endNumber == .min ? nil : Day(number: endNumber) }
        set { endNumber = newValue?.number ?? .min }
    }

    /// What happened, the row's one event; nil when blank or failed.
    public var meddelandeorsak: Meddelandeorsak? {
        get { reasonCode == 0 ? nil : Meddelandeorsak(rawValue: reasonCode) }
        set { reasonCode = newValue?.rawValue ?? 0 }
    }

    /// When it happened; nil when blank or failed.
    public var handelsedatum: Day? {
        get { eventNumber == .min ? nil : Day(number: eventNumber) }
        set { eventNumber = newValue?.number ?? .min }
    }

    /// The grade; nil when there is none yet, or it failed.
    public var betyg: Betyg? {
        get { grade == 0 ? nil : Betyg(rawValue: grade) }
        set { grade = newValue?.rawValue ?? 0 }
    }

    /// The day of the grade; nil when there is none, or it failed.
    public var betygsdatum: Day? {
        get { gradeNumber == .min ? nil : Day(number: gradeNumber) }
        set { gradeNumber = newValue?.number ?? .min }
    }

    /// Full or part time, where the school reports it; nil otherwise.
    public var omfattning: Omfattning? {
        get { scope == 0 ? nil : Omfattning(rawValue: scope) }
        set { scope = newValue?.rawValue ?? 0 }
    }

    /// Started: J. A blank in an export is N.
    public var registrering: Bool {
        get { flag(1) }
        set { setFlag(1, newValue) }
    }

    /// Whether the studies are training in reading, writing and arithmetic (J).
    public var fardighetstraning: Bool {
        get { flag(2) }
        set { setFlag(2, newValue) }
    }

    /// Whether an employer or another legal person pays the education (U).
    public var uppdragsutbildning: Bool {
        get { flag(4) }
        set { setFlag(4, newValue) }
    }

    /// Whether the education can be combined with a trainee job (J).
    public var traineejobb: Bool {
        get { flag(8) }
        set { setFlag(8, newValue) }
    }

    /// The day the export was made, as the row itself says it; nil where the profile finds none.
    public var exportDay: Day? {
        get { exportNumber == .min ? nil : Day(number: exportNumber) }
        set { exportNumber = newValue?.number ?? .min }
    }

    /// The row's event; nil when it has neither kind nor date, and neither failed.
    public var event: Event? {
        guard meddelandeorsak != nil || handelsedatum != nil || !failed.isDisjoint(with: Event.fields) else {
            return nil
        }
        return Event(
            orsak: meddelandeorsak, date: handelsedatum, reason: eventReason,
            failed: failed.intersection(Event.fields), origin: origin)
    }
}

/// Something that happened on a course: a meddelandeorsak with its date.
public struct Event: Sendable {
    /// The two fields of CSN's record that hold an event.
    public static let fields = FieldSet(.meddelandeorsak, .handelsedatum)

    /// What happened; nil when blank or failed.
    public var orsak: Meddelandeorsak?
    /// When; nil when blank or failed.
    public var date: Day?
    /// Why it happened, where the export says so.
    public var reason: EventReason
    /// Which of the event's two fields failed.
    public var failed: FieldSet
    /// The row that says so.
    public var origin: RowOrigin

    /// An event of a row.
    public init(
        orsak: Meddelandeorsak?, date: Day?, reason: EventReason = .none, failed: FieldSet = [], origin: RowOrigin
    ) {
        self.orsak = orsak
        self.date = date
        self.reason = reason
        self.failed = failed
        self.origin = origin
    }

    /// Whether it is a not-started event: 81, or 99 on the course's first day.
    public func saysNotStarted(from startdatum: Day?) -> Bool {
        orsak == .notStarted || (orsak == .dropOut && date != nil && date == startdatum)
    }
}

extension Candidate {
    /// Under which key a run knows the student before rows are brought together: the twelve digits; without them the
    /// student id or the text that stood there, as interned; without those the row itself.
    public var studentKey: UInt64 {
        if let personnummer { return personnummer.digits }
        if studentID != 0 { return 1 << 62 | UInt64(studentID) }
        return 1 << 63 | UInt64(origin.input) << 40 | UInt64(origin.line)
    }
}

extension Candidate {
    /// Every value that reaches the file, the event apart, packed so that candidates are compared quickly; startdatum
    /// first, then course and part.
    var contentKey: OrderKey {
        func unsigned(_ number: Int32) -> UInt64 { UInt64(UInt32(bitPattern: number ^ .min)) }
        return OrderKey(
            parts: (
                unsigned(startNumber) << 32 | UInt64(courseNumber),
                UInt64(part) << 56 | UInt64(UInt16(bitPattern: points)) << 40 | unsigned(endNumber) << 8
                    | UInt64(level),
                number << 16 | UInt64(school),
                UInt64(grade) << 56 | UInt64(scope) << 48 | UInt64(flags) << 40 | unsigned(gradeNumber) << 8
            ))
    }

    /// The event packed; a row without an event comes last.
    var eventKey: UInt64 {
        guard event != nil else { return .max }
        return UInt64(UInt32(bitPattern: eventNumber ^ .min)) << 16 | UInt64(reasonCode) << 8
            | UInt64(failed.intersection(Event.fields).rawValue >> 8 & 0xFF)
    }
}
