/// Which column of an export holds which slot. What a slot means is the caller's business.
public struct SlotBinding: Sendable, Hashable {
    /// By slot: the column from 0, or -1.
    @usableFromInline let columns: [Int32]

    /// By slot, from 0: the column from 0, or nil when the export has none.
    public init(_ columns: [Int?]) { self.columns = columns.map { Int32($0 ?? -1) } }

    /// How many slots there are.
    public var count: Int { columns.count }

    /// The column of a slot, from 0; nil when the export has none.
    @inlinable
    public func column(of slot: Int) -> Int? {
        let column = columns[slot]
        return column < 0 ? nil : Int(column)
    }
}
