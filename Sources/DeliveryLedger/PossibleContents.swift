/// What CSN may have of a course, each only once; nil among them is that it has nothing.
///
/// Nearly always it is one and certain, and that one is neither hashed nor put on the heap.
public struct PossibleContents: Hashable, Sendable, Sequence, ExpressibleByArrayLiteral {
    private enum Stored: Hashable {
        case one(RecordContent?)
        /// None, or two and more.
        case several(Set<RecordContent?>)
    }

    private var stored: Stored

    /// The contents, each only once.
    public init(_ contents: some Sequence<RecordContent?>) { self.init(Set(contents)) }

    /// The contents, each only once.
    public init(arrayLiteral contents: RecordContent?...) {
        if contents.count == 1 { self.init(only: contents[0]) } else { self.init(Set(contents)) }
    }

    /// This alone.
    public init(only content: RecordContent?) { stored = .one(content) }

    private init(_ contents: Set<RecordContent?>) {
        if contents.count == 1, let content = contents.first {
            stored = .one(content)
        } else {
            stored = .several(contents)
        }
    }

    private var all: Set<RecordContent?> {
        switch stored {
        case .one(let content): [content]
        case .several(let contents): contents
        }
    }

    /// How many there are.
    public var count: Int {
        switch stored {
        case .one: 1
        case .several(let contents): contents.count
        }
    }

    /// Whether this is the only one.
    public func isOnly(_ content: RecordContent?) -> Bool {
        guard case .one(let only) = stored else { return false }
        return only == content
    }

    /// Adds one.
    public mutating func insert(_ content: RecordContent?) {
        guard !isOnly(content) else { return }
        self = PossibleContents(all.union([content]))
    }

    /// Takes away those that are among others.
    public mutating func subtract(_ others: some Sequence<RecordContent>) {
        self = PossibleContents(all.subtracting(others.map(Optional.some)))
    }

    /// In no particular order.
    public func makeIterator() -> Iterator {
        switch stored {
        case .one(let content): Iterator(one: content)
        case .several(let contents): Iterator(several: contents.makeIterator())
        }
    }

    /// One after the other.
    public struct Iterator: IteratorProtocol {
        fileprivate var one: RecordContent??
        fileprivate var several: Set<RecordContent?>.Iterator?

        fileprivate init(one: RecordContent?) { self.one = .some(one) }
        fileprivate init(several: Set<RecordContent?>.Iterator) { self.several = several }

        /// The next one.
        public mutating func next() -> RecordContent?? {
            if case .some(let content) = one {
                one = nil
                return .some(content)
            }
            guard let content = several?.next() else { return nil }
            return content
        }
    }
}
