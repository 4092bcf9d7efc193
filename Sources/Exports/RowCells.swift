import Documents
import Profiles

/// The cells of one row by slot, as bytes without blanks around them. They lie in the reader's memory and are valid
/// until it moves to its next row.
public struct RowCells {
    /// One bit a slot: where anything stands.
    @usableFromInline var filled: UInt64 = 0
    @usableFromInline var cells: [UnsafeBufferPointer<UInt8>]

    /// A row in which nothing stands.
    public init() {
        cells = Array(repeating: UnsafeBufferPointer(start: nil, count: 0), count: Slot.allCases.count)
    }

    /// The cell of a slot; empty where the export has no column for it or nothing stands there.
    @inlinable
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
    /// Puts the row's cells of these columns in, in the input's encoding; always the same columns for one `cells`.
    public func fill(_ cells: inout RowCells, _ columns: [SlotColumn]) {
        cells.fill(columns) { cell(column: $0) }
    }
}

extension RowCells {
    /// Puts in cells one by one.
    mutating func fill(_ columns: [SlotColumn], _ cell: (Int) -> SlotCell?) {
        for column in columns {
            self[column.slot] =
                cell(column.column)?.bytes.assumingMemoryBound(to: UInt8.self)
                ?? UnsafeBufferPointer(start: nil, count: 0)
        }
    }

    /// Puts in cells of a row without doubled quotes, all in one pass; their number is as hard to foresee as what
    /// stands in them, so that it decides no branch.
    ///
    /// - Parameters:
    ///   - row: the row's cells as they lie in the buffer.
    ///   - base: the buffer, in which one byte more may be read.
    ///   - trim: takes the blanks off a cell.
    @inline(__always)
    mutating func fill(
        _ columns: [SlotColumn], from row: UnsafeBufferPointer<Cell>, in base: UnsafeRawPointer,
        trim: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer
    ) {
        var filled: UInt64 = 0
        cells.withUnsafeMutableBufferPointer { cells in
            for column in columns {
                let slot = Int(column.slot.rawValue)
                guard column.column < row.count else {
                    cells[slot] = UnsafeBufferPointer(start: nil, count: 0)
                    continue
                }
                let cell = row[column.column]
                let start = base + Int(cell.start)
                var length = Int(cell.end) &- Int(cell.start)
                var isFilled = length > 0 ? 1 : 0
                let first = start.load(as: UInt8.self)
                let last = start.load(fromByteOffset: length &- isFilled, as: UInt8.self)
                var content = start
                if CellDecoder.mayBeBlank(first) || CellDecoder.mayBeBlank(last), isFilled == 1 {
                    let trimmed = trim(UnsafeRawBufferPointer(start: start, count: length))
                    content = UnsafeRawPointer(trimmed.baseAddress) ?? start
                    length = trimmed.count
                    isFilled = length > 0 ? 1 : 0
                }
                cells[slot] = UnsafeBufferPointer(
                    start: content.assumingMemoryBound(to: UInt8.self), count: length)
                filled |= UInt64(isFilled) << UInt64(slot)
            }
        }
        self.filled = filled
    }
}

extension RowReader {
    /// Puts the row's cells of these columns in, in the input's encoding; always the same columns for one `cells`.
    public func fill(_ cells: inout RowCells, _ columns: [SlotColumn]) {
        guard surplus == 0, !scanner.rowFlags.contains(.needsUnquoting), let base = buffer.baseAddress else {
            cells.fill(columns) { cell(column: $0) }
            return
        }
        cells.fill(columns, from: scanner.rowCells, in: UnsafeRawPointer(base)) { trimmed($0) }
    }
}
