import CSN
import Testing

@Suite struct ReadingDaysTests {
    private let plain = ReadingDays()

    /// Moment, and the day of the reading a file sent then comes to.
    @Test(arguments: [
        ("2026-11-23T00:00", "2026-11-23"),
        ("2026-11-23T16:59", "2026-11-23"),
        ("2026-11-23T16:59:59", "2026-11-23"),
        ("2026-11-23T17:00", "2026-11-24"),
        ("2026-11-23T17:00:01", "2026-11-24"),
        ("2026-11-23T23:59:59", "2026-11-24"),
        // A Friday evening and the weekend after it.
        ("2026-11-27T16:59", "2026-11-27"),
        ("2026-11-27T17:00", "2026-11-30"),
        ("2026-11-28T12:00", "2026-11-30"),
        ("2026-11-29T23:59", "2026-11-30"),
        // Easter 2026: Good Friday to Easter Monday.
        ("2026-04-02T16:59:59", "2026-04-02"),
        ("2026-04-02T17:00", "2026-04-07"),
        ("2026-04-06T12:00", "2026-04-07"),
        ("2026-04-07T16:59:59", "2026-04-07"),
        ("2026-04-07T17:00", "2026-04-08"),
        // Midsummer 2026: Friday 19 June is the eve.
        ("2026-06-18T16:59:59", "2026-06-18"),
        ("2026-06-18T17:00", "2026-06-22"),
        ("2026-06-19T10:00", "2026-06-22"),
        ("2026-06-22T16:59:59", "2026-06-22"),
        ("2026-06-22T17:00", "2026-06-23"),
        // Christmas 2026: Thursday the eve, Friday and Saturday holidays; then New Year's Eve on a Thursday.
        ("2026-12-23T17:00", "2026-12-28"),
        ("2026-12-30T16:59:59", "2026-12-30"),
        ("2026-12-30T17:00", "2027-01-04"),
        ("2026-12-31T12:00", "2027-01-04"),
        ("2027-01-04T16:59:59", "2027-01-04"),
        ("2027-01-04T17:00", "2027-01-05"),
        // Trettondedag jul 2027 on a Wednesday, the day before it a reading day.
        ("2027-01-05T16:59", "2027-01-05"),
        ("2027-01-05T17:00", "2027-01-07"),
    ])
    func readsTheNextReadingDay(_ moment: String, _ reading: String) throws {
        #expect(plain.reading(atOrAfter: try #require(Moment(moment))).description == reading)
    }

    @Test func configuredDaysHaveNoReading() throws {
        let squeezed = try #require(Day(iso: "2026-05-15"))
        let school = ReadingDays(additional: [squeezed])
        #expect(plain.isReadingDay(squeezed))
        #expect(!school.isReadingDay(squeezed))
        // Kristi himmelsfärdsdag on the Thursday before it.
        #expect(school.next(after: squeezed - 2).description == "2026-05-18")
        #expect(school.previous(before: squeezed + 3).description == "2026-05-13")
    }

    @Test(arguments: [
        ("2026-11-24", "2026-11-24T00:00"),
        ("2026-11-23", "2026-11-21T00:00"),
        ("2026-04-07", "2026-04-03T00:00"),
        ("2027-01-04", "2026-12-31T00:00"),
    ])
    func theWindowOpensTheDayAfterThePreviousReading(_ reading: String, _ from: String) throws {
        let day = try #require(Day(iso: reading))
        let window = plain.uploadWindow(of: day)
        #expect(window.from.description == from)
        #expect(window.before.description == "\(reading)T17:00")
    }

    /// Whatever is uploaded inside a window comes to that window's reading, and windows share no calendar day.
    @Test func windowsLeadToTheirReadingAndNeverShareADay() throws {
        var day = plain.next(after: try #require(Day(iso: "2024-12-31")))
        let end = try #require(Day(iso: "2028-01-10"))
        while day < end {
            let window = plain.uploadWindow(of: day)
            #expect(plain.reading(atOrAfter: window.from) == day)
            #expect(plain.reading(atOrAfter: window.before) != day)
            #expect(!window.contains(window.before))
            #expect(window.contains(window.from))
            let next = plain.next(after: day)
            #expect(plain.previous(before: next) == day)
            #expect(plain.uploadWindow(of: next).from.day == window.before.day + 1)
            day = next
        }
    }
}

@Suite struct MomentTests {
    @Test(arguments: ["2026-11-23T00:00", "2026-11-23T09:05", "2026-11-23T23:59", "2026-11-23T16:59:59"])
    func writesWhatItRead(_ text: String) {
        #expect(Moment(text)?.description == text)
    }

    @Test(arguments: [
        "2026-11-23", "2026-11-23T", "2026-11-23T24:00", "2026-11-23T12:60", "2026-11-23T12:00:60", "2026-11-23T7:00",
        "2026-11-23T07", "2026-11-23 07:00", "2026-11-23T07:00Z", "2026-11-23T+7:00", "2026-02-29T07:00", "T07:00",
        "2026-11-23T07:00:00:00", "2026-11-23T07:00T07:00", "",
    ])
    func refusesWhatIsNoMoment(_ text: String) {
        #expect(Moment(text) == nil)
    }

    @Test func dayComesBeforeTime() throws {
        let evening = try #require(Moment("2026-11-23T23:59"))
        let morning = try #require(Moment("2026-11-24T00:00"))
        #expect(evening < morning)
        #expect(try #require(Moment("2026-11-23T16:59:59")) < #require(Moment("2026-11-23T17:00")))
    }
}
