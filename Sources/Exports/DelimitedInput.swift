import Documents
import Profiles
import Synchronization

/// An export of delimited text with everything that is settled about it before its rows are read.
public struct DelimitedInput: Sendable {
    /// The bytes.
    public let source: ExportSource
    /// Delimiter and quote.
    public let dialect: DelimitedDialect
    /// Decodes cells.
    public let decoder: CellDecoder
    /// The bounds of a row.
    public let limits: DelimitedLimits
    let traits: DelimitedTraits
    let byteOrderMarkLength: Int
    let lineStarts: [InputSurvey.LineStart]

    /// An input.
    ///
    /// - Parameters:
    ///   - encoding: what the profile says, or the survey's conclusion. A byte order mark is left out either way.
    public init(
        _ source: ExportSource, _ survey: InputSurvey, dialect: DelimitedDialect, encoding: TextEncoding,
        limits: DelimitedLimits = DelimitedLimits()
    ) throws(ExportProblem) {
        self.source = source
        self.dialect = dialect
        self.limits = limits
        traits = encoding.isUTF16 ? DelimitedTraits() : survey.traits(dialect)
        byteOrderMarkLength = survey.encoding.byteOrderMarkLength
        // Where quotes are, a line end need not end a row; in UTF-16 a byte need not be a line end.
        lineStarts = traits.hasQuotes ? [] : survey.lineStarts
        do throws(EncodingUnavailable) {
            decoder = try CellDecoder(encoding)
        } catch {
            throw .encodingUnavailable(path: source.path, encoding)
        }
    }

    /// Where the first row begins.
    public var start: InputSurvey.LineStart { InputSurvey.LineStart(offset: byteOrderMarkLength, line: 1) }

    /// The first rows of the input, at most so many and at most those of the first megabyte; blank lines included.
    public func firstRows(_ count: Int) throws(ExportProblem) -> [HeadRow] {
        var rows: [HeadRow] = []
        var slices = SliceCursor(self)
        var reader = RowReader(self, binding: SlotBinding([]), form: RowForm(cells: nil))
        guard let slice = try slices.next() else { return [] }
        try reader.open(slice)
        while rows.count < count, let row = try reader.nextHeadRow() { rows.append(row) }
        return rows
    }
}

/// A row at the beginning of an input, for finding the header.
public struct HeadRow: Sendable {
    /// The cells' texts, blanks around them left out.
    public let cells: [String]
    /// The same as bytes, in the input's encoding (UTF-8 for UTF-16).
    let bytes: [[UInt8]]
    /// The cells' places; offsets from the first byte of the input.
    public let places: [CellPlace]
    /// Where the row begins.
    public let start: InputSurvey.LineStart
    /// Where the next row begins.
    public let next: InputSurvey.LineStart

    /// Whether nothing stands in the row.
    public var isBlank: Bool { cells.allSatisfy(\.isEmpty) }

    /// The cells without one empty cell at the end: a delimiter behind the last cell is no further column.
    public var names: [String] { cells.count > 1 && cells.last == "" ? Array(cells.dropLast()) : cells }

    /// The same in the forms in which headers are compared; made once, whoever asks.
    var headerNames: [HeaderName] { made.names(of: self) }
    private let made = HeaderNames()

    /// A row's names in those forms, once somebody has asked: each of twenty profiles does.
    private final class HeaderNames: Sendable {
        private let names = Mutex<[HeaderName]?>(nil)

        func names(of row: HeadRow) -> [HeaderName] {
            names.withLock { names in
                if let names { return names }
                let new = row.names.map { HeaderName($0) }
                names = new
                return new
            }
        }
    }

    init(
        cells: [String], bytes: [[UInt8]], places: [CellPlace], start: InputSurvey.LineStart,
        next: InputSurvey.LineStart
    ) {
        self.cells = cells
        self.bytes = bytes
        self.places = places
        self.start = start
        self.next = next
    }
}
