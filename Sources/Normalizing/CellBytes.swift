import CSN
import Glibc

/// The bytes of one cell as UTF-8, trimmed. Valid only while the row is looked at.
public typealias CellBytes = UnsafeBufferPointer<UInt8>

/// What a cell became.
enum Reading<Value> {
    case blank
    case value(Value)
    /// A value that could be sent, but for which a rule must be asked first.
    case doubtful(Value, FieldProblem)
    case failed(FieldProblem)
}

extension Reading: Equatable where Value: Equatable {}
extension Reading: Sendable where Value: Sendable {}

extension CellBytes {
    /// The cell as text, for messages and for whatever is looked up rarely.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// Whether the cell holds these bytes.
    func isSame(as bytes: [UInt8]) -> Bool {
        guard count == bytes.count, let baseAddress else { return count == bytes.count }
        return bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { memcmp(baseAddress, $0, count) == 0 } ?? true
        }
    }

    /// Eight digits, the first in the lowest byte, as a number; nil when one of the bytes is no digit.
    @inline(__always)
    static func number(ofDigits bytes: UInt64) -> UInt64? {
        let digits = bytes &- 0x3030_3030_3030_3030
        // A digit has 3 as its upper half, and a lower half to which 6 can be added.
        guard bytes & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030,
            (digits &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0
        else { return nil }
        // Pairs of digits, then pairs of pairs, then both halves.
        let pairs = digits &* 10 &+ digits >> 8
        let upper = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let lower = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (upper &+ lower) >> 32
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    /// How many bytes the blank at an index has: space and tab one, a no-break space two; 0 where none stands.
    @inline(__always)
    func blankLength(at index: Int) -> Int {
        let byte = self[index]
        if byte == 0x20 || byte == 0x09 { return 1 }
        return byte == 0xC2 && index + 1 < count && self[index + 1] == 0xA0 ? 2 : 0
    }

    /// The whole cell as a number of at most 18 digits; nil when anything else stands there.
    var wholeNumber: Int? {
        guard !isEmpty, count <= 18 else { return nil }
        var number = 0
        for byte in self {
            guard CellBytes.isDigit(byte) else { return nil }
            number = number &* 10 &+ Int(byte &- 48)
        }
        return number
    }

    /// The cell without the ".0" or ",00" that a spreadsheet hangs on a number it took for a decimal one.
    var withoutDecimalZeros: CellBytes {
        var end = count
        while end > 1, self[end - 1] == 48 { end -= 1 }
        guard end < count, end > 1, self[end - 1] == 0x2E || self[end - 1] == 0x2C else { return self }
        return CellBytes(rebasing: self[0..<end - 1])
    }
}

/// Reads a cell from its beginning, piece by piece.
struct CellCursor {
    private let cell: CellBytes
    private var index = 0

    init(_ cell: CellBytes) { self.cell = cell }

    var isAtEnd: Bool { index == cell.count }

    mutating func skipBlanks() {
        while index < cell.count {
            let length = cell.blankLength(at: index)
            guard length > 0 else { return }
            index += length
        }
    }

    /// Takes the byte if it stands here; letters in either case.
    mutating func take(_ byte: UInt8) -> Bool {
        guard index < cell.count else { return false }
        let isLetter = (0x61...0x7A).contains(byte)
        guard (isLetter ? cell[index] | 0x20 : cell[index]) == byte else { return false }
        index += 1
        return true
    }

    /// The number of one to eighteen digits that stands here.
    mutating func number() -> Int? {
        let start = index
        while index < cell.count, CellBytes.isDigit(cell[index]) { index += 1 }
        return CellBytes(rebasing: cell[start..<index]).wholeNumber
    }
}
