import CSN

/// What was written.
public struct WrittenFacts: Hashable, Sendable {
    /// A record counts once, however many events it has.
    public var records = 0
    /// Different students.
    public var students = 0
    /// Lines by position (a record has one for each event), `kurs` elements in XML.
    public var rows = 0
}

/// Writes the records of one school, in the order of ``RecordOrder``, as a file of a layout.
///
/// Records are handed over one by one; the sink gets their bytes in large blocks.
public struct UploadWriter<Sink: ByteSink>: ~Copyable {
    private let layout: Layout
    private let lineEnd: [UInt8]
    private let sink: Sink
    private var block = ByteBlock()
    private let codes: EncodedCodes
    private var facts = WrittenFacts()
    private var school: Skolkod?
    private var previous: Personnummer?
    private var xml: XMLPieces?

    /// A writer of one file.
    ///
    /// - Parameter codes: those of earlier files of the same layout and courses in this thread.
    public init(layout: Layout, courses: CourseTable, sink: Sink, codes: EncodedCodes? = nil) {
        self.layout = layout
        self.sink = sink
        lineEnd = layout.lineEnd.bytes
        self.codes = codes ?? EncodedCodes(courses, layout: layout)
        if case .xml(let form) = layout.container { xml = XMLPieces(form, lineEnd: layout.lineEnd.bytes) }
    }

    /// Writes the next record. Throws a ``WriteProblem``, or the sink's ``OutputProblem``.
    public mutating func write(_ record: Record) throws {
        let number = facts.records + 1
        try begin(record.fields, number)
        switch layout.container {
        case .fixed(let form):
            if record.events.isEmpty {
                try write(record.fields, form, number)
            } else {
                if record.events.isEmpty {
                    try write(record.fields, form, number)
                } else {
                    for row in record.rows { try write(row, form, number) }
                }
            }
            facts.rows += max(1, record.events.count)
        case .xml:
            try writeXML(record, number)
            facts.rows += 1
        }
        facts.records = number
    }

    /// Writes what is still to come and hands the last block on.
    ///
    /// - Throws: ``WriteProblem/empty`` when no record was written; the sink's ``OutputProblem``.
    public mutating func finish() throws -> WrittenFacts {
        guard facts.records > 0 else { throw WriteProblem.empty }
        if let xml {
            try makeRoom(for: xml.studentEnd.count + xml.end.count)
            block.append(xml.studentEnd)
            block.append(xml.end)
        }
        try flush()
        return facts
    }

    /// Checks what holds between records, and begins the school and the student where they change.
    private mutating func begin(_ fields: Candidate, _ number: Int) throws {
        guard let skolkod = fields.skolkod else { throw WriteProblem.missing(.skolkod, record: number) }
        guard let student = fields.personnummer else { throw WriteProblem.missing(.personnummer, record: number) }
        guard school == nil || school == skolkod else { throw WriteProblem.severalSchools(record: number) }
        if let previous, student < previous { throw WriteProblem.notInOrder(record: number) }
        if let xml {
            try makeRoom(for: xml.greatestLength)
            if school == nil {
                block.append(xml.start)
                block.append(UInt64(skolkod.number), width: 1)
                block.append(xml.schoolFieldsEnd)
            }
            if previous != student {
                if previous != nil { block.append(xml.studentEnd) }
                block.append(xml.studentStart)
                block.append(student.digits, width: 12)
                block.append(xml.studentFieldsEnd)
            }
        }
        if previous != student { facts.students += 1 }
        school = skolkod
        previous = student
    }

    private mutating func write(_ row: Candidate, _ form: FixedForm, _ number: Int) throws {
        try makeRoom(for: form.recordLength + 2)
        let start = block.count
        for slot in form.slots {
            let end = start + slot.position - 1 + slot.length
            try append(slot.field, of: row, width: slot.length, codes: slot.codes, dashed: false, number)
            guard block.count <= end else { throw WriteProblem.tooLong(slot.field, record: number) }
            block.pad(to: end)
        }
        block.append(lineEnd)
    }

    private mutating func writeXML(_ record: Record, _ number: Int) throws {
        guard let xml else { return }
        block.append(xml.courseStart)
        for index in xml.courseItems.indices {
            if index == xml.eventsBefore { try writeEvents(of: record, xml, number) }
            try append(xml.courseItems[index], of: record.fields, number)
        }
        if xml.eventsBefore == xml.courseItems.count { try writeEvents(of: record, xml, number) }
        block.append(xml.courseEnd)
    }

    private mutating func writeEvents(of record: Record, _ xml: XMLPieces, _ number: Int) throws {
        for event in record.events {
            var fields = record.fields
            fields.meddelandeorsak = event.orsak
            fields.handelsedatum = event.date
            try makeRoom(for: xml.greatestLength)
            block.append(xml.eventStart)
            for item in xml.eventItems { try append(item, of: fields, number) }
            block.append(xml.eventEnd)
        }
        try makeRoom(for: xml.greatestLength)
    }

    private mutating func append(_ item: XMLPieces.Item, of fields: Candidate, _ number: Int) throws {
        let before = block.count
        block.append(item.open)
        let start = block.count
        try append(
            item.field, of: fields, width: item.field == .kursdel ? 2 : 1, codes: item.codes, dashed: true, number)
        if block.count == start { block.cut(to: before) } else { block.append(item.close) }
    }

    /// Appends a field's value, nothing when it is blank.
    private mutating func append(
        _ field: Field, of fields: Candidate, width: Int, codes table: CodeTable, dashed: Bool, _ number: Int
    ) throws {
        let before = block.count
        switch field {
        case .skolkod: if let skolkod = fields.skolkod { block.append(UInt64(skolkod.number), width: width) }
        case .personnummer: if let student = fields.personnummer { block.append(student.digits, width: max(12, width)) }
        case .kurskod: if let course = fields.course { block.append(try codes.code(of: course, record: number)) }
        case .kursdel: if let kursdel = fields.kursdel { block.append(UInt64(kursdel.number), width: width) }
        case .poang: if let poang = fields.poang { block.append(UInt64(poang), width: width) }
        case .startdatum: append(fields.startdatum, dashed)
        case .slutdatum: append(fields.slutdatum, dashed)
        case .handelsedatum: append(fields.handelsedatum, dashed)
        case .betygsdatum: append(fields.betygsdatum, dashed)
        default: if let bytes = table.bytes(of: fields.codeNumber(of: field)) { block.append(bytes) }
        }
        if block.count == before, field.isObligatory { throw WriteProblem.missing(field, record: number) }
    }

    private mutating func append(_ day: Day?, _ dashed: Bool) {
        guard let (year, month, day) = day?.civil else { return }
        block.append(UInt64(year), width: 4)
        if dashed { block.append(UInt8(ascii: "-")) }
        block.append(UInt64(month), width: 2)
        if dashed { block.append(UInt8(ascii: "-")) }
        block.append(UInt64(day), width: 2)
    }

    private mutating func makeRoom(for bytes: Int) throws(OutputProblem) {
        if !block.hasRoom(for: bytes) { try flush() }
    }

    private mutating func flush() throws(OutputProblem) {
        let sink = sink
        try block.withBytes { bytes throws(OutputProblem) in try sink.take(bytes) }
        block.cut(to: 0)
    }
}
