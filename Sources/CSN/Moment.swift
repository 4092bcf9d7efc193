/// A date and a time of day on the clock in Stockholm, to the second.
///
/// CSN's hours are Swedish ones. A moment is what a wall clock there shows, without a zone: turning an instant into
/// it needs a time zone and is done where the clock is read.
public struct Moment: Hashable, Comparable, Sendable {
    /// The calendar day.
    public let day: Day
    /// Seconds since midnight as the clock counts them, 0–86 399.
    public let secondOfDay: Int

    /// That time on a day: hour 0–23, minute and second 0–59; nil when there is no such time.
    public init?(_ day: Day, hour: Int, minute: Int = 0, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.init(day: day, secondOfDay: hour * 3_600 + minute * 60 + second)
    }

    /// For the hours this room knows to exist.
    init(day: Day, secondOfDay: Int) {
        self.day = day
        self.secondOfDay = secondOfDay
    }

    /// The moment written as `ÅÅÅÅ-MM-DDTHH:MM`, or with `:SS` after it, and nothing else; nil for any other text or
    /// no such moment.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Day(iso: parts[0]) else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Moment.twoDigits($0) }
        switch clock.count {
        case 2:
            guard let hour = clock[0], let minute = clock[1] else { return nil }
            self.init(day, hour: hour, minute: minute)
        case 3:
            guard let hour = clock[0], let minute = clock[1], let second = clock[2] else { return nil }
            self.init(day, hour: hour, minute: minute, second: second)
        default: return nil
        }
    }

    private static func twoDigits(_ text: some StringProtocol) -> Int? {
        let digits = text.utf8.map { Int($0) - Int(UInt8(ascii: "0")) }
        guard digits.count == 2, digits.allSatisfy((0...9).contains) else { return nil }
        return digits[0] * 10 + digits[1]
    }

    /// The earlier of two days first, on one day the earlier time.
    public static func < (left: Moment, right: Moment) -> Bool {
        (left.day, left.secondOfDay) < (right.day, right.secondOfDay)
    }
}

extension Moment: CustomStringConvertible {
    /// `ÅÅÅÅ-MM-DDTHH:MM`, with `:SS` after it unless the seconds are 0.
    public var description: String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (minutes, second) = secondOfDay.quotientAndRemainder(dividingBy: 60)
        let clock = "\(padded(minutes / 60)):\(padded(minutes % 60))"
        return "\(day)T\(clock)" + (second == 0 ? "" : ":\(padded(second))")
    }
}
