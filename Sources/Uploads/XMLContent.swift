import CSN
import Findings

/// What a parser's events mean by a layout: elements become records with notes, and what is out of place becomes a
/// problem. Knows nothing of the parser.
struct XMLContent: ~Copyable {
    private var levels: [XMLPlan]
    private let input: UInt16
    private var fields: FieldReading
    var reading = UploadReading()
    /// Whether what just happened has left a note or a problem, so that the schema need not say it again.
    private(set) var isExplained = false

    /// How deep we are: 0 in the document, then root, school, student, course, event.
    private var depth = 0
    private var frames: [Frame]
    /// Which of the level's fields we are in.
    private var leaf: Int?
    private var leafLine = 0
    /// Elements that are passed over, counted from the outermost.
    private var skipped = 0
    private let text = UnsafeMutableRawPointer.allocate(
        byteCount: XMLContent.greatestText + FieldBytes.readable, alignment: 16)
    private var textCount = 0
    private var textIsLost = false

    private var school = Candidate(origin: RowOrigin(input: 0, line: 0, offset: 0))
    private var course = Candidate(origin: RowOrigin(input: 0, line: 0, offset: 0))
    private var event = Candidate(origin: RowOrigin(input: 0, line: 0, offset: 0))
    private var events: [Event] = []
    private var notes: [ReadNote] = []

    private struct Frame {
        var last = -1
        var seen: FieldSet = []
        var line = 0
    }

    /// No field's value is longer, even with blanks around it; more is not kept.
    private static let greatestText = 1_024

    init(layout: Layout, form: XMLForm, input: UInt16, codes: FoundCodes) {
        self.input = input
        levels = XMLPlan.levels(of: form)
        frames = [Frame](repeating: Frame(), count: levels.count)
        let items = [form.school, form.student, form.course, form.event].flatMap(\.items)
        let words = CodeWords(items.map { ($0.field, $0.codes) })
        fields = FieldReading(dashed: true, encoding: layout.encoding, words: words, codes: codes)
    }

    deinit { text.deallocate() }

    /// Whether the next element is the root.
    var isAtRoot: Bool { depth == 0 && skipped == 0 }

    /// The path of the element that is being read.
    var path: String {
        var path = levels[0..<depth].reduce("") { $0 + "/" + $1.child }
        if let leaf { path += "/" + levels[depth].items[leaf].element }
        return path.isEmpty ? "/" : path
    }

    mutating func check(declaredEncoding: String, line: Int) {
        guard !["utf-8", "utf8", "us-ascii", "ascii"].contains(declaredEncoding.lowercased()) else { return }
        reading.add(
            .encoding, line: line,
            Text(
                sv: "Filen är skriven som \(declaredEncoding), men ska vara utf-8.",
                en: "The file is written as \(declaredEncoding), but should be utf-8."))
    }

    /// - Parameter offset: where the element begins in the file; asked for only when it holds others.
    mutating func start(
        _ name: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?, line: Int, offset: () -> UInt64
    ) {
        isExplained = false
        guard skipped == 0 else {
            skipped += 1
            return
        }
        guard leaf == nil, levels[depth].namespace.isIt(namespace) else { return skip(name, line) }
        if let index = levels[depth].knownItem(name) {
            begin(index, line)
        } else if levels[depth].childName.isIt(name) {
            enter(RowOrigin(input: input, line: UInt32(clamping: line), offset: offset()))
        } else if let index = levels[depth].item(name) {
            begin(index, line)
        } else {
            skip(name, line)
        }
    }

    private mutating func skip(_ name: UnsafePointer<UInt8>, _ line: Int) {
        skipped = 1
        misplaced(String(String(cString: name).prefix(64)), line)
    }

    private mutating func misplaced(_ name: String, _ line: Int) {
        isExplained = true
        reading.add(
            .element, line: line,
            Text(
                sv: "Elementet ”\(name)” hör inte hemma här: okänt, på fel plats eller en gång för mycket (\(path)).",
                en: "The element “\(name)” does not belong here: unknown, misplaced or once too often (\(path))."))
    }

    /// Begins an element that holds others.
    private mutating func enter(_ origin: RowOrigin) {
        let line = Int(origin.line)
        let key = levels[depth].childKey
        if depth == 1, frames[1].last >= 0 {
            isExplained = true
            reading.add(
                .severalSchools, line: line,
                Text(
                    sv: "Här börjar en andra skola. En fil gäller en skola.",
                    en: "A second school begins here. A file is about one school."))
        } else if key < frames[depth].last {
            misplaced(levels[depth].child, line)
        } else if levels[depth].lacks(frames[depth].seen, before: key) {
            isExplained = true
        }
        // A missing skolkod or personnummer is said once, at the first element that needs it.
        if depth == 2 || depth == 3 { noteMissing() }
        frames[depth].last = max(frames[depth].last, key)
        depth += 1
        guard depth < frames.count else { return }
        frames[depth] = Frame(line: line)
        switch depth {
        case 2: school = Candidate(origin: origin)
        case 3:
            school.personnummer = nil
            school.failed.remove(.personnummer)
        case 4:
            course = school
            course.origin = origin
            events = []
        case 5: event = Candidate(origin: origin)
        default: break
        }
    }

    private mutating func begin(_ index: Int, _ line: Int) {
        let (field, key) = (levels[depth].items[index].field, levels[depth].items[index].key)
        if frames[depth].seen.contains(field) {
            skipped = 1
            return misplaced(levels[depth].items[index].element, line)
        }
        if key < frames[depth].last {
            misplaced(levels[depth].items[index].element, line)
        } else if levels[depth].lacks(frames[depth].seen, before: key) {
            isExplained = true
        }
        frames[depth].last = max(frames[depth].last, key)
        frames[depth].seen.insert(field)
        leaf = index
        leafLine = line
        textCount = 0
        textIsLost = false
    }

    mutating func characters(_ bytes: UnsafeRawBufferPointer) {
        guard leaf != nil, skipped == 0, !textIsLost, let start = bytes.baseAddress else { return }
        let room = XMLContent.greatestText - textCount
        textIsLost = bytes.count > room
        let count = min(bytes.count, room)
        (text + textCount).copyMemory(from: start, byteCount: count)
        textCount += count
    }

    /// Ends an element; the record, when it was a course.
    mutating func end(line: Int) -> ReadRecord? {
        isExplained = false
        guard skipped == 0 else {
            skipped -= 1
            isExplained = true
            return nil
        }
        if let leaf {
            endLeaf(levels[depth].items[leaf].field)
            self.leaf = nil
            return nil
        }
        let ended = depth
        if ended == 4 { noteMissing() }
        depth -= 1
        switch ended {
        case 5:
            if let event = event.event { events.append(event) }
            return nil
        case 4: return record()
        default: return nil
        }
    }

    private mutating func record() -> ReadRecord {
        var record = Record(course)
        record.events = events
        reading.records += 1
        reading.rows += 1
        let read = ReadRecord(record: record, notes: notes)
        if !notes.isEmpty { notes = [] }
        return read
    }

    private mutating func endLeaf(_ field: Field) {
        let value = textIsLost ? FieldBytes(start: text, count: textCount) : trimmed
        let problem =
            switch depth {
            case 2, 3: fields.read(field, value, into: &school)
            case 4: fields.read(field, value, into: &course)
            default: fields.read(field, value, into: &event)
            }
        if let problem { note(field, problem, fields.text(value), leafLine) }
        guard field == .skolkod, let skolkod = school.skolkod else { return }
        if reading.skolkod == nil { reading.skolkod = skolkod }
    }

    /// Without the blanks around it, as the schema's types are compared (whiteSpace="collapse").
    private var trimmed: FieldBytes {
        func isBlank(_ place: Int) -> Bool {
            let byte = text.load(fromByteOffset: place, as: UInt8.self)
            return byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
        }
        var (start, end) = (0, textCount)
        while start < end, isBlank(start) { start += 1 }
        while start < end, isBlank(end - 1) { end -= 1 }
        return FieldBytes(start: text + start, count: end - start)
    }

    private mutating func note(_ field: Field, _ problem: FieldProblem, _ value: String, _ line: Int) {
        isExplained = true
        notes.append(ReadNote(note: FieldNote(field, .failed(problem), value: value, column: nil), line: line))
    }

    private mutating func noteMissing() {
        let missing = levels[depth].obligatory.subtracting(frames[depth].seen)
        guard !missing.isEmpty else { return }
        for field in levels[depth].items.map({ $0.field }) where missing.contains(field) {
            frames[depth].seen.insert(field)
            if depth == 4 { course.failed.insert(field) } else { school.failed.insert(field) }
            note(field, .missing, "", frames[depth].line)
        }
    }

    /// What can only be said when the whole file has been read.
    mutating func finish() {
        guard reading.rows == 0, reading.problemCount == 0 else { return }
        reading.add(.empty, line: 0, Text(sv: "Filen har inga poster.", en: "The file has no records."))
    }
}
