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
        var bytes = Array(parameter.value.utf8)
        mask(
            &bytes, from: 0, as: parameter.privacy, isProtected: isProtected, isShared: isShared, inClear: inClear)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Puts what people are shown of a value into its place: the value begins at `start` and ends with the bytes.
    /// Whatever is shown of any parameter goes through here.
    ///
    /// - Parameters: as those of ``shown(_:isProtected:isShared:inClear:)``.
    public static func mask(
        _ bytes: inout [UInt8], from start: Int, as privacy: Privacy, isProtected: Bool, isShared: Bool, inClear: Bool
    ) {
        switch privacy {
        case .hidden: replace(&bytes, from: start, by: hidden)
        case .personal:
            if isProtected {
                replace(&bytes, from: start, by: protected)
            } else if !inClear {
                maskPersonal(&bytes, from: start)
            }
        case .nameLike:
            if isShared { maskNumbers(in: &bytes, from: start) } else { replace(&bytes, from: start, by: hidden) }
        case .open: maskNumbers(in: &bytes, from: start)
        }
    }

    /// A value that is not shown at all.
    public static let hidden = "****"
    /// A protected student's number.
    public static let protected = "********-****"

    /// A personnummer of twelve digits, with or without a separator, as `19900101-****`; anything else is hidden
    /// whole, because nobody knows what stands there.
    public static func personal(_ value: String) -> String {
        var bytes = Array(value.utf8)
        maskPersonal(&bytes, from: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func maskPersonal(_ bytes: inout [UInt8], from start: Int) {
        var digits = 0
        var other: UInt8?
        for byte in bytes[start...] {
            if byte &- 48 < 10 { digits += 1 } else { other = byte }
        }
        let others = bytes.count - start - digits
        guard digits == 12, others == 0 || (others == 1 && (other == 0x2D || other == 0x2B)) else {
            return replace(&bytes, from: start, by: hidden)
        }
        var end = start
        for index in start..<bytes.count where bytes[index] &- 48 < 10 && end < start + 8 {
            bytes[end] = bytes[index]
            end += 1
        }
        replace(&bytes, from: end, by: "-****")
    }

    private static func replace(_ bytes: inout [UInt8], from start: Int, by text: String) {
        bytes.removeSubrange(start...)
        bytes.append(contentsOf: text.utf8)
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
        guard mayHoldNumber(text.utf8) else { return text }
        var bytes = Array(text.utf8)
        return maskNumbers(in: &bytes, from: 0) ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// Does the same to the text that begins at `start` in bytes of UTF-8, where it stands.
    ///
    /// - Returns: whether anything was masked.
    @discardableResult
    public static func maskNumbers(in bytes: inout [UInt8], from start: Int) -> Bool {
        guard mayHoldNumber(bytes[start...]) else { return false }
        var found = false
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
        var index = start
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
        return found
    }

    /// Whether there are ten digits at all: hardly any value has them, and every one that is shown is asked.
    private static func mayHoldNumber(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.count >= 10 else { return false }
        var digits = 0
        for byte in bytes where byte &- 48 < 10 { digits += 1 }
        return digits >= 10
    }
}
