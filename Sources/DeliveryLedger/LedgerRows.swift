import CSN
import GRDB
import GRDBSQLite

/// A row of the ledger that says what csnfil never writes.
struct UnreadableRow: Error {
    /// Which table, which column.
    var reason: String
}

/// The values of a row, one after the other in the order of the columns asked for.
struct RowReading {
    private let statement: SQLiteStatement
    private let table: String
    private var next: Int32 = 0

    /// Reads the row of a table at which a statement stands.
    init(_ statement: SQLiteStatement, of table: String) {
        self.statement = statement
        self.table = table
    }

    private mutating func takeColumn() -> Int32 {
        defer { next += 1 }
        return next
    }

    /// A value from the bytes of a text; nil is a text that means nothing.
    private mutating func take<Value>(_ meaning: (UnsafeBufferPointer<UInt8>) -> Value?) throws -> Value {
        let column = takeColumn()
        guard sqlite3_column_type(statement, column) == SQLITE_TEXT, let start = sqlite3_column_text(statement, column)
        else { throw unreadable() }
        let count = Int(sqlite3_column_bytes(statement, column))
        guard let value = meaning(UnsafeBufferPointer(start: start, count: count)) else { throw unreadable() }
        return value
    }

    private mutating func takeOptional<Value>(_ meaning: (UnsafeBufferPointer<UInt8>) -> Value?) throws -> Value? {
        takeNull() ? nil : try take(meaning)
    }

    /// Whether the next value is none; it is then passed over.
    private mutating func takeNull() -> Bool {
        guard sqlite3_column_type(statement, next) == SQLITE_NULL else { return false }
        next += 1
        return true
    }

    /// What cannot be read is the column before the next. The value is not told: it may be personal.
    private func unreadable() -> UnreadableRow {
        UnreadableRow(reason: "\(table).\(sqlite3_column_name(statement, next - 1).map { String(cString: $0) } ?? "?")")
    }

    mutating func number() throws -> Int64 {
        let column = takeColumn()
        guard sqlite3_column_type(statement, column) == SQLITE_INTEGER else { throw unreadable() }
        return sqlite3_column_int64(statement, column)
    }

    mutating func int() throws -> Int { Int(try number()) }
    mutating func text() throws -> String { try take { String(decoding: $0, as: UTF8.self) } }
    mutating func flag() throws -> Bool { try number() != 0 }
    mutating func day() throws -> Day { try take { Day(stored: $0) } }
    mutating func optionalDay() throws -> Day? { try takeOptional { Day(stored: $0) } }
    mutating func moment() throws -> Moment { try take { Moment(String(decoding: $0, as: UTF8.self)) } }
    mutating func optionalMoment() throws -> Moment? {
        try takeOptional { Moment(String(decoding: $0, as: UTF8.self)) }
    }
    mutating func file() throws -> DeliveredFile.ID { DeliveredFile.ID(number: try number()) }
    mutating func student() throws -> StudentKey { StudentKey(number: try number()) }
    mutating func outcome() throws -> Outcome { try take { Outcome(rawValue: String(decoding: $0, as: UTF8.self)) } }
    mutating func personnummer() throws -> Personnummer {
        try take { $0[...].decimal.flatMap { Personnummer(digits: $0) } }
    }

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
        try take { text in Niva.allCases.first { $0.code.utf8.elementsEqual(text) } }
    }

    mutating func omfattning() throws -> Omfattning? {
        try takeOptional { $0.count == 1 ? $0.first.flatMap { Omfattning(rawValue: $0) } : nil }
    }

    mutating func betyg() throws -> Betyg? {
        try takeOptional { $0.count == 1 ? $0.first.flatMap { Betyg(rawValue: $0) } : nil }
    }

    mutating func event() throws -> RecordContent.Event {
        var orsak: Meddelandeorsak?
        if !takeNull() {
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

extension Day {
    /// As it stands in the ledger: ÅÅÅÅ-MM-DD.
    fileprivate init?(stored text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = text[0..<4].decimal, let month = text[5..<7].decimal, let day = text[8..<10].decimal
        else { return nil }
        self.init(year: Int(year), month: Int(month), day: Int(day))
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// The number of decimal digits, at most 18 of them; nil for anything else.
    fileprivate var decimal: UInt64? {
        guard (1...18).contains(count) else { return nil }
        var number: UInt64 = 0
        for byte in self {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
        }
        return number
    }
}
