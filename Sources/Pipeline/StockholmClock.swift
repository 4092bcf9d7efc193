import CSN
import Foundation

/// From the machine's clock to the time in Stockholm, whatever zone the machine is in.
public struct StockholmClock: Sendable {
    private let calendar: Calendar

    /// The clock; nil on a machine without time zone data.
    public init?() {
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// The day and time of day in Stockholm at an instant; nil for an instant outside the calendar's years.
    public func moment(of date: Date) -> Moment? {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        guard let day = Day(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0) else { return nil }
        return Moment(day, hour: parts.hour ?? 0, minute: parts.minute ?? 0, second: parts.second ?? 0)
    }

    /// The instant as ISO 8601 with Stockholm's distance from UTC, e.g. `2026-11-23T12:00:00+01:00`.
    public func timestamp(of date: Date) -> String {
        guard let moment = moment(of: date) else { return "" }
        let minutes = calendar.timeZone.secondsFromGMT(for: date) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let second = moment.secondOfDay
        let time = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(moment.day)T\(time)\(minutes < 0 ? "-" : "+")\(two(abs(minutes) / 60)):\(two(abs(minutes) % 60))"
    }
}
