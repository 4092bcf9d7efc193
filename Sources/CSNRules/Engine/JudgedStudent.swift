import CSN
import Findings

/// A unit after all stages: what is to be sent whole, or held whole.
public struct JudgedUnit: Sendable {
    /// All records of the unit; left-out ones too, marked so.
    public var records: [Record]
    /// Whether the unit is not sent.
    public var isHeld = false
    /// When it is held: what stands of it in the file that CSN has not read yet, to be sent once more as it is, because
    /// the next file replaces that one.
    public var unreadRecords: [Record] = []

    init(_ unit: UnitRecords) { records = unit.records }

    /// The records that are to be reported.
    public var present: [Record] { records.contains(where: \.isDropped) ? records.filter { !$0.isDropped } : records }

    /// The fate of every row of the unit. A record that is kept as it was last reported came in no row.
    public var fates: RowFates {
        var fates = RowFates()
        for record in records where !record.isCarried {
            fates.count(record, as: record.isDropped ? .dropped : isHeld ? .held : .sent)
        }
        return fates
    }
}

/// One student's units at one school after all stages.
public struct JudgedStudent: Sendable {
    /// The units in the order of their first startdatum.
    public var units: [JudgedUnit] = []
    /// Records that a rule of the record stage left out.
    public var dropped: [Record] = []
    /// Records whose startdatum failed: they belong to no unit and hold all of them.
    public var withoutStart: [Record] = []

    init() {}

    /// Holds every unit: for a student whose school could not be told.
    public mutating func holdAll() {
        for index in units.indices { units[index].isHeld = true }
    }

    /// The fate of every row that came in: each row has exactly one.
    public var fates: RowFates {
        var fates = RowFates()
        for unit in units { fates += unit.fates }
        for record in dropped { fates.count(record, as: .dropped) }
        for record in withoutStart { fates.count(record, as: .held) }
        return fates
    }
}

/// How many rows of the input met which fate. A row's fate is its record's: sent also when an event or grade was left
/// out, or the row was merged as an event; a copy is dropped.
public struct RowFates: Sendable, Hashable {
    /// Rows whose record is in a file.
    public var sent = 0
    /// Rows whose record is held back with its unit.
    public var held = 0
    /// Rows that are not to be reported.
    public var dropped = 0
    /// Rows left out by the profile's own words.
    public var ignored = 0

    /// No rows yet.
    public init() {}

    /// All rows together.
    public var read: Int { sent + held + dropped + ignored }

    /// What becomes of a record.
    enum Fate {
        case sent, held, dropped
    }

    mutating func count(_ record: borrowing Record, as fate: Fate) {
        let copies = record.copyCount
        let rows = record.rowCount - copies
        switch fate {
        case .sent: sent += rows
        case .held: held += rows
        case .dropped: dropped += rows
        }
        dropped += copies
    }

    /// Rows that are among these turn out not to be what the run is about.
    public mutating func ignore(_ rows: RowFates) {
        sent -= rows.sent
        held -= rows.held
        dropped -= rows.dropped
        ignored += rows.sent + rows.held + rows.dropped
    }

    /// Adds another count to this one.
    public static func += (left: inout RowFates, right: RowFates) {
        left.sent += right.sent
        left.held += right.held
        left.dropped += right.dropped
        left.ignored += right.ignored
    }
}

extension RuleContext {
    /// Reports a fault of the program itself. It never reads as valid: who runs the engine holds the unit and ends
    /// with exit status 70.
    mutating func fault(_ what: String, fields: Candidate) {
        guard let number = Catalogue.shared.number(of: InternalFault.name) else { return }
        add(
            rule: number, message: 0, action: .hold, level: .error, fields: fields, at: nil, column: nil,
            from: fields.origin, [Parameter("what", what)])
    }

    /// Says that letters were probably taken for digits, where that explains why a field failed.
    mutating func sayMisread(_ note: FieldNote, fields: Candidate) {
        guard let letters = LooksLikeOAndZero.letters(in: note),
            let number = Catalogue.shared.number(of: LooksLikeOAndZero.name)
        else { return }
        let message = letters.rawValue - 1
        let (action, level) = effect(of: LooksLikeOAndZero.self, message)
        add(
            rule: number, message: message, action: action, level: level, fields: fields, at: note.field,
            column: note.column, from: note.origin(in: fields), [])
    }

    /// Says once for a unit which row holds it.
    mutating func sayHeld(_ record: Record, by holder: RuleEngine.Holder, records: Int) {
        guard let number = Catalogue.shared.number(of: UnitHeld.name) else { return }
        let origin = holder.origin
        let isHere = origin == record.fields.origin
        let message = origin == .nowhere ? 2 : isHere ? 0 : holder.isOfCommonPeriod ? 3 : 1
        add(
            rule: number, message: message, action: .none, level: .info,
            fields: record.fields, at: nil, column: nil, from: record.fields.origin,
            Parameter.line(of: origin, seenFrom: record.fields.origin) + [Parameter("records", String(records))])
    }
}
