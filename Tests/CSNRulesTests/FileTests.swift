import CSN
import Findings
import Testing

@testable import CSNRules

private struct FileFinding: Equatable {
    var rule: RuleName
    var level: Level
    var action: Action
    var line: UInt32 = 0
}

private func judged(
    _ purpose: RuleSettings.Purpose, from first: String? = nil, to last: String? = nil, schools: Set<Int> = [1003],
    records: Int = 2, units: Int = 2, isOneUnitException: Bool = false, formFaults: [FileFacts.FormFault] = []
) throws -> [FileFinding] {
    let facts = FileFacts(
        firstDate: try first.map(day), lastDate: try last.map(day), schools: Set(schools.compactMap { Skolkod($0) }),
        recordCount: records, unitCount: units, isOneUnitException: isOneUnitException, formFaults: formFaults)
    let engine = RuleEngine(
        RuleSettings(purpose: purpose, today: try day("2026-11-23"), courses: CourseTable(ModelRow.courses)))
    var context = engine.makeContext()
    engine.judge(facts, &context)
    return try context.findings.findings.map {
        FileFinding(
            rule: try #require(Catalogue.shared.rule($0.rule)).name, level: $0.level, action: $0.action,
            line: $0.place.line)
    }
}

struct FileSpanTests {
    /// 365 days with both ends fit, 366 are on the edge, 367 too many. Counted by hand from 2026-01-01.
    @Test(arguments: [("2026-12-31", [Level]()), ("2027-01-01", [.warning]), ("2027-01-02", [.error])])
    func edgesOfAFinishedFile(last: String, levels: [Level]) throws {
        let found = try judged(.check, from: "2026-01-01", to: last)
        #expect(found.map(\.level) == levels)
        #expect(found.allSatisfy { $0.rule == FileSpan.name && $0.action == .none })
    }

    @Test(arguments: [("2026-12-31", [Level]()), ("2027-01-01", [.info]), ("2028-01-01", [.info])])
    func whatIsToBePlannedIsOnlySaid(last: String, levels: [Level]) throws {
        let found = try judged(.convert, from: "2026-01-01", to: last)
        #expect(found.map(\.level) == levels)
        #expect(found.allSatisfy { $0.action == .none })
    }

    @Test func exceptionOfOneUnitIsAWarning() throws {
        let found = try judged(.check, from: "2026-01-01", to: "2027-06-01", units: 1, isOneUnitException: true)
        #expect(found == [FileFinding(rule: FileSpan.name, level: .warning, action: .none)])
    }

    /// One cause, one finding: where the record has been named, the file says nothing more.
    @Test func exceptionThatWasSaidOfTheRecordIsNotSaidAgain() throws {
        let judgement = try Judgement(LateDateAlone.broken, purpose: .check, judgesFile: true)
        #expect(judgement.found.map(\.rule) == [LateDateAlone.name])
        #expect(judgement.levels(of: LateDateAlone.name) == [.warning])
    }

    /// 2025-12-18 to 2026-12-18 is exactly 365 days apart.
    @Test(arguments: [RuleSettings.Purpose.convert, .check])
    func courseOf365DaysIsSaidOnce(purpose: RuleSettings.Purpose) throws {
        let judgement = try Judgement(Example(["startdatum": "2025-12-18"]), purpose: purpose, judgesFile: true)
        #expect(judgement.found.map(\.rule) == [CourseOverAYear.name])
        #expect(judgement.levels(of: CourseOverAYear.name) == [.warning])
    }

    @Test func singleUnitHasAFindingOfItsOwn() throws {
        let judgement = try Judgement(StudyPeriodOverAYear.broken, judgesFile: true)
        #expect(judgement.found.map(\.rule) == [StudyPeriodOverAYear.name])
        let check = try Judgement(StudyPeriodOverAYear.broken, purpose: .check, judgesFile: true)
        #expect(check.found.map(\.rule) == [FileSpan.name])
    }
}

struct OtherFileTests {
    @Test(arguments: [RuleSettings.Purpose.convert, .check])
    func emptyFile(purpose: RuleSettings.Purpose) throws {
        let found = try judged(purpose, schools: [], records: 0, units: 0)
        #expect(found == [FileFinding(rule: FileEmpty.name, level: .info, action: .none)])
        #expect(try judged(purpose, records: 1, units: 1) == [])
    }

    @Test func fileOfTwoSchools() throws {
        #expect(
            try judged(.check, schools: [1003, 1004])
                == [FileFinding(rule: FileOneSchool.name, level: .error, action: .none)])
        #expect(
            try judged(.convert, schools: [1003, 1004])
                == [FileFinding(rule: FileOneSchool.name, level: .error, action: .hold)])
        #expect(try judged(.check, schools: [1003]) == [])
    }

    @Test func faultsOfFormAreSaidAtTheirLines() throws {
        let faults = [
            FileFacts.FormFault(line: 3, position: 12, sv: "styrtecken", en: "control character"),
            FileFacts.FormFault(line: 7, position: 0, sv: "72 tecken", en: "72 characters"),
        ]
        let found = try judged(.check, records: 0, units: 0, formFaults: faults)
        #expect(
            found == [3, 7].map { FileFinding(rule: FileLayout.name, level: .error, action: .none, line: $0) })
        #expect(faults.map(FileLayout.message) == [0, 1])
    }
}

struct UnitShapeTests {
    private func shape(_ rows: [String: String]...) throws -> UnitShape {
        UnitShape.of(try recordsOf(rows))
    }

    @Test(arguments: [
        ("2026-12-31", nil, UnitShape.fitsOneFile), ("2027-01-01", nil, .ownFileForCourseOf365Days),
        ("2027-01-02", nil, .overLimit), ("2026-06-05", "2026-12-31", .fitsOneFile),
        ("2026-06-05", "2027-01-01", .ownFileForLateDate), ("2026-12-31", "2027-01-01", .ownFileForLateDate),
        ("2027-01-01", "2027-02-01", .ownFileForCourseOf365Days), ("2027-01-02", "2027-02-01", .overLimit),
    ])
    func oneRecord(slutdatum: String, betygsdatum: String?, expected: UnitShape) throws {
        let row = ["startdatum": "2026-01-01", "slutdatum": slutdatum, "betygsdatum": betygsdatum ?? ""]
        #expect(try shape(row) == expected)
        #expect(expected.needsOwnFile == [.ownFileForLateDate, .ownFileForCourseOf365Days].contains(expected))
    }

    @Test func eventBeforeTheCourseCounts() throws {
        let row = ["meddelandeorsak": "31", "handelsedatum": "2025-12-18"]
        #expect(try shape(row) == .ownFileForLateDate)
        #expect(try shape(row.merging(["handelsedatum": "2025-12-19"]) { $1 }) == .fitsOneFile)
    }

    @Test func coursesThatAreTooLongTogetherAreDivided() throws {
        let spring = ["startdatum": "2026-01-12"]
        #expect(try shape(spring, ["slutdatum": "2027-01-11"]) == .fitsOneFile)
        #expect(try shape(spring, ["slutdatum": "2027-01-12"]) == .overLimit)
        // Also when one of them has a late date.
        let late = ["startdatum": "2026-01-12", "betygsdatum": "2027-06-01"]
        #expect(try shape(late, ["slutdatum": "2027-01-11"]) == .ownFileForLateDate)
        #expect(try shape(late, ["slutdatum": "2027-01-12"]) == .overLimit)
    }

    /// No record is too long by itself: the unit can be divided.
    @Test func dateThatOnlyTheUnitCannotTakeDividesIt() throws {
        let spring = ["startdatum": "2026-01-12", "slutdatum": "2026-06-05"]
        #expect(try shape(spring, ["startdatum": "2026-03-01", "betygsdatum": "2027-01-12"]) == .overLimit)
    }

    @Test func recordLeftOutDoesNotCount() throws {
        var records = try recordsOf([["startdatum": "2025-01-13"], [:]])
        #expect(UnitShape.of(records) == .overLimit)
        records[0].isDropped = true
        #expect(UnitShape.of(records) == .fitsOneFile)
    }
}

struct LongUnitTests {
    /// 2025-08-18 + 364 days is 2026-08-17: counted by hand, 365 days with both ends.
    @Test(arguments: [("2026-08-17", [RuleName]()), ("2026-08-18", [LateDateAlone.name])])
    func lateGrade(betygsdatum: String, rules: [RuleName]) throws {
        let row = [
            "startdatum": "2025-08-18", "slutdatum": "2025-12-19", "betyg": "C", "betygsdatum": betygsdatum,
        ]
        let judgement = try Judgement(Example(row))
        #expect(judgement.found.map(\.rule) == rules)
        #expect(judgement.levels(of: LateDateAlone.name).allSatisfy { $0 == .warning })
    }

    @Test func recordWithoutOtherDatesIsNeverLate() throws {
        let (start, end) = (try day("2026-01-01"), try day("2026-12-31"))
        #expect(!LateDateAlone.breaks(start: start, end: end, first: start, last: end))
        #expect(LateDateAlone.breaks(start: start, end: end, first: start, last: end + 1))
        // A course that does not fit by itself is another rule's.
        #expect(!LateDateAlone.breaks(start: start, end: end + 1, first: start, last: end + 2))
    }

    @Test(arguments: [("2027-01-11", [RuleName]()), ("2027-01-12", [StudyPeriodOverAYear.name])])
    func longStudyPeriod(slutdatum: String, rules: [RuleName]) throws {
        let judgement = try Judgement(
            Example(["startdatum": "2026-01-12"], ["kurskod": "ENGENG05", "slutdatum": slutdatum]))
        #expect(judgement.found.map(\.rule) == rules)
        #expect(judgement.levels(of: StudyPeriodOverAYear.name).allSatisfy { $0 == .warning })
    }

    @Test func courseOverAYearIsNotSaidAsAStudyPeriod() throws {
        let judgement = try Judgement(Example(["startdatum": "2025-08-18", "slutdatum": "2026-08-19"]))
        #expect(judgement.rules == [CourseOverAYear.name, UnitHeld.name])
    }

    @Test func lateDateIsNotSaidAsAStudyPeriod() throws {
        let judgement = try Judgement(LateDateAlone.broken)
        #expect(judgement.actions(of: StudyPeriodOverAYear.name) == [])
    }
}
