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
public struct UploadWriter: ~Copyable {
    private let sink: any ByteSink
    private var block = ByteBlock()
    private let form: Form
    private let codes: EncodedCodes
    private let days = DayWords.shared
    private var facts = WrittenFacts()
    private var school: Skolkod?
    private var previous: Personnummer?

    private enum Form {
        case fixed(FixedLine)
        case xml(XMLPieces)
    }

    /// A writer of one file.
    ///
    /// - Parameter codes: those of earlier files of the same layout and courses in this thread.
    public init(layout: Layout, courses: CourseTable, sink: any ByteSink, codes: EncodedCodes? = nil) {
        self.sink = sink
        self.codes = codes ?? EncodedCodes(courses, layout: layout)
        form =
            switch layout.container {
            case .fixed(let form): .fixed(FixedLine(form, lineEnd: layout.lineEnd))
            case .xml(let form): .xml(XMLPieces(form, lineEnd: layout.lineEnd.bytes))
            }
    }

    /// Writes the next records. Throws as the writing of one.
    public mutating func write(_ records: [Record]) throws {
        for index in records.indices { try write(records[index]) }
    }

    /// Writes the next record. Throws a ``WriteProblem``, or the sink's ``OutputProblem``.
    public mutating func write(_ record: borrowing Record) throws {
        let number = facts.records + 1
        let isNewStudent = try begin(record.fields, number)
        switch form {
        case .fixed(let line):
            if record.events.isEmpty { try write(record.fields, line, number) }
            for event in record.events { try write(record.fields.with(event), line, number) }
            facts.rows += max(1, record.events.count)
        case .xml(let pieces):
            try write(record, pieces, isNewStudent, number)
            facts.rows += 1
        }
        facts.records = number
    }

    /// Writes what is still to come and hands the last block on.
    ///
    /// - Throws: ``WriteProblem/empty`` when no record was written; the sink's ``OutputProblem``.
    public mutating func finish() throws -> WrittenFacts {
        guard facts.records > 0 else { throw WriteProblem.empty }
        if case .xml(let pieces) = form {
            try makeRoom(for: pieces.greatestLength)
            pieces.append(pieces.studentEnd, to: &block)
            pieces.append(pieces.end, to: &block)
        }
        try flush()
        return facts
    }

    /// Checks what holds between records; whether the record is of another student than the one before.
    private mutating func begin(_ fields: borrowing Candidate, _ number: Int) throws -> Bool {
        guard let skolkod = fields.skolkod else { throw WriteProblem.missing(.skolkod, record: number) }
        guard let student = fields.personnummer else { throw WriteProblem.missing(.personnummer, record: number) }
        guard school == nil || school == skolkod else { throw WriteProblem.severalSchools(record: number) }
        if let previous, student < previous { throw WriteProblem.notInOrder(record: number) }
        let isNew = previous != student
        if isNew { facts.students += 1 }
        school = skolkod
        previous = student
        return isNew
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

// MARK: By position

extension UploadWriter {
    private mutating func write(_ fields: borrowing Candidate, _ line: FixedLine, _ number: Int) throws {
        try makeRoom(for: line.length + line.end.length)
        // Each slot is filled to its end, and what it overruns is the next one's.
        for slot in line.slots {
            guard try !put(slot, of: fields, line.codes, number) else { continue }
            guard !slot.isObligatory else { throw WriteProblem.missing(slot.field, record: number) }
            block.fill(.blanks, at: slot.start, length: slot.length)
        }
        block.advance(by: line.length)
        block.append(line.end)
    }

    /// Fills a slot with the field's value; false when it is blank, and then nothing is put.
    @inline(__always)
    private func put(
        _ slot: FixedLine.Slot, of fields: borrowing Candidate, _ words: CodeWords, _ number: Int
    ) throws(WriteProblem) -> Bool {
        switch slot.field {
        case .skolkod: try put(fields.skolkod.map { UInt64($0.number) }, slot, number)
        case .personnummer: try put(fields.personnummer?.digits, slot, number)
        case .kurskod: try put(fields.course, slot, number)
        case .kursdel: try put(fields.kursdel.map { UInt64($0.number) }, slot, number)
        case .poang: try put(fields.poang.map { UInt64($0) }, slot, number)
        case .startdatum: try put(fields.startdatum, slot, number)
        case .slutdatum: try put(fields.slutdatum, slot, number)
        case .handelsedatum: try put(fields.handelsedatum, slot, number)
        case .betygsdatum: try put(fields.betygsdatum, slot, number)
        default: put(words.word(of: fields.codeNumber(of: slot.field), in: slot.field), slot)
        }
    }

    @inline(__always)
    private func put(_ value: UInt64?, _ slot: FixedLine.Slot, _ number: Int) throws(WriteProblem) -> Bool {
        guard let value else { return false }
        // Of all numbers only points can be too long for their field.
        if value > 999, slot.field == .poang, String(value).count > slot.length {
            throw .tooLong(slot.field, record: number)
        }
        block.put(value, at: slot.start, width: slot.length)
        return true
    }

    @inline(__always)
    private func put(_ course: CourseIndex?, _ slot: FixedLine.Slot, _ number: Int) throws(WriteProblem) -> Bool {
        guard let course else { return false }
        let code = try codes.code(of: course, record: number)
        guard code.length <= min(16, slot.length) else { throw .tooLong(slot.field, record: number) }
        block.put(code.first, at: slot.start)
        block.put(code.second, at: slot.start + 8)
        if slot.length > 16 { block.fill(.blanks, at: slot.start + 16, length: slot.length - 16) }
        return true
    }

    @inline(__always)
    private func put(_ day: Day?, _ slot: FixedLine.Slot, _ number: Int) throws(WriteProblem) -> Bool {
        guard let day else { return false }
        guard let word = days.word(of: day) else { throw .tooLong(slot.field, record: number) }
        block.put(word, at: slot.start)
        return true
    }

    @inline(__always)
    private func put(_ word: ByteWord, _ slot: FixedLine.Slot) -> Bool {
        guard word != .blanks else { return false }
        block.put(word, at: slot.start)
        if slot.length > 8 { block.fill(.blanks, at: slot.start + 8, length: slot.length - 8) }
        return true
    }
}

// MARK: In XML

extension UploadWriter {
    private mutating func write(
        _ record: borrowing Record, _ xml: XMLPieces, _ isNewStudent: Bool, _ number: Int
    ) throws {
        try makeRoom(for: xml.greatestLength)
        if isNewStudent { begin(record.fields, xml, isFirst: number == 1) }
        xml.append(xml.courseStart, to: &block)
        for index in xml.courseItems.indices {
            if index == xml.eventsBefore { try writeEvents(of: record, xml, number) }
            try append(xml.courseItems[index], of: record.fields, xml, number)
        }
        if xml.eventsBefore == xml.courseItems.count { try writeEvents(of: record, xml, number) }
        xml.append(xml.courseEnd, to: &block)
    }

    /// Begins the student, and before the first one the file.
    private mutating func begin(_ fields: borrowing Candidate, _ xml: XMLPieces, isFirst: Bool) {
        if isFirst {
            xml.append(xml.start, to: &block)
            block.append(UInt64(fields.skolkod?.number ?? 0), width: 1)
            xml.append(xml.schoolFieldsEnd, to: &block)
        } else {
            xml.append(xml.studentEnd, to: &block)
        }
        xml.append(xml.studentStart, to: &block)
        block.append(fields.personnummer?.digits ?? 0, width: 12)
        xml.append(xml.studentFieldsEnd, to: &block)
    }

    private mutating func writeEvents(of record: borrowing Record, _ xml: XMLPieces, _ number: Int) throws {
        guard !record.events.isEmpty else { return }
        for event in record.events {
            try makeRoom(for: xml.greatestLength)
            xml.append(xml.eventStart, to: &block)
            for item in xml.eventItems { try append(item, of: record.fields.with(event), xml, number) }
            xml.append(xml.eventEnd, to: &block)
        }
        try makeRoom(for: xml.greatestLength)
    }

    /// Appends a field's element; nothing when it is blank.
    private mutating func append(
        _ item: XMLPieces.Item, of fields: borrowing Candidate, _ xml: XMLPieces, _ number: Int
    ) throws(WriteProblem) {
        let before = block.count
        xml.append(item.open, to: &block)
        let start = block.count
        try append(item.field, of: fields, xml.codes, number)
        if block.count > start {
            xml.append(item.close, to: &block)
        } else {
            guard !item.field.isObligatory else { throw .missing(item.field, record: number) }
            block.cut(to: before)
        }
    }

    /// Appends a field's value; nothing when it is blank.
    private mutating func append(
        _ field: Field, of fields: borrowing Candidate, _ words: CodeWords, _ number: Int
    ) throws(WriteProblem) {
        switch field {
        case .skolkod: if let skolkod = fields.skolkod { block.append(UInt64(skolkod.number), width: 1) }
        case .personnummer: if let student = fields.personnummer { block.append(student.digits, width: 12) }
        case .kurskod: if let course = fields.course { append(try codes.code(of: course, record: number)) }
        case .kursdel: if let kursdel = fields.kursdel { block.append(UInt64(kursdel.number), width: 2) }
        case .poang: if let poang = fields.poang { block.append(UInt64(poang), width: 1) }
        case .startdatum: try append(fields.startdatum, field, number)
        case .slutdatum: try append(fields.slutdatum, field, number)
        case .handelsedatum: try append(fields.handelsedatum, field, number)
        case .betygsdatum: try append(fields.betygsdatum, field, number)
        default: block.append(words.word(of: fields.codeNumber(of: field), in: field))
        }
    }

    private mutating func append(_ code: EncodedCode) {
        if code.length > 16 {
            codes.withBytes(of: code) { block.append($0) }
        } else {
            block.put(code.first, at: 0)
            block.put(code.second, at: 8)
            block.advance(by: code.length)
        }
    }

    /// Year, month and day with hyphens between.
    private mutating func append(_ day: Day?, _ field: Field, _ number: Int) throws(WriteProblem) {
        guard let day else { return }
        guard let word = days.word(of: day) else { throw .tooLong(field, record: number) }
        let hyphen = UInt64(UInt8(ascii: "-"))
        block.put(word & 0xFFFF_FFFF | hyphen << 32 | (word >> 32 & 0xFFFF) << 40 | hyphen << 56, at: 0)
        block.put(word >> 48, at: 8)
        block.advance(by: 10)
    }
}

extension Candidate {
    /// The row of one event of the record.
    fileprivate func with(_ event: Event) -> Candidate {
        var row = self
        row.meddelandeorsak = event.orsak
        row.handelsedatum = event.date
        return row
    }
}
