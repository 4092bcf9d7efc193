import CSN
import Testing

/// Which of a student's records are one unit: by half-year of the start or by overlap, transitively.
struct StudyUnitTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Start and end of each record; nil for an end that is not known.
        var days: [(String, String?)]
        var units: [Range<Int>]
    }

    static let cases = [
        Case(
            testDescription: "the same half-year, apart in time",
            days: [("2026-07-01", "2026-08-01"), ("2026-12-31", "2027-01-15")], units: [0..<2]),
        Case(
            testDescription: "two half-years, a day apart",
            days: [("2026-02-01", "2026-07-31"), ("2026-08-01", "2026-12-01")], units: [0..<1, 1..<2]),
        Case(
            testDescription: "two half-years, one day in common",
            days: [("2026-02-01", "2026-08-01"), ("2026-08-01", "2026-12-01")], units: [0..<2]),
        Case(
            testDescription: "overlap carries on over a shorter one between",
            days: [("2026-02-01", "2027-02-01"), ("2026-03-01", "2026-03-05"), ("2027-01-20", "2027-06-01")],
            units: [0..<3]),
        Case(
            testDescription: "an end that is not known overlaps nothing",
            days: [("2026-04-28", "2026-09-04"), ("2026-08-17", nil), ("2026-10-05", "2026-12-22")],
            units: [0..<1, 1..<3]),
        Case(
            testDescription: "but its half-year may be overlapped by another",
            days: [("2026-04-28", "2026-10-05"), ("2026-08-17", nil), ("2026-10-05", "2026-12-22")], units: [0..<3]),
        Case(
            testDescription: "what has no known end does not reach into the next half-year",
            days: [("2026-10-05", nil), ("2027-01-10", "2027-06-01")], units: [0..<1, 1..<2]),
    ]

    @Test(arguments: cases) func units(_ trial: Case) throws {
        let records = try trial.days.enumerated().map { index, days in
            var row = Candidate(origin: RowOrigin(input: 0, line: UInt32(index + 2), offset: 0))
            row.startdatum = try #require(Day(iso: days.0) as Day?)
            if let end = days.1 { row.slutdatum = try #require(Day(iso: end) as Day?) }
            return Record(row)
        }
        #expect(StudyUnits.ranges(in: records) == trial.units)
    }
}
