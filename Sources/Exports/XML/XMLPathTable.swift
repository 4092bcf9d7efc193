import CLibXML2
import Profiles

/// The different paths of elements and attributes of a document, each with a number.
///
/// libxml2 keeps every name once, so that a name is known by its address: an element is found by its parent's number
/// and that address, without a text being made.
struct XMLPathTable: ~Copyable {
    /// A path.
    struct Entry {
        /// The parent's number times two, and one for an attribute.
        let key: Int32
        /// libxml2's own copy, which lives as long as its parser; nil for the document.
        let name: UnsafePointer<xmlChar>?
        /// Which columns the path may hold: a range of ``XMLPathTable/uses``.
        var firstUse: Int32 = 0
        var useCount: Int32 = 0
        /// Whether the element is a row.
        var isRow = false
        /// Whether it is an attribute `nil` of any kind.
        var isNil = false
        // What only looking at a document's names asks for.
        var count: Int32 = 0
        var hasText = false
        var hasChildren = false
        var line: Int32 = 0

        var parent: Int32 { key >> 1 }
        var isAttribute: Bool { key & 1 == 1 }
    }

    /// A column that a path may hold.
    struct Use {
        var column: Int32
        /// Which of the column's paths it is, from 0.
        var rank: Int32
        /// How many elements that path names.
        var steps: Int32
    }

    /// The parent of the root element.
    static let document: Int32 = 0

    let entries: UnsafeMutablePointer<Entry>
    private(set) var count: Int32 = 1
    private(set) var uses: [Use] = []
    private let limit: Int32
    private let places: UnsafeMutablePointer<Int32>
    private let mask: Int

    init(limit: Int) {
        self.limit = Int32(limit)
        var size = 64
        while size < 2 * (limit + 1) { size *= 2 }
        mask = size - 1
        places = .allocate(capacity: size)
        places.initialize(repeating: 0, count: size)
        entries = .allocate(capacity: limit + 1)
        entries.initialize(to: Entry(key: -1, name: nil))
    }

    deinit {
        places.deallocate()
        entries.deallocate()
    }

    @inline(__always)
    subscript(path: Int32) -> Entry { entries[Int(path)] }

    /// The number of a path; nil when it has not been met.
    @inline(__always)
    func find(_ name: UnsafePointer<xmlChar>, below parent: Int32, isAttribute: Bool = false) -> Int32? {
        let key = parent << 1 | (isAttribute ? 1 : 0)
        var place = XMLPathTable.hash(key, name) & mask
        while true {
            let path = places[place]
            if path == 0 { return nil }
            if entries[Int(path)].key == key, entries[Int(path)].name == name { return path }
            place = (place + 1) & mask
        }
    }

    @inline(__always)
    private static func hash(_ key: Int32, _ name: UnsafePointer<xmlChar>) -> Int {
        let mixed = (UInt(bitPattern: name) ^ UInt(UInt32(bitPattern: key)) << 40) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32)
    }

    /// Takes in a path that has not been met; nil when there are too many.
    mutating func add(
        _ name: UnsafePointer<xmlChar>, below parent: Int32, isAttribute: Bool, line: Int, _ plan: XMLPlan
    ) -> Int32? {
        guard count <= limit else { return nil }
        let path = count
        count += 1
        let key = parent << 1 | (isAttribute ? 1 : 0)
        var entry = Entry(key: key, name: name)
        entry.line = Int32(clamping: line)
        entry.isNil = isAttribute && String(cString: name) == "nil"
        (entries + Int(path)).initialize(to: entry)
        var place = XMLPathTable.hash(key, name) & mask
        while places[place] != 0 { place = (place + 1) & mask }
        places[place] = path
        bind(path, plan)
        return path
    }

    private mutating func bind(_ path: Int32, _ plan: XMLPlan) {
        let (elements, attribute) = names(of: path)
        if attribute == nil, !plan.row.isEmpty { entries[Int(path)].isRow = HeaderPath.isEnd(plan.row, of: elements) }
        var found = plan.columns.enumerated().compactMap { number, column -> Use? in
            let rank = column.paths.firstIndex { $0.matches(elements: elements, attribute: attribute) }
            guard let rank else { return nil }
            return Use(column: Int32(number), rank: Int32(rank), steps: Int32(column.paths[rank].elementCount))
        }
        let exclusive = { (use: Use) in plan.columns[Int(use.column)].isExclusive }
        let most = found.filter(exclusive).map(\.steps).max() ?? 0
        found.removeAll { exclusive($0) && $0.steps < most }
        entries[Int(path)].firstUse = Int32(uses.count)
        entries[Int(path)].useCount = Int32(found.count)
        uses += found
    }

    /// The names of the elements from the root on, and the attribute's.
    func names(of path: Int32) -> (elements: [HeaderName], attribute: HeaderName?) {
        let texts = texts(of: path)
        return (texts.elements.map { HeaderName($0) }, texts.attribute.map { HeaderName($0) })
    }

    /// The names as the document writes them, without prefixes.
    func texts(of path: Int32) -> (elements: [String], attribute: String?) {
        var elements: [String] = []
        var attribute: String?
        var path = path
        while path > XMLPathTable.document {
            let text = self[path].name.map { String(cString: $0) } ?? ""
            if self[path].isAttribute { attribute = text } else { elements.append(text) }
            path = self[path].parent
        }
        return (elements.reversed(), attribute)
    }

    /// The path as people read it: `elever/elev/@id`.
    func description(of path: Int32) -> String {
        let (elements, attribute) = texts(of: path)
        return (elements + (attribute.map { ["@" + $0] } ?? [])).joined(separator: "/")
    }
}

extension XMLPathTable {
    /// The places of a path's uses.
    @inline(__always)
    func uses(of path: Int32) -> Range<Int> {
        let entry = self[path]
        return Int(entry.firstUse)..<Int(entry.firstUse + entry.useCount)
    }

    /// Counts an element and says of its parent that it has one.
    func note(_ element: Int32, below parent: Int32) {
        entries[Int(element)].count &+= 1
        entries[Int(parent)].hasChildren = true
    }

    /// Says of an element that it has text, if that is not all blank.
    func note(text: UnsafePointer<xmlChar>, _ count: Int, in element: Int32) {
        let isBlank = UnsafeBufferPointer(start: text, count: count).allSatisfy { $0 <= 0x20 }
        if !isBlank { entries[Int(element)].hasText = true }
    }
}
