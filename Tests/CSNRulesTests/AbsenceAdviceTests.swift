import CSN
import Findings
import Testing

@testable import CSNRules

/// What is advised about absences that are sent.
struct AbsenceAdviceTests {
    /// In study-aid age to 2028-06-30.
    private static let young = "20080101-9803"

    private func row(_ orsak: String, _ date: String, _ cells: [String: String] = [:]) -> [String: String] {
        ["personnummer": Self.young, "meddelandeorsak": orsak, "handelsedatum": date].merging(cells) { $1 }
    }

    private func judged(_ rows: [[String: String]], _ setUp: (inout RuleSettings) -> Void = { _ in }) throws
        -> Judgement
    {
        var example = Example()
        example.rows = rows
        return try Judgement(example, setUp: setUp)
    }

    // MARK: - absence-outside-period

    private static let english = ["kurskod": "ENGENG05", "startdatum": "2026-10-05", "slutdatum": "2027-01-22"]

    @Test(arguments: [("2026-08-16", 1), ("2026-08-17", 0)])
    func fromTheFirstDay(_ date: String, _ said: Int) throws {
        let judgement = try judged([row("31", date), row("32", "2026-10-01")])
        #expect(judgement.only("absence-outside-period")?.count == said)
        #expect(judgement.students.first?.units.first?.isHeld == false)
    }

    @Test(arguments: [("2026-12-18", 0), ("2026-12-19", 1)])
    func toTheLastDay(_ date: String, _ said: Int) throws {
        #expect(
            try judged([row("31", "2026-09-01"), row("32", date)]).only("absence-outside-period")?.count == said)
    }

    /// The period is that of all courses of the unit.
    @Test func anotherCourseMayCoverIt() throws {
        let rows = [
            row("31", "2026-09-01"), row("32", "2027-01-11"), row("31", "2026-09-01", Self.english),
            row("32", "2027-01-11", Self.english),
        ]
        #expect(try judged(rows).found == [])
        let alone = try judged([
            row("31", "2026-09-01"), row("32", "2026-10-12"), row("31", "2026-09-01", Self.english),
        ])
        #expect(alone.found == [])
    }

    @Test func itBelongsOnTheCoursesThatCoverIt() throws {
        let judgement = try judged([
            ["personnummer": Self.young], row("31", "2026-09-01", Self.english), row("32", "2026-11-02", Self.english),
        ])
        #expect(judgement.only("absence-outside-period") == [.warning])
        #expect(judgement.findings.findings.first?.variant == 1 && judgement.found.first?.line == 3)
    }

    /// In a gap between two courses no course covers it.
    @Test func aGapIsInsideThePeriod() throws {
        let gap = ["kurskod": "ENGENG05", "startdatum": "2026-11-16", "slutdatum": "2026-12-18"]
        let first = ["slutdatum": "2026-10-02"]
        let rows = [
            row("31", "2026-10-05", first), row("32", "2026-10-26", first),
            ["personnummer": Self.young].merging(gap) { $1 },
        ]
        #expect(try judged(rows).found == [])
    }

    @Test func otherEventsAreAnotherRules() throws {
        let judgement = try judged([row("99", "2026-12-19")])
        #expect(judgement.rules == ["event-date-outside-course", "unit-held"])
    }

    @Test func withoutThePeriodItIsNotChecked() throws {
        let judgement = try judged([
            row("31", "2026-08-16"), row("32", "2026-10-01"),
            ["personnummer": Self.young, "kurskod": "ENGENG05", "slutdatum": ""],
        ])
        #expect(judgement.rules == ["end-date-missing", "unit-held"])
        #expect(judgement.notChecked["absence-outside-period"] == 1)
    }

    // MARK: - absence-report-late

    @Test(arguments: [
        ("2026-06-30", "2026-06-30", false), ("2026-06-30", "2026-07-01", true),
        // Past the age the event is not to be reported at all.
        ("2026-07-01", "2026-07-02", false),
    ])
    func reportedLate(_ date: String, _ today: String, _ breaks: Bool) throws {
        let student = try #require(Personnummer(digits: 2006_01_01_9805))
        #expect(AbsenceReportLate.breaks(student, on: try day(date), today: try day(today)) == breaks)
    }

    @Test func withoutAbsencesNothingIsLate() throws {
        let judgement = try Judgement(AbsenceReportLate.broken) { $0.sendsAbsenceCodes = false }
        #expect(judgement.rules == ["absence-code"])
        let finished = try Judgement(AbsenceReportLate.broken, purpose: .check)
        #expect(finished.effects(of: "absence-report-late") == [.warning])
    }

    // MARK: - absence-unordered

    @Test func anEndNeedsABeginning() throws {
        #expect(try judged([row("32", "2026-10-01")]).only("absence-unordered") == [.warning])
        #expect(try judged([row("31", "2026-09-01"), row("32", "2026-10-01")]).found == [])
        // One beginning has one end.
        let twice = try judged([row("31", "2026-09-01"), row("32", "2026-10-01"), row("32", "2026-11-02")])
        #expect(twice.only("absence-unordered") == [.warning] && twice.found.first?.line == 4)
        // A later beginning is another absence.
        let later = try judged([row("32", "2026-09-01"), row("31", "2026-10-01")])
        #expect(later.only("absence-unordered") == [.warning])
    }

    /// Began before the second course did.
    @Test func itMayBeginOnAnotherCourse() throws {
        let judgement = try judged([
            row("31", "2026-09-01"), row("32", "2026-11-02"), row("32", "2026-11-02", Self.english),
        ])
        #expect(judgement.found == [])
    }

    @Test(arguments: [("2026-09-01", 0), ("2026-10-01", 0), ("2026-10-02", 1)])
    func orInWhatCSNHas(_ began: String, _ said: Int) throws {
        let delivered = try Delivered(row("31", began))
        let judgement = try judged([row("32", "2026-10-01")]) { $0.delivered = delivered }
        #expect(judgement.only("absence-unordered")?.count == said)
    }

    /// What CSN has of an end that was mended is no second end.
    @Test func aMendedEndIsNoSecondOne() throws {
        let delivered = try Delivered(row("31", "2026-09-01"), row("32", "2026-10-01"))
        let judgement = try judged([row("31", "2026-09-01"), row("32", "2026-10-05")]) { $0.delivered = delivered }
        #expect(judgement.found == [])
    }
}
