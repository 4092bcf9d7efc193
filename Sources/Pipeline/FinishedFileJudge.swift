import CSN
import CSNRules
import Findings
import Uploads

/// Runs the rules over a finished file, record by record as it is read, student by student.
struct FinishedFileJudge {
    private let engine: RuleEngine
    private(set) var context: RuleContext
    private var records: [Record] = []
    private var student: UInt64 = 0
    /// By student, what is judged at the end.
    private var kept: [UInt64: [Candidate]] = [:]
    private let gathers: Bool
    /// By a record's origin, its first event's: in XML an event has an element of its own.
    private var eventOrigins: [RowOrigin: RowOrigin] = [:]
    private var lastSchool: Skolkod?

    /// What the file holds, for the rules about whole files.
    private(set) var facts = FileFacts(
        firstDate: nil, lastDate: nil, schools: [], recordCount: 0, unitCount: 0, isOneUnitException: false)

    /// A judge for one file.
    ///
    /// - Parameter gathers: a student's records may stand apart in the file (one made elsewhere): they are then kept
    ///   and judged together at the end.
    init(_ engine: RuleEngine, gathers: Bool = false) {
        self.engine = engine
        self.gathers = gathers
        context = engine.makeContext()
    }

    /// Takes the next record of the file.
    mutating func take(_ read: ReadRecord) {
        count(read.record)
        let key = read.record.fields.studentKey
        if gathers {
            kept[key, default: []] += judgedRows(of: read)
            return
        }
        if key != student { judgeStudent() }
        student = key
        guard read.notes.isEmpty else {
            records += RecordAssembly.records(of: judgedRows(of: read))
            return
        }
        var record = read.record
        engine.judgeFields(of: &record.fields, [], &context)
        records.append(record)
    }

    /// The record's rows after the field stage.
    private mutating func judgedRows(of read: ReadRecord) -> [Candidate] {
        var rows = read.record.rows
        guard var first = rows.first else { return [] }
        let failedEvent = first.failed.intersection(Event.fields)
        engine.judgeFields(of: &first, gathers ? read.notesByField : read.fieldNotes, &context)
        // A note on an event says of the record, not of its first event, that something failed.
        first.failed = first.failed.subtracting(Event.fields).union(failedEvent)
        rows[0] = first
        if gathers, let event = read.record.events.first {
            eventOrigins[first.origin] = event.origin
            for index in rows.indices.dropFirst() { rows[index].origin = read.record.events[index].origin }
        }
        for index in rows.indices.dropFirst() { rows[index].failed.formUnion(first.failed.subtracting(Event.fields)) }
        return rows
    }

    private mutating func count(_ record: Record) {
        facts.recordCount += 1
        if let school = record.skolkod, school != lastSchool {
            facts.schools.insert(school)
            lastSchool = school
        }
        // One cause, one finding: a course that is too long by itself has its own.
        if UnitShape.isCourseOverAYear(record) { return }
        record.forEachDate { day in
            facts.firstDate = facts.firstDate.map { min($0, day) } ?? day
            facts.lastDate = facts.lastDate.map { max($0, day) } ?? day
        }
    }

    private mutating func judgeStudent() {
        guard !records.isEmpty else { return }
        var taken: [Record] = []
        swap(&taken, &records)
        let judged = engine.judge(assembled: consume taken, &context)
        facts.unitCount += judged.units.count
        if facts.unitCount == 1, let only = judged.units.first {
            facts.isOneUnitException = UnitShape.of(only.records).needsOwnFile
        } else {
            facts.isOneUnitException = false
        }
    }

    /// Judges what is left, after the last record.
    mutating func finish() {
        for (_, kept) in kept.sorted(by: { $0.key < $1.key }) {
            records = RecordAssembly.records(of: kept)
            for index in records.indices where !records[index].events.isEmpty { restoreOrigins(of: &records[index]) }
            judgeStudent()
        }
        kept = [:]
        judgeStudent()
    }
}

extension FinishedFileJudge {
    /// What is wrong with an event stands where the event does.
    private func restoreOrigins(of record: inout Record) {
        for index in record.events.indices {
            if let own = eventOrigins[record.events[index].origin] { record.events[index].origin = own }
        }
    }
}

extension ReadRecord {
    /// The notes with the field itself as the column, which is what a finished file's columns are, and on the lines of
    /// their own elements.
    fileprivate var notesByField: [FieldNote] {
        notes.map { read in
            var note = read.note
            note.column = Int(note.field.rawValue)
            note.line = read.line
            return note
        }
    }
}
