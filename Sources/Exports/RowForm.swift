import Documents
import Profiles

/// What a row of an export must be like, and what else may stand between its rows.
public struct RowForm: Sendable {
    /// How many cells a row must have: those of the header. nil when any number will do.
    public var cells: Int?
    /// A row may have one more, empty, at its end: the export has a delimiter behind the last cell of every row.
    /// Elsewhere such a row has a cell too many, and its values stand in the wrong columns.
    public var allowsEmptyLastCell = false
    /// The column whose cells may hold the delimiter without quotes ("Andersson, Eva"), from 0: surplus cells of a row
    /// belong to it.
    public var joined: Int?
    /// What a heading between rows is like ("Klass: *"): the first filled cell of a row that has no other.
    public var groups: [String] = []
    /// Rows that may stand again between others: the header, or what stands in place of one.
    public var headings: [HeadRow] = []

    /// Rows with so many cells.
    public init(cells: Int?, allowsEmptyLastCell: Bool = false) {
        self.cells = cells
        self.allowsEmptyLastCell = allowsEmptyLastCell
    }

    /// How many cells of a row belong to the joined column beside its own; 0 where nothing can be told.
    ///
    /// - Parameter isLastEmpty: whether nothing stands in the row's last cell.
    func surplus(of cellCount: Int, isLastEmpty: @autoclosure () -> Bool) -> Int {
        guard let cells, joined != nil, cellCount > cells else { return 0 }
        return cellCount - cells - (allowsEmptyLastCell && isLastEmpty() ? 1 : 0)
    }
}

/// Tells headings between rows from rows.
struct HeadingFinder: Sendable {
    private let groups: [Glob]
    private let headings: [Heading]
    private let beginnings: [Beginning]

    /// A heading that stands again; looked for by its first filled cell, as bytes, so that rows cost one comparison.
    private struct Heading: Sendable {
        var names: [String]
        var column: Int
        var bytes: [UInt8]
    }

    /// By what most rows are told not to be a heading.
    private struct Beginning: Sendable {
        var column: Int
        var length: Int
        var byte: UInt8?
    }

    /// What stands where a row could.
    enum Found {
        case group
        case repeated
    }

    init(_ form: RowForm) {
        groups = form.groups.map { Glob($0) }
        headings = form.headings.compactMap { row in
            guard let column = row.cells.firstIndex(where: { !$0.isEmpty }) else { return nil }
            return Heading(names: row.names, column: column, bytes: row.bytes[column])
        }
        beginnings = headings.map {
            Beginning(column: $0.column, length: $0.bytes.count, byte: $0.bytes.first)
        }
    }

    /// Whether there is anything to look for.
    var isIdle: Bool { groups.isEmpty && headings.isEmpty }

    /// Whether ``find(_:bytes:text:)`` has to look at the row; false for most.
    @inline(__always)
    func mayFind(_ cellCount: Int, bytes: (Int) -> UnsafeRawBufferPointer) -> Bool {
        guard groups.isEmpty else { return true }
        for beginning in beginnings where beginning.column < cellCount {
            let cell = bytes(beginning.column)
            if cell.count == beginning.length, cell.first == beginning.byte { return true }
        }
        return false
    }

    /// What the row of so many cells is; nil for a row of values.
    ///
    /// - Parameters:
    ///   - bytes: a cell's content, without blanks around it.
    ///   - text: the same, decoded.
    func find(
        _ cellCount: Int, bytes: (Int) -> UnsafeRawBufferPointer, text: (Int) -> String
    ) -> Found? {
        for heading in headings where heading.column < cellCount {
            let cell = bytes(heading.column)
            guard cell.count == heading.bytes.count, cell.elementsEqual(heading.bytes) else { continue }
            if isRepeated(heading, cellCount, text) { return .repeated }
        }
        guard !groups.isEmpty, let only = onlyFilledCell(cellCount, bytes) else { return nil }
        let cell = text(only)
        return groups.contains { $0.matches(cell) } ? .group : nil
    }

    private func isRepeated(_ heading: Heading, _ cellCount: Int, _ text: (Int) -> String) -> Bool {
        guard cellCount >= heading.names.count else { return false }
        return (0..<cellCount).allSatisfy { column in
            text(column) == (column < heading.names.count ? heading.names[column] : "")
        }
    }

    private func onlyFilledCell(_ cellCount: Int, _ bytes: (Int) -> UnsafeRawBufferPointer) -> Int? {
        var found: Int?
        for column in 0..<cellCount where !bytes(column).isEmpty {
            guard found == nil else { return nil }
            found = column
        }
        return found
    }
}
