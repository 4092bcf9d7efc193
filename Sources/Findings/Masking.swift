/// How personal values are shown: follows from a parameter's ``Privacy`` and from nothing else, but for one net
/// beneath it: an open value in which ten or twelve digits look like a personnummer is masked there.
public enum Masking {
    /// What people are shown of a parameter.
    ///
    /// - Parameters:
    ///   - isProtected: the student has protected identity: not even the date of birth is shown.
    ///   - isShared: the value stands in the rows of several students, so that it is no one person's name.
    ///   - inClear: `--show-personnummer`, for text on a terminal only; never for protected identities, and never
    ///     for hidden values.
    public static func shown(
        _ parameter: Parameter, isProtected: Bool = false, isShared: Bool = false, inClear: Bool = false
    ) -> String {
        switch parameter.privacy {
        case .hidden: hidden
        case .personal:
            if isProtected {
                protected
            } else if inClear {
                parameter.value
            } else {
                personal(parameter.value)
            }
        case .nameLike: isShared ? withoutNumbers(parameter.value) : hidden
        case .open: withoutNumbers(parameter.value)
        }
    }

    /// A value that is not shown at all.
    public static let hidden = "****"
    /// A protected student's number.
    public static let protected = "********-****"

    /// A personnummer of twelve digits, with or without a separator, as `19900101-****`; anything else is hidden
    /// whole, because nobody knows what stands there.
    public static func personal(_ value: String) -> String {
        let digits = value.utf8.filter { (48...57).contains($0) }
        let others = value.utf8.count - digits.count
        guard digits.count == 12, others == 0 || (others == 1 && (value.contains("-") || value.contains("+"))) else {
            return hidden
        }
        return String(decoding: digits.prefix(8), as: UTF8.self) + "-****"
    }

    /// What may be a name is nobody's own where the rows of so many students hold it.
    public static let fewestSharing = 3

    /// Whether a cell that did not become a value may hold a person's name: three letters or more and no digit. Two
    /// cells of a row that have changed places leave the number of cells as it was, and nothing else tells.
    public static func mayBeName(_ value: String) -> Bool {
        var letters = 0
        for character in value {
            if character.isNumber { return false }
            if character.isLetter { letters += 1 }
        }
        return letters >= 3
    }

    /// The text with every run of ten or twelve digits (one separator `-` or `+` before the last four allowed) that
    /// holds a date replaced by asterisks.
    public static func withoutNumbers(_ text: String) -> String {
        guard text.utf8.count >= 10 else { return text }
        var bytes = Array(text.utf8)
        var found = false
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
        var index = 0
        while index < bytes.count {
            guard isDigit(bytes[index]) else {
                index += 1
                continue
            }
            var digits: [Int] = []
            var end = index
            while end < bytes.count {
                if isDigit(bytes[end]) {
                    digits.append(end)
                } else if !((bytes[end] == 0x2D || bytes[end] == 0x2B) && (digits.count == 6 || digits.count == 8)
                    && end + 4 < bytes.count && bytes[(end + 1)...(end + 4)].allSatisfy(isDigit))
                {
                    break
                }
                end += 1
            }
            if digits.count == 10 || digits.count == 12 {
                let date = digits.prefix(digits.count - 4).suffix(4).map { Int(bytes[$0] - 48) }
                let month = date[0] * 10 + date[1]
                let day = date[2] * 10 + date[3]
                if (1...12).contains(month), (1...31).contains(day) || (61...91).contains(day) {
                    for digit in digits.suffix(4) { bytes[digit] = UInt8(ascii: "*") }
                    found = true
                }
            }
            index = max(end, index + 1)
        }
        return found ? String(decoding: bytes, as: UTF8.self) : text
    }
}
