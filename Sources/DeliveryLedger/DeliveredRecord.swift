import CSN

/// What tells a student's courses from each other: code, part and startdatum.
public struct CourseKey: Hashable, Comparable, Sendable {
    /// As it is sent.
    public let kurskod: String
    /// Which part.
    public let kursdel: Kursdel
    /// The student's own first day.
    public let startdatum: Day

    /// A course by its three marks.
    public init(kurskod: String, kursdel: Kursdel, startdatum: Day) {
        self.kurskod = kurskod
        self.kursdel = kursdel
        self.startdatum = startdatum
    }

    /// Whether all three marks are the same; what differs most often, and costs least to compare, first.
    @inlinable
    public static func == (left: CourseKey, right: CourseKey) -> Bool {
        left.startdatum == right.startdatum && left.kursdel == right.kursdel && left.kurskod == right.kurskod
    }

    /// By startdatum, code and part.
    @inlinable
    public static func < (left: CourseKey, right: CourseKey) -> Bool {
        if left.startdatum != right.startdatum { return left.startdatum < right.startdatum }
        if left.kurskod != right.kurskod { return left.kurskod < right.kurskod }
        return left.kursdel.number < right.kursdel.number
    }
}

/// One record as a file says it: every value that reaches CSN, in terms that outlive a run.
public struct RecordContent: Hashable, Sendable {
    /// Something that happened on the course.
    public struct Event: Hashable, Comparable, Sendable {
        /// What happened; nil where a configuration lets a record go without it.
        public var orsak: Meddelandeorsak?
        /// When; nil likewise.
        public var date: Day?

        /// An event as it is sent.
        public init(orsak: Meddelandeorsak?, date: Day?) {
            self.orsak = orsak
            self.date = date
        }

        /// By date and kind.
        public static func < (left: Event, right: Event) -> Bool {
            (left.date?.number ?? .max, left.orsak?.rawValue ?? 0)
                < (right.date?.number ?? .max, right.orsak?.rawValue ?? 0)
        }
    }

    /// The number under which it was sent.
    public var personnummer: Personnummer
    /// Which course.
    public var key: CourseKey
    /// 0–999.
    public var poang: Int
    /// The level.
    public var niva: Niva
    /// The student's own last day.
    public var slutdatum: Day
    /// J or blank.
    public var fardighetstraning = false
    /// H, D or blank.
    public var omfattning: Omfattning?
    /// U or blank.
    public var uppdragsutbildning = false
    /// J or blank.
    public var traineejobb = false
    /// J or N.
    public var registrering = false
    /// In the order of date and kind.
    public var events: [Event] = []
    /// The grade.
    public var betyg: Betyg?
    /// The day of the grade.
    public var betygsdatum: Day?

    /// A record with the fields that every one has; the rest is set afterwards.
    public init(personnummer: Personnummer, key: CourseKey, poang: Int, niva: Niva, slutdatum: Day) {
        self.personnummer = personnummer
        self.key = key
        self.poang = poang
        self.niva = niva
        self.slutdatum = slutdatum
    }

    /// What is to be sent of a record.
    ///
    /// - Returns: nil for a record that lacks a field that every one has: it cannot be sent.
    public init?(_ record: Record, courses: CourseTable) {
        let fields = record.fields
        guard let personnummer = fields.personnummer, let course = fields.course, let kursdel = fields.kursdel,
            let startdatum = fields.startdatum, let slutdatum = fields.slutdatum, let poang = fields.poang,
            let niva = fields.niva
        else { return nil }
        self.init(
            personnummer: personnummer,
            key: CourseKey(kurskod: courses.code(of: course), kursdel: kursdel, startdatum: startdatum), poang: poang,
            niva: niva, slutdatum: slutdatum)
        fardighetstraning = fields.fardighetstraning
        omfattning = fields.omfattning
        uppdragsutbildning = fields.uppdragsutbildning
        traineejobb = fields.traineejobb
        registrering = fields.registrering
        if record.hasEvents { events = record.events.map { Event(orsak: $0.orsak, date: $0.date) }.sorted() }
        betyg = fields.betyg
        betygsdatum = fields.betygsdatum
    }

    /// The record in a run's terms, without rows of an export.
    ///
    /// - Parameter course: the run's course of a code.
    public func record(at school: Skolkod, course: (String) -> CourseIndex) -> Record {
        var fields = Candidate(origin: .nowhere)
        fields.skolkod = school
        fields.personnummer = personnummer
        fields.course = course(key.kurskod)
        fields.kursdel = key.kursdel
        fields.poang = poang
        fields.niva = niva
        fields.startdatum = key.startdatum
        fields.slutdatum = slutdatum
        fields.fardighetstraning = fardighetstraning
        fields.omfattning = omfattning
        fields.uppdragsutbildning = uppdragsutbildning
        fields.traineejobb = traineejobb
        fields.registrering = registrering
        fields.betyg = betyg
        fields.betygsdatum = betygsdatum
        var record = Record(fields)
        if !events.isEmpty {
            record.events = events.map { CSN.Event(orsak: $0.orsak, date: $0.date, origin: .nowhere) }
        }
        return record
    }

    /// The first and the last of every date written in it.
    public var span: ClosedRange<Day> {
        let days = [key.startdatum, slutdatum, betygsdatum].compactMap(\.self) + events.compactMap(\.date)
        return (days.min() ?? key.startdatum)...(days.max() ?? key.startdatum)
    }
}

/// A record with what the ledger keeps beside it.
public struct DeliveredRecord: Hashable, Sendable {
    /// As it is sent.
    public var content: RecordContent
    /// The system whose export had it; empty when no export did.
    public var system: String
    /// Whether an export made before startdatum already had J on it, which was written as N.
    public var hadStartTooEarly: Bool

    /// A record of a system's export.
    public init(_ content: RecordContent, system: String, hadStartTooEarly: Bool = false) {
        self.content = content
        self.system = system
        self.hadStartTooEarly = hadStartTooEarly
    }
}
