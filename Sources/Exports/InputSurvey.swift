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
    /// Whether a double quote occurs.
    public let hasQuotes: Bool
    /// About one in every ``block`` bytes, whatever quotes may say.
    let lineStarts: [LineStart]

    /// How many bytes are read, and cut into slices, at a time.
    static let block = 1 << 20

    /// What a scanner may rely on in this input.
    public func traits(_ dialect: DelimitedDialect) -> DelimitedTraits {
        DelimitedTraits(
            hasQuotes: dialect.quote == UInt8(ascii: "\"") ? hasQuotes : dialect.quote != nil,
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
        hasQuotes = counts.hasQuotes
        lineStarts = counts.lineStarts
    }
}
