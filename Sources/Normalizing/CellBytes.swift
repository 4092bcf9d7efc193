import CSN

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

extension CellBytes {
    /// The cell as text, for messages and for whatever is looked up rarely.
    var text: String { String(decoding: self, as: UTF8.self) }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

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

    /// The number without the ".0" or ",0" that a spreadsheet hangs on a number it took for a decimal one.
    var withoutSpreadsheetDecimals: CellBytes {
        guard count > 2, self[count - 1] == 48, self[count - 2] == 0x2E || self[count - 2] == 0x2C else { return self }
        return CellBytes(rebasing: self[0..<count - 2])
    }
}
