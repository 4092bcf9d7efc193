/// Reads an XML export from its beginning to its end and gives its rows in portions of about a megabyte of the input.
///
/// Workers call ``next()`` in turn, under a lock: parsing is one thread's work at a time, what is made of the rows is
/// done outside.
public struct XMLRowCursor: ExportCursor {
    private let reading: Reading

    /// A cursor at the input's beginning.
    ///
    /// - Parameters:
    ///   - target: about how many bytes of the input a portion is to be made from.
    ///   - block: how many bytes are read at a time.
    public init(_ input: XMLInput, target: Int = 1 << 20, block: Int = 1 << 17) throws(ExportProblem) {
        reading = try Reading(input, target: max(1, target), block: max(1, block))
    }

    /// The next portion; nil at the end of the input.
    public mutating func next() throws(ExportProblem) -> XMLPortion? { try reading.next() }

    /// libxml2's parser with what it is fed from.
    private final class Reading {
        private let parser: XMLEventParser
        private var feed: XMLFeed
        private let target: Int
        private var handedOut = 0
        private var isOver = false

        init(_ input: XMLInput, target: Int, block: Int) throws(ExportProblem) {
            feed = try XMLFeed.begin(input, block: block)
            self.target = target
            parser = try XMLEventParser(
                XMLRowAssembly(input.plan, limits: input.limits, path: input.source.path), path: input.source.path,
                firstLine: feed.firstLine)
        }

        func next() throws(ExportProblem) -> XMLPortion? {
            while !isOver {
                guard let bytes = try feed.next() else {
                    isOver = true
                    try parser.finish()
                    break
                }
                try parser.feed(bytes)
                if feed.position - handedOut >= target || parser.readyBytes >= 4 * target { break }
            }
            guard parser.hasRows || !isOver else { return nil }
            defer { handedOut = feed.position }
            return parser.takePortion(length: feed.position - handedOut)
        }
    }
}
