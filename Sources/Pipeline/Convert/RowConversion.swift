import CSN
import CSNRules
import Dispatch
import Documents
import Exports
import Findings
import Normalizing
import Profiles
import Synchronization

/// What became of the rows of one slice of an export.
struct ConvertedSlice: Sendable {
    /// By skolkod, the rows of the school; under 0 those whose school could not be told.
    var rows: [UInt16: [Candidate]] = [:]
    var findings = FindingList()
    var notChecked = NotChecked()
    /// Rows left out by the profile's words.
    var leftOut: [LeftOutRows: Int] = [:]
    /// Rows that were headings.
    var headings = HeadingRows()
    /// The codes that nothing knows, where they are asked for.
    var codes = UnknownCodes()
    /// The keys of students with protected identity.
    var protected: Set<UInt64> = []
    var rowCount = 0
    /// Rows of schools for which another export counts, which are not among ``rows``.
    var olderRows = 0
}

extension ConvertedSlice {
    /// Takes in what was found in the next slice; its rows are somebody else's.
    mutating func add(_ next: ConvertedSlice) {
        findings.add(next.findings)
        notChecked += next.notChecked
        leftOut.merge(next.leftOut, uniquingKeysWith: +)
        headings.groups += next.headings.groups
        headings.repeated += next.headings.repeated
        protected.formUnion(next.protected)
        rowCount += next.rowCount
        olderRows += next.olderRows
    }
}

/// Rows that hold no record: headings between rows, and headers that stand again.
struct HeadingRows: Sendable, Equatable {
    var groups = 0
    var repeated = 0
}

/// Rows that a profile or a school's course list leaves out: the column and the word in it.
struct LeftOutRows: Hashable, Comparable, Sendable {
    var column: Int
    var value: String
    /// The school's course list says so, not the profile.
    var isBySchool = false

    static func < (left: LeftOutRows, right: LeftOutRows) -> Bool {
        (left.column, left.value, left.isBySchool ? 1 : 0) < (right.column, right.value, right.isBySchool ? 1 : 0)
    }
}

/// Reads an export's rows in parallel: cells, candidates, the rules about fields. What comes out does not depend on
/// the number of workers.
struct RowConversion {
    let opened: OpenedExport
    let knowledge: Knowledge
    let engine: RuleEngine
    let school: Skolkod?
    /// The side table with the students' numbers, where the export has their ids alone.
    let persons: PersonTable?
    let jobs: Int
    /// Only the codes that nothing knows are gathered; nothing is judged.
    var gathersCodes = false

    private struct State<Cursor: ExportCursor> {
        var cursor: Cursor
        /// Slices that wait for one before them.
        var done: [Int: ConvertedSlice] = [:]
        /// The number of the slice that is handed on next.
        var next = 0
        var failure: ExportProblem?
        var bytes = 0
        var rows = 0
    }

    /// Hands on the slices in the order of the export, each as soon as it and those before it are there.
    ///
    /// - Parameter take: called by one thread at a time.
    func run(_ progress: any ProgressSink, _ take: @Sendable (ConvertedSlice) -> Void) throws(ExportProblem) {
        switch opened.input {
        case .delimited(let input):
            try run(SliceCursor(input, from: opened.match.firstRow), progress, take) {
                RowReader(input, binding: SlotBinding(opened.match.binding), form: opened.match.rowForm)
            }
        case .xml(let input):
            try run(XMLRowCursor(input), progress, take) { XMLRows(input) }
        }
    }

    private func run<Cursor: ExportCursor, Reader: ExportRowReading & ~Copyable>(
        _ cursor: sending Cursor, _ progress: any ProgressSink, _ take: @Sendable (ConvertedSlice) -> Void,
        _ makeReader: @Sendable () -> Reader
    ) throws(ExportProblem) where Reader.Piece == Cursor.Piece {
        let state = Mutex(State(cursor: cursor))
        DispatchQueue.concurrentPerform(iterations: max(1, jobs)) { _ in
            work(state, progress, take, makeReader())
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
        try opened.input.source.checkUnchanged()
    }

    private func work<Cursor: ExportCursor, Reader: ExportRowReading & ~Copyable>(
        _ state: borrowing Mutex<State<Cursor>>, _ progress: any ProgressSink,
        _ take: @Sendable (ConvertedSlice) -> Void, _ reader: consuming Reader
    ) where Reader.Piece == Cursor.Piece {
        var reader = SliceRows(
            reader, opened, knowledge: knowledge, engine: engine, school: school, persons: persons,
            gathersCodes: gathersCodes)
        while true {
            let slice: Cursor.Piece?
            do {
                slice = try state.withLock { state throws(ExportProblem) in
                    state.failure == nil ? try state.cursor.next() : nil
                }
                guard let slice else { return }
                let converted = try reader.convert(slice)
                let (bytes, rows) = state.withLock { state in
                    state.done[slice.number] = converted
                    while let next = state.done.removeValue(forKey: state.next) {
                        take(next)
                        state.next += 1
                    }
                    state.bytes += slice.length
                    state.rows += converted.rowCount
                    return (state.bytes, state.rows)
                }
                progress.advance(bytes: bytes, of: opened.input.source.size, rows: rows)
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
                return
            }
        }
    }
}

/// One worker's way from slices to candidates.
struct SliceRows<Reader: ExportRowReading & ~Copyable>: ~Copyable {
    private let opened: OpenedExport
    private let engine: RuleEngine
    private var reader: Reader
    /// Of the input; XML comes as UTF-8.
    private let decoder: CellDecoder
    private var normalizer: RowNormalizer
    private let slots: [SlotColumn]
    /// Whether cells are decoded at all: UTF-8 is what the normalizer reads.
    private let decodes: Bool
    /// Whether the input may hold bytes that its encoding does not know.
    private let mayBeInvalid: Bool
    private var decoded = DecodedCells()
    private var lists = SchoolLists()
    /// The codes that nothing knows, where only they are asked for.
    private var codes: UnknownCodes?

    init(
        _ reader: consuming Reader, _ opened: OpenedExport, knowledge: Knowledge, engine: RuleEngine, school: Skolkod?,
        persons: PersonTable?, gathersCodes: Bool = false
    ) {
        codes = gathersCodes ? UnknownCodes() : nil
        self.opened = opened
        self.engine = engine
        let binding = opened.match.binding
        self.reader = reader
        normalizer = RowNormalizer(
            knowledge, profile: opened.match.profile, columns: binding, school: school, persons: persons)
        // The course's name is asked for by nobody who converts.
        slots = opened.match.columns.merging(opened.match.unseen) { met, _ in met }
            .sorted { $0.value < $1.value }.map { SlotColumn($0.key, column: $0.value) }
            .filter { gathersCodes || $0.slot != .kursnamn }
        switch opened.input {
        case .delimited(let input):
            decoder = input.decoder
            decodes = opened.match.encoding.isSingleByte
            mayBeInvalid =
                decodes || opened.match.encoding.isUTF16 || opened.survey.encoding.firstInvalid != nil
                || opened.match.encoding != opened.survey.encoding.encoding
        case .xml:
            // The parser takes nothing that is no UTF-8.
            (decoder, decodes, mayBeInvalid) = (.utf8, false, false)
        }
    }

    mutating func convert(_ slice: Reader.Piece) throws(ExportProblem) -> ConvertedSlice {
        var result = ConvertedSlice()
        var context = engine.makeContext()
        try reader.open(slice)
        let before = HeadingRows(groups: reader.groupRows, repeated: reader.repeatedHeadings)
        var candidate = Candidate(origin: RowOrigin(input: opened.number, line: 0, offset: 0))
        while let outcome = try reader.next() {
            result.rowCount += 1
            if let reason = reasonToLeaveOut() {
                result.leftOut[reason, default: 0] += 1
                continue
            }
            let origin = RowOrigin(
                input: opened.number, line: UInt32(clamping: reader.line), offset: UInt64(reader.offset))
            read(outcome, at: origin, &candidate)
            if normalizer.isLeftOut, let reason = codeLeftOut() {
                result.leftOut[reason, default: 0] += 1
                continue
            }
            if codes != nil {
                codes?.take(candidate, normalizer)
                continue
            }
            engine.judgeFields(of: &candidate, normalizer.notes, isShifted: outcome != .whole, &context)
            if candidate.marks.contains(.protectedIdentity) { result.protected.insert(candidate.studentKey) }
            // A school that failed although its number could be read (a kommunkod) is one that could not be told.
            let school = candidate.failed.contains(.skolkod) ? 0 : candidate.skolkod?.number ?? 0
            lists.append(candidate, to: school)
        }
        result.rows = lists.take()
        result.headings = HeadingRows(
            groups: reader.groupRows - before.groups, repeated: reader.repeatedHeadings - before.repeated)
        result.rowCount += result.headings.groups + result.headings.repeated
        result.findings = context.findings
        result.notChecked = context.notChecked
        if let codes {
            result.codes = codes
            self.codes = UnknownCodes()
        }
        return result
    }

    /// The column and word by which the profile leaves the row out; nil when it does not.
    private func reasonToLeaveOut() -> LeftOutRows? {
        for rule in opened.match.leavesOut {
            guard let cell = reader.cell(column: rule.column) else { continue }
            let text = reader.text(cell).lowercased()
            if rule.values.contains(text) { return LeftOutRows(column: rule.column, value: text) }
        }
        return nil
    }

    /// The row's course code, which the school says is no course.
    private func codeLeftOut() -> LeftOutRows? {
        guard let column = opened.match.columns[.kurskod], let cell = reader.cell(column: column) else { return nil }
        return LeftOutRows(column: column, value: reader.text(cell), isBySchool: true)
    }

    private mutating func read(_ outcome: RowOutcome, at origin: RowOrigin, _ candidate: inout Candidate) {
        switch outcome {
        case .whole:
            let invalid = fillCells()
            normalizer.normalize(at: origin, invalid: invalid, into: &candidate)
        case .wrongCellCount, .cutShort:
            _ = fillCells()
            normalizer.normalizeShifted(
                outcome == .cutShort ? .cutShort : .cellCount, cells: reader.cellCount,
                columns: opened.match.headers.count, at: origin, into: &candidate)
        }
    }

    /// Hands the row's cells to the normalizer, as UTF-8.
    ///
    /// - Returns: the slots whose cells hold bytes that the encoding does not know.
    private mutating func fillCells() -> [Slot] {
        reader.fill(&normalizer.cells, slots)
        guard mayBeInvalid else { return [] }
        var invalid: [Slot] = []
        var toDecode = 0
        for column in slots where normalizer.cells.has(column.slot) {
            let bytes = UnsafeRawBufferPointer(normalizer.cells[column.slot])
            guard !CellDecoder.isASCII(bytes) else { continue }
            toDecode += bytes.count
            if decoder.firstInvalid(in: bytes) != nil { invalid.append(column.slot) }
        }
        if decodes, toDecode > 0 { decode(toDecode) }
        return invalid
    }

    private mutating func decode(_ count: Int) {
        // A byte of these encodings becomes at most three of UTF-8.
        decoded.begin(capacity: count * 3)
        for column in slots where normalizer.cells.has(column.slot) {
            let bytes = normalizer.cells[column.slot]
            if !CellDecoder.isASCII(UnsafeRawBufferPointer(bytes)) {
                normalizer.cells[column.slot] = decoded.decode(bytes, decoder)
            }
        }
    }
}

/// Room for the cells of one row that had to be decoded.
struct DecodedCells: ~Copyable {
    private var room = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    private var used = 0
    private var buffer: [UInt8] = []

    deinit { room.deallocate() }

    /// Forgets the last row's cells and makes room for this one's, in bytes of UTF-8.
    mutating func begin(capacity: Int) {
        used = 0
        guard room.count < capacity else { return }
        room.deallocate()
        room = .allocate(capacity: capacity * 2)
    }

    /// The cell as UTF-8; valid until ``begin(capacity:)`` is called again.
    mutating func decode(_ bytes: CellBytes, _ decoder: CellDecoder) -> CellBytes {
        buffer.removeAll(keepingCapacity: true)
        _ = decoder.append(UnsafeRawBufferPointer(bytes), to: &buffer)
        let start = used
        for byte in buffer where used < room.count {
            room[used] = byte
            used += 1
        }
        return CellBytes(rebasing: room[start..<used])
    }
}
