/// Makes records of one student's rows: rows that differ only in their event are events of one record, and a row that
/// says exactly the same again is a copy.
public enum RecordAssembly {
    /// The records of one student's rows at one school, in an order that does not depend on the order of the rows.
    ///
    /// Rows in which anything but the event failed stay records of their own: nobody knows what they have in common.
    public static func records(of rows: [Candidate]) -> [Record] {
        guard rows.count > 1 else { return rows.map { Record($0) } }
        var records: [Record] = []
        records.reserveCapacity(rows.count)
        for row in rows.sorted(by: comesBefore) {
            if let last = records.indices.last, isSame(records[last].asRead, row) {
                merge(row, into: &records[last])
            } else {
                records.append(Record(row))
            }
        }
        return records
    }

    /// Whether two rows say the same of the same course, their events apart. Group, names and course name do not
    /// count, nor do marks: what one row says of the student holds for the other.
    static func isSame(_ left: Candidate, _ right: Candidate) -> Bool {
        left.failed.subtracting(Event.fields).isEmpty && right.failed.subtracting(Event.fields).isEmpty
            && left.hasSameContent(as: right)
    }

    private static func merge(_ row: Candidate, into record: inout Record) {
        record.fields.marks.formUnion(row.marks)
        if let day = row.exportDay { record.fields.exportDay = max(day, record.fields.exportDay ?? day) }
        guard let event = row.event else {
            record.add(row: row.origin, isCopy: record.events.isEmpty)
            return
        }
        let isCopy = record.events.contains { $0.orsak == event.orsak && $0.date == event.date && event.failed.isEmpty }
        record.add(row: row.origin, isCopy: isCopy)
        if !isCopy { record.events.append(event) }
    }

    /// By content, so that the order of the rows in the export decides nothing; a row with an event before one
    /// without, so that a row without is told from a copy.
    private static func comesBefore(_ left: Candidate, _ right: Candidate) -> Bool {
        let leftKey = left.contentKey
        let rightKey = right.contentKey
        if leftKey != rightKey { return leftKey < rightKey }
        let leftEvent = left.eventKey
        let rightEvent = right.eventKey
        return leftEvent != rightEvent ? leftEvent < rightEvent : left.origin < right.origin
    }
}

/// Several numbers compared in order.
struct OrderKey: Comparable {
    var parts: (UInt64, UInt64, UInt64, UInt64)

    static func < (left: OrderKey, right: OrderKey) -> Bool { left.parts < right.parts }
    static func == (left: OrderKey, right: OrderKey) -> Bool { left.parts == right.parts }
}

extension Candidate {
    /// Whether every value that reaches the file is the same, the event apart.
    public func hasSameContent(as other: Candidate) -> Bool {
        contentKey == other.contentKey
    }

    /// Whether every value that reaches the file is the same, event, grade and grade date apart.
    public func hasSameContentButGrade(as other: Candidate) -> Bool {
        var left = self
        var right = other
        (left.betyg, left.betygsdatum, right.betyg, right.betygsdatum) = (nil, nil, nil, nil)
        left.failed.subtract(FieldSet(.betyg, .betygsdatum))
        right.failed.subtract(FieldSet(.betyg, .betygsdatum))
        return left.hasSameContent(as: right)
    }

    /// Whether both are of the same student, school, course, part and startdatum.
    public func isSameCourse(as other: Candidate) -> Bool {
        personnummer == other.personnummer && skolkod == other.skolkod && course == other.course
            && kursdel == other.kursdel && startdatum == other.startdatum
    }
}
