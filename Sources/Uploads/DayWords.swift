import CSN

/// The eight digits ÅÅÅÅMMDD of days, made once: three to four stand in every record.
struct DayWords: Sendable {
    /// 1990-01-01 to 2049-12-31, the years of nearly all dates of studies; others are made when they are asked for.
    static let shared = DayWords(from: 7_305, to: 29_219)

    private let first: Int32
    private let words: [ByteWord]

    /// - Parameters: the first and the last day kept, as in ``Day/number``.
    init(from first: Int32, to last: Int32) {
        self.first = first
        words = (first...last).map { ByteWord(eightDigits: UInt64(Day(number: $0).eightDigits)) }
    }

    /// The day's digits; nil for a year that has not four of them.
    @inline(__always)
    func word(of day: Day) -> ByteWord? {
        let place = Int(day.number) - Int(first)
        return words.indices.contains(place) ? words[place] : made(of: day)
    }

    @inline(never)
    private func made(of day: Day) -> ByteWord? {
        let digits = day.eightDigits
        return (0...9999_12_31).contains(digits) ? ByteWord(eightDigits: UInt64(digits)) : nil
    }
}
