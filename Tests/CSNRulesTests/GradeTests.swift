import CSN
import Findings
import Testing

@testable import CSNRules

/// A course that ended on 2026-11-20, read on 2026-11-23.
private let ended = ["slutdatum": "2026-11-20"]
private func with(_ row: [String: String], _ more: [String: String]) -> [String: String] { row.merging(more) { $1 } }

struct UngradedCourseGradedTests {
    private let course = ["kurskod": "GRNORI21B", "niva": "GR", "slutdatum": "2026-11-20"]

    @Test func gradeAndDateGo() throws {
        let judgement = try Judgement(Example(with(course, ["betyg": "E", "betygsdatum": "2026-11-20"])))
        #expect(judgement.found.map(\.rule) == [UngradedCourseGraded.name])
        let record = try judgement.onlyRecord()
        #expect(record.betyg == nil && record.betygsdatum == nil)
    }

    @Test func gradeOnAnOrdinaryCourseStays() throws {
        let judgement = try Judgement(Example(with(ended, ["betyg": "E", "betygsdatum": "2026-11-20"])))
        #expect(judgement.found == [])
        #expect(try judgement.onlyRecord().betyg == .e)
    }

    /// One cause, one finding: nobody is asked to mend a grade, or its date, that does not go.
    @Test(arguments: ["2026-11-20", "2026-13-20", ""])
    func unreadableGradeGoesWithoutAnotherWord(betygsdatum: String) throws {
        let row = with(course, ["betyg": "Godkänd", "betygsdatum": betygsdatum])
        let judgement = try Judgement(Example(row))
        #expect(judgement.found.map(\.rule) == [UngradedCourseGraded.name])
        #expect(judgement.actions(of: UngradedCourseGraded.name) == [.drop])
        #expect(try judgement.onlyRecord().failed.isEmpty)
    }

    @Test func holdOfAnUnreadableGradeIsOneFinding() throws {
        let judgement = try Judgement(Example(with(course, ["betyg": "Godkänd"]))) {
            $0.set(UngradedCourseGraded.self, to: .hold)
        }
        #expect(Set(judgement.found.map(\.rule)) == [UngradedCourseGraded.name, UnitHeld.name])
    }

    @Test func rowThatIsCutShortIsNotMended() throws {
        let courses = CourseTable(ModelRow.courses)
        let row = try ModelRow(course, line: 2, isCheck: false, table: courses)
        var candidate = row.candidate
        let engine = RuleEngine(RuleSettings(purpose: .convert, today: try day("2026-11-23"), courses: courses))
        var context = engine.makeContext()
        engine.judgeFields(
            of: &candidate, [FieldNote(.betyg, .failed(.cutShort), value: "G", column: 3)], &context)
        #expect(candidate.failed.contains(.betyg))
    }

    @Test func finishedFileIsNotChanged() throws {
        let judgement = try Judgement(
            Example(with(course, ["betyg": "E", "betygsdatum": "2026-11-20"])), purpose: .check)
        #expect(judgement.levels(of: UngradedCourseGraded.name) == [.info])
        #expect(try judgement.onlyRecord().betyg == .e)
    }
}

struct GradeAndDateTests {
    @Test func gradeWithoutDateIsHeld() throws {
        let judgement = try Judgement(Example(with(ended, ["betyg": "C"])))
        #expect(judgement.actions(of: GradeWithoutDate.name) == [.hold])
        #expect(judgement.levels(of: GradeWithoutDate.name) == [.error])
    }

    /// A grade on N without a date: the date first, then the rest can be judged.
    @Test func gradeWithoutDateIsTheOnlyCause() throws {
        let judgement = try Judgement(Example(with(ended, ["betyg": "C", "registrering": "N"])))
        #expect(judgement.rules == [GradeWithoutDate.name, UnitHeld.name])
    }

    @Test func dateWithoutGradeGoes() throws {
        let judgement = try Judgement(Example(with(ended, ["betygsdatum": "2026-11-20"])))
        #expect(judgement.actions(of: DateWithoutGrade.name) == [.drop])
        #expect(judgement.levels(of: DateWithoutGrade.name) == [.info])
        #expect(try judgement.onlyRecord().betygsdatum == nil)
    }

    @Test func dateWithoutGradeStaysInAFinishedFile() throws {
        let judgement = try Judgement(Example(with(ended, ["betygsdatum": "2026-11-20"])), purpose: .check)
        #expect(judgement.actions(of: DateWithoutGrade.name) == [.none])
        #expect(try judgement.onlyRecord().betygsdatum != nil)
    }

    @Test func dateWithoutGradeCanBeHeld() throws {
        let judgement = try Judgement(Example(with(ended, ["betygsdatum": "2026-11-20"]))) {
            $0.set(DateWithoutGrade.self, to: .hold)
        }
        #expect(judgement.students[0].units[0].isHeld)
        #expect(try judgement.onlyRecord().betygsdatum != nil)
    }
}

struct GradeBeforeStartTests {
    @Test(arguments: [("2026-08-17", false), ("2026-08-16", true)])
    func edge(betygsdatum: String, breaks: Bool) throws {
        #expect(GradeBeforeStart.breaks(start: try day("2026-08-17"), betygsdatum: try day(betygsdatum)) == breaks)
        let row = ["slutdatum": "2026-08-17", "betyg": "C", "betygsdatum": betygsdatum]
        #expect(try Judgement(Example(row)).actions(of: GradeBeforeStart.name) == (breaks ? [.hold] : []))
        let check = try Judgement(Example(row), purpose: .check)
        #expect(check.levels(of: GradeBeforeStart.name) == (breaks ? [.error] : []))
    }

    @Test func canBeLowered() throws {
        let judgement = try Judgement(Example(GradeBeforeStart.broken.rows[0])) {
            $0.set(GradeBeforeStart.self, to: .warning)
        }
        #expect(judgement.found.map(\.rule) == [GradeBeforeStart.name])
        #expect(judgement.levels(of: GradeBeforeStart.name) == [.warning])
    }
}

struct GradeInFutureTests {
    @Test(arguments: [("2026-11-23", false), ("2026-11-24", true)])
    func edge(betygsdatum: String, breaks: Bool) throws {
        #expect(GradeInFuture.breaks(betygsdatum: try day(betygsdatum), today: try day("2026-11-23")) == breaks)
        let judgement = try Judgement(Example(with(ended, ["betyg": "C", "betygsdatum": betygsdatum])))
        #expect(judgement.found.map(\.rule) == (breaks ? [GradeInFuture.name] : []))
        #expect(judgement.levels(of: GradeInFuture.name) == (breaks ? [.warning] : []))
        let record = try judgement.onlyRecord()
        #expect((record.betyg == nil) == breaks)
        #expect((record.betygsdatum == nil) == breaks)
    }

    @Test func holdKeepsTheGrade() throws {
        let judgement = try Judgement(GradeInFuture.broken) { $0.set(GradeInFuture.self, to: .hold) }
        #expect(judgement.students[0].units[0].isHeld)
        #expect(try judgement.onlyRecord().betyg == .c)
    }
}

struct GradeNotStartedTests {
    private let onN = with(ended, ["registrering": "N", "betygsdatum": "2026-11-20"])

    @Test(arguments: ["A", "E", "G", "V", "M"])
    func passIsHeld(betyg: String) throws {
        let judgement = try Judgement(Example(with(onN, ["betyg": betyg])))
        #expect(judgement.actions(of: GradeNotStarted.name) == [.hold])
    }

    @Test(arguments: ["F", "I", "Z", "-"])
    func otherGradeIsAskedAbout(betyg: String) throws {
        let judgement = try Judgement(Example(with(onN, ["betyg": betyg])))
        #expect(judgement.actions(of: GradeNotStarted.name) == [.none])
        #expect(judgement.levels(of: GradeNotStarted.name) == [.warning])
        #expect(!judgement.students[0].units[0].isHeld)
    }

    @Test func startedCourseIsNot() throws {
        #expect(GradeNotStarted.contradiction(started: true, betyg: .c, on: nil) == nil)
        #expect(GradeNotStarted.contradiction(started: false, betyg: nil, on: nil) == nil)
    }

    /// Before 2012-07-01 an E was CSN's code for a course that is not graded.
    @Test(arguments: [("2012-06-30", GradeNotStarted.Contradiction.notPassed), ("2012-07-01", .passed)])
    func oldE(date: String, expected: GradeNotStarted.Contradiction) throws {
        #expect(GradeNotStarted.contradiction(started: false, betyg: .e, on: try day(date)) == expected)
    }

    @Test func otherGradeBesideAnExplicitNotStartedIsNoQuestion() throws {
        let event = ["meddelandeorsak": "99", "handelsedatum": "2026-08-17", "betyg": "F"]
        #expect(try Judgement(Example(with(onN, event))).actions(of: GradeNotStarted.name) == [])
    }

    @Test func adviceIsNoErrorInAFinishedFile() throws {
        let advice = try Judgement(Example(with(onN, ["betyg": "F"])), purpose: .check)
        #expect(advice.levels(of: GradeNotStarted.name) == [.warning])
        let refusal = try Judgement(Example(with(onN, ["betyg": "E"])), purpose: .check)
        #expect(refusal.levels(of: GradeNotStarted.name) == [.error])
    }

    /// The second reading holds what a repair broke, not what a rule only asks about.
    @Test func adviceDoesNotHoldAfterARepair() throws {
        let judgement = try Judgement(Example(with(onN, ["betyg": "F", "slutdatum": "2026-11-21"])))
        #expect(judgement.rules == [EarlyGradeEndDate.name, GradeNotStarted.name])
        #expect(judgement.actions(of: GradeNotStarted.name) == [.none])
        #expect(!judgement.students[0].units[0].isHeld)
    }

    /// What a configuration has lowered stays lowered in the second reading.
    @Test func loweredHoldIsNotHeldAfterARepair() throws {
        let judgement = try Judgement(Example(with(onN, ["betyg": "C", "slutdatum": "2026-11-21"]))) {
            $0.set(GradeNotStarted.self, to: .warning)
        }
        #expect(judgement.actions(of: GradeNotStarted.name) == [.none])
        #expect(!judgement.students[0].units[0].isHeld)
    }
}

struct EarlyGradeEndDateTests {
    private func judged(_ row: [String: String]) throws -> Judgement {
        try Judgement(Example(with(["betyg": "C", "betygsdatum": "2026-11-20"], row)))
    }

    @Test func endMovesToTheGrade() throws {
        let judgement = try judged([:])
        #expect(judgement.found.map(\.rule) == [EarlyGradeEndDate.name])
        #expect(try judgement.onlyRecord().slutdatum == (try day("2026-11-20")))
    }

    /// 28 days shorter goes unremarked, 29 do not.
    @Test(arguments: [("2026-12-18", Level.info), ("2026-12-19", .warning)])
    func shorteningByMoreThan28DaysIsAWarning(slutdatum: String, level: Level) throws {
        let judgement = try judged(["slutdatum": slutdatum])
        #expect(judgement.levels(of: EarlyGradeEndDate.name) == [level])
        #expect(try judgement.onlyRecord().slutdatum == (try day("2026-11-20")))
    }

    @Test(arguments: [
        ("2026-08-16", false), ("2026-08-17", true), ("2026-11-23", true), ("2026-11-24", false),
    ])
    func fromTheStartToToday(betygsdatum: String, isEarly: Bool) throws {
        let (start, end, today) = (try day("2026-08-17"), try day("2026-12-18"), try day("2026-11-23"))
        #expect(EarlyGradeEndDate.isEarly(try day(betygsdatum), start: start, end: end, today: today) == isEarly)
        #expect(try judged(["betygsdatum": betygsdatum]).rules.contains(EarlyGradeEndDate.name) == isEarly)
    }

    @Test(arguments: [("2026-11-20", false), ("2026-11-21", true)])
    func onlyBeforeTheEnd(slutdatum: String, breaks: Bool) throws {
        #expect(try judged(["slutdatum": slutdatum]).rules.contains(EarlyGradeEndDate.name) == breaks)
    }

    @Test(
        arguments: zip(
            Betyg.allCases, [true, true, true, true, true, true, true, true, true, true, false, false, false]))
    func gradesThatEndACourse(betyg: Betyg, ends: Bool) { #expect(EarlyGradeEndDate.ends(betyg) == ends) }

    @Test(arguments: [("11", true), ("22", true), ("12", false), ("13", false)])
    func onlyTheLastPart(kursdel: String, breaks: Bool) throws {
        #expect(try judged(["kursdel": kursdel]).rules.contains(EarlyGradeEndDate.name) == breaks)
    }

    @Test(arguments: [("2026-11-19", true), ("2026-11-20", true), ("2026-11-21", false)])
    func notWithAnEventAfterTheGrade(date: String, breaks: Bool) throws {
        let judgement = try judged(["meddelandeorsak": "99", "handelsedatum": date])
        #expect(judgement.rules.contains(EarlyGradeEndDate.name) == breaks)
    }

    @Test func eventOfUnknownDateIsNotPassedOver() throws {
        let judgement = try judged(["meddelandeorsak": "99", "handelsedatum": "2026-13-01"])
        #expect(!judgement.rules.contains(EarlyGradeEndDate.name))
        #expect(judgement.notChecked[EarlyGradeEndDate.name] == 1)
    }

    @Test func holdAndCheckLeaveTheDate() throws {
        let held = try Judgement(EarlyGradeEndDate.broken) { $0.set(EarlyGradeEndDate.self, to: .hold) }
        #expect(held.actions(of: EarlyGradeEndDate.name) == [.hold])
        #expect(try held.onlyRecord().slutdatum == (try day("2026-12-18")))
        let check = try Judgement(EarlyGradeEndDate.broken, purpose: .check)
        #expect(check.levels(of: EarlyGradeEndDate.name) == [.info])
        #expect(try check.onlyRecord().slutdatum == (try day("2026-12-18")))
    }
}
