import Documents
import Profiles

/// The cells of one row by slot, as bytes without blanks around them. They lie in the reader's memory and are valid
/// until it moves to its next row.
public struct RowCells {
    /// One bit a slot: where anything stands.
    @usableFromInline private(set) var filled: UInt64 = 0
    private var cells: [UnsafeBufferPointer<UInt8>]

    /// A row in which nothing stands.
    public init() {
        cells = Array(repeating: UnsafeBufferPointer(start: nil, count: 0), count: Slot.allCases.count)
    }

    /// The cell of a slot; empty where the export has no column for it or nothing stands there.
    public subscript(slot: Slot) -> UnsafeBufferPointer<UInt8> {
        get { cells[Int(slot.rawValue)] }
        set {
            cells[Int(slot.rawValue)] = newValue
            let bit: UInt64 = 1 << UInt64(slot.rawValue)
            filled = newValue.isEmpty ? filled & ~bit : filled | bit
        }
    }

    /// Whether anything stands in the slot.
    @inlinable
    public func has(_ slot: Slot) -> Bool { filled & 1 << UInt64(slot.rawValue) != 0 }

    /// Whether anything stands in one of the slots.
    @inlinable
    public func hasAny(of slots: SlotSet) -> Bool { filled & slots.bits != 0 }

    /// Puts in the cells of the columns, all in one pass.
    ///
    /// - Parameter cell: the cell of a column, from 0.
    @inline(__always)
    mutating func fill(_ columns: [SlotColumn], _ cell: (Int) -> UnsafeRawBufferPointer) {
        var filled: UInt64 = 0
        cells.withUnsafeMutableBufferPointer { cells in
            for column in columns {
                let bytes = cell(column.column)
                cells[Int(column.slot.rawValue)] = bytes.assumingMemoryBound(to: UInt8.self)
                if bytes.count > 0 { filled |= 1 << UInt64(column.slot.rawValue) }
            }
        }
        self.filled = filled
    }
}

/// A set of slots.
public struct SlotSet: Sendable {
    @usableFromInline let bits: UInt64

    /// The slots.
    public init(_ slots: Slot...) {
        bits = slots.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }
}

/// A slot and the export's column for it, from 0.
public struct SlotColumn: Sendable {
    /// The slot.
    public let slot: Slot
    /// From 0.
    public let column: Int

    /// A slot with its column.
    public init(_ slot: Slot, column: Int) {
        self.slot = slot
        self.column = column
    }
}

extension ExportRowReading where Self: ~Copyable {
    /// The row's cells of these columns, in the input's encoding; always the same columns for one `cells`.
    public func fill(_ cells: inout RowCells, _ columns: [SlotColumn]) {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        cells.fill(columns) { cell(column: $0)?.bytes ?? nothing }
    }
}

extension RowReader {
    /// The row's cells of these columns, in the input's encoding; always the same columns for one `cells`.
    public func fill(_ cells: inout RowCells, _ columns: [SlotColumn]) {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        let count = min(scanner.cellCount, scanner.limits.cells)
        guard surplus == 0, let base = UnsafeRawPointer(buffer.baseAddress),
            !scanner.rowFlags.contains(.needsUnquoting)
        else {
            cells.fill(columns) { cell(column: $0)?.bytes ?? nothing }
            return
        }
        cells.fill(columns) { column in
            guard column < count else { return nothing }
            let bytes = scanner[column].bytes(from: base)
            return CellDecoder.hasBlanks(bytes) ? trimmed(bytes) : bytes
        }
    }
}
