/// What a worker reads rows from, whatever the export's container.
public protocol ExportRowReading: ~Copyable, SendableMetatype {
    /// What is handed from the cursor to a worker: a slice of delimited text, a portion of XML.
    associatedtype Piece: ExportPiece

    /// Takes over a piece; its rows follow.
    mutating func open(_ piece: Piece) throws(ExportProblem)
    /// Moves to the next row; nil at the end of the piece.
    mutating func next() throws(ExportProblem) -> RowOutcome?
    /// The cell of a column, from 0; nil when the row has no such cell.
    func cell(column: Int) -> SlotCell?
    /// Puts the row's cells of these columns in, in the input's encoding; always the same columns for one `cells`.
    func fill(_ cells: inout RowCells, _ columns: [SlotColumn])
    /// A cell's text, for diagnostics.
    func text(_ cell: SlotCell) -> String
    /// The line on which the row begins, from 1.
    var line: Int { get }
    /// Where the row stands: its first byte, from the beginning of the input; in XML its number among the rows, from 1.
    var offset: Int { get }
    /// How many cells the row has.
    var cellCount: Int { get }
    /// Headings between rows that were passed over, over all pieces.
    var groupRows: Int { get }
    /// Header rows that stood again and were passed over, over all pieces.
    var repeatedHeadings: Int { get }
}

/// A piece of an export that consists of whole rows.
public protocol ExportPiece: Sendable {
    /// From 0, in the order of the input.
    var number: Int { get }
    /// Bytes of the input.
    var length: Int { get }
}

/// Cuts an export into pieces, one after the other. Workers call it in turn, under a lock.
public protocol ExportCursor: SendableMetatype {
    /// What it gives.
    associatedtype Piece: ExportPiece

    /// The next piece; nil at the end of the input.
    mutating func next() throws(ExportProblem) -> Piece?
}

extension Slice: ExportPiece {}
extension SliceCursor: ExportCursor {}
extension RowReader: ExportRowReading {}
extension XMLPortion: ExportPiece {}

/// An export with everything that is settled about it before its rows are read.
public enum ExportInput: Sendable {
    /// Delimited text.
    case delimited(DelimitedInput)
    /// XML.
    case xml(XMLInput)

    /// The bytes.
    public var source: ExportSource {
        switch self {
        case .delimited(let input): input.source
        case .xml(let input): input.source
        }
    }
}
