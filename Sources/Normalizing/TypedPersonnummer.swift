import CSN

/// A personnummer that a person has typed.
public enum TypedPersonnummer {
    /// The number in any spelling that exports use; nil when it is none, or its check digit is wrong.
    ///
    /// - Parameter today: the day by which two-digit years are read.
    public static func read(_ text: String, today: Day) -> Personnummer? {
        let bytes = Array(text.utf8).trimmed
        return bytes.withUnsafeBufferPointer { cell in
            guard case .value(let number) = PersonnummerReading(today: today).read(cell) else { return nil }
            return number
        }
    }
}

extension [UInt8] {
    /// Without the blanks and line ends around it.
    fileprivate var trimmed: ArraySlice<UInt8> {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        return drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed()[...]
    }
}
