import CSN
import Findings
import Testing

@testable import CSNRules

/// Rules about the dates of a course and of its events.
struct RecordDateTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    // MARK: - course-over-a-year

    @Test(
        arguments: [
            ("2025-08-18", "2026-08-17", nil),  // 364
            ("2025-08-18", "2026-08-18", 1),  // 365
            ("2025-08-18", "2026-08-19", 0),  // 366
            // Over a leap day a year is 366 days.
            ("2027-08-16", "2028-08-14", nil),
            ("2027-08-16", "2028-08-15", 1),
            ("2027-08-16", "2028-08-16", 0),
        ] as [(String, String, Int?)])
    func courseOverAYear(_ start: String, _ end: String, _ message: Int?) throws {
        #expect(CourseOverAYear.message(daysApart: try day(end) - day(start)) == message)
    }

    @Test func aCourse366DaysApartIsHeld() throws {
        let judgement = try Judgement(Example(["slutdatum": "2027-08-18"]))
        #expect(judgement.only("course-over-a-year") == [.hold])
        #expect(judgement.found.first?.field == .slutdatum)
        #expect(judgement.students[0].units[0].isHeld)
    }

    @Test func aCourse365DaysApartIsSentWithAWarning() throws {
        let judgement = try Judgement(Example(["slutdatum": "2027-08-17"]))
        #expect(judgement.only("course-over-a-year") == [.warning])
        #expect(!judgement.students[0].units[0].isHeld)
    }

    @Test func inAFinishedFile366IsAnErrorAnd365IsNot() throws {
        #expect(
            try Judgement(Example(["slutdatum": "2027-08-18"]), purpose: .check).only("course-over-a-year")
                == [.error])
        #expect(
            try Judgement(Example(["slutdatum": "2027-08-17"]), purpose: .check).only("course-over-a-year")
                == [.warning])
    }

    /// The date of the 81 is put right, so all is read again: the warning is said once and holds nothing.
    @Test func aWarningDoesNotHoldInTheSecondReading() throws {
        let judgement = try Judgement(
            Example([
                "slutdatum": "2027-08-17", "registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-20",
            ]))
        #expect(judgement.effects(of: "course-over-a-year") == [.warning])
        #expect(judgement.effects(of: "not-started-date") == [.repair(.info)])
        #expect(!judgement.students[0].units[0].isHeld)
    }

    @Test func aRefusalCannotBeLowered() throws {
        for policy in [RulePolicy.warning, .info, .repair, .drop] {
            let judgement = try Judgement(Example(["slutdatum": "2027-08-18"])) {
                $0.set(CourseOverAYear.self, to: policy)
            }
            #expect(judgement.only("course-over-a-year") == [.hold])
        }
    }

    @Test func aRefusalsRepairCannotBeLoweredToSending() throws {
        let row = ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-20"]
        let judgement = try Judgement(Example(row)) { $0.set(NotStartedDate.self, to: .warning) }
        #expect(judgement.only("not-started-date") == [.repair(.warning)])
        #expect(judgement.records.first?.events.first?.date == (try day("2026-08-17")))
    }

    @Test func aWarningHoldsUnderStrict() throws {
        let judgement = try Judgement(Example(["slutdatum": "2027-08-17"])) { $0.isStrict = true }
        #expect(judgement.only("course-over-a-year") == [.hold])
    }

    @Test func aCourseWithoutAnEndIsNotChecked() throws {
        let judgement = try Judgement(Example(["slutdatum": ""]))
        #expect(judgement.rules == ["end-date-missing", "unit-held"])
        #expect(judgement.notChecked["course-over-a-year"] == 1)
    }

    // MARK: - event-date-missing

    @Test(arguments: Meddelandeorsak.allCases)
    func eventWithoutADate(_ orsak: Meddelandeorsak) throws {
        #expect(EventDateMissing.message(orsak: orsak, date: nil) == 0)
        #expect(EventDateMissing.message(orsak: orsak, date: Day(number: 0)) == nil)
    }

    @Test func neitherIsNoEventAndADateAloneIsHalfOne() {
        #expect(EventDateMissing.message(orsak: nil, date: nil) == nil)
        #expect(EventDateMissing.message(orsak: nil, date: Day(number: 0)) == 1)
    }

    @Test func halfAnEventIsHeldAtTheFieldThatIsMissing() throws {
        let kind = try Judgement(Example(["meddelandeorsak": "99"]))
        #expect(kind.only("event-date-missing") == [.hold])
        #expect(kind.found.first?.field == .handelsedatum)
        let date = try Judgement(Example(["handelsedatum": "2026-10-09"]))
        #expect(date.only("event-date-missing") == [.hold])
        #expect(date.found.first?.field == .meddelandeorsak)
    }

    @Test func halfAnEventIsSentWhereTheConfigurationSaysSo() throws {
        let judgement = try Judgement(Example(["meddelandeorsak": "99"])) {
            $0.set(EventDateMissing.self, to: .warning)
        }
        #expect(judgement.only("event-date-missing") == [.warning])
        #expect(!judgement.students[0].units[0].isHeld)
    }

    @Test func halfAnEventIsAnErrorInAFinishedFile() throws {
        #expect(
            try Judgement(Example(["meddelandeorsak": "99"]), purpose: .check).only("event-date-missing") == [.error])
    }

    @Test func anUnreadableDateIsNoMissingOne() throws {
        let judgement = try Judgement(Example(["meddelandeorsak": "99", "handelsedatum": "2026-02-30"]))
        #expect(judgement.effects(of: "event-date-missing") == [])
        #expect(judgement.notChecked["event-date-missing"] == 1)
    }

    // MARK: - event-date-outside-course

    @Test(arguments: [
        ("2026-08-16", true), ("2026-08-17", false), ("2026-12-18", false), ("2026-12-19", true),
    ])
    func eventDateOutsideCourse(_ date: String, _ breaks: Bool) throws {
        let (start, end) = (try day("2026-08-17"), try day("2026-12-18"))
        for orsak in [Meddelandeorsak.notStarted, .dropOut] {
            #expect(EventDateOutsideCourse.breaks(orsak, on: try day(date), start: start, end: end) == breaks)
        }
        for orsak in [Meddelandeorsak.absenceBegins, .absenceEnds] {
            #expect(!EventDateOutsideCourse.breaks(orsak, on: try day(date), start: start, end: end))
        }
        let judgement = try Judgement(Example(["meddelandeorsak": "99", "handelsedatum": date]))
        #expect(judgement.only("event-date-outside-course") == (breaks ? [.hold] : []))
        #expect(judgement.students[0].units[0].isHeld == breaks)
    }

    /// The finding points to the row that says the event, not to the first row of the record.
    @Test func theEventsOwnRowIsNamed() throws {
        let judgement = try Judgement(Example([:], ["meddelandeorsak": "99", "handelsedatum": "2026-12-19"]))
        #expect(judgement.found.filter { $0.rule == "event-date-outside-course" }.map(\.line) == [3])
    }

    // MARK: - drop-out-before-start

    @Test(arguments: [
        ("2026-08-16", false, true), ("2026-08-17", false, false), ("2026-08-18", false, false),
        ("2026-08-16", true, false),
    ])
    func dropOutBeforeStart(_ date: String, _ isStarted: Bool, _ moves: Bool) throws {
        #expect(DropOutBeforeStart.moves(try day(date), start: try day("2026-08-17"), isStarted: isStarted) == moves)
    }

    private static let before = ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-08-10"]
    private static let other = ["kurskod": "ENGENG05"]

    @Test func aDropOutBeforeTheStartIsMovedToIt() throws {
        let judgement = try Judgement(Example(Self.before, Self.other))
        #expect(judgement.only("drop-out-before-start") == [.repair(.info)])
        let record = try #require(judgement.records.first { !$0.events.isEmpty })
        #expect(record.events.map(\.date) == [try day("2026-08-17")])
    }

    @Test func theMoveCanBeAHold() throws {
        let judgement = try Judgement(Example(Self.before, Self.other)) {
            $0.set(DropOutBeforeStart.self, to: .hold)
        }
        #expect(judgement.only("drop-out-before-start") == [.hold])
        #expect(judgement.students[0].units[0].isHeld)
    }

    @Test func withJAnEarlyDropOutIsOutsideTheCourse() throws {
        let judgement = try Judgement(Example(["meddelandeorsak": "99", "handelsedatum": "2026-08-10"]))
        #expect(judgement.only("event-date-outside-course") == [.hold])
    }

    /// One cause, one finding: in a finished file the date is outside the course, and nothing moves it.
    @Test func inAFinishedFileItIsOutsideTheCourse() throws {
        let judgement = try Judgement(Example(Self.before, Self.other), purpose: .check)
        #expect(judgement.only("event-date-outside-course") == [.error])
    }

    // MARK: - drop-out-not-registered

    @Test(arguments: [
        ("2026-08-16", false, false), ("2026-08-17", false, false), ("2026-08-18", false, true),
        ("2026-08-18", true, false),
    ])
    func dropOutNotRegistered(_ date: String, _ isStarted: Bool, _ breaks: Bool) throws {
        #expect(
            DropOutNotRegistered.breaks(try day(date), start: try day("2026-08-17"), isStarted: isStarted) == breaks)
    }

    private static let after = ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-10-09"]

    @Test func aDropOutOfSomebodyWhoNeverStartedIsHeld() throws {
        let judgement = try Judgement(Example(Self.after))
        #expect(judgement.only("drop-out-not-registered") == [.hold])
        #expect(judgement.found.first?.field == .registrering)
    }

    @Test func whatCSNHasStands() throws {
        let reported = try Delivered([:])
        let judgement = try Judgement(Example(Self.after)) { $0.delivered = reported }
        #expect(judgement.only("drop-out-not-registered") == [.repair(.info)])
        #expect(judgement.records.map(\.registrering) == [true])
    }

    @Test func whatCSNHasCanHoldToo() throws {
        let reported = try Delivered([:])
        let judgement = try Judgement(Example(Self.after)) {
            $0.delivered = reported
            $0.set(DropOutNotRegistered.self, to: .hold)
        }
        #expect(judgement.only("drop-out-not-registered") == [.hold])
    }

    @Test func anNThatCSNHasSaysNothing() throws {
        let reported = try Delivered(["registrering": "N"])
        let judgement = try Judgement(Example(Self.after)) { $0.delivered = reported }
        #expect(judgement.only("drop-out-not-registered") == [.hold])
    }

    @Test func itCanBeLoweredAndStaysSoWhenAllIsReadAgain() throws {
        let judgement = try Judgement(Example(Self.after, Self.before.merging(Self.other) { $1 })) {
            $0.set(DropOutNotRegistered.self, to: .warning)
        }
        #expect(judgement.effects(of: "drop-out-not-registered") == [.warning])
        #expect(judgement.effects(of: "drop-out-before-start") == [.repair(.info)])
        #expect(!judgement.students[0].units[0].isHeld)
        #expect(judgement.records.allSatisfy { !$0.registrering })
    }

    @Test func inAFinishedFileItIsAnError() throws {
        #expect(try Judgement(Example(Self.after), purpose: .check).only("drop-out-not-registered") == [.error])
    }
}
