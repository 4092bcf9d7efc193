import CSN
import Planning
import Testing

@Suite struct UploadPlanTests {
    private let readingDays = ReadingDays()

    private func plan(
        _ units: [PlannableUnit], today: String, from first: String? = nil, taken: Set<Day> = []
    ) throws -> [PlannedFile] {
        try UploadPlan.files(
            for: units, today: day(today), from: day(first ?? today), readingDays: readingDays, taken: taken)
    }

    @Test func nothingToSendIsNoFile() throws {
        #expect(try plan([], today: "2026-11-23").isEmpty)
    }

    /// First day, last day with which it is 365 days both included; the day after that is one too many.
    @Test(arguments: [
        ("2026-01-01", "2026-12-31"),
        ("2026-08-17", "2027-08-16"),
        // 29 February inside.
        ("2024-01-01", "2024-12-30"),
        ("2023-08-17", "2024-08-15"),
        ("2024-02-29", "2025-02-27"),
        // The leap day just outside.
        ("2023-02-28", "2024-02-27"),
        ("2024-03-01", "2025-02-28"),
    ])
    func aFileSpansThreeHundredAndSixtyFiveDaysBothIncluded(_ first: String, _ last: String) throws {
        let early = try unit(1, span(first, first))
        let late = try unit(2, span(last, last))
        let files = try plan([early, late], today: first)
        #expect(files.map(\.units) == [[1, 2]])
        #expect(files.first?.dates.days == 365)

        let tooLate = try day(last) + 1
        let beyond = try unit(3, #require(DateSpan(first: tooLate, last: tooLate)))
        #expect(try plan([early, beyond], today: first).map(\.units) == [[1], [3]])
        #expect(try plan([early, late, beyond], today: first).count == 2)
    }

    @Test func aUnitLongerThanAFileNeedsLeave() throws {
        #expect(PlannableUnit(id: 1, student: 1, dates: try span("2026-01-01", "2026-12-31")) != nil)
        let long = try span("2026-01-01", "2027-01-01")
        #expect(long.days == 366)
        #expect(PlannableUnit(id: 1, student: 1, dates: long) == nil)
        #expect(PlannableUnit(id: 1, student: 1, dates: long, allowance: .ownFile(.courseOfExactly365Days)) != nil)
    }

    @Test func aSpanDoesNotEndBeforeItBegins() throws {
        #expect(DateSpan(first: try day("2026-01-02"), last: try day("2026-01-01")) == nil)
        #expect(DateSpan(first: try day("2026-01-02"), last: try day("2026-01-02"))?.days == 1)
    }

    @Test func aUnitWithLeaveIsAloneEvenWhereOthersWouldFit() throws {
        let files = try plan(
            [
                unit(1, span("2026-08-17", "2026-12-18")),
                unit(2, span("2026-08-17", "2027-08-17"), allowance: .ownFile(.courseOfExactly365Days)),
                unit(3, span("2025-08-17", "2026-12-01"), allowance: .ownFile(.lateDate)),
                unit(4, span("2026-08-18", "2026-12-18")),
            ], today: "2026-11-23")
        #expect(files.map(\.units) == [[1, 4], [3], [2]])
        #expect(files.map(\.ownFile) == [nil, .lateDate, .courseOfExactly365Days])
        #expect(files.map(\.readingDay.description) == ["2026-11-23", "2026-11-24", "2026-11-25"])
    }

    /// One window takes autumn and spring, the other spring and the next autumn.
    @Test func unitsHoldingTodayAreTogether() throws {
        let units = try [
            unit(1, span("2025-08-18", "2025-12-19")),
            unit(2, span("2026-01-12", "2026-06-05")),
            unit(3, span("2026-05-25", "2026-10-30")),
            unit(4, span("2026-08-17", "2026-12-18")),
        ]
        // On 1 June units 2 and 3 are held; without that, unit 2 goes with unit 1.
        #expect(try plan(units, today: "2026-06-01").map(\.units) == [[2, 3, 4], [1]])
        #expect(try plan(units, today: "2026-05-01").map(\.units) == [[1, 2], [3, 4]])
    }

    /// Kept together, the units that hold today would need a third file.
    @Test func unitsHoldingTodayAreNotTogetherAtTheCostOfAFile() throws {
        let units = try [
            unit(1, span("2025-08-01", "2025-09-01")),
            unit(2, span("2025-12-01", "2026-07-20")),
            unit(3, span("2026-03-01", "2026-11-20")),
            unit(4, span("2027-01-10", "2027-02-20")),
        ]
        #expect(try plan(units, today: "2026-05-04").map(\.units) == [[1, 2], [3, 4]])
        let withoutLast = Array(units.dropLast())
        #expect(try plan(withoutLast, today: "2026-05-04").map(\.units) == [[2, 3], [1]])
    }

    /// Spring 2026 fits with autumn 2025 and, for the student who goes on, with autumn 2026.
    @Test func aStudentIsInOneFileWhereThatCostsNothing() throws {
        func units(goesOn: UInt64) throws -> [PlannableUnit] {
            try [
                unit(1, span("2025-08-18", "2025-12-19")),
                unit(2, span("2026-01-12", "2026-06-05"), student: 7),
                unit(3, span("2026-01-12", "2026-06-05"), student: 8),
                unit(4, span("2026-08-24", "2026-12-18"), student: goesOn),
            ]
        }
        #expect(try plan(units(goesOn: 7), today: "2027-02-01").map(\.units) == [[2, 4], [1, 3]])
        #expect(try plan(units(goesOn: 9), today: "2027-02-01").map(\.units) == [[4], [1, 2, 3]])
        // A unit in the later window that lasts into the next spring leaves no room.
        let long = try unit(5, span("2026-08-24", "2027-01-15"))
        #expect(try plan(units(goesOn: 7) + [long], today: "2027-02-01").map(\.units) == [[4, 5], [1, 2, 3]])
    }

    /// Today comes before the student, unless all that holds today is the student's own.
    @Test func aUnitHoldingTodayLeavesTheOthersForNoStudent() throws {
        let units = try [
            unit(1, span("2025-08-18", "2025-12-19")),
            unit(2, span("2026-01-12", "2026-06-05"), student: 7),
            unit(3, span("2026-01-12", "2026-06-05"), student: 8),
            unit(4, span("2026-08-24", "2026-12-18"), student: 7),
        ]
        #expect(try plan(units, today: "2026-03-02").map(\.units) == [[1, 2, 3], [4]])
        let withoutTheOther = units.filter { $0.id != 3 }
        #expect(try plan(withoutTheOther, today: "2026-03-02").map(\.units) == [[2, 4], [1]])
    }

    @Test func theMostUrgentGoesFirst() throws {
        let units = try [
            unit(1, span("2024-08-19", "2024-12-20")),
            unit(2, span("2022-08-22", "2022-12-22")),
            unit(3, span("2028-01-10", "2028-06-09")),
            unit(4, span("2030-01-07", "2030-06-07")),
            unit(5, span("2026-08-17", "2026-11-23")),
        ]
        let order = [[5], [3], [4], [1], [2]]
        #expect(try plan(units, today: "2026-11-23").map(\.units) == order)
        // The day after its last day unit 5 is past, the newest of the past; its first day counts as today again.
        #expect(try plan(units, today: "2026-11-24").map(\.units) == [[3], [4], [5], [1], [2]])
        #expect(try plan(units, today: "2026-08-17").map(\.units) == order)
        #expect(try plan(units, today: "2026-08-16").map(\.units) == order)
        #expect(try plan(units, today: "2028-01-10").map(\.units) == [[3], [4], [5], [1], [2]])
    }

    /// A file is as urgent as its most urgent unit, whatever else is in it; among equals the fuller goes first.
    @Test func oneUrgentUnitCarriesItsFile() throws {
        let late = try unit(4, span("2026-09-01", "2027-09-30"), allowance: .ownFile(.lateDate))
        let units = try [
            unit(1, span("2026-01-12", "2026-06-05")),
            unit(2, span("2026-10-01", "2026-12-18")),
            unit(3, span("2027-01-11", "2027-06-11")),
            late,
        ]
        #expect(try plan(units, today: "2026-11-23").map(\.units) == [[1, 2], [4], [3]])
        let another = try unit(5, span("2026-10-01", "2026-12-18"))
        let early = try unit(6, span("2025-10-01", "2026-11-30"), allowance: .ownFile(.lateDate))
        #expect(try plan(units + [another, early], today: "2026-11-23").map(\.units) == [[1, 2, 5], [6], [4], [3]])
    }

    @Test func takenDaysAreSkipped() throws {
        let units = try (0..<3).map { number in
            let first = try day("2020-01-01") + number * 1_000
            return try unit(number, #require(DateSpan(first: first, last: first)))
        }
        let taken = try Set([day("2026-11-23"), day("2026-11-25"), day("2026-11-26"), day("2026-11-28")])
        let days = try plan(units, today: "2026-11-23", taken: taken).map(\.readingDay.description)
        #expect(days == ["2026-11-24", "2026-11-27", "2026-11-30"])
    }

    /// The first day asked for, and the three reading days that follow.
    @Test(arguments: [
        ("2026-04-02", ["2026-04-02", "2026-04-07", "2026-04-08"]),
        ("2026-06-18", ["2026-06-18", "2026-06-22", "2026-06-23"]),
        ("2026-12-30", ["2026-12-30", "2027-01-04", "2027-01-05"]),
        ("2026-11-21", ["2026-11-23", "2026-11-24", "2026-11-25"]),
    ])
    func daysWithoutAReadingAreSkipped(_ first: String, _ expected: [String]) throws {
        let units = try (0..<3).map { number in
            let first = try day("2020-01-01") + number * 1_000
            return try unit(number, #require(DateSpan(first: first, last: first)))
        }
        #expect(try plan(units, today: "2026-01-01", from: first).map(\.readingDay.description) == expected)
    }

    @Test func fiveOClockDecidesTheFirstFile() throws {
        let units = try [unit(1, span("2026-08-17", "2026-12-18"))]
        for (now, expected) in [("2026-11-27T16:59", "2026-11-27"), ("2026-11-27T17:00", "2026-11-30")] {
            let first = readingDays.reading(atOrAfter: try #require(Moment(now)))
            let files = try plan(units, today: "2026-11-27", from: first.description)
            #expect(files.map(\.readingDay.description) == [expected])
        }
    }
}
