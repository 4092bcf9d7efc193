import Documents

/// What one pass over the whole input tells: its kind, its encoding, its line ends and quotes.
public struct InputSurvey: Sendable {
    /// A place at which a line begins.
    public struct LineStart: Sendable, Hashable {
        /// From the first byte of the input.
        public var offset: Int
        /// From 1.
        public var line: Int

        /// A line's beginning.
        public init(offset: Int, line: Int) {
            self.offset = offset
            self.line = line
        }
    }

    /// What kind of file it is.
    public let kind: InputKind
    /// Its encoding, and why.
    public let encoding: EncodingConclusion
    /// Bytes.
    public let size: Int
    /// LF bytes.
    public let lineFeeds: Int
    /// CR bytes.
    public let returns: Int
    /// CR with LF behind it.
    public let pairs: Int
    /// Double quotes.
    public let quotes: Int
    /// About one in every ``block`` bytes, whatever quotes may say.
    let lineStarts: [LineStart]

    /// How many bytes are read, and cut into slices, at a time.
    static let block = 1 << 20

    /// What a scanner may rely on in this input.
    public func traits(_ dialect: DelimitedDialect) -> DelimitedTraits {
        DelimitedTraits(
            hasQuotes: dialect.quote == UInt8(ascii: "\"") ? quotes > 0 : dialect.quote != nil,
            hasLoneReturns: returns != pairs)
    }

    /// Reads the input once from its beginning to its end.
    ///
    /// - Parameter observe: sees every block in order, once; for a check sum.
    public init(
        of source: ExportSource, observing observe: (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws(ExportProblem) {
        var encoding = EncodingSurvey()
        var counts = ByteCounts()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: InputSurvey.block, alignment: 64)
        defer { buffer.deallocate() }
        var offset = 0
        var kind = InputKind.empty
        while offset < source.size {
            let block = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, source.size - offset)])
            try source.fill(block, at: offset)
            let bytes = UnsafeRawBufferPointer(block)
            if offset == 0 { kind = InputKind(head: UnsafeRawBufferPointer(rebasing: bytes.prefix(4_096))) }
            observe(bytes)
            // Small pieces stay in the processor's cache from one count to the next.
            for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
                let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 1 << 16, bytes.count)])
                encoding.feed(piece)
                counts.feed(piece)
            }
            offset += bytes.count
        }
        if kind == .text, counts.isBlank { kind = .blank }
        if kind == .blank, !counts.isBlank { kind = .text }
        self.kind = kind
        self.encoding = encoding.conclusion()
        size = source.size
        lineFeeds = counts.lineFeeds
        returns = counts.returns
        pairs = counts.pairs
        quotes = counts.quotes
        lineStarts = counts.lineStarts
    }
}

/// Counts the bytes that make rows.
struct ByteCounts {
    private(set) var lineFeeds = 0
    private(set) var returns = 0
    private(set) var pairs = 0
    private(set) var quotes = 0
    /// Nothing but blanks, line ends and zero bytes so far.
    private(set) var isBlank = true
    private(set) var lineStarts: [InputSurvey.LineStart] = []
    private var size = 0
    private var endsInReturn = false
    private var wanted = InputSurvey.block

    /// Takes in the next piece, of at most 64 KB.
    mutating func feed(_ piece: UnsafeRawBufferPointer) {
        guard let first = piece.first, let last = piece.last else { return }
        if isBlank { isBlank = piece.allSatisfy { [0x20, 0x09, 0x0A, 0x0D, 0].contains($0) } }
        if size >= wanted, let end = ByteCounts.firstLineEnd(piece) {
            var upToThere = self
            upToThere.count(UnsafeRawBufferPointer(rebasing: piece[..<end]), continuing: first)
            let lines = upToThere.lineFeeds + upToThere.returns - upToThere.pairs
            lineStarts.append(InputSurvey.LineStart(offset: size + end, line: lines + 1))
            wanted = size + InputSurvey.block
        }
        count(piece, continuing: first)
        endsInReturn = last == 0x0D
        size += piece.count
    }

    /// The byte after the first line end that lies in the piece with certainty.
    private static func firstLineEnd(_ piece: UnsafeRawBufferPointer) -> Int? {
        for (offset, byte) in piece.enumerated() {
            if byte == 0x0A { return offset + 1 }
            if byte == 0x0D, offset + 1 < piece.count, piece[offset + 1] != 0x0A { return offset + 1 }
        }
        return nil
    }

    private mutating func count(_ piece: UnsafeRawBufferPointer, continuing first: UInt8) {
        if endsInReturn, first == 0x0A { pairs += 1 }
        guard let base = piece.baseAddress else { return }
        typealias Lanes = SIMD32<UInt8>
        let ones = Lanes(repeating: 1)
        var index = 0
        while index + 33 <= piece.count {
            // A lane counts to 255 at most.
            let end = index + 32 * 255
            var (feeds, carriages, both, marks) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
            while index < end, index + 33 <= piece.count {
                let bytes = base.loadUnaligned(fromByteOffset: index, as: Lanes.self)
                let following = base.loadUnaligned(fromByteOffset: index + 1, as: Lanes.self)
                let isReturn = bytes .== 0x0D
                feeds.replace(with: feeds &+ ones, where: bytes .== 0x0A)
                carriages.replace(with: carriages &+ ones, where: isReturn)
                both.replace(with: both &+ ones, where: isReturn .& (following .== 0x0A))
                marks.replace(with: marks &+ ones, where: bytes .== 0x22)
                index += 32
            }
            lineFeeds += ByteCounts.sum(feeds)
            returns += ByteCounts.sum(carriages)
            pairs += ByteCounts.sum(both)
            quotes += ByteCounts.sum(marks)
        }
        while index < piece.count {
            switch piece[index] {
            case 0x0A: lineFeeds += 1
            case 0x0D:
                returns += 1
                if index + 1 < piece.count, piece[index + 1] == 0x0A { pairs += 1 }
            case 0x22: quotes += 1
            default: break
            }
            index += 1
        }
    }

    private static func sum(_ lanes: SIMD32<UInt8>) -> Int {
        Int(SIMD32<UInt16>(truncatingIfNeeded: lanes).wrappedSum())
    }
}
