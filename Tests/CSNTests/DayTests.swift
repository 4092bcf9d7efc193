import CSN
import Foundation
import Testing

@Suite struct DayTests {
    /// Foundation's Gregorian calendar as the second implementation.
    @Test func agreesWithFoundationOnEveryDayOfFourCenturies() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for number in stride(from: -40_000, through: 106_000, by: 1) {
            let day = Day(number: Int32(number))
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400 + 43_200))
            let weekday = ((parts.weekday ?? 0) + 5) % 7 + 1
            #expect(day.civil == (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0))
            #expect(day.weekday == weekday)
            #expect(Day(eightDigits: day.eightDigits) == day)
        }
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "20260101", "9999-12-31", "",
    ])
    func refusesWhatIsNoDay(_ text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "0001-01-01", "9998-12-31"])
    func writesWhatItRead(_ text: String) {
        #expect(Day(iso: text)?.description == text)
    }
}
