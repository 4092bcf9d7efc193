/// A calendar day in the proleptic Gregorian calendar, without time and zone.
///
/// Held as the number of days since 1970-01-01, so that distances are subtractions. Years 1 to 9998: a vendor's
/// "9999-12-31" is an open end, never a day (`exports.md`: "9999-12-31 or empty as open end").
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let number: Int32

    /// The day so many days after (or before) 1970-01-01.
    @inlinable
    public init(number: Int32) {
        self.number = number
    }

    /// The day with that year (1–9998), month (1–12) and day of the month; nil when there is no such day.
    @inlinable
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9998).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        // Days from civil: the year is taken to begin in March, so that the leap day is its last.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// The number of days of a month (1–12) in a year.
    @inlinable
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Year, month (1–12) and day of the month (1–31).
    @inlinable
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The calendar year.
    @inlinable public var year: Int { civil.year }

    /// Monday 1 … Sunday 7 (ISO 8601).
    @inlinable public var weekday: Int { ((Int(number) + 3) % 7 + 7) % 7 + 1 }

    /// The number of this day's calendar half-year: year × 2, plus 1 from July on. Two days in one half-year have
    /// the same number.
    @inlinable public var halfYear: Int {
        let (year, month, _) = civil
        return year * 2 + (month > 6 ? 1 : 0)
    }

    /// The last day of this day's calendar half-year: 30 June or 31 December.
    public var halfYearEnd: Day {
        let (year, month, _) = civil
        return Day(year: year, month: month > 6 ? 12 : 6, day: month > 6 ? 31 : 30) ?? self
    }

    /// By the calendar.
    @inlinable
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// The day so many days later.
    @inlinable
    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int32(days)) }

    /// The day so many days earlier.
    @inlinable
    public static func - (day: Day, days: Int) -> Day { Day(number: day.number - Int32(days)) }

    /// How many days lie from `right` to `left`: the day after minus the day is 1.
    @inlinable
    public static func - (left: Day, right: Day) -> Int { Int(left.number) - Int(right.number) }

    /// The eight digits ÅÅÅÅMMDD as one number, e.g. 20260817.
    @inlinable public var eightDigits: Int {
        let (year, month, day) = civil
        return year * 10_000 + month * 100 + day
    }

    /// The day of eight digits ÅÅÅÅMMDD given as one number; nil when there is no such day.
    @inlinable
    public init?(eightDigits: Int) {
        self.init(year: eightDigits / 10_000, month: eightDigits / 100 % 100, day: eightDigits % 100)
    }

    /// The day written as ÅÅÅÅ-MM-DD (ISO 8601) and nothing else; nil for any other text or no such day.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        var digits = 0
        for (index, byte) in bytes.enumerated() where index != 4 && index != 7 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        }
        self.init(eightDigits: digits)
    }
}

extension Day: CustomStringConvertible {
    /// ÅÅÅÅ-MM-DD.
    public var description: String {
        let (year, month, day) = civil
        // A day made of a number alone may lie anywhere; one made of a date has a year of four digits.
        guard (0...9999).contains(year) else { return "\(year)-\(month)-\(day)" }
        let digits = [
            year / 1_000, year / 100 % 10, year / 10 % 10, year % 10, -1, month / 10, month % 10, -1, day / 10,
            day % 10,
        ]
        return String(decoding: digits.lazy.map { $0 < 0 ? UInt8(ascii: "-") : UInt8(48 + $0) }, as: UTF8.self)
    }
}
