import CLibXML2
import Documents
import Profiles

/// Puts rows together from the parser's events. Called for every element of documents of any size: names are addresses,
/// values lie in one room after the other, and nothing is allocated for an element.
struct XMLRowAssembly: ~Copyable {
    /// An element that has begun and not ended.
    private struct Open {
        var path: Int32
        /// Where its own text begins.
        var text: Int
        var isNil = false
        var hasRow = false
    }

    /// The cell of the row under way.
    private struct Pending {
        var start = 0
        /// -1: no such element so far.
        var length = -1
        var path: Int32 = 0
        var rank: Int32 = 0
    }

    private(set) var paths: XMLPathTable
    /// The parser, for lines and for stopping it.
    var parser: xmlParserCtxtPtr?
    /// The document's entities; only their declarations and uses are counted here.
    var entities: XMLEntityBudget
    /// Why reading stopped; the parser's callbacks cannot throw.
    private(set) var failure: ExportProblem?
    /// The same as a single bit: asking the problem itself at every event costs a tenth of the reading.
    private(set) var hasFailed = false
    private(set) var rowCount = 0

    private let plan: XMLPlan
    private let limits: XMLLimits
    private let path: String
    /// Whether names are looked at instead of rows.
    private let looksAtNames: Bool
    private let open: UnsafeMutablePointer<Open>
    private var depth = 0
    /// The level of the row's element; 0 outside rows.
    private var rowDepth = 0
    private var wantsText = false
    private var text = ByteRoom()
    private var inherited = InheritedValues()

    private let pending: UnsafeMutablePointer<Pending>
    private let finished: UnsafeMutablePointer<XMLCell>
    private let columnCount: Int
    private var row = ByteRoom()
    private var rowLine = 0

    private var bytes = ByteRoom()
    private var cells: [XMLCell] = []
    private var rows: [XMLRow] = []
    private var portion = 0

    init(_ plan: XMLPlan, limits: XMLLimits, path: String, looksAtNames: Bool = false) {
        self.plan = plan
        self.limits = limits
        self.path = path
        self.looksAtNames = looksAtNames
        paths = XMLPathTable(limit: limits.paths)
        entities = XMLEntityBudget(limit: limits.entities)
        open = .allocate(capacity: limits.depth + 1)
        open.initialize(repeating: Open(path: XMLPathTable.document, text: 0), count: limits.depth + 1)
        columnCount = plan.columns.count
        pending = .allocate(capacity: columnCount)
        pending.initialize(repeating: Pending(), count: columnCount)
        finished = .allocate(capacity: columnCount)
        finished.initialize(repeating: .none, count: columnCount)
    }

    deinit {
        open.deallocate()
        pending.deallocate()
        finished.deallocate()
    }

    var line: Int { parser?.pointee.input.map { Int($0.pointee.line) } ?? 0 }

    /// Bytes of rows that are ready to be handed out.
    var readyBytes: Int { bytes.count + cells.count * MemoryLayout<XMLCell>.stride }

    var hasRows: Bool { !rows.isEmpty }

    /// Whether an element has begun and not ended.
    var isInsideDocument: Bool { depth > 0 }

    /// The elements that have begun and not ended.
    var openElement: String { depth > 0 ? paths.description(of: open[depth].path) : "" }

    /// Whether nothing of what the parser was given is left.
    var hasReadAll: Bool {
        guard let input = parser?.pointee.input?.pointee, let end = input.end, let current = input.cur else {
            return true
        }
        return end - current < 1
    }

    /// Ends the reading for a reason of csnfil's own; the first one counts.
    mutating func fail(_ problem: ExportProblem) {
        if failure == nil { failure = problem }
        hasFailed = true
        if let parser { xmlStopParser(parser) }
    }

    /// Hands out the rows that are whole.
    mutating func takePortion(length: Int) -> XMLPortion {
        let taken = XMLPortion(number: portion, length: length, bytes: Array(bytes.bytes), cells: cells, rows: rows)
        portion += 1
        bytes.truncate(to: 0)
        cells.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        return taken
    }

    // MARK: - Events

    mutating func start(
        _ name: UnsafePointer<xmlChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
    ) {
        guard !hasFailed else { return }
        guard depth < limits.depth else {
            fail(.xmlTooDeep(path: path, line: line, limit: limits.depth))
            return
        }
        guard let element = number(of: name, below: open[depth].path) else { return }
        if looksAtNames { paths.note(element, below: open[depth].path) }
        depth += 1
        open[depth] = Open(path: element, text: text.count)
        let isRow = paths[element].isRow
        if isRow {
            guard beginRow(element) else { return }
        } else if rowDepth == 0, inherited.live > 0 {
            inherited.begin(element)
        }
        wantsText = paths[element].useCount > 0
        if count > 0, let attributes { read(attributes, count, of: element) }
    }

    mutating func characters(_ start: UnsafePointer<xmlChar>, _ count: Int) {
        guard wantsText, !hasFailed else {
            if looksAtNames, depth > 0, !hasFailed { paths.note(text: start, count, in: open[depth].path) }
            return
        }
        guard text.count - open[depth].text + count <= limits.value else {
            fail(tooLong(open[depth].path))
            return
        }
        text.append(start, count)
    }

    mutating func end() {
        guard !hasFailed, depth > 0 else { return }
        let element = open[depth].path
        if wantsText {
            let from = open[depth].text
            var value = XMLRowAssembly.trimmed(text.bytes(from: from, count: text.count - from))
            if open[depth].isNil { value = UnsafeRawBufferPointer(start: value.baseAddress, count: 0) }
            if rowDepth > 0 {
                store(value, of: element)
            } else if !open[depth].hasRow {
                inherit(value, of: element, depth: depth - 1)
            }
            text.truncate(to: from)
        }
        if depth == rowDepth {
            finishRow()
        } else if rowDepth == 0, inherited.live > 0 {
            inherited.end(element, depth: depth, hasRow: open[depth].hasRow)
        }
        depth -= 1
        wantsText = depth > 0 && paths[open[depth].path].useCount > 0
    }

    // MARK: - Names

    @inline(__always)
    private mutating func number(
        of name: UnsafePointer<xmlChar>, below parent: Int32, isAttribute: Bool = false
    ) -> Int32? {
        if let known = paths.find(name, below: parent, isAttribute: isAttribute) { return known }
        let new = paths.add(name, below: parent, isAttribute: isAttribute, line: line, plan)
        if new == nil { fail(.xmlTooManyNames(path: path, line: line, limit: limits.paths)) }
        return new
    }

    private func tooLong(_ element: Int32) -> ExportProblem {
        .xmlValueTooLong(path: path, line: line, element: paths.description(of: element), limit: limits.value)
    }

    // MARK: - Values

    /// Attributes come as five addresses each: name, prefix, namespace, and where the value begins and ends.
    private mutating func read(
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>, _ count: Int, of element: Int32
    ) {
        for index in 0..<count {
            guard let name = attributes[5 * index], let start = attributes[5 * index + 3],
                let end = attributes[5 * index + 4]
            else { continue }
            guard let attribute = number(of: name, below: element, isAttribute: true) else { return }
            let value = UnsafeRawBufferPointer(start: start, count: end - start)
            if paths[attribute].isNil, XMLRowAssembly.isInstance(attributes[5 * index + 2]) {
                open[depth].isNil = value.elementsEqual("true".utf8) || value.elementsEqual("1".utf8)
            }
            guard paths[attribute].useCount > 0 else { continue }
            guard value.count <= limits.value else {
                fail(tooLong(attribute))
                return
            }
            if rowDepth > 0 {
                store(XMLRowAssembly.trimmed(value), of: attribute)
            } else {
                inherit(XMLRowAssembly.trimmed(value), of: attribute, depth: depth)
            }
        }
    }

    private static func isInstance(_ namespace: UnsafePointer<xmlChar>?) -> Bool {
        guard let namespace else { return false }
        return String(cString: namespace) == "http://www.w3.org/2001/XMLSchema-instance"
    }

    /// The value without blanks around it, line ends among them: documents are often indented.
    @inline(__always)
    private static func trimmed(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        CellDecoder.hasBlanks(value) ? trimmedOfBlanks(value) : value
    }

    private static func trimmedOfBlanks(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var value = value
        while true {
            let inner = CellDecoder.utf8.trimmed(value)
            let isLineEnd = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
            let rest = inner.drop(while: isLineEnd)
            let end = rest.lastIndex { !isLineEnd($0) }.map { $0 + 1 } ?? rest.startIndex
            let shorter = UnsafeRawBufferPointer(rebasing: inner[rest.startIndex..<end])
            if shorter.count == value.count { return shorter }
            value = shorter
        }
    }

    private mutating func inherit(_ value: UnsafeRawBufferPointer, of element: Int32, depth level: Int) {
        for index in paths.uses(of: element) {
            let use = paths.uses[index]
            let outermost = max(0, depth - Int(use.steps))
            guard level > 0 else { continue }
            let length = inherited.add(
                InheritedValues.Value(
                    use: use, path: element, depth: level, outermost: outermost, rowsBefore: rowCount),
                value, plan.repeated)
            if length > limits.value { fail(tooLong(element)) }
        }
    }

    private mutating func store(_ value: UnsafeRawBufferPointer, of element: Int32) {
        for index in paths.uses(of: element) {
            let use = paths.uses[index]
            let column = Int(use.column)
            if pending[column].length < 0 {
                take(value, of: element, use)
            } else if pending[column].path == element {
                repeated(value, of: element, use)
            } else if plan.columns[column].isRanked {
                let goesBefore = use.rank < pending[column].rank || pending[column].length == 0
                if !value.isEmpty && goesBefore { take(value, of: element, use) }
            } else {
                failAmbiguous(column, pending[column].path, element)
            }
        }
    }

    private mutating func take(_ value: UnsafeRawBufferPointer, of element: Int32, _ use: XMLPathTable.Use) {
        pending[Int(use.column)] = Pending(start: row.count, length: value.count, path: element, rank: use.rank)
        guard row.count + value.count <= limits.row else {
            fail(.xmlRowTooLong(path: path, line: rowLine, limit: limits.row))
            return
        }
        if let base = value.baseAddress { row.append(base, value.count) }
    }

    private mutating func repeated(_ value: UnsafeRawBufferPointer, of element: Int32, _ use: XMLPathTable.Use) {
        let met = pending[Int(use.column)]
        let existing = row.bytes(from: met.start, count: met.length)
        switch Repetition.of(value, after: existing, plan.repeated) {
        case .keep: break
        case .replace: take(value, of: element, use)
        case .join:
            let joined = Array(existing) + Repetition.separator + Array(value)
            guard joined.count <= limits.value else {
                fail(tooLong(element))
                return
            }
            joined.withUnsafeBytes { take($0, of: element, use) }
        }
    }

    private mutating func failAmbiguous(_ column: Int, _ first: Int32, _ second: Int32) {
        fail(
            .xmlAmbiguous(
                path: path, line: line, column: plan.columns[column].name, first: paths.description(of: first),
                second: paths.description(of: second)))
    }

    // MARK: - Rows

    /// Begins a row; false where it lies in another.
    private mutating func beginRow(_ element: Int32) -> Bool {
        guard rowDepth == 0 else {
            fail(.xmlNestedRow(path: path, line: line, element: paths.description(of: element), outer: rowLine))
            return false
        }
        rowDepth = depth
        rowCount += 1
        rowLine = line
        for level in 1..<depth { open[level].hasRow = true }
        return true
    }

    private mutating func finishRow() {
        let start = bytes.count
        bytes.append(row.base, row.count)
        for column in 0..<columnCount {
            let found = pending[column]
            if found.length >= 0 {
                finished[column] = XMLCell(start: UInt32(start + found.start), length: UInt32(found.length))
                pending[column].length = -1
            } else {
                finished[column] = inherited.live > 0 ? inheritedCell(column) : .none
            }
        }
        cells.append(contentsOf: UnsafeBufferPointer(start: finished, count: columnCount))
        rows.append(XMLRow(line: rowLine, ordinal: rowCount))
        row.truncate(to: 0)
        rowDepth = 0
    }

    private mutating func inheritedCell(_ column: Int) -> XMLCell {
        switch inherited.find(Int32(column), isRanked: plan.columns[column].isRanked) {
        case .none: return .none
        case .ambiguous(let first, let second):
            failAmbiguous(column, first, second)
            return .none
        case .value(let index):
            let place = inherited.place(index, portion: portion, in: &bytes)
            return XMLCell(start: UInt32(place.start), length: UInt32(place.length))
        }
    }
}
