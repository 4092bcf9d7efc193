import CSN
import Profiles

/// The days around a sample's own as text in one form, made once: a date is written several times a row.
struct DayText {
    private let first: Day
    private let texts: [[UInt8]]
    private let form: DateForm
    private static let reach = 1500

    init(around day: Day, as form: DateForm = .iso) {
        first = day - DayText.reach
        self.form = form
        let first = first
        texts = (0...2 * DayText.reach).map { Array(form.text(first + $0).utf8) }
    }

    /// The day in the form.
    func text(_ day: Day) -> [UInt8] {
        let place = day - first
        return texts.indices.contains(place) ? texts[place] : Array(form.text(day).utf8)
    }
}

extension DateForm {
    /// A real day.
    func text(_ day: Day) -> String {
        if self == .excel { return String(Int(day.number) + 25_569) }
        let (year, month, day) = day.civil
        return text(year, month, day)
    }

    /// A date, which need not be one; as ÅÅÅÅ-MM-DD where the form holds nothing but real days.
    func text(_ year: Int, _ month: Int, _ day: Int) -> String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let long = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
        switch self {
        case .iso, .excel, .term: return "\(long)-\(two(month))-\(two(day))"
        case .compact: return long + two(month) + two(day)
        // Summer time, roughly: the zone is cut off by whoever reads it.
        case .dateTime: return "\(long)-\(two(month))-\(two(day))T00:00:00+0\((4...10).contains(month) ? 2 : 1):00"
        case .short: return long.suffix(2) + two(month) + two(day)
        case .slashed: return "\(day)/\(month)/\(long)"
        }
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
