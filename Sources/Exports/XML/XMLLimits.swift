/// Bounds that keep hostile XML from growing without end; libxml2's own stand beside them (`XML_PARSE_HUGE` is never
/// set).
public struct XMLLimits: Sendable, Hashable {
    /// How deep elements may lie in each other; libxml2 itself takes 256.
    public var depth: Int
    /// How many different paths of elements and attributes a document may have.
    public var paths: Int
    /// The longest value that is read, in bytes of UTF-8. Text that no column wants may have any length.
    public var value: Int
    /// The longest row, in bytes of the values read from it.
    public var row: Int
    /// How many bytes the entities declared in the document may hold, and how many their references may become over
    /// ten times what has been read of the document.
    public var entities: Int

    /// 64 levels, 4,096 paths, 64 KB a value, 1 MB a row and 1 MB of entities unless said otherwise.
    public init(
        depth: Int = 64, paths: Int = 4_096, value: Int = 1 << 16, row: Int = 1 << 20, entities: Int = 1 << 20
    ) {
        self.depth = depth
        self.paths = paths
        self.value = value
        self.row = row
        self.entities = entities
    }
}
