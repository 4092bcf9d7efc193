import CSN
import Planning
import Testing

@Suite struct UploadQueueTests {
    /// A unit that is needed, new and in no sent file, unless said.
    private func queued(
        _ unit: PlannableUnit, needed: Bool = true, sent: Bool = false, since: String = "2026-11-26"
    ) throws -> QueuedUnit {
        try QueuedUnit(unit: unit, isNeeded: needed, isInSentFile: sent, waitingSince: day(since))
    }

    /// One unit of a single day, so many days after 2026-01-01.
    private func dot(_ id: Int, _ days: Int) throws -> PlannableUnit {
        let first = try day("2026-01-01") + days
        return try unit(id, #require(DateSpan(first: first, last: first)))
    }

    private func plan(
        _ units: [QueuedUnit], from coming: String = "2026-11-26", additional: Set<Day> = [], taken: Set<Day> = []
    ) throws -> UploadQueue {
        try UploadQueue.plan(
            units, today: day(coming), from: day(coming), readingDays: ReadingDays(additional: additional),
            taken: taken)
    }

    /// Each file as its day of the month and its units.
    private func summary(_ queue: UploadQueue) -> [String] {
        queue.files.map { "\($0.readingDay.civil.day): \($0.units.map(String.init).joined(separator: " "))" }
    }

    @Test func whatIsNeitherNeededNorSentIsPassedOver() throws {
        let idle = try queued(dot(1, 0), needed: false)
        let none = try plan([idle])
        #expect(none.files.isEmpty)
        #expect(!none.keepsSentFile)
        #expect(try summary(plan([idle, queued(dot(2, 0))])) == ["26: 2"])
        let kept = try plan([idle, queued(dot(3, 0), needed: false, sent: true)])
        #expect(kept.files.isEmpty)
        #expect(kept.keepsSentFile)
    }

    @Test func withoutASentFileTheFirstTakesTheComingReading() throws {
        let queue = try plan([queued(dot(1, 0)), queued(dot(2, 400))])
        #expect(summary(queue) == ["26: 2", "27: 1"])
        #expect(!queue.keepsSentFile)
        let sunday = try plan([queued(dot(1, 0))], from: "2026-11-29")
        #expect(summary(sunday) == ["30: 1"])
        let sent = try queued(dot(3, 0), needed: false, sent: true)
        #expect(
            try summary(plan([queued(dot(1, 0)), queued(dot(2, 400)), sent], from: "2026-11-29")) == [
                "30: 1 3", "1: 2",
            ])
    }

    /// The sent file and the new unit together: 365 days and 366.
    @Test func theSentFileIsCarriedOverIfTheNewFitsBesideIt() throws {
        let sent = try queued(dot(1, 0), needed: false, sent: true)
        let fits = try plan([sent, queued(dot(2, 364))])
        #expect(summary(fits) == ["26: 1 2"])
        #expect(fits.files.first?.dates.days == 365)
        #expect(!fits.keepsSentFile)

        let beyond = try plan([sent, queued(dot(2, 365))])
        #expect(summary(beyond) == ["27: 2"])
        #expect(beyond.keepsSentFile)

        // One more fits: the sent file makes way for it, and the other takes the next reading.
        let both = try plan([sent, queued(dot(2, 365)), queued(dot(3, -1))])
        #expect(summary(both) == ["26: 3 1", "27: 2"])
        #expect(!both.keepsSentFile)
    }

    /// The sent file's own units, with the dates they have now: 365 days and 366.
    @Test func aSentFileThatFitsNoLongerStands() throws {
        let needed = try queued(dot(1, 0), sent: true)
        let new = try queued(dot(3, 200))
        let fits = try plan([needed, queued(dot(2, 364), needed: false, sent: true), new])
        #expect(summary(fits) == ["26: 1 3 2"])
        #expect(!fits.keepsSentFile)

        let beyond = try plan([needed, queued(dot(2, 365), needed: false, sent: true), new])
        #expect(summary(beyond) == ["27: 1 3"])
        #expect(beyond.keepsSentFile)
        #expect(try summary(plan([needed, queued(dot(2, 365), sent: true), new])) == ["27: 2", "30: 1 3"])
    }

    /// All of the sent file has to be in the new one, even where its units apart would have needed one file less.
    @Test func theSentFileIsNotTakenApart() throws {
        let days = [0, 200, 500, 800]
        let sent = try days.enumerated().map { id, days in
            try queued(dot(id, days), needed: id != 1, sent: [1, 2].contains(id))
        }
        #expect(try summary(plan(sent)) == ["26: 1 2", "27: 3", "30: 0"])
        let unsent = try days.enumerated().map { id, days in try queued(dot(id, days)) }
        #expect(try summary(plan(unsent)) == ["26: 2 3", "27: 0 1"])
    }

    @Test func aUnitWithAFileOfItsOwnReplacesOnlyASentFileOfItsOwn() throws {
        let own = try unit(1, span("2026-08-17", "2027-08-17"), allowance: .ownFile(.courseOfExactly365Days))
        let other = try queued(dot(2, 300))
        #expect(try summary(plan([queued(own, sent: true), other])) == ["26: 1", "27: 2"])

        let kept = try plan([queued(own, needed: false, sent: true), other])
        #expect(summary(kept) == ["27: 2"])
        #expect(kept.keepsSentFile)

        let shared = try plan([queued(own, sent: true), queued(dot(3, 310), needed: false, sent: true), other])
        #expect(summary(shared) == ["27: 1", "30: 2"])
        #expect(shared.keepsSentFile)

        // Nothing shares a file with it, and it does not share the sent one.
        let beside = try plan([queued(own), queued(dot(3, 310), needed: false, sent: true)])
        #expect(summary(beside) == ["27: 1"])
        #expect(beside.keepsSentFile)
    }

    @Test func takenDaysAreSkippedButNotTheSentFilesOwn() throws {
        let taken: Set<Day> = try [day("2026-11-26"), day("2026-11-27"), day("2026-12-01")]
        let units = try [queued(dot(1, 0)), queued(dot(2, 400)), queued(dot(3, 800))]
        let days = try plan(units, taken: taken).files.map(\.readingDay.description)
        #expect(days == ["2026-11-30", "2026-12-02", "2026-12-03"])
        let sent = try queued(dot(4, 400), needed: false, sent: true)
        let withSent = try plan(units + [sent], taken: taken).files
        #expect(withSent.map(\.readingDay.description) == ["2026-11-26", "2026-11-30", "2026-12-02"])
        #expect(withSent.first?.units == [2, 4])
        let kept = try plan([queued(dot(1, 0)), sent], taken: taken)
        #expect(kept.files.map(\.readingDay.description) == ["2026-11-30"])
    }

    /// Since when an old unit has waited, the coming reading, days without a reading beside the calendar's, and
    /// whether three readings have gone by: the old unit's file goes before today's.
    @Test(
        arguments: [
            // Monday to Thursday.
            ("2026-11-23", "2026-11-26", nil, true),
            ("2026-11-24", "2026-11-26", nil, false),
            ("2026-11-26", "2026-11-26", nil, false),
            // Over a weekend.
            ("2026-11-19", "2026-11-24", nil, true),
            ("2026-11-20", "2026-11-24", nil, false),
            // Over Easter: Friday 3 April to Monday 6 April 2026 have no reading.
            ("2026-03-31", "2026-04-07", nil, true),
            ("2026-04-01", "2026-04-07", nil, false),
            // Christmas: Thursday 24 and Friday 25 December 2026 have none.
            ("2026-12-22", "2026-12-29", nil, true),
            ("2026-12-23", "2026-12-29", nil, false),
            // The school's own day without a reading.
            ("2026-11-23", "2026-11-26", "2026-11-25", false),
            ("2026-11-20", "2026-11-26", "2026-11-25", true),
            // Since a day without a reading: Sunday, as from Monday.
            ("2026-11-22", "2026-11-26", nil, true),
            ("2026-11-22", "2026-11-25", nil, false),
        ] as [(String, String, String?, Bool)])
    func whatHasWaitedThreeReadingsGoesFirst(
        _ since: String, _ coming: String, _ noReading: String?, _ goesFirst: Bool
    ) throws {
        let units = try [
            queued(unit(1, span("2024-01-08", "2024-06-07")), since: since),
            queued(unit(2, span(coming, coming)), since: coming),
        ]
        let queue = try plan(units, from: coming, additional: Set([noReading].compactMap { $0 }.map(day)))
        #expect(queue.files.map(\.units) == (goesFirst ? [[1], [2]] : [[2], [1]]))
    }

    @Test func theLongestWaitingGoesFirstThenTheMostUrgent() throws {
        let units = try [
            queued(dot(1, 330)), queued(dot(2, 730), since: "2026-11-23"), queued(dot(3, 1_130), since: "2026-11-20"),
            // As long as 2, since there is no reading on the Sunday, but past.
            queued(dot(4, -100), since: "2026-11-22"),
            // Waited two readings: no longer than those of the day.
            queued(dot(5, -600), since: "2026-11-24"),
            queued(dot(6, -1_100)),
        ]
        #expect(try plan(units).files.map(\.units) == [[3], [2], [4], [1], [5], [6]])
        // One that has waited takes the rest of its file with it.
        let with = try units + [queued(dot(7, -610), since: "2026-11-19")]
        #expect(try plan(with).files.map(\.units) == [[7, 5], [3], [2], [4], [1], [6]])
        // The place of a sent file is still the coming reading's.
        let sent = try queued(dot(8, 331), needed: false, sent: true)
        #expect(try summary(plan(units.prefix(3) + [sent])) == ["26: 1 8", "27: 3", "30: 2"])
        // What has waited and is not needed has nothing to wait for.
        let idle = try queued(dot(9, -601), needed: false, since: "2026-01-07")
        #expect(try plan(units + [idle]).files.map(\.units) == [[3], [2], [4], [1], [5], [6]])
    }

    /// The sent file's dates go round today, but none of its units holds it: those that do go together beside it.
    @Test func aSentFileHoldsTodayOnlyIfAUnitOfItDoes() throws {
        let spring = try unit(1, span("2026-05-10", "2026-06-05"))
        let next = try unit(2, span("2027-01-20", "2027-03-26"))
        let sent = try [spring, next].map { try queued($0, needed: false, sent: true) }
        let held = try [
            queued(unit(3, span("2026-06-08", "2026-12-18"))), queued(unit(4, span("2026-11-02", "2027-05-14"))),
        ]
        let queue = try plan(sent + held)
        #expect(summary(queue) == ["27: 3 4"])
        #expect(queue.keepsSentFile)
        // With a unit that does, they cannot all be together: each in the earliest file it fits.
        let today = try queued(unit(5, span("2026-11-02", "2026-12-18")), needed: false, sent: true)
        #expect(try summary(plan(sent + [today] + held)) == ["26: 1 3 5 2", "27: 4"])
    }

    /// A unit that fits an earlier file as well goes with the student's other one, in the sent file.
    @Test func aStudentsUnitsAreGatheredInTheSentFile() throws {
        let sent = try unit(1, span("2027-01-11", "2027-06-11"), student: 7)
        let early = try unit(2, span("2026-01-12", "2026-06-05"))
        func files(_ student: UInt64) throws -> UploadQueue {
            let autumn = try unit(3, span("2026-08-17", "2026-10-16"), student: student)
            return try plan([queued(sent, needed: false, sent: true), queued(early), queued(autumn)])
        }
        #expect(try summary(files(8)) == ["27: 2 3"])
        #expect(try summary(files(7)) == ["26: 3 1", "27: 2"])
    }
}
