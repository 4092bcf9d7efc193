import CSN
import Findings

/// Reads a file by position, line by line.
struct FixedReader {
    private let layout: Layout
    private let form: FixedForm
    private let input: UInt16
    private var fields: FieldReading
    private var reading = UploadReading()
    /// The record that later lines with other events may still join, and the bytes of its last line.
    private var pending: ReadRecord?
    private var previous: [UInt8] = []
    private let eventSlots: [FixedSlot]
    private let otherSlots: [FixedSlot]
    private var line = 0
    private var offset: UInt64 = 0

    /// A line that is longer is not kept; its length is counted all the same.
    private static let greatestLine = 1 << 16

    init(layout: Layout, form: FixedForm, input: UInt16, codes: FoundCodes) {
        self.layout = layout
        self.form = form
        self.input = input
        fields = FieldReading(dashed: false, encoding: layout.encoding, codes: codes)
        eventSlots = form.slots.filter { Event.fields.contains($0.field) }
        otherSlots = form.slots.filter { !Event.fields.contains($0.field) }
    }

    /// Reads the whole file and hands its records out in order.
    mutating func read(_ file: InputFile, _ body: (ReadRecord) throws -> Void) throws -> UploadReading {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { block.deallocate() }
        var kept = 0
        // Bytes of the current line that were thrown away because it is too long to be one.
        var lost = 0
        while true {
            let got = file.read(into: UnsafeMutableRawBufferPointer(rebasing: block[kept...]))
            if let failure = file.failure { throw failure }
            let end = kept + got
            let bytes = UnsafeBufferPointer(block.bindMemory(to: UInt8.self))[..<end]
            var start = 0
            while let stop = bytes[start...].firstIndex(of: 0x0A) {
                try take(UnsafeBufferPointer(rebasing: bytes[start..<stop]), lost: lost, hasEnd: true, body)
                lost = 0
                start = stop + 1
            }
            kept = end - start
            if got == 0 {
                if kept + lost > 0 {
                    try take(UnsafeBufferPointer(rebasing: bytes[start..<end]), lost: lost, hasEnd: false, body)
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

    /// One line, without its LF.
    private mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, lost: Int, hasEnd: Bool, _ body: (ReadRecord) throws -> Void
    ) throws {
        line += 1
        reading.rows += 1
        let origin = RowOrigin(input: input, line: UInt32(clamping: line), offset: offset)
        offset += UInt64(lost + bytes.count + (hasEnd ? 1 : 0))
        let hasReturn = bytes.last == 0x0D
        let content = UnsafeBufferPointer(rebasing: hasReturn ? bytes.dropLast() : bytes[...])
        if !hasEnd || hasReturn != (layout.lineEnd == .crlf) { reading.add(.lineEnd, line: line, wrongEnd(hasEnd)) }
        if lost == 0, isUTF8(content) {
            reading.add(
                .encoding, line: line,
                Text(
                    sv: "Raden är skriven som UTF-8, men filen ska vara ISO-8859-1. Spara filen som ISO-8859-1.",
                    en: "The line is written as UTF-8, but the file should be ISO-8859-1. Save it as ISO-8859-1."))
            try handOut(body)
            return
        }
        if let control = content.firstIndex(where: { $0 < 0x20 || (0x7F...0x9F).contains($0) }) {
            reading.add(
                .controlCharacter, line: line, column: lost + control + 1,
                Text(
                    sv: "Här står ett styrtecken (byte \(content[control])). Ta bort det i exporten.",
                    en: "A control character (byte \(content[control])) stands here. Remove it in the export."))
        }
        guard lost + content.count == form.recordLength else {
            let length = lost + content.count
            reading.add(
                .recordLength, line: line,
                Text(
                    sv: "Raden har \(length) tecken, men ska ha \(form.recordLength).",
                    en: "The line has \(length) characters, but should have \(form.recordLength)."))
            try handOut(body)
            return
        }
        try read(content, origin, body)
    }

    /// Whether the line has the right length when its bytes are taken for UTF-8, and not as they are.
    private func isUTF8(_ content: UnsafeBufferPointer<UInt8>) -> Bool {
        guard content.count > form.recordLength, content.count <= 4 * form.recordLength,
            let text = String(validating: content, as: UTF8.self)
        else { return false }
        return text.unicodeScalars.count == form.recordLength
    }

    private func wrongEnd(_ hasEnd: Bool) -> Text {
        let end = layout.lineEnd == .crlf ? "CR LF" : "LF"
        return hasEnd
            ? Text(sv: "Raden ska sluta med \(end).", en: "The line should end with \(end).")
            : Text(
                sv: "Filens sista rad saknar radslut (\(end)): är filen avhuggen?",
                en: "The file's last line has no end (\(end)): is the file cut short?")
    }

    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ origin: RowOrigin, _ body: (ReadRecord) throws -> Void
    ) throws {
        var row = Candidate(origin: origin)
        var notes: [ReadNote] = []
        if pending != nil, hasEvent(bytes), isLikePrevious(bytes) {
            for slot in eventSlots { read(slot, bytes, &row, &notes) }
            if let event = row.event { pending?.record.events.append(event) }
            pending?.record.mergedRows.append(origin)
            pending?.notes += notes
            return
        }
        try handOut(body)
        for slot in form.slots { read(slot, bytes, &row, &notes) }
        previous.removeAll(keepingCapacity: true)
        previous.append(contentsOf: bytes)
        pending = ReadRecord(record: Record(row), notes: notes)
        if let skolkod = row.skolkod {
            if let first = reading.skolkod, first != skolkod {
                let column = form.slots.first { $0.field == .skolkod }?.position ?? 0
                reading.add(.severalSchools, line: line, column: column, LayoutProblem.twoSchools(first, skolkod))
            } else {
                reading.skolkod = skolkod
            }
        }
    }

    private mutating func read(
        _ slot: FixedSlot, _ bytes: UnsafeBufferPointer<UInt8>, _ row: inout Candidate, _ notes: inout [ReadNote]
    ) {
        var end = slot.position - 1 + slot.length
        while end > slot.position - 1, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        let value = UnsafeBufferPointer(rebasing: bytes[(slot.position - 1)..<end])
        // "Digits, zeros before" leaves no blank behind a number: it has slipped.
        let hasSlipped =
            slot.form == .digits && !value.isEmpty && value.count < slot.length
            && value.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if hasSlipped {
            row.failed.insert(slot.field)
            notes.append(note(slot, .format, value))
        } else if let problem = fields.read(slot.field, value, codes: slot.codes, into: &row) {
            notes.append(note(slot, problem, value))
        }
    }

    private func note(_ slot: FixedSlot, _ problem: FieldProblem, _ value: UnsafeBufferPointer<UInt8>) -> ReadNote {
        ReadNote(
            note: FieldNote(slot.field, .failed(problem), value: fields.text(value), column: slot.position - 1),
            line: line)
    }

    private func hasEvent(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        eventSlots.contains { slot in
            bytes[(slot.position - 1)..<(slot.position - 1 + slot.length)].contains { $0 != UInt8(ascii: " ") }
        }
    }

    private func isLikePrevious(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        otherSlots.allSatisfy { slot in
            let range = (slot.position - 1)..<(slot.position - 1 + slot.length)
            return bytes[range].elementsEqual(previous[range])
        }
    }

    private mutating func handOut(_ body: (ReadRecord) throws -> Void) throws {
        guard let record = pending else { return }
        pending = nil
        reading.records += 1
        try body(record)
    }
}

extension LayoutProblem {
    static func twoSchools(_ first: Skolkod, _ second: Skolkod) -> Text {
        Text(
            sv: "Filen börjar med skolkod \(first), men här står \(second). En fil gäller en skola.",
            en: "The file begins with skolkod \(first), but here stands \(second). A file is about one school.")
    }
}
