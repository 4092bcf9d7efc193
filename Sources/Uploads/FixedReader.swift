import CSN
import Findings
import Glibc

/// Reads a file by position, line by line.
struct FixedReader: ~Copyable {
    private let layout: Layout
    private let form: FixedLine
    private let input: UInt16
    private var fields: FieldReading
    private var reading = UploadReading()
    private let eventSlots: [FixedLine.Slot]
    private let otherSlots: [FixedLine.Slot]
    private var line = 0
    private var offset: UInt64 = 0

    /// Whether a line has been read whose record later lines with other events may still join.
    private var isWaiting = false
    /// That line, its bytes, and what its record has from those that joined it.
    private var row = Candidate(origin: RowOrigin(input: 0, line: 0, offset: 0))
    private let latest: UnsafeMutableRawPointer
    private var notes: [ReadNote] = []
    private var laterEvents: [Event] = []
    private var laterRows: [RowOrigin] = []

    /// A line that is longer is not kept; its length is counted all the same.
    private static let greatestLine = 1 << 16

    init(layout: Layout, form: FixedForm, input: UInt16, codes: FoundCodes) {
        self.layout = layout
        self.form = FixedLine(form, lineEnd: layout.lineEnd)
        self.input = input
        fields = FieldReading(dashed: false, encoding: layout.encoding, words: self.form.codes, codes: codes)
        eventSlots = self.form.slots.filter { Event.fields.contains($0.field) }
        otherSlots = self.form.slots.filter { !Event.fields.contains($0.field) }
        latest = .allocate(byteCount: form.recordLength, alignment: 16)
    }

    deinit { latest.deallocate() }

    /// Reads the whole file and hands its records out in order.
    mutating func read(_ file: InputFile, _ body: (ReadRecord) throws -> Void) throws -> UploadReading {
        // The last value of a block is read as whole words too.
        let all = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { all.deallocate() }
        let block = UnsafeMutableRawBufferPointer(rebasing: all.dropLast(FieldBytes.readable))
        var kept = 0
        // Bytes of the current line that were thrown away because it is too long to be one.
        var lost = 0
        while true {
            let got = file.read(into: UnsafeMutableRawBufferPointer(rebasing: block[kept...]))
            if let failure = file.failure { throw failure }
            let bytes = UnsafeRawBufferPointer(rebasing: block[..<(kept + got)])
            var start = 0
            while let stop = FixedReader.lineFeed(in: bytes, from: start) {
                try take(UnsafeRawBufferPointer(rebasing: bytes[start..<stop]), lost: lost, hasEnd: true, body)
                lost = 0
                start = stop + 1
            }
            kept = bytes.count - start
            if got == 0 {
                if kept + lost > 0 {
                    try take(UnsafeRawBufferPointer(rebasing: bytes[start...]), lost: lost, hasEnd: false, body)
                }
                break
            }
            if kept > FixedReader.greatestLine {
                lost += kept
                kept = 0
            } else if start > 0, kept > 0, let base = block.baseAddress {
                base.copyMemory(from: base + start, byteCount: kept)
            }
        }
        try handOut(body)
        if reading.rows == 0 {
            reading.add(.empty, line: 0, Text(sv: "Filen är tom.", en: "The file is empty."))
        }
        reading.bytes = file.count
        reading.sha256 = file.sha256
        return reading
    }

    /// The place of the next LF.
    @inline(__always)
    private static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
    }

    /// One line, without its LF.
    private mutating func take(
        _ bytes: UnsafeRawBufferPointer, lost: Int, hasEnd: Bool, _ body: (ReadRecord) throws -> Void
    ) throws {
        line += 1
        reading.rows += 1
        let origin = RowOrigin(input: input, line: UInt32(clamping: line), offset: offset)
        offset += UInt64(lost + bytes.count + (hasEnd ? 1 : 0))
        let hasReturn = !bytes.isEmpty && bytes[bytes.count - 1] == 0x0D
        let content = UnsafeRawBufferPointer(start: bytes.baseAddress, count: bytes.count - (hasReturn ? 1 : 0))
        if !hasEnd || hasReturn != (layout.lineEnd == .crlf) { reading.add(.lineEnd, line: line, wrongEnd(hasEnd)) }
        if lost == 0, content.count > form.length, isUTF8(content) {
            reading.add(
                .encoding, line: line,
                Text(
                    sv: "Raden är skriven som UTF-8, men filen ska vara ISO-8859-1. Spara filen som ISO-8859-1.",
                    en: "The line is written as UTF-8, but the file should be ISO-8859-1. Save it as ISO-8859-1."))
            try handOut(body)
            return
        }
        if ControlCharacters.stand(in: content), let control = content.firstIndex(where: ControlCharacters.isOne) {
            reading.add(
                .controlCharacter, line: line, column: lost + control + 1,
                Text(
                    sv: "Här står ett styrtecken (byte \(content[control])). Ta bort det i exporten.",
                    en: "A control character (byte \(content[control])) stands here. Remove it in the export."))
        }
        guard lost + content.count == form.length, let start = content.baseAddress else {
            let length = lost + content.count
            reading.add(
                .recordLength, line: line,
                Text(
                    sv: "Raden har \(length) tecken, men ska ha \(form.length).",
                    en: "The line has \(length) characters, but should have \(form.length)."))
            try handOut(body)
            return
        }
        if isWaiting, hasEvent(start), isLikeLatest(start) { return join(start, origin) }
        try handOut(body)
        read(start, origin)
    }

    /// Whether the line has the right length when its bytes are taken for UTF-8, and not as they are.
    private func isUTF8(_ content: UnsafeRawBufferPointer) -> Bool {
        guard content.count <= 4 * form.length, let text = String(validating: content, as: UTF8.self) else {
            return false
        }
        return text.unicodeScalars.count == form.length
    }

    private func wrongEnd(_ hasEnd: Bool) -> Text {
        let end = layout.lineEnd == .crlf ? "CR LF" : "LF"
        return hasEnd
            ? Text(sv: "Raden ska sluta med \(end).", en: "The line should end with \(end).")
            : Text(
                sv: "Filens sista rad saknar radslut (\(end)): är filen avhuggen?",
                en: "The file's last line has no end (\(end)): is the file cut short?")
    }

    /// A line of the right length that begins a record. Sixteen bytes behind it can be read.
    private mutating func read(_ start: UnsafeRawPointer, _ origin: RowOrigin) {
        var row = Candidate(origin: origin)
        for slot in form.slots { read(slot, start, &row) }
        self.row = row
        isWaiting = true
        latest.copyMemory(from: start, byteCount: form.length)
        guard let skolkod = row.skolkod, skolkod != reading.skolkod else { return }
        if let first = reading.skolkod {
            let column = form.slots.first { $0.field == .skolkod }?.position ?? 0
            reading.add(.severalSchools, line: line, column: column, LayoutProblem.twoSchools(first, skolkod))
        } else {
            reading.skolkod = skolkod
        }
    }

    /// A line that is another event of the record before it.
    private mutating func join(_ start: UnsafeRawPointer, _ origin: RowOrigin) {
        var row = Candidate(origin: origin)
        for slot in eventSlots { read(slot, start, &row) }
        if let event = row.event { laterEvents.append(event) }
        laterRows.append(origin)
    }

    @inline(__always)
    private mutating func read(_ slot: FixedLine.Slot, _ start: UnsafeRawPointer, _ row: inout Candidate) {
        let value = FixedReader.value(of: slot, start)
        let problem =
            slot.isNumber && value.count < slot.length && FixedReader.hasSlipped(value)
            ? slipped(slot.field, &row) : fields.read(slot.field, value, into: &row)
        if let problem { note(slot, problem, value) }
    }

    /// Without the blanks behind it.
    @inline(__always)
    private static func value(of slot: FixedLine.Slot, _ start: UnsafeRawPointer) -> FieldBytes {
        let all = FieldBytes(start: start + slot.start, count: slot.length)
        if slot.length <= 8 { return FieldBytes(start: all.start, count: all.first.length) }
        var end = slot.length
        while end > 0, all.all[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return FieldBytes(start: all.start, count: end)
    }

    /// "Digits, zeros before" leaves no blank behind a number: it has slipped.
    private static func hasSlipped(_ value: FieldBytes) -> Bool {
        !value.isEmpty && value.all.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private func slipped(_ field: Field, _ row: inout Candidate) -> FieldProblem {
        row.failed.insert(field)
        return .format
    }

    @inline(never)
    private mutating func note(_ slot: FixedLine.Slot, _ problem: FieldProblem, _ value: FieldBytes) {
        let note = FieldNote(slot.field, .failed(problem), value: fields.text(value), column: slot.start)
        notes.append(ReadNote(note: note, line: line))
    }

    private func hasEvent(_ start: UnsafeRawPointer) -> Bool {
        eventSlots.contains { !FixedReader.value(of: $0, start).isEmpty }
    }

    private func isLikeLatest(_ start: UnsafeRawPointer) -> Bool {
        otherSlots.allSatisfy { memcmp(start + $0.start, latest + $0.start, $0.length) == 0 }
    }

    /// Hands out the record that waits for further events, if one does.
    private mutating func handOut(_ body: (ReadRecord) throws -> Void) throws {
        guard isWaiting else { return }
        isWaiting = false
        reading.records += 1
        if notes.isEmpty, laterRows.isEmpty { return try body(ReadRecord(record: Record(row), notes: [])) }
        var read = ReadRecord(record: Record(row), notes: notes)
        read.record.events += laterEvents
        read.record.mergedRows += laterRows
        notes = []
        laterEvents = []
        laterRows = []
        try body(read)
    }
}

/// Control characters of ISO-8859-1: below 0x20, and 0x7F–0x9F.
enum ControlCharacters {
    @inline(__always)
    static func isOne(_ byte: UInt8) -> Bool { byte & 0x7F < 0x20 || byte == 0x7F }

    /// Whether one of the bytes is one. Eight are judged at once.
    @inline(__always)
    static func stand(in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress, bytes.count >= 8 else { return bytes.contains(where: isOne) }
        var found: ByteWord = 0
        var place = 0
        while place < bytes.count {
            // The last word lies over the one before it.
            let word = start.loadUnaligned(fromByteOffset: min(place, bytes.count - 8), as: ByteWord.self)
            found |= marks(word)
            place += 8
        }
        return found != 0
    }

    /// A word that is 0 where none of the eight bytes is a control character.
    ///
    /// Every other byte but 0x7F has bit 5 or bit 6 set; 0x7F is the only byte whose lower seven bits become 0x80 when 1 is added, and the
    /// highest is then not set.
    @inline(__always)
    static func marks(_ word: ByteWord) -> ByteWord {
        let low = word & 0x7F7F_7F7F_7F7F_7F7F
        let isDelete = (low &+ 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
        return ~(word | word &<< 1) & 0x4040_4040_4040_4040 | isDelete
    }
}

extension LayoutProblem {
    static func twoSchools(_ first: Skolkod, _ second: Skolkod) -> Text {
        Text(
            sv: "Filen börjar med skolkod \(first), men här står \(second). En fil gäller en skola.",
            en: "The file begins with skolkod \(first), but here stands \(second). A file is about one school.")
    }
}
