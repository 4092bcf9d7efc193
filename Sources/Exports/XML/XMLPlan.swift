import Profiles

/// What is read from an XML export: which element is a row, and which paths hold which column.
public struct XMLPlan: Sendable {
    /// The end of a row element's path, outermost first.
    public let row: [HeaderName]
    /// What stands for an element that occurs more than once in a row.
    public let repeated: Profile.XMLShape.Repeated
    /// The columns, in the order of the cells.
    public let columns: [Column]

    /// A column: what may hold it.
    public struct Column: Sendable {
        /// What people call it.
        public let name: String
        /// The paths accepted, in the profile's order.
        public let paths: [HeaderPath]
        /// Whether the first of several paths counts that is not blank; otherwise two of them in one row are an error.
        public let isRanked: Bool
        /// Whether a path that names more steps keeps the value for itself: `school/code` is no `code`.
        public let isExclusive: Bool
    }

    /// A plan.
    public init(row: [HeaderName], repeated: Profile.XMLShape.Repeated, columns: [Column]) {
        self.row = row
        self.repeated = repeated
        self.columns = columns
    }

    /// The plan of a profile: its slots in their order, then a column for each of its rules that leave rows out.
    public init(_ profile: Profile, _ shape: Profile.XMLShape) {
        let slots = profile.columns.sorted { $0.key.rawValue < $1.key.rawValue }.map { slot, column in
            Column(
                name: column.headers.first ?? slot.name, paths: column.headers.compactMap { HeaderPath($0) },
                isRanked: column.isRanked, isExclusive: true)
        }
        let leftOut = profile.leavesOut.map { rule in
            Column(
                name: rule.headers.first ?? "", paths: rule.headers.compactMap { HeaderPath($0) }, isRanked: true,
                isExclusive: false)
        }
        self.init(row: shape.row, repeated: shape.repeated, columns: slots + leftOut)
    }

    /// Reads no rows: for looking at the names of a document.
    static let none = XMLPlan(row: [], repeated: .all, columns: [])
}

extension HeaderPath {
    /// How many elements the path names; none for an attribute of any element.
    var elementCount: Int { endsInAttribute ? steps.count - 1 : steps.count }

    /// Whether a path of a document ends like this one.
    ///
    /// - Parameters:
    ///   - elements: the names of the elements from the document's root on.
    ///   - attribute: the name of the attribute; nil for the text of the last element.
    func matches(elements: [HeaderName], attribute: HeaderName?) -> Bool {
        guard endsInAttribute == (attribute != nil) else { return false }
        return HeaderPath.isEnd(steps, of: attribute.map { elements + [$0] } ?? elements)
    }

    /// Whether the names end with the steps.
    static func isEnd(_ steps: [HeaderName], of names: [HeaderName]) -> Bool {
        guard steps.count <= names.count else { return false }
        return zip(steps, names.suffix(steps.count)).allSatisfy { $0.matches($1) }
    }
}
