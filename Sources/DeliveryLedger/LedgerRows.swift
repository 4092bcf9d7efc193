import CSN
import GRDB

/// A row of the ledger that says what csnfil never writes.
struct UnreadableRow: Error {
    /// Which table, which column.
    var reason: String
}

/// The values of a row, one after the other in the order of the columns asked for.
struct RowReading {
    private let row: Row
    private let table: String
    private var next = 0

    /// Reads a row of a table.
    init(_ row: Row, of table: String) {
        self.row = row
        self.table = table
    }

    private mutating func take<Value: DatabaseValueConvertible & StatementColumnConvertible>() throws -> Value {
        defer { next += 1 }
        return try row.decode(Value.self, atIndex: next)
    }

    /// A value; nil is a text that means nothing.
    private mutating func take<Value>(_ meaning: (String) -> Value?) throws -> Value {
        let text: String = try take()
        guard let value = meaning(text) else { throw unreadable() }
        return value
    }

    private mutating func takeOptional<Value>(_ meaning: (String) -> Value?) throws -> Value? {
        guard !row.hasNull(atIndex: next) else {
            next += 1
            return nil
        }
        return try take(meaning)
    }

    /// What cannot be read is the column before the next. The value is not told: it may be personal.
    private func unreadable() -> UnreadableRow {
        UnreadableRow(reason: "\(table).\(Array(row.columnNames)[next - 1])")
    }

    mutating func number() throws -> Int64 { try take() }
    mutating func int() throws -> Int { try take() }
    mutating func text() throws -> String { try take() }
    mutating func flag() throws -> Bool { try int() != 0 }
    mutating func day() throws -> Day { try take { Day(iso: $0) } }
    mutating func optionalDay() throws -> Day? { try takeOptional { Day(iso: $0) } }
    mutating func moment() throws -> Moment { try take { Moment($0) } }
    mutating func optionalMoment() throws -> Moment? { try takeOptional { Moment($0) } }
    mutating func file() throws -> DeliveredFile.ID { DeliveredFile.ID(number: try number()) }
    mutating func student() throws -> StudentKey { StudentKey(number: try number()) }
    mutating func outcome() throws -> Outcome { try take { Outcome(rawValue: $0) } }
    mutating func personnummer() throws -> Personnummer { try take { UInt64($0).flatMap { Personnummer(digits: $0) } } }

    mutating func skolkod() throws -> Skolkod {
        guard let skolkod = Skolkod(try int()) else { throw unreadable() }
        return skolkod
    }

    mutating func course() throws -> CourseKey {
        let kurskod = try text()
        guard let kursdel = Kursdel(try int()) else { throw unreadable() }
        return CourseKey(kurskod: kurskod, kursdel: kursdel, startdatum: try day())
    }

    mutating func niva() throws -> Niva {
        try take { text in Niva.allCases.first { $0.code == text } }
    }

    mutating func omfattning() throws -> Omfattning? {
        try takeOptional { $0.utf8.count == 1 ? $0.utf8.first.flatMap { Omfattning(rawValue: $0) } : nil }
    }

    mutating func betyg() throws -> Betyg? {
        try takeOptional { $0.utf8.count == 1 ? $0.utf8.first.flatMap { Betyg(rawValue: $0) } : nil }
    }

    mutating func event() throws -> RecordContent.Event {
        var orsak: Meddelandeorsak?
        if row.hasNull(atIndex: next) {
            next += 1
        } else {
            let number = try int()
            guard let known = UInt8(exactly: number).flatMap({ Meddelandeorsak(rawValue: $0) }) else {
                throw unreadable()
            }
            orsak = known
        }
        return RecordContent.Event(orsak: orsak, date: try optionalDay())
    }
}

extension RowReading {
    /// The columns that ``deliveredRecord()`` reads.
    static let recordColumns = """
        record.personnummer, record.kurskod, record.kursdel, record.startdatum, record.slutdatum, record.poang,
        record.niva, record.fardighetstraning, record.omfattning, record.uppdragsutbildning, record.traineejobb,
        record.registrering, record.betyg, record.betygsdatum, record.system, record.had_start_too_early
        """

    /// A record without its events.
    mutating func deliveredRecord() throws -> DeliveredRecord {
        let personnummer = try personnummer()
        let key = try course()
        let slutdatum = try day()
        let poang = try int()
        var content = RecordContent(
            personnummer: personnummer, key: key, poang: poang, niva: try niva(), slutdatum: slutdatum)
        content.fardighetstraning = try flag()
        content.omfattning = try omfattning()
        content.uppdragsutbildning = try flag()
        content.traineejobb = try flag()
        content.registrering = try flag()
        content.betyg = try betyg()
        content.betygsdatum = try optionalDay()
        let system = try text()
        return DeliveredRecord(content, system: system, hadStartTooEarly: try flag())
    }

    /// The columns that ``deliveredFile()`` reads.
    static let fileColumns = """
        file.id, file.skolkod, file.reading_day, file.name, file.sha256, file.bytes, file.records, file.students,
        file.first_date, file.last_date, file.made, file.made_by, file.outcome, file.reading, file.sent, file.closed
        """

    mutating func deliveredFile() throws -> DeliveredFile {
        let id = try file()
        let facts = DeliveredFile.Facts(
            skolkod: try skolkod(), readingDay: try day(), name: try text(), sha256: try text(), bytes: try int(),
            records: try int(), students: try int(), firstDate: try day(), lastDate: try day(), made: try moment(),
            madeBy: try text())
        let outcome = try outcome()
        let reading = try day()
        let sent = try optionalMoment()
        return DeliveredFile(
            id: id, facts: facts, outcome: outcome, reading: reading, sent: sent, closed: try optionalMoment())
    }

    /// The columns that ``takenInput()`` reads.
    static let inputColumns = """
        input.name, input.archived, input.sha256, input.bytes, input.modified, input.profile, input.system,
        input.taken, input.is_persons
        """

    /// An input without its schools.
    mutating func takenInput() throws -> TakenInput {
        TakenInput(
            name: try text(), archived: try text(), sha256: try text(), bytes: try int(), modified: try moment(),
            profile: try text(), system: try text(), taken: try moment(), schools: [], isPersons: try flag())
    }
}

extension Moment {
    /// With its seconds even when they are 0, so that moments sort as text.
    var stored: String {
        let text = description
        return secondOfDay % 60 == 0 ? text + ":00" : text
    }
}
