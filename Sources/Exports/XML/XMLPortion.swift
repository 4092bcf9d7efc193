import Documents

/// Rows of an XML export with their cells: what has been read and is to be normalised.
public struct XMLPortion: Sendable {
    /// From 0, in the order of the input.
    public let number: Int
    /// About how many bytes of the input it was made from.
    public let length: Int
    /// The values, one after the other, as UTF-8 without blanks around them.
    let bytes: [UInt8]
    /// The rows' cells, row by row, all columns each.
    let cells: [XMLCell]
    let rows: [XMLRow]
}

/// Where a value lies in a portion.
@usableFromInline
struct XMLCell: Sendable {
    @usableFromInline var start: UInt32
    @usableFromInline var length: UInt32

    /// No such element in the row.
    static let none = XMLCell(start: .max, length: 0)

    init(start: UInt32, length: UInt32) {
        self.start = start
        self.length = length
    }

    @usableFromInline var isNone: Bool { start == .max }
}

/// A row's place.
struct XMLRow: Sendable {
    /// The line on which its element begins, from 1.
    var line: Int
    /// From 1, among all row elements of the document.
    var ordinal: Int
}

/// Gives the rows of a portion and their cells. One reader belongs to one worker, which hands it one portion after the
/// other.
public struct XMLRows: ~Copyable, ExportRowReading {
    /// How many cells a row has.
    public let cellCount: Int
    /// The line on which the row's element begins, from 1.
    public private(set) var line = 0
    /// Which of the row elements of the document it is, from 1.
    public private(set) var offset = 0
    /// XML has no headings among its rows.
    public var groupRows: Int { 0 }
    /// XML has no headings among its rows.
    public var repeatedHeadings: Int { 0 }
    @usableFromInline var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    @usableFromInline var cells: [XMLCell] = []
    @usableFromInline var firstCell = 0
    private var rows: [XMLRow] = []
    private var nextRow = 0

    /// A reader.
    public init(_ input: XMLInput) { cellCount = input.plan.columns.count }

    deinit { bytes.deallocate() }

    /// Takes over a portion; its rows follow.
    public mutating func open(_ portion: XMLPortion) {
        // A copy with an address of its own: cells are handed out as pointers.
        if bytes.count < portion.bytes.count {
            bytes.deallocate()
            bytes = .allocate(byteCount: portion.bytes.count, alignment: 16)
        }
        bytes.copyBytes(from: portion.bytes)
        cells = portion.cells
        rows = portion.rows
        nextRow = 0
    }

    /// Moves to the next row; nil at the end of the portion. Every row is whole: what is cut off is an error of the
    /// cursor.
    public mutating func next() -> RowOutcome? {
        guard nextRow < rows.count else { return nil }
        (line, offset) = (rows[nextRow].line, rows[nextRow].ordinal)
        firstCell = nextRow * cellCount
        nextRow += 1
        return .whole
    }

    /// The cell of a column, from 0: empty where the element is blank, nil where the row has no such element.
    @inlinable
    public func cell(column: Int) -> SlotCell? {
        guard column < cellCount else { return nil }
        let cell = cells[firstCell + column]
        guard !cell.isNone else { return nil }
        let start = Int(cell.start)
        return SlotCell(
            bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(cell.length)]), flags: [],
            column: column)
    }

    /// A cell's text.
    public func text(_ cell: SlotCell) -> String { CellDecoder.utf8.string(cell.bytes) }
}
