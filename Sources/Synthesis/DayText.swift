import CSN

/// The days around a sample's own as text, made once: a date is written several times a row.
struct DayText {
    private let first: Day
    private let texts: [[UInt8]]
    private static let reach = 1500

    init(around day: Day) {
        first = day - DayText.reach
        let first = first
        texts = (0...2 * DayText.reach).map { Array((first + $0).description.utf8) }
    }

    /// ÅÅÅÅ-MM-DD.
    func iso(_ day: Day) -> [UInt8] {
        let place = day - first
        return texts.indices.contains(place) ? texts[place] : Array(day.description.utf8)
    }
}

extension [UInt8] {
    /// ASCII, or sample text as it is.
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// A number not below 0 in digits, with zeros before it to fill the width.
    mutating func append(digits number: UInt64, width: Int = 1) {
        var digits: (UInt64, UInt64) = (number, 1)
        var count = 1
        while digits.0 >= 10 || count < width {
            digits.0 /= 10
            digits.1 *= 10
            count += 1
        }
        var divisor = digits.1
        for _ in 0..<count {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
