import CSN
import Planning
import Testing

@Suite struct UnitDivisionTests {
    private func record(_ start: String, _ last: String) throws -> DivisibleRecord {
        try DivisibleRecord(startdatum: day(start), dates: span(start, last))
    }

    private func parts(_ records: [DivisibleRecord], today: String) throws -> [[Int]] {
        try UnitDivision.parts(of: records, today: day(today)).map(\.records)
    }

    @Test func noRecordsAreNoParts() throws {
        #expect(try parts([], today: "2026-11-23").isEmpty)
    }

    @Test func whatFitsOneFileIsNotDivided() throws {
        let start = try record("2026-01-01", "2026-08-31")
        #expect(try parts([record("2026-08-01", "2026-12-31"), start], today: "2026-11-23") == [[1, 0]])
        #expect(try parts([record("2026-08-01", "2027-01-01"), start], today: "2026-11-23") == [[0], [1]])
    }

    /// 30 June and 1 July are two half-years.
    @Test func itIsDividedAtHalfYearsOfStartdatum() throws {
        let records = try [
            record("2026-07-01", "2027-01-15"), record("2026-06-30", "2026-07-10"), record("2026-01-01", "2026-06-05"),
            record("2026-12-31", "2027-01-20"),
        ]
        #expect(try parts(records, today: "2026-11-23") == [[0, 3], [2, 1]])
    }

    @Test func thePartHoldingTodayComesFirst() throws {
        let records = try [
            record("2025-08-18", "2026-01-20"), record("2026-01-12", "2026-08-28"), record("2026-08-24", "2027-01-22"),
            record("2027-01-11", "2027-06-11"),
        ]
        #expect(try parts(records, today: "2026-03-02") == [[1], [2], [3], [0]])
        #expect(try parts(records, today: "2026-11-23") == [[2], [3], [1], [0]])
        #expect(try parts(records, today: "2028-01-01") == [[3], [2], [1], [0]])
    }

    @Test func aHalfYearTooLongIsDividedIntoRecords() throws {
        let records = try [
            record("2026-01-01", "2026-12-31"), record("2026-01-02", "2027-01-01"), record("2025-08-18", "2026-01-09"),
        ]
        #expect(try parts(records, today: "2026-11-23") == [[0], [1], [2]])
        #expect(try parts(Array(records.dropFirst()), today: "2026-11-23") == [[0], [1]])
    }

    /// Late grades count: the date that makes it too long need not be a course's.
    @Test func everyDateOfARecordCounts() throws {
        let late = try DivisibleRecord(startdatum: day("2026-01-12"), dates: span("2026-01-12", "2027-01-12"))
        let other = try record("2026-02-02", "2026-06-05")
        #expect(try parts([late, other], today: "2026-03-02") == [[0], [1]])
        let parts = try UnitDivision.parts(of: [late], today: day("2026-03-02"))
        #expect(parts.map(\.dates.days) == [366])
    }
}
