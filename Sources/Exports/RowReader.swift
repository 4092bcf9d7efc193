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
    /// Rows given, over all slices.
    public private(set) var rows = 0
    /// The row's first byte, from the beginning of the input.
    public private(set) var offset = 0

    private let input: DelimitedInput
    private let expectedCells: Int?
    private let allowsEmptyLastCell: Bool
    @usableFromInline var scanner: RowScanner
    private let decoder: CellDecoder
    @usableFromInline var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var length = 0
    private var slice: Slice?
    private var rowStart = 0
    private var unquoted = UnquotedCells()

    /// A reader.
    ///
    /// - Parameters:
    ///   - expectedCells: how many cells a row must have: those of the header. nil when any number will do.
    ///   - allowsEmptyLastCell: a row may have one more, empty, at its end: the export has a delimiter behind the last
    ///     cell of every row. Elsewhere such a row has a cell too many, and its values stand in the wrong columns.
    public init(
        _ input: DelimitedInput, binding: SlotBinding, expectedCells: Int?, allowsEmptyLastCell: Bool = false
    ) {
        self.input = input
        self.binding = binding
        self.expectedCells = expectedCells
        self.allowsEmptyLastCell = allowsEmptyLastCell
        decoder = input.decoder
        scanner = RowScanner(input.dialect, traits: input.traits, limits: input.limits)
    }

    deinit { buffer.deallocate() }

    /// Reads a slice into memory; its rows follow.
    public mutating func open(_ slice: Slice) throws(ExportProblem) {
        let length = slice.transcoded?.count ?? slice.length
        if buffer.count < length {
            buffer.deallocate()
            buffer = .allocate(byteCount: length, alignment: 64)
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

    /// How many cells the row has.
    public var cellCount: Int { scanner.cellCount }

    /// Moves to the next row that is not blank; nil at the end of the slice.
    public mutating func next() throws(ExportProblem) -> RowOutcome? {
        while let end = try advance() {
            if isBlank, end != .cutShort {
                blankRows += 1
                continue
            }
            rows += 1
            if end == .cutShort { return .cutShort }
            guard let expectedCells, scanner.cellCount != expectedCells else { return .whole }
            if allowsEmptyLastCell, scanner.cellCount == expectedCells + 1, isEmpty(expectedCells) { return .whole }
            return end == .endOfInput && scanner.cellCount < expectedCells ? .cutShort : .wrongCellCount
        }
        return nil
    }

    private mutating func advance() throws(ExportProblem) -> RowEnd? {
        guard let end = scanner.next() else { return nil }
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
        guard column < scanner.cellCount, column < scanner.limits.cells else { return nil }
        let cell = scanner[column]
        if cell.flags.contains(.needsUnquoting) {
            return SlotCell(bytes: trimmed(unquotedBytes(of: column)), flags: cell.flags, column: column)
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
        guard column < scanner.cellCount, column < scanner.limits.cells else { return nil }
        var place = scanner.place(of: column, decoder)
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
        var places = scanner.places(decoder)
        for column in places.indices {
            places[column].offset = originalOffset(places[column].offset)
            cells.append(decoder.string(cell(column: column)?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)))
        }
        return HeadRow(
            cells: cells, places: places, start: InputSurvey.LineStart(offset: offset, line: line),
            next: InputSurvey.LineStart(offset: originalOffset(scanner.nextRow), line: line + scanner.lineEnds))
    }
}
