import Documents
import Profiles

/// The names at the beginning of an XML export: what elements and attributes it has, in which order and where.
struct XMLHead {
    /// A path of the document.
    struct Path {
        /// The elements from the root on.
        var elements: [String]
        var names: [HeaderName]
        /// The attribute; nil for an element.
        var attribute: String?
        /// The path of the element that it belongs to, in ``XMLHead/paths``; nil for the root.
        var parent: Int?
        /// How often the element was met; 0 for an attribute.
        var count: Int
        /// Whether it holds a value as exports do: an attribute, or an element without others in it.
        var isValue: Bool
        var line: Int

        /// The name as a profile would write it.
        var leaf: String { attribute.map { "@" + $0 } ?? elements.last ?? "" }
    }

    /// In the order in which they were met.
    let paths: [Path]

    /// How many bytes of an export are looked at.
    static let length = 1 << 19

    /// Reads the beginning, at most so many bytes, and not to the end of the last element in it.
    init(_ input: XMLInput, length: Int = XMLHead.length) throws(ExportProblem) {
        var feed = try XMLFeed.begin(input, block: 1 << 16)
        let parser = try XMLEventParser(
            XMLRowAssembly(.none, limits: input.limits, path: input.source.path, looksAtNames: true),
            path: input.source.path, firstLine: feed.firstLine)
        while feed.position < length, let bytes = try feed.next() { try parser.feed(bytes) }
        if feed.position >= input.source.size {
            while let bytes = try feed.next() { try parser.feed(bytes) }
            try parser.finish()
        }
        paths = parser.withPaths { table in
            (1..<max(1, table.count)).map { number in
                let entry = table[number]
                let (elements, attribute) = table.texts(of: number)
                return Path(
                    elements: elements, names: elements.map { HeaderName($0) }, attribute: attribute,
                    parent: entry.parent == XMLPathTable.document ? nil : Int(entry.parent) - 1,
                    count: Int(entry.count), isValue: attribute != nil || !entry.hasChildren, line: Int(entry.line))
            }
        }
    }

    /// The numbers of the paths that are rows of a shape.
    func rows(_ row: [HeaderName]) -> [Int] {
        paths.indices.filter { paths[$0].attribute == nil && HeaderPath.isEnd(row, of: paths[$0].names) }
    }

    /// Whether an element encloses a path, or is it.
    func encloses(_ outer: Int, _ inner: Int) -> Bool {
        var path: Int? = inner
        while let number = path {
            if number == outer { return true }
            path = paths[number].parent
        }
        return false
    }

    /// The paths that a column may be read from, by the rank of the profile's path and then in the document's order:
    /// those in a row, and those whose value rows inherit.
    func holders(of column: XMLPlan.Column, rows: [Int]) -> [Int] {
        var found: [(path: Int, rank: Int)] = []
        for (number, path) in paths.enumerated() {
            let attribute = path.attribute.map { HeaderName($0) }
            let rank = column.paths.firstIndex { $0.matches(elements: path.names, attribute: attribute) }
            guard let rank else { continue }
            let steps = column.paths[rank].elementCount
            if rows.contains(where: { encloses($0, number) || inherits($0, path, steps: steps) }) {
                found.append((number, rank))
            }
        }
        return found.sorted { ($0.rank, $0.path) < ($1.rank, $1.path) }.map(\.path)
    }

    /// Whether a row can inherit a path's value: the element that it belongs to encloses the row.
    private func inherits(_ row: Int, _ path: Path, steps: Int) -> Bool {
        let scope = path.elements.count - steps
        let rowElements = paths[row].elements
        return scope > 0 && scope < rowElements.count && rowElements.prefix(scope) == path.elements.prefix(scope)
    }

    /// The element that is likeliest a row: of those met more than once, the one that holds the most values itself.
    var likelyRow: Int? {
        let values = paths.reduce(into: [Int: Int]()) { counts, path in
            if path.isValue, let parent = path.parent { counts[parent, default: 0] += 1 }
        }
        let repeated = values.filter { paths[$0.key].count > 1 }
        return (repeated.isEmpty ? values : repeated).max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
