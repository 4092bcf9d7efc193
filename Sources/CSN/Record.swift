/// One student on one course: a ``Candidate`` with all of its events. Several rows of an export that differ only in
/// their event become one record.
public struct Record: Sendable {
    /// The fields. Its own event is *not* the record's: ask ``events``.
    public var fields: Candidate
    /// The fields as the export said them, before any rule mended them.
    public let asRead: Candidate
    /// Events and other rows, which most records have none of: these are copied without counting a reference.
    private var more: More?
    /// Not sent, and with it its unit.
    public var isHeld = false
    /// Left out: not to be reported.
    public var isDropped = false

    /// The record of one row.
    public init(_ fields: Candidate) {
        self.fields = fields
        asRead = fields
        more = fields.event.flatMap { More(events: [$0], otherRows: []) }
        self.fields.meddelandeorsak = nil
        self.fields.handelsedatum = nil
    }

    /// The fields that failed; a failed event counts as its fields.
    public var failed: FieldSet {
        var failed = fields.failed.subtracting(Event.fields)
        if let more { for event in more.events { failed.formUnion(event.failed) } }
        return failed
    }

    /// What happened on the course, in the order of date, then kind.
    public var events: [Event] {
        get { more?.events ?? [] }
        set { more = More(events: newValue, otherRows: otherRows) }
    }

    /// Whether anything happened on the course.
    public var hasEvents: Bool { more.map { !$0.events.isEmpty } ?? false }

    /// Every date written in the record: start, end, events, grade. Source: `upload-file.md`, "Dates that count".
    public var dates: [Day] {
        var dates: [Day] = []
        forEachDate { dates.append($0) }
        return dates
    }

    /// Calls `body` with every date written in the record, without making a list.
    public func forEachDate(_ body: (Day) -> Void) {
        if let day = fields.startdatum { body(day) }
        if let day = fields.slutdatum { body(day) }
        if let day = fields.betygsdatum { body(day) }
        if let more { for event in more.events { if let day = event.date { body(day) } } }
    }

    /// Whether the record says explicitly that the course was not started.
    public var saysNotStarted: Bool { events.contains { $0.saysNotStarted(from: fields.startdatum) } }

    /// Whether the dates of the two, first and last day included, have a day in common. False where a date is not
    /// known.
    public func overlaps(_ other: Record) -> Bool {
        guard let start = fields.startdatum, let end = fields.slutdatum, let otherStart = other.fields.startdatum,
            let otherEnd = other.fields.slutdatum
        else { return false }
        return start <= otherEnd && otherStart <= end
    }

    /// The rows as they are written by a layout that has one line per event: the record once for each event, or once
    /// without one.
    public var rows: [Candidate] {
        guard !events.isEmpty else { return [fields] }
        return events.map { event in
            var row = fields
            row.meddelandeorsak = event.orsak
            row.handelsedatum = event.date
            row.eventReason = event.reason
            row.failed.formUnion(event.failed)
            return row
        }
    }
}

extension Record {
    fileprivate struct OtherRow: Sendable {
        var origin: RowOrigin
        var isCopy: Bool
    }

    /// What most records have nothing of.
    fileprivate final class More: Sendable {
        let events: [Event]
        /// The other rows of the export that became the record.
        let otherRows: [OtherRow]

        /// nil where there is nothing.
        convenience init?(events: [Event], otherRows: [OtherRow]) {
            guard !events.isEmpty || !otherRows.isEmpty else { return nil }
            self.init(of: events, otherRows)
        }

        private init(of events: [Event], _ otherRows: [OtherRow]) {
            (self.events, self.otherRows) = (events, otherRows)
        }
    }

    private var otherRows: [OtherRow] {
        get { more?.otherRows ?? [] }
        set { more = More(events: events, otherRows: newValue) }
    }

    /// Takes over a row that says the same but for its event, or exactly the same once more.
    mutating func add(row origin: RowOrigin, isCopy: Bool) {
        otherRows.append(OtherRow(origin: origin, isCopy: isCopy))
    }

    /// Where rows begin that said the same but for their event, and were merged into this record.
    public var mergedRows: [RowOrigin] {
        get { otherRows.isEmpty ? [] : otherRows.filter { !$0.isCopy }.map(\.origin) }
        set { otherRows = otherRows.filter(\.isCopy) + newValue.map { OtherRow(origin: $0, isCopy: false) } }
    }

    /// How many rows of the export became this record, copies among them.
    public var rowCount: Int { 1 + (more?.otherRows.count ?? 0) }

    /// How many of them said exactly the same once more.
    public var copyCount: Int { more?.otherRows.count { $0.isCopy } ?? 0 }

    /// Whether a row said exactly the same once more.
    public var hasCopies: Bool { otherRows.contains(where: \.isCopy) }

    /// Where rows begin that said exactly the same once more.
    public var copies: [RowOrigin] {
        get { otherRows.isEmpty ? [] : otherRows.filter(\.isCopy).map(\.origin) }
        set { otherRows = otherRows.filter { !$0.isCopy } + newValue.map { OtherRow(origin: $0, isCopy: true) } }
    }
}

extension Record {
    /// The student's own first day on the course; nil when blank or failed.
    public var startdatum: Day? {
        get { fields.startdatum }
        set { fields.startdatum = newValue }
    }
    /// The student's own last day on the course; nil when blank or failed.
    public var slutdatum: Day? {
        get { fields.slutdatum }
        set { fields.slutdatum = newValue }
    }
    /// The grade; nil when there is none yet.
    public var betyg: Betyg? {
        get { fields.betyg }
        set { fields.betyg = newValue }
    }
    /// The day of the grade; nil when there is none.
    public var betygsdatum: Day? {
        get { fields.betygsdatum }
        set { fields.betygsdatum = newValue }
    }
    /// Started: J.
    public var registrering: Bool {
        get { fields.registrering }
        set { fields.registrering = newValue }
    }
    /// Which part of the course; nil when blank or failed.
    public var kursdel: Kursdel? {
        get { fields.kursdel }
        set { fields.kursdel = newValue }
    }
    /// Points, 0–999; nil when blank or failed.
    public var poang: Int? {
        get { fields.poang }
        set { fields.poang = newValue }
    }
    /// The level; nil when blank or failed.
    public var niva: Niva? {
        get { fields.niva }
        set { fields.niva = newValue }
    }
    /// Whose record it is; nil when blank or failed.
    public var personnummer: Personnummer? { fields.personnummer }
    /// The school that reports it; nil when blank or failed.
    public var skolkod: Skolkod? { fields.skolkod }
    /// The course; nil when blank or failed.
    public var course: CourseIndex? { fields.course }
    /// What the export says beside CSN's fields.
    public var marks: Marks { fields.marks }
}
