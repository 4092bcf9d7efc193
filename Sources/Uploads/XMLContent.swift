import CSN
import Findings

/// What a parser's events mean by a layout: elements become records with notes, and what is out of place becomes a
/// problem. Knows nothing of the parser.
final class XMLContent {
    private let form: XMLForm
    private let levels: [XMLPlan]
    private let input: UInt16
    private var fields: FieldReading
    var reading = UploadReading()
    /// Whether what just happened has left a note or a problem, so that the schema need not say it again.
    private(set) var isExplained = false

    /// How deep we are: 0 in the document, then root, school, student, course, event.
    private var depth = 0
    private var frames: [Frame]
    private var leaf: XMLItem?
    private var leafLine = 0
    /// Elements that are passed over, counted from the outermost.
    private var skipped = 0
    private var text: [UInt8] = []
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
        self.form = form
        self.input = input
        levels = XMLPlan.levels(of: form)
        frames = [Frame](repeating: Frame(), count: levels.count)
        fields = FieldReading(dashed: true, encoding: layout.encoding, codes: codes)
    }

    /// Whether the next element is the root.
    var isAtRoot: Bool { depth == 0 && skipped == 0 }

    /// The path of the element that is being read.
    var path: String {
        var path = levels[0..<depth].reduce("") { $0 + "/" + $1.child }
        if let leaf { path += "/" + leaf.element }
        return path.isEmpty ? "/" : path
    }

    func check(declaredEncoding: String, line: Int) {
        guard !["utf-8", "utf8", "us-ascii", "ascii"].contains(declaredEncoding.lowercased()) else { return }
        reading.add(
            .encoding, line: line,
            Text(
                sv: "Filen är skriven som \(declaredEncoding), men ska vara utf-8.",
                en: "The file is written as \(declaredEncoding), but should be utf-8."))
    }

    func start(_ name: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?, line: Int, offset: UInt64) {
        isExplained = false
        guard skipped == 0 else {
            skipped += 1
            return
        }
        let plan = levels[depth]
        guard leaf == nil, Self.isEqual(namespace, plan.namespace) else { return skip(name, line) }
        if Self.isEqual(name, plan.childName) {
            enter(plan, RowOrigin(input: input, line: UInt32(clamping: line), offset: offset))
        } else if let index = plan.items.firstIndex(where: { Self.isEqual(name, $0.name) }) {
            begin(plan.items[index], line)
        } else {
            skip(name, line)
        }
    }

    private static func isEqual(_ text: UnsafePointer<UInt8>?, _ other: [UInt8]) -> Bool {
        guard let text else { return false }
        // The plan's names end in a zero as C's do.
        for (index, byte) in other.enumerated() where text[index] != byte { return false }
        return true
    }

    private func skip(_ name: UnsafePointer<UInt8>, _ line: Int) {
        skipped = 1
        misplaced(String(String(cString: name).prefix(64)), line)
    }

    private func misplaced(_ name: String, _ line: Int) {
        isExplained = true
        reading.add(
            .element, line: line,
            Text(
                sv: "Elementet ”\(name)” hör inte hemma här: okänt, på fel plats eller en gång för mycket (\(path)).",
                en: "The element “\(name)” does not belong here: unknown, misplaced or once too often (\(path))."))
    }

    /// Begins an element that holds others.
    private func enter(_ plan: XMLPlan, _ origin: RowOrigin) {
        let line = Int(origin.line)
        if depth == 1, frames[1].last >= 0 {
            isExplained = true
            reading.add(
                .severalSchools, line: line,
                Text(
                    sv: "Här börjar en andra skola. En fil gäller en skola.",
                    en: "A second school begins here. A file is about one school."))
        } else if plan.childKey < frames[depth].last {
            misplaced(plan.child, line)
        } else if plan.lacks(frames[depth].seen, before: plan.childKey) {
            isExplained = true
        }
        // A missing skolkod or personnummer is said once, at the first element that needs it.
        if depth == 2 || depth == 3 { noteMissing(in: plan) }
        frames[depth].last = max(frames[depth].last, plan.childKey)
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

    private func begin(_ item: XMLPlan.Item, _ line: Int) {
        let field = item.item.field
        if frames[depth].seen.contains(field) {
            skipped = 1
            return misplaced(item.item.element, line)
        }
        if item.key < frames[depth].last {
            misplaced(item.item.element, line)
        } else if levels[depth].lacks(frames[depth].seen, before: item.key) {
            isExplained = true
        }
        frames[depth].last = max(frames[depth].last, item.key)
        frames[depth].seen.insert(field)
        leaf = item.item
        leafLine = line
        text.removeAll(keepingCapacity: true)
        textIsLost = false
    }

    func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard leaf != nil, skipped == 0, !textIsLost else { return }
        guard text.count + bytes.count <= XMLContent.greatestText else {
            textIsLost = true
            text += bytes.prefix(XMLContent.greatestText - text.count)
            return
        }
        text += bytes
    }

    /// Ends an element; the record, when it was a course.
    func end(line: Int) -> ReadRecord? {
        isExplained = false
        guard skipped == 0 else {
            skipped -= 1
            isExplained = true
            return nil
        }
        if let leaf {
            endLeaf(leaf)
            self.leaf = nil
            return nil
        }
        let ended = depth
        if ended == 4 { noteMissing(in: levels[ended]) }
        depth -= 1
        switch ended {
        case 5:
            if let event = event.event { events.append(event) }
            return nil
        case 4: return record()
        default: return nil
        }
    }

    private func record() -> ReadRecord {
        var record = Record(course)
        record.events = events
        reading.records += 1
        reading.rows += 1
        defer { notes = [] }
        return ReadRecord(record: record, notes: notes)
    }

    private func endLeaf(_ item: XMLItem) {
        let problem = text.withUnsafeBufferPointer { bytes -> (FieldProblem, String)? in
            let value = textIsLost ? bytes : Self.trimmed(bytes)
            let found =
                switch depth {
                case 2, 3: fields.read(item.field, value, codes: item.codes, into: &school)
                case 4: fields.read(item.field, value, codes: item.codes, into: &course)
                default: fields.read(item.field, value, codes: item.codes, into: &event)
                }
            return found.map { ($0, fields.text(value)) }
        }
        if let (problem, value) = problem { note(item.field, problem, value, leafLine) }
        guard item.field == .skolkod, let skolkod = school.skolkod else { return }
        if reading.skolkod == nil { reading.skolkod = skolkod }
    }

    /// Without the blanks around it, as the schema's types are compared (whiteSpace="collapse").
    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
        var slice = bytes[...]
        while let first = slice.first, isBlank(first) { slice.removeFirst() }
        while let last = slice.last, isBlank(last) { slice.removeLast() }
        return UnsafeBufferPointer(rebasing: slice)
    }

    private func note(_ field: Field, _ problem: FieldProblem, _ value: String, _ line: Int) {
        isExplained = true
        notes.append(ReadNote(note: FieldNote(field, .failed(problem), value: value, column: nil), line: line))
    }

    private func noteMissing(in plan: XMLPlan) {
        for item in plan.items where item.item.field.isObligatory {
            let field = item.item.field
            guard !frames[depth].seen.contains(field) else { continue }
            frames[depth].seen.insert(field)
            if depth == 4 { course.failed.insert(field) } else { school.failed.insert(field) }
            note(field, .missing, "", frames[depth].line)
        }
    }

    /// What can only be said when the whole file has been read.
    func finish() {
        guard reading.rows == 0, reading.problemCount == 0 else { return }
        reading.add(.empty, line: 0, Text(sv: "Filen har inga poster.", en: "The file has no records."))
    }
}

/// What may stand directly in an element, prepared for comparing. Classes: they are asked for at every element.
final class XMLPlan {
    final class Item {
        let item: XMLItem
        /// The element's name, with a zero behind it.
        let name: [UInt8]
        /// Its place in the order.
        let key: Int

        init(item: XMLItem, key: Int) {
            self.item = item
            name = Array(item.element.utf8) + [0]
            self.key = key
        }
    }

    let items: [Item]
    /// The name of the element that holds the next level; empty when there is none.
    let child: String
    let childName: [UInt8]
    /// The child's place in the order.
    let childKey: Int
    let namespace: [UInt8]

    private init(_ level: XMLLevel?, child: String, namespace: String) {
        let fields = level?.items ?? []
        let childKey = level?.eventsBefore ?? fields.count
        items = fields.enumerated().map { index, item in Item(item: item, key: index < childKey ? index : index + 1) }
        self.child = child
        childName = Array(child.utf8) + [0]
        self.childKey = childKey
        self.namespace = Array(namespace.utf8) + [0]
    }

    /// Whether an obligatory field that stands before that place has not been seen.
    func lacks(_ seen: FieldSet, before key: Int) -> Bool {
        items.contains { $0.key < key && $0.item.field.isObligatory && !seen.contains($0.item.field) }
    }

    /// From the document, whose child is the root, to the event, which has none.
    static func levels(of form: XMLForm) -> [XMLPlan] {
        func plan(_ level: XMLLevel?, child: String) -> XMLPlan {
            XMLPlan(level, child: child, namespace: form.namespace)
        }
        return [
            plan(nil, child: form.root), plan(nil, child: form.school.element),
            plan(form.school, child: form.student.element), plan(form.student, child: form.course.element),
            plan(form.course, child: form.event.element), plan(form.event, child: ""),
        ]
    }
}
