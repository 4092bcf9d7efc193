/// A calendar day, counted as a Julian day number.
///
/// The authority counts days by itself: nothing here is taken from the program that it judges. The conversions are
/// those of Fliegel and Van Flandern (Communications of the ACM 11, 1968, page 657).
public struct CalendarDay: Hashable, Comparable, Sendable {
    /// The Julian day number of its noon.
    public let julian: Int

    /// The day of a Julian day number.
    public init(julian: Int) { self.julian = julian }

    /// Year, month 1–12 and day of the month; nil when there is no such day.
    public init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1583...9998).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shift = (month - 14) / 12
        let months = 367 * (month - 2 - shift * 12) / 12
        let centuries = 3 * ((year + 4_900 + shift) / 100) / 4
        julian = 1461 * (year + 4_800 + shift) / 4 + months - centuries + day - 32_075
        guard parts == (year, month, day) else { return nil }
    }

    /// Eight digits ÅÅÅÅMMDD; nil for anything else or no such day.
    public init?(eightDigits text: some StringProtocol) {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else {
            return nil
        }
        self.init(number / 10_000, number / 100 % 100, number % 100)
    }

    /// ÅÅÅÅ-MM-DD; nil for anything else or no such day.
    public init?(iso text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
        self.init(eightDigits: parts.joined())
    }

    /// Year, month and day of the month.
    public var parts: (year: Int, month: Int, day: Int) {
        var rest = julian + 68_569
        let century = 4 * rest / 146_097
        rest -= (146_097 * century + 3) / 4
        let year = 4_000 * (rest + 1) / 1_461_001
        rest = rest - 1_461 * year / 4 + 31
        let month = 80 * rest / 2_447
        let day = rest - 2_447 * month / 80
        let last = month / 11
        return (100 * (century - 49) + year + last, month + 2 - 12 * last, day)
    }

    /// Monday 0 … Sunday 6: the Julian day 0 was a Monday.
    public var weekday: Int { julian % 7 }

    /// The calendar half-year, as a number that no other has.
    public var halfYear: Int { parts.year * 2 + (parts.month >= 7 ? 1 : 0) }

    /// By the calendar.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.julian < right.julian }
    /// So many days later.
    public static func + (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(julian: day.julian + days) }
    /// So many days earlier.
    public static func - (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(julian: day.julian - days) }
    /// How many days the left one is after the right one.
    public static func - (left: CalendarDay, right: CalendarDay) -> Int { left.julian - right.julian }

    /// ÅÅÅÅMMDD.
    public var eightDigits: String { description.filter { $0 != "-" } }
}

extension CalendarDay: CustomStringConvertible {
    /// ÅÅÅÅ-MM-DD.
    public var description: String {
        let (year, month, day) = parts
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

/// What a clock in Stockholm shows.
public struct WallTime: Hashable, Comparable, Sendable {
    /// The day.
    public var day: CalendarDay
    /// Seconds since midnight, 0–86 399.
    public var second: Int

    /// A time on a day.
    public init(_ day: CalendarDay, _ hour: Int, _ minute: Int = 0, _ second: Int = 0) {
        self.day = day
        self.second = hour * 3_600 + minute * 60 + second
    }

    /// By the clock.
    public static func < (left: WallTime, right: WallTime) -> Bool {
        (left.day, left.second) < (right.day, right.second)
    }
}

extension WallTime: CustomStringConvertible {
    /// ÅÅÅÅ-MM-DDTHH:MM:SS.
    public var description: String {
        let parts = [second / 3_600, second / 60 % 60, second % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(day)T" + parts.joined(separator: ":")
    }
}
