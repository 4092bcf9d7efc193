import CSN
import Foundation
import Pipeline
import Testing

/// CSN's hours are Swedish ones, in summer and in winter and in the nights in between.
@Suite("The clock in Stockholm")
struct StockholmClockTests {
    private let clock: StockholmClock

    init() throws { clock = try #require(StockholmClock()) }

    private func instant(_ utc: String) throws -> Date {
        try Date(utc, strategy: .iso8601)
    }

    @Test(
        "An instant is what the clock there shows, with its distance from UTC",
        arguments: [
            ("2026-11-23T15:59:59Z", "2026-11-23T16:59:59", "+01:00"),
            ("2026-11-23T16:00:00Z", "2026-11-23T17:00", "+01:00"),
            ("2026-06-15T14:59:59Z", "2026-06-15T16:59:59", "+02:00"),
            ("2026-06-15T15:00:00Z", "2026-06-15T17:00", "+02:00"),
            // Spring: two o'clock does not exist on 29 March 2026.
            ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59", "+01:00"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00", "+02:00"),
            // Autumn: on 25 October 2026 the hour from two comes twice.
            ("2026-10-25T00:00:00Z", "2026-10-25T02:00", "+02:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59", "+02:00"),
            ("2026-10-25T01:00:00Z", "2026-10-25T02:00", "+01:00"),
            ("2026-10-25T02:00:00Z", "2026-10-25T03:00", "+01:00"),
            // The day changes an hour or two before UTC's does.
            ("2026-06-14T21:59:59Z", "2026-06-14T23:59:59", "+02:00"),
            ("2026-06-14T22:00:00Z", "2026-06-15T00:00", "+02:00"),
            ("2026-12-31T22:59:59Z", "2026-12-31T23:59:59", "+01:00"),
            ("2026-12-31T23:00:00Z", "2027-01-01T00:00", "+01:00"),
        ])
    func instants(_ utc: String, _ shown: String, _ distance: String) throws {
        let moment = try #require(clock.moment(of: instant(utc)))
        #expect(moment.description == shown)
        let seconds = shown.count == 16 ? ":00" : ""
        #expect(clock.timestamp(of: try instant(utc)) == shown + seconds + distance)
    }

    @Test(
        "17:00 is 17:00 on the days around the night in which the clocks change",
        arguments: [
            // Friday before, and the Monday after, in spring and in autumn.
            ("2026-03-27T15:59:59Z", "2026-03-27"), ("2026-03-27T16:00:00Z", "2026-03-30"),
            ("2026-03-30T14:59:59Z", "2026-03-30"), ("2026-03-30T15:00:00Z", "2026-03-31"),
            ("2026-10-23T14:59:59Z", "2026-10-23"), ("2026-10-23T15:00:00Z", "2026-10-26"),
            ("2026-10-26T15:59:59Z", "2026-10-26"), ("2026-10-26T16:00:00Z", "2026-10-27"),
            // In the night itself.
            ("2026-03-29T01:00:00Z", "2026-03-30"), ("2026-10-25T01:00:00Z", "2026-10-26"),
        ])
    func readings(_ utc: String, _ reading: String) throws {
        let moment = try #require(clock.moment(of: instant(utc)))
        #expect(ReadingDays().reading(atOrAfter: moment).description == reading)
    }
}
