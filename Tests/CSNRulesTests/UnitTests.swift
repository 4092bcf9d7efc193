import CSN
import Findings
import Testing

@testable import CSNRules

private func with(_ row: [String: String], _ more: [String: String]) -> [String: String] { row.merging(more) { $1 } }

/// Judges the rows in their order and the other way round, and expects the same to be sent.
private func judged(_ rows: [[String: String]], setUp: (inout RuleSettings) -> Void = { _ in }) throws -> Judgement {
    func example(_ rows: [[String: String]]) -> Example {
        var example = Example()
        example.rows = rows
        return example
    }
    let judgement = try Judgement(example(rows), setUp: setUp)
    let reversed = try Judgement(example(rows.reversed()), setUp: setUp)
    #expect(judgement.sent == reversed.sent)
    #expect(judgement.found.map(\.rule).sorted() == reversed.found.map(\.rule).sorted())
    return judgement
}

struct DuplicateRecordTests {
    @Test func eachCopyIsSaidAtItsRow() throws {
        let judgement = try judged([[:], [:], [:]])
        #expect(judgement.found.map(\.rule) == [DuplicateRecord.name, DuplicateRecord.name])
        #expect(judgement.found.map(\.line) == [3, 4])
        #expect(judgement.records.count == 1)
        #expect(judgement.students[0].fates.sent == 1)
        #expect(judgement.students[0].fates.dropped == 2)
    }

    @Test func sameEventTwiceIsACopyAndAnotherIsNot() throws {
        let event = ["meddelandeorsak": "99", "handelsedatum": "2026-10-05"]
        #expect(try judged([event, event]).actions(of: DuplicateRecord.name) == [.drop])
        let judgement = try judged([event, with(event, ["handelsedatum": "2026-10-06"])])
        #expect(judgement.actions(of: DuplicateRecord.name) == [])
        #expect(try judgement.onlyRecord().events.count == 2)
    }

    /// What is the same only after a date without a grade went is the same in what reaches the file.
    @Test func rowsThatBecomeTheSameAreOneRecord() throws {
        let dated = ["slutdatum": "2026-11-20", "betygsdatum": "2026-11-20"]
        let judgement = try judged([dated, ["slutdatum": "2026-11-20"]])
        #expect(judgement.rules == [DateWithoutGrade.name, DuplicateRecord.name])
        #expect(judgement.records.count == 1)
        #expect(judgement.students[0].fates.sent == 1)
        #expect(judgement.students[0].fates.dropped == 1)
    }

    @Test func rowsThatBecomeTheSameKeepTheirEvents() throws {
        let dated = ["betygsdatum": "2026-11-20", "meddelandeorsak": "99", "handelsedatum": "2026-10-05"]
        let judgement = try judged([dated, [:]])
        #expect(judgement.rules == [DateWithoutGrade.name])
        #expect(try judgement.onlyRecord().events.count == 1)
        #expect(judgement.students[0].fates.sent == 2)
    }

    @Test func holdHoldsTheUnitAndCheckSaysIt() throws {
        let held = try judged([[:], [:]]) { $0.set(DuplicateRecord.self, to: .hold) }
        #expect(held.students[0].units[0].isHeld)
        let check = try Judgement(DuplicateRecord.broken, purpose: .check)
        #expect(check.actions(of: DuplicateRecord.name) == [.none])
    }
}

struct CorrectedGradeTests {
    private func graded(_ betyg: String, _ date: String) -> [String: String] {
        ["slutdatum": "2026-11-10", "betyg": betyg, "betygsdatum": date]
    }

    @Test func laterDateCounts() throws {
        let judgement = try judged([graded("F", "2026-11-10"), graded("E", "2026-11-11")])
        #expect(
            judgement.found == [
                Found(rule: CorrectedGrade.name, line: 2, field: .betyg, action: .drop)
            ])
        #expect(try judgement.onlyRecord().betyg == .e)
        #expect(judgement.students[0].fates.dropped == 1)
    }

    @Test func lastOfThreeCounts() throws {
        let rows = [graded("A", "2026-11-12"), graded("F", "2026-11-10"), graded("E", "2026-11-11")]
        let judgement = try judged(rows)
        #expect(judgement.actions(of: CorrectedGrade.name) == [.drop, .drop])
        #expect(try judgement.onlyRecord().betyg == .a)
    }

    @Test func sameDateIsHeldWithOneRuleSpeaking() throws {
        let judgement = try judged([graded("F", "2026-11-10"), graded("E", "2026-11-10")])
        #expect(judgement.rules == [CorrectedGrade.name, UnitHeld.name])
        #expect(judgement.actions(of: CorrectedGrade.name) == [.hold, .hold])
        #expect(judgement.students[0].units[0].isHeld)
    }

    @Test func rowWithoutAGradeComesFirst() throws {
        let judgement = try judged([["slutdatum": "2026-11-10"], graded("F", "2026-11-10")])
        #expect(judgement.rules == [CorrectedGrade.name])
        #expect(try judgement.onlyRecord().betyg == .f)
    }

    /// A grade of tomorrow is no grade today: yesterday's is not given up for it.
    @Test func gradeThatHasNotComeReplacesNothing() throws {
        let judgement = try judged([graded("F", "2026-11-10"), graded("E", "2026-11-24")])
        #expect(judgement.rules == [GradeInFuture.name, CorrectedGrade.name])
        #expect(try judgement.onlyRecord().betyg == .f)
    }

    /// An end date that was moved to the day of a grade is no other content.
    @Test func movedEndDateIsNoDifference() throws {
        let early = ["betyg": "F", "betygsdatum": "2026-11-10"]
        let judgement = try judged([early, ["betyg": "E", "betygsdatum": "2026-11-20"]])
        #expect(judgement.rules == [EarlyGradeEndDate.name, CorrectedGrade.name])
        #expect(try judgement.onlyRecord().slutdatum == (try day("2026-11-20")))
    }

    @Test func otherDifferencesAreAConflict() throws {
        let judgement = try judged([graded("F", "2026-11-10"), with(graded("E", "2026-11-11"), ["poang": "50"])])
        #expect(judgement.actions(of: CorrectedGrade.name) == [])
        #expect(judgement.actions(of: ConflictingRecords.name) == [.hold, .hold])
    }

    /// An event that only one of them has would be lost with it.
    @Test func eventOfTheEarlierIsNotLost() throws {
        let event = ["meddelandeorsak": "99", "handelsedatum": "2026-11-02"]
        let judgement = try judged([with(graded("F", "2026-11-10"), event), graded("E", "2026-11-11")])
        #expect(judgement.actions(of: CorrectedGrade.name) == [])
        #expect(judgement.students[0].units[0].isHeld)
    }

    @Test func dropCanBeHeld() throws {
        let judgement = try judged([graded("F", "2026-11-10"), graded("E", "2026-11-11")]) {
            $0.set(CorrectedGrade.self, to: .hold)
        }
        #expect(judgement.rules == [CorrectedGrade.name, UnitHeld.name])
        #expect(judgement.records.count == 2)
    }

    @Test func bothInAFinishedFileAreAConflict() throws {
        let judgement = try Judgement(CorrectedGrade.broken, purpose: .check)
        #expect(judgement.rules == [ConflictingRecords.name])
        #expect(judgement.levels(of: ConflictingRecords.name) == [.error, .error])
    }
}

struct ConflictingRecordsTests {
    @Test(arguments: [
        ["slutdatum": "2026-12-17"], ["poang": "50"], ["registrering": "N"], ["omfattning": "H"],
        ["traineejobb": "J"], ["uppdragsutbildning": "U"],
    ])
    func differentContentIsHeldOnBothRows(row: [String: String]) throws {
        let judgement = try judged([[:], row])
        #expect(judgement.found.filter { $0.rule == ConflictingRecords.name }.map(\.line).sorted() == [2, 3])
        #expect(judgement.found.filter { $0.rule == ConflictingRecords.name }.allSatisfy { $0.action == .hold })
        #expect(judgement.found.first?.field?.name == row.keys.first)
    }

    @Test(arguments: [["kurskod": "ENGENG05"], ["kursdel": "12"], ["startdatum": "2026-08-18"]])
    func anotherCourseIsNoConflict(row: [String: String]) throws {
        #expect(try judged([[:], with(row, ["slutdatum": "2026-12-17"])]).actions(of: ConflictingRecords.name) == [])
    }

    @Test func eventsAreNoConflict() throws {
        let event = ["meddelandeorsak": "99", "handelsedatum": "2026-10-05"]
        #expect(try judged([[:], event]).actions(of: ConflictingRecords.name) == [])
    }

    @Test func whatFailedIsNotComparedAgain() throws {
        let judgement = try judged([[:], ["slutdatum": ""]])
        #expect(judgement.actions(of: ConflictingRecords.name) == [])
        #expect(judgement.notChecked[ConflictingRecords.name] == 2)
    }

    @Test func canBeLowered() throws {
        let judgement = try judged(ConflictingRecords.broken.rows) {
            $0.set(ConflictingRecords.self, to: .warning)
        }
        #expect(judgement.rules == [ConflictingRecords.name])
        #expect(!judgement.students[0].units[0].isHeld)
    }
}

struct NotStartedTests {
    private let notStarted = ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-17"]
    private let dropOut = ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-08-17"]
    private let other = ["kurskod": "ENGENG05"]

    private func kinds(_ judgement: Judgement) -> [Meddelandeorsak?] {
        judgement.records.flatMap(\.events).map(\.orsak)
    }

    // MARK: - Some courses

    @Test(arguments: ["J", "N"])
    func singleCourseTakes99(registrering: String) throws {
        let judgement = try judged([notStarted, with(other, ["registrering": registrering])])
        #expect(judgement.found.map(\.rule) == [NotStartedPartly.name])
        #expect(kinds(judgement) == [.dropOut])
        #expect(judgement.records.flatMap(\.events).map(\.date) == [try day("2026-08-17")])
    }

    @Test func unknownEventBesideItDecidesNothing() throws {
        let unknown = with(other, ["registrering": "N", "meddelandeorsak": "7", "handelsedatum": "2026-08-17"])
        let judgement = try judged([notStarted, unknown])
        #expect(judgement.actions(of: NotStartedPartly.name) == [])
        #expect(judgement.notChecked[NotStartedPartly.name] == 1)
    }

    @Test func eightyOneBesideADropOutOnTheFirstDayIsOneEvent() throws {
        let judgement = try judged([notStarted, dropOut, other])
        #expect(judgement.rules == [NotStartedPartly.name])
        #expect(kinds(judgement) == [.dropOut])
    }

    @Test func partlyCanBeHeldAndIsNotMendedInAFinishedFile() throws {
        let held = try judged([notStarted, other]) { $0.set(NotStartedPartly.self, to: .hold) }
        #expect(held.students[0].units[0].isHeld)
        #expect(kinds(held) == [.notStarted])
        let check = try Judgement(NotStartedPartly.broken, purpose: .check)
        #expect(check.levels(of: NotStartedPartly.name) == [.info])
        #expect(kinds(check) == [.notStarted])
    }

    // MARK: - All courses

    @Test func everyCourseTakes81() throws {
        let judgement = try judged([dropOut, with(dropOut, other)])
        #expect(judgement.found.map(\.rule) == [NotStartedAll.name, NotStartedAll.name])
        #expect(kinds(judgement) == [.notStarted, .notStarted])
    }

    @Test func mixtureBecomes81() throws {
        let judgement = try judged([dropOut, with(notStarted, other)])
        #expect(judgement.found.map(\.rule) == [NotStartedAll.name])
        #expect(kinds(judgement) == [.notStarted, .notStarted])
    }

    @Test func admissionNeverCounts() throws {
        let judgement = try judged([dropOut, with(other, ["registrering": "N"])])
        #expect(judgement.found == [])
        #expect(kinds(judgement) == [.dropOut])
    }

    @Test func laterDropOutIsNone() throws {
        let judgement = try judged([dropOut, with(dropOut, with(other, ["handelsedatum": "2026-08-18"]))])
        #expect(judgement.actions(of: NotStartedAll.name) == [])
    }

    @Test func startedCourseSpeaksAgainstIt() throws {
        let judgement = try judged([dropOut, with(dropOut, with(other, ["registrering": "J"]))])
        #expect(judgement.actions(of: NotStartedAll.name) == [])
    }

    @Test func gradeSpeaksAgainstIt() throws {
        let graded = with(dropOut, ["betyg": "F", "betygsdatum": "2026-11-20", "slutdatum": "2026-11-20"])
        #expect(try judged([graded]).actions(of: NotStartedAll.name) == [])
    }

    /// Another unit's course whose end nobody knows may go on.
    @Test(arguments: [("", false), ("2026-06-05", true)])
    func startedCourseOfAnotherUnit(slutdatum: String, is81: Bool) throws {
        let spring = with(other, ["startdatum": "2026-01-12", "slutdatum": slutdatum])
        let judgement = try judged([dropOut, spring])
        #expect(judgement.actions(of: NotStartedAll.name) == (is81 ? [.repair] : []))
    }

    @Test(arguments: [
        ([String: String](), false),
        (["kurskod": "ENGENG05", "slutdatum": "2026-08-20"], false),
        (["startdatum": "2026-01-12", "slutdatum": "2026-08-17"], false),
        (["startdatum": "2026-01-12", "slutdatum": "2026-08-16"], true),
        (["registrering": "N"], true),
    ])
    func ledgerWithAStartedCourseAtThatTime(earlier: [String: String], is81: Bool) throws {
        let delivered = try Delivered(earlier)
        let judgement = try judged([dropOut]) { $0.delivered = delivered }
        #expect(judgement.actions(of: NotStartedAll.name) == (is81 ? [.repair] : []))
    }

    @Test func allCanBeHeldAndIsNotMendedInAFinishedFile() throws {
        let held = try judged([dropOut]) { $0.set(NotStartedAll.self, to: .hold) }
        #expect(held.students[0].units[0].isHeld)
        #expect(kinds(held) == [.dropOut])
        let check = try Judgement(NotStartedAll.broken, purpose: .check)
        #expect(check.levels(of: NotStartedAll.name) == [.info])
        #expect(kinds(check) == [.dropOut])
    }
}
