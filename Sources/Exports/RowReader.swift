import Documents

/// How a row came out.
public enum RowOutcome: Sendable, Hashable {
    /// As many cells as the header has.
    case whole
    /// More or fewer cells than the header: values may stand in the wrong columns.
    case wrongCellCount
    /// The input ends inside the row: inside quotes, or before the last column without a line end.
    case cutShort
}

/// What stands in a cell.
public struct SlotCell {
    /// The content without blanks around it, in the input's encoding (UTF-8 for UTF-16), quotes resolved. Valid until
    /// the reader moves to its next row.
    public let bytes: UnsafeRawBufferPointer
    /// What was special about the cell.
    public let flags: CellFlags
    /// The column, from 0.
    public let column: Int

    @inlinable
    init(bytes: UnsafeRawBufferPointer, flags: CellFlags, column: Int) {
        self.bytes = bytes
        self.flags = flags
        self.column = column
    }
}

/// Reads a slice row by row and gives the cells of its slots. One reader belongs to one worker, which hands it one
/// slice after the other.
public struct RowReader: ~Copyable {
    /// Which column holds which slot.
    public let binding: SlotBinding
    /// Rows of nothing but empty cells that were skipped, over all slices.
    public private(set) var blankRows = 0
    /// Headings between rows that were skipped ("Klass: Vux 1"), over all slices.
    public private(set) var groupRows = 0
    /// Rows that repeat the header and were skipped, over all slices.
    public private(set) var repeatedHeadings = 0
    /// Rows given, over all slices.
    public private(set) var rows = 0
    /// The row's first byte, from the beginning of the input.
    public private(set) var offset = 0

    private let input: DelimitedInput
    private let form: RowForm
    private let headings: HeadingFinder
    /// The column that surplus cells belong to, and how many of them this row has.
    @usableFromInline let joinedColumn: Int
    @usableFromInline var surplus = 0
    @usableFromInline var scanner: RowScanner
    private let decoder: CellDecoder
    @usableFromInline var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var length = 0
    private var slice: Slice?
    private var rowStart = 0
    private var unquoted = UnquotedCells()

    /// A reader.
    ///
    /// - Parameter form: what rows must be like, and what is skipped between them.
    public init(_ input: DelimitedInput, binding: SlotBinding, form: RowForm) {
        self.input = input
        self.binding = binding
        self.form = form
        headings = HeadingFinder(form)
        joinedColumn = form.joined ?? .max
        decoder = input.decoder
        scanner = RowScanner(input.dialect, traits: input.traits, limits: input.limits)
    }

    deinit { buffer.deallocate() }

    /// Reads a slice into memory; its rows follow.
    public mutating func open(_ slice: Slice) throws(ExportProblem) {
        let length = slice.transcoded?.count ?? slice.length
        // One byte more, at which an empty cell at the end is looked.
        if buffer.count < length + 1 {
            buffer.deallocate()
            buffer = .allocate(byteCount: length + 1, alignment: 64)
            buffer[length] = 0
        }
        let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<length])
        if let transcoded = slice.transcoded {
            bytes.copyBytes(from: transcoded)
        } else {
            try input.source.fill(bytes, at: slice.offset)
        }
        self.slice = slice
        self.length = length
        (rowStart, offset) = (0, slice.offset)
        scanner.scan(UnsafeRawBufferPointer(bytes), firstLine: slice.firstLine)
    }

    /// The line on which the row begins, from 1.
    public var line: Int { scanner.line }

    /// How many cells the row has, those of a joined column each for itself.
    public var cellCount: Int { scanner.cellCount }

    /// Moves to the next row that is not blank; nil at the end of the slice.
    public mutating func next() throws(ExportProblem) -> RowOutcome? {
        while let end = try advance() {
            if isBlank, end != .cutShort {
                blankRows += 1
                continue
            }
            if !headings.isIdle, end != .cutShort, skipsHeading() { continue }
            rows += 1
            return outcome(end)
        }
        return nil
    }

    private mutating func outcome(_ end: RowEnd) -> RowOutcome {
        if end == .cutShort { return .cutShort }
        guard let cells = form.cells, scanner.cellCount != cells else { return .whole }
        if form.joined != nil {
            surplus = form.surplus(of: scanner.cellCount, isLastEmpty: isEmpty(scanner.cellCount - 1))
            if surplus > 0 { return .whole }
        }
        if form.allowsEmptyLastCell, scanner.cellCount == cells + 1, isEmpty(cells) { return .whole }
        return end == .endOfInput && scanner.cellCount < cells ? .cutShort : .wrongCellCount
    }

    /// Counts the row if it is a heading.
    private mutating func skipsHeading() -> Bool {
        let count = min(scanner.cellCount, input.limits.cells)
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        guard headings.mayFind(count, bytes: { cell(column: $0)?.bytes ?? nothing }) else { return false }
        let found = headings.find(count, bytes: { cell(column: $0)?.bytes ?? nothing }) { column in
            cell(column: column).map { text($0) } ?? ""
        }
        switch found {
        case .group: groupRows += 1
        case .repeated: repeatedHeadings += 1
        case nil: return false
        }
        return true
    }

    private mutating func advance() throws(ExportProblem) -> RowEnd? {
        guard let end = scanner.next() else { return nil }
        surplus = 0
        offset = originalOffset(scanner.rowStart)
        rowStart = scanner.rowStart
        guard end != .tooLong else {
            throw .rowTooLong(path: input.source.path, line: line, offset: offset, limit: input.limits.rowLength)
        }
        if scanner.rowFlags.contains(.needsUnquoting) {
            unquoted.fill(from: scanner)
        }
        return end
    }

    private var isBlank: Bool {
        for column in 0..<min(scanner.cellCount, input.limits.cells) where !isEmpty(column) { return false }
        return true
    }

    private func isEmpty(_ column: Int) -> Bool {
        guard column < input.limits.cells else { return false }
        let bytes = scanner.bytes(of: column)
        return bytes.isEmpty || CellDecoder.hasBlanks(bytes) && decoder.trimmed(bytes).isEmpty
    }

    /// The cell of a slot; nil when the export has no column for it or the row no such cell.
    @inlinable
    public func cell(_ slot: Int) -> SlotCell? {
        guard let column = binding.column(of: slot) else { return nil }
        return cell(column: column)
    }

    /// The cell of a column, from 0; nil when the row has no such cell.
    @inlinable
    public func cell(column: Int) -> SlotCell? {
        guard surplus == 0 || column < joinedColumn else { return cellOfJoinedRow(column) }
        return rawCell(column, as: column)
    }

    /// A cell of a row in which surplus cells belong to the joined column.
    @usableFromInline
    func cellOfJoinedRow(_ column: Int) -> SlotCell? {
        guard column == joinedColumn else { return rawCell(column + surplus, as: column) }
        guard column + surplus < min(scanner.cellCount, scanner.limits.cells) else { return nil }
        let (first, last) = (scanner[column], scanner[column + surplus])
        // Quotes around a part of it stand where they stood.
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[Int(first.start)..<Int(last.end)])
        return SlotCell(bytes: trimmed(bytes), flags: [], column: column)
    }

    @inlinable
    func rawCell(_ index: Int, as column: Int) -> SlotCell? {
        guard index < scanner.cellCount, index < scanner.limits.cells else { return nil }
        let cell = scanner[index]
        if cell.flags.contains(.needsUnquoting) {
            return SlotCell(bytes: trimmed(unquotedBytes(of: index)), flags: cell.flags, column: column)
        }
        let bytes = cell.bytes(in: UnsafeRawBufferPointer(buffer))
        return SlotCell(
            bytes: CellDecoder.hasBlanks(bytes) ? trimmed(bytes) : bytes, flags: cell.flags, column: column)
    }

    @usableFromInline
    func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer { decoder.trimmed(bytes) }

    @usableFromInline
    func unquotedBytes(of column: Int) -> UnsafeRawBufferPointer { unquoted.bytes(of: column) }

    /// A cell's text, for diagnostics; what the encoding does not know becomes U+FFFD.
    public func text(_ cell: SlotCell) -> String { decoder.string(cell.bytes) }

    /// Where a cell stands, its offset counted from the beginning of the input; nil when the row has no such cell.
    /// For diagnostics.
    public func place(column: Int) -> CellPlace? {
        let index = column > joinedColumn ? column + surplus : column
        guard index < scanner.cellCount, index < scanner.limits.cells else { return nil }
        var place = scanner.place(of: index, decoder)
        place.offset = originalOffset(place.offset)
        return place
    }

    /// The offset in the input of an offset in the slice that is not before the row at which ``offset`` was set.
    private func originalOffset(_ position: Int) -> Int {
        guard slice?.transcoded != nil else { return (slice?.offset ?? 0) + position }
        let between = UnsafeRawBufferPointer(rebasing: buffer[rowStart..<position])
        return offset + UTF16Transcoder.originalLength(of: between)
    }

    /// The next row as it stands, blank or not, whatever its number of cells; nil at the end of the slice.
    mutating func nextHeadRow() throws(ExportProblem) -> HeadRow? {
        guard try advance() != nil else { return nil }
        var cells: [String] = []
        var bytes: [[UInt8]] = []
        var places = scanner.places(decoder)
        for column in places.indices {
            places[column].offset = originalOffset(places[column].offset)
            let content = cell(column: column)?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
            cells.append(decoder.string(content))
            bytes.append(Array(content))
        }
        return HeadRow(
            cells: cells, bytes: bytes, places: places, start: InputSurvey.LineStart(offset: offset, line: line),
            next: InputSurvey.LineStart(offset: originalOffset(scanner.nextRow), line: line + scanner.lineEnds))
    }
}
