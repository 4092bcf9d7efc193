/// A line of an expected or a made file, as it may be shown.
///
/// Expected files are upload files, with personnummer in full. Samples should hold invented persons alone, but nobody
/// can make sure of it: numbers outside the series 980–999, which nobody has, are masked.
struct ShownLine {
    /// What stands for a file as a whole.
    static let whole = "…"
    /// How many bytes of a line are shown.
    private static let length = 200
    /// How many of them stand before the first that differs.
    private static let before = 80

    private let bytes: [UInt8]
    private let isUTF8: Bool

    /// A line without its line feed.
    init(_ line: ArraySlice<UInt8>) {
        isUTF8 = String(validating: line, as: UTF8.self) != nil
        bytes = ShownLine.masked(Array(line))
    }

    /// How many whole characters stand before a byte, which may be inside one of several bytes.
    func characters(before place: Int) -> Int {
        guard isUTF8 else { return place }
        var start = place
        while start > 0, start < bytes.count, ShownLine.continues(bytes[start]) { start -= 1 }
        return bytes.prefix(start).count { !ShownLine.continues($0) }
    }

    /// The line, or as much of it around a byte as is worth showing.
    func text(around place: Int = 0) -> String {
        guard bytes.count > ShownLine.length else { return decoded(bytes[...]) }
        var start = max(0, min(place - ShownLine.before, bytes.count - ShownLine.length))
        var end = min(bytes.count, start + ShownLine.length)
        if isUTF8 {
            while start < bytes.count, ShownLine.continues(bytes[start]) { start += 1 }
            while end < bytes.count, ShownLine.continues(bytes[end]) { end += 1 }
        }
        return (start > 0 ? "…" : "") + decoded(bytes[start..<end]) + (end < bytes.count ? "…" : "")
    }

    private static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// A byte that is no UTF-8 is taken as Latin-1.
    private func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    // MARK: - Masking

    /// The line with the last four digits of every personnummer replaced, wherever it stands in a run of digits: by
    /// position, fields have nothing between them.
    private static func masked(_ line: [UInt8]) -> [UInt8] {
        var masked = line
        var run = 0
        for (index, byte) in line.enumerated() {
            run = (0x30...0x39).contains(byte) ? run + 1 : 0
            guard run >= 12 else { continue }
            let digits = line[(index - 11)...index].map { Int($0 - 0x30) }
            if isPersonnummer(digits) { for place in (index - 3)...index { masked[place] = UInt8(ascii: "*") } }
        }
        return masked
    }

    /// Whether twelve digits are a number that somebody may have: a day (60 more in a samordningsnummer), a birth number
    /// below 980, and a check digit that is right by Luhn's formula over the last ten.
    private static func isPersonnummer(_ digits: [Int]) -> Bool {
        let month = digits[4] * 10 + digits[5]
        let day = digits[6] * 10 + digits[7]
        let birthNumber = digits[8] * 100 + digits[9] * 10 + digits[10]
        guard [18, 19, 20].contains(digits[0] * 10 + digits[1]), (1...12).contains(month),
            (1...31).contains(day) || (61...91).contains(day), birthNumber < 980
        else { return false }
        let sum = digits[2...].enumerated().reduce(0) { sum, digit in
            let value = digit.offset % 2 == 0 ? digit.element * 2 : digit.element
            return sum + value / 10 + value % 10
        }
        return sum % 10 == 0
    }
}
