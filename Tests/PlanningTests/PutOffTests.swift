import CSN
import Planning
import Testing

/// Units that are not to go before a later day. Thursday 26 November 2026 is the coming reading.
@Suite struct PutOffTests {
    private func queued(
        _ id: Int, _ dates: DateSpan? = nil, until day: String, needed: Bool = true, sent: Bool = false,
        place: WaitingPlace? = nil
    ) throws -> QueuedUnit {
        try QueuedUnit(
            unit: unit(id, dates ?? span("2026-08-17", "2026-12-18")), isNeeded: needed, isInSentFile: sent,
            waitingSince: PlanningTests.day(day), place: place)
    }

    /// `2026-11-26: 1 2`, file by file.
    private func plan(_ units: [QueuedUnit], from coming: String = "2026-11-26", taken: [String] = []) throws
        -> [String]
    {
        try UploadQueue.plan(
            units, today: day(coming), from: day(coming), readingDays: ReadingDays(),
            taken: Set(taken.map { try day($0) })
        ).files.map { "\($0.readingDay): \($0.units.map(String.init).joined(separator: " "))" }
    }

    @Test(arguments: [
        ("2026-11-25", "2026-11-26"), ("2026-11-26", "2026-11-26"), ("2026-11-27", "2026-11-27"),
        // Saturday and Sunday have no reading, nor has Christmas Eve.
        ("2026-11-28", "2026-11-30"), ("2026-11-29", "2026-11-30"), ("2026-11-30", "2026-11-30"),
        ("2026-12-24", "2026-12-28"),
    ])
    func itGoesAtTheFirstReadingFromItsDay(_ until: String, _ reading: String) throws {
        #expect(try plan([queued(1, until: until)]) == ["\(reading): 1"])
    }

    /// On Saturday the coming reading is Monday's: a day before that is no putting off.
    @Test(arguments: [("2026-11-28", "2026-11-30: 1 2"), ("2026-11-30", "2026-11-30: 1 2"), ("2026-12-01", "")])
    func theWeekendBeforeTheComingReadingIsNoPuttingOff(_ until: String, _ files: String) throws {
        let units = try [queued(1, until: "2026-11-28"), queued(2, until: until)]
        let expected = files.isEmpty ? ["2026-11-30: 1", "2026-12-01: 2"] : [files]
        #expect(try plan(units, from: "2026-11-28") == expected)
    }

    @Test func daysThatAreTakenAreLeftAlone() throws {
        let later = try queued(1, until: "2026-12-01")
        #expect(try plan([later], taken: ["2026-11-30", "2026-12-02"]) == ["2026-12-01: 1"])
        #expect(try plan([later], taken: ["2026-12-01", "2026-12-02"]) == ["2026-12-03: 1"])
        // A file of the queue itself has its day.
        let past = try (2...5).map {
            try queued($0, span("20\(10 + $0)-01-11", "20\(10 + $0)-12-01"), until: "2026-11-26")
        }
        #expect(
            try plan(past + [later]) == [
                "2026-11-26: 5", "2026-11-27: 4", "2026-11-30: 3", "2026-12-01: 2", "2026-12-02: 1",
            ])
    }

    @Test func itSharesAFileFromTheDayOnWhichItMayGo() throws {
        let units = try [queued(1, until: "2026-11-26"), queued(2, until: "2026-11-27")]
        #expect(try plan(units) == ["2026-11-26: 1", "2026-11-27: 2"])
        #expect(try plan(units, from: "2026-11-27") == ["2026-11-27: 1 2"])
    }

    @Test func eachDayHasAQueueOfItsOwn() throws {
        let units = try [
            queued(1, span("2020-01-11", "2020-12-01"), until: "2026-12-01"),
            queued(2, span("2022-01-11", "2022-12-01"), until: "2026-12-01"),
            queued(3, span("2022-01-11", "2022-12-01"), until: "2026-12-02"),
        ]
        #expect(try plan(units) == ["2026-12-01: 2", "2026-12-02: 1", "2026-12-03: 3"])
        #expect(try plan(units.reversed()) == plan(units))
    }

    /// What stands in a file that is uploaded does not wait for a later day, and what is not needed goes at none.
    @Test func theSentFile() throws {
        let sent = try queued(1, until: "2026-11-26", needed: false, sent: true)
        #expect(try plan([sent, queued(2, until: "2026-11-27")]) == ["2026-11-27: 2"])
        #expect(try plan([sent, queued(2, until: "2026-11-26")]) == ["2026-11-26: 1 2"])
        #expect(try plan([queued(1, until: "2026-12-01", sent: true)]) == ["2026-11-26: 1"])
        #expect(try plan([queued(1, until: "2026-12-01", needed: false, sent: true)]).isEmpty)
        #expect(try plan([queued(1, until: "2026-12-01", needed: false)]).isEmpty)
        let queue = try UploadQueue.plan(
            [sent, queued(2, until: "2026-11-27")], today: day("2026-11-26"), from: day("2026-11-26"),
            readingDays: ReadingDays())
        #expect(queue.keepsSentFile)
    }

    /// The files of a plan that is put off keep their units and their order on any day before.
    @Test func aPlanThatIsPutOffStands() throws {
        func wait(_ id: Int, _ dates: DateSpan, _ file: String) throws -> QueuedUnit {
            try queued(id, dates, until: "2026-12-07", place: WaitingPlace(readingDay: day(file)))
        }
        // On 26 November the first two would go the other way round, and the last one in the file of the third.
        let units = try [
            wait(1, span("2020-01-11", "2020-12-01"), "2026-12-07"),
            wait(2, span("2022-01-11", "2022-12-01"), "2026-12-08"),
            wait(3, span("2024-03-01", "2024-12-01"), "2026-12-09"),
            wait(4, span("2025-06-01", "2025-12-01"), "2026-12-10"),
            wait(5, span("2025-01-15", "2025-02-01"), "2026-12-10"),
        ]
        let plan = try plan(units)
        #expect(plan == ["2026-12-07: 1", "2026-12-08: 2", "2026-12-09: 3", "2026-12-10: 5 4"])
    }
}
