/// How cells are told apart in delimited text.
public struct DelimitedDialect: Sendable, Hashable {
    /// The byte between two cells, usually `;`, tab or `,`.
    public var delimiter: UInt8
    /// The byte around cells that hold delimiters or line ends, usually `"`; nil when the system writes none and a
    /// quote is a letter like any other.
    public var quote: UInt8?

    /// A dialect; delimiter and quote must differ from each other and from line ends.
    public init?(delimiter: UInt8, quote: UInt8?) {
        let lineEnds: [UInt8] = [0x0A, 0x0D]
        guard delimiter != quote, !lineEnds.contains(delimiter), !lineEnds.contains(quote ?? 0) else { return nil }
        self.delimiter = delimiter
        self.quote = quote
    }

    private init(_ delimiter: UInt8) {
        self.delimiter = delimiter
        quote = UInt8(ascii: "\"")
    }

    /// Semicolon and double quote.
    public static let semicolon = DelimitedDialect(UInt8(ascii: ";"))
    /// Comma and double quote.
    public static let comma = DelimitedDialect(UInt8(ascii: ","))
    /// Tab and double quote.
    public static let tab = DelimitedDialect(0x09)
}

/// What holds for all rows of an input and lets the scanner look for less.
public struct DelimitedTraits: Sendable, Hashable {
    /// Whether the quote byte occurs at all.
    public var hasQuotes: Bool
    /// Whether a carriage return occurs that no line feed follows.
    public var hasLoneReturns: Bool

    /// Traits as counted over the whole input. Saying true is always right; a wrong false misreads the input.
    public init(hasQuotes: Bool = true, hasLoneReturns: Bool = true) {
        self.hasQuotes = hasQuotes
        self.hasLoneReturns = hasLoneReturns
    }
}

/// Bounds that keep hostile input from growing without end.
public struct DelimitedLimits: Sendable, Hashable {
    /// The longest row, in bytes, its line end not counted.
    public var rowLength: Int
    /// The most cells of a row that are kept; those beyond are only counted.
    public var cells: Int

    /// 4 MB a row and 65,535 cells unless said otherwise.
    public init(rowLength: Int = 4 << 20, cells: Int = 65_535) {
        self.rowLength = rowLength
        self.cells = cells
    }
}

/// Where a cell's content lies in the bytes scanned, quotes around it left out.
@frozen
public struct Cell: Sendable, Hashable {
    /// The first byte of the content.
    public var start: UInt32
    /// The byte after the content.
    public var end: UInt32
    /// What is special about the cell.
    public var flags: CellFlags

    @inlinable
    init(start: Int, end: Int, flags: CellFlags) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.flags = flags
    }

    /// The content as bytes of the buffer scanned. With ``CellFlags/needsUnquoting`` set, ``unquoted(_:quote:)``
    /// gives what is meant.
    @inlinable
    public func bytes(in buffer: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[Int(start)..<Int(end)])
    }

    /// The content with doubled quotes made single. Text behind the closing quote (`"a"b`) belongs to the cell, and
    /// only that one quote is left out: `ab`.
    public static func unquoted(_ content: UnsafeRawBufferPointer, quote: UInt8) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            if content[index] == quote {
                guard index + 1 < content.count, content[index + 1] == quote else {
                    result += content[(index + 1)...]
                    return result
                }
                index += 1
            }
            result.append(content[index])
            index += 1
        }
        return result
    }
}

/// What is special about a cell.
@frozen
public struct CellFlags: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8

    /// Flags with these bits.
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Quotes stand around the cell.
    public static var isQuoted: CellFlags { CellFlags(rawValue: 1) }
    /// The content holds doubled quotes, or text behind the closing quote: see ``Cell/unquoted(_:quote:)``.
    public static var needsUnquoting: CellFlags { CellFlags(rawValue: 2) }
}

/// How a row ended.
public enum RowEnd: Sendable, Hashable {
    /// With a line end.
    case complete
    /// With the end of the bytes, outside quotes.
    case endOfInput
    /// With the end of the bytes, inside quotes.
    case cutShort
    /// Not within ``DelimitedLimits/rowLength``: nothing after the row's start can be told.
    case tooLong
}

/// Where a cell stands, for people.
public struct CellPlace: Sendable, Hashable {
    /// The line the cell begins on, from 1.
    public var line: Int
    /// The character the cell (with its quote) begins at, counted from 1 in Unicode scalars from the line's start.
    public var column: Int
    /// The cell's first byte (with its quote), counted from the first byte scanned.
    public var offset: Int

    /// A place.
    public init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }
}
