import CSN
import Findings
import Testing

@testable import CSNRules

/// Judges rows against what was reported before.
func judged(
    _ rows: [[String: String]], after delivered: Delivered, today: String = "2026-11-23",
    setUp: (inout RuleSettings) -> Void = { _ in }
) throws -> Judgement {
    var example = Example(today: today)
    example.rows = rows
    return try Judgement(example) {
        $0.delivered = delivered
        setUp(&$0)
    }
}

/// Five students; each number has a right check digit.
let fiveStudents = ["19900101-9802", "19900102-9801", "19900103-9800", "19900104-9809", "19900105-9808"].map {
    ["personnummer": $0]
}

struct CourseIdentityChangedTests {
    private static let english = ["kurskod": "ENGENG05"]

    @Test(arguments: [
        (["startdatum": "2026-08-24"], Field.startdatum), (["kurskod": "ENGENG05"], .kurskod),
        (["kursdel": "12"], .kursdel), ([:], nil), (["slutdatum": "2026-12-11"], nil),
        (["startdatum": "2026-08-24", "kurskod": "ENGENG05"], nil),
        (["startdatum": "2026-08-24", "kursdel": "12"], nil),
        (["kurskod": "ENGENG05", "kursdel": "12"], nil),
    ])
    func oneFieldOfThree(row: [String: String], field: Field?) throws {
        let records = try recordsOf([[:], row])
        #expect(CourseIdentityChanged.difference(records[0], records[1], in: CourseTable(ModelRow.courses)) == field)
    }

    @Test(arguments: [["startdatum": "2026-08-24"], ["kurskod": "ENGENG05"], ["kursdel": "12"]])
    func changedCourseIsSentOnce(row: [String: String]) throws {
        let judgement = try judged([row], after: Delivered([:]))
        #expect(judgement.only("course-identity-changed") == [.info])
        #expect(try !judgement.onlyRecord().isCarried)
    }

    @Test func courseThatDiffersInTwoFieldsIsAnother() throws {
        let judgement = try judged([["startdatum": "2026-08-24", "kursdel": "12"]], after: Delivered([:]))
        #expect(judgement.only("reported-course-missing") == [.warning])
        #expect(judgement.records.map(\.isCarried).sorted { !$0 && $1 } == [false, true])
    }

    @Test func pairsOfTheirOwnAreEachSaid() throws {
        let later = ["startdatum": "2026-08-24"]
        let judgement = try judged(
            [later, later.merging(Self.english) { $1 }], after: Delivered([[:], Self.english]))
        #expect(judgement.only("course-identity-changed") == [.info, .info])
        #expect(judgement.records.count == 2)
    }

    @Test func twoNewOrTwoOldAreHeldWithOneFinding() throws {
        let (one, other) = (["startdatum": "2026-08-24"], ["startdatum": "2026-08-31"])
        for (rows, reported) in [([one, other], [[:]]), ([[:]], [one, other])] {
            let judgement = try judged(rows, after: Delivered(reported))
            #expect(judgement.only("course-identity-changed") == [.hold])
            #expect(judgement.effects(of: UnitHeld.name).count == 1)
            #expect(judgement.students[0].units.map(\.isHeld) == [true])
        }
    }

    @Test func onlyTheUnitIsHeld() throws {
        let spring = ["startdatum": "2026-01-12", "slutdatum": "2026-06-05"]
        let judgement = try judged(
            [spring, ["startdatum": "2026-08-24"], ["startdatum": "2026-08-31"]], after: Delivered([[:]]))
        #expect(judgement.students[0].units.map(\.isHeld) == [false, true])
    }

    @Test func lowered() throws {
        let held = try judged([["startdatum": "2026-08-24"]], after: Delivered([:])) {
            $0.set(CourseIdentityChanged.self, to: .hold)
        }
        #expect(held.only("course-identity-changed") == [.hold])
        let sent = try judged([["startdatum": "2026-08-24"], ["startdatum": "2026-08-31"]], after: Delivered([:])) {
            $0.set(CourseIdentityChanged.self, to: .warning)
        }
        #expect(sent.effects(of: "reported-course-missing") == [.warning])
        #expect(sent.records.count == 3)
        let once = try judged([["startdatum": "2026-08-24"]], after: Delivered([:])) {
            $0.set(CourseIdentityChanged.self, to: .warning)
        }
        #expect(once.records.count == 1)
    }

    /// A part of an export does not say that the other course is gone; but nobody reads one course twice at a time.
    @Test func partOfAnExport() throws {
        let reported = try Delivered([[:]], isExpected: false)
        let another = try judged([Self.english], after: reported)
        #expect(another.found == [])
        #expect(another.records.count == 2)
        let moved = try judged([["startdatum": "2026-08-24"]], after: reported)
        #expect(moved.only("course-identity-changed") == [.info])
        #expect(moved.records.count == 1)
    }

    @Test func courseOfAnotherUnitIsAnother() throws {
        let judgement = try judged(
            [["startdatum": "2027-01-11", "slutdatum": "2027-06-04", "registrering": "N"]],
            after: Delivered([:]))
        #expect(judgement.only("reported-course-missing") == [.warning])
    }
}

struct ReportedCourseMissingTests {
    private static let english = ["kurskod": "ENGENG05", "startdatum": "2026-08-24"]
    private static let spring = ["startdatum": "2026-01-12", "slutdatum": "2026-06-05"]

    @Test func courseIsKeptAndTheRowsCountAsBefore() throws {
        let judgement = try judged([[:]], after: Delivered([:], Self.english))
        #expect(judgement.only("reported-course-missing") == [.warning])
        #expect(judgement.records.count == 2)
        let fates = judgement.students[0].fates
        #expect(fates.sent == 1 && fates.read == 1)
        let finding = try #require(judgement.findings.findings.first)
        #expect(finding.place == Place() && finding.variant == 0)
        #expect(finding.student == 199_001_019_802 && finding.course != .max)
        #expect(judgement.sentences(in: .en)[0].contains("ENGENG05 1:1 2026-08-24"))
    }

    @Test func exportThatIsNotCompleteMissesNothingButTheUnitStaysWhole() throws {
        let judgement = try judged([[:]], after: Delivered([[:], Self.english], isExpected: false))
        #expect(judgement.found == [])
        #expect(judgement.records.count == 2)
    }

    @Test func courseOfTheUnitThatIsOverIsKeptToo() throws {
        let short = ["kurskod": "ENGENG05", "startdatum": "2026-07-01", "slutdatum": "2026-08-14"]
        #expect(try judged([[:]], after: Delivered([:], short)).only("reported-course-missing") == [.warning])
    }

    /// A study period of which nothing is in the export is missed until its last day.
    @Test(arguments: [("2026-06-05", 1), ("2026-06-06", 0)])
    func wholePeriod(today: String, count: Int) throws {
        let row = ["registrering": "N"]
        let judgement = try judged([row], after: Delivered([row, Self.spring]), today: today)
        #expect(judgement.only("reported-course-missing")?.count == count)
        #expect(judgement.findings.findings.allSatisfy { $0.variant == 1 })
        #expect(judgement.records.count == 1 + count)
        let partly = try judged([row], after: Delivered([row, Self.spring], isExpected: false), today: today)
        #expect(partly.found == [] && partly.records.count == 1)
    }

    /// Whatever the export covers, a file that CSN has not read loses nothing.
    @Test func unreadPeriodIsKept() throws {
        let delivered = try Delivered([[:], Self.spring], isRead: false, isExpected: false)
        let judgement = try judged([[:]], after: delivered)
        #expect(judgement.found == [] && judgement.records.count == 2)
    }

    @Test func rowThatMayBeTheCourseIsTheCause() throws {
        let delivered = try Delivered([:], Self.english)
        for cell in ["kurskod", "kursdel", "startdatum"] {
            let judgement = try judged([[:], Self.english.merging([cell: "?"]) { $1 }], after: delivered)
            #expect(judgement.effects(of: "reported-course-missing") == [])
            #expect(judgement.notChecked["reported-course-missing"] == 1)
            #expect(judgement.students[0].units.allSatisfy { $0.isHeld })
        }
    }

    @Test func rowThatIsNotReportedIsNoMissingCourse() throws {
        let row = ["registrering": "N", "provning": "J", "betyg": "F", "betygsdatum": "2026-10-05"]
        let judgement = try judged([row], after: Delivered(["registrering": "N"]))
        #expect(judgement.only("provning-failed") == [.drop(.info)])
        #expect(judgement.records.isEmpty)
    }

    @Test func courseWhoseDatesWereMendedIsTheSame() throws {
        let row = ["registrering": "N", "provning": "J", "betyg": "C", "betygsdatum": "2026-10-05"]
        let judgement = try judged([row], after: Delivered(["registrering": "N"]))
        #expect(judgement.only("provning-dates") == [.repair(.info)])
        #expect(judgement.records.count == 1)
        let again = try judged([row], after: Delivered(try Self.examination()))
        #expect(again.only("provning-dates") == [.repair(.info)])
        #expect(again.records.count == 1)
    }

    private static func examination() throws -> [String: String] {
        ["startdatum": "2026-10-05", "slutdatum": "2026-10-05", "betyg": "C", "betygsdatum": "2026-10-05"]
    }

    @Test func heldByAConfiguration() throws {
        let judgement = try judged([[:]], after: Delivered([:], Self.english)) {
            $0.set(ReportedCourseMissing.self, to: .hold)
        }
        #expect(judgement.only("reported-course-missing") == [.hold])
        let held = try #require(judgement.findings.findings.last)
        #expect(judgement.found.last?.rule == UnitHeld.name && held.variant == 2 && held.place.line == 2)
        let fates = judgement.students[0].fates
        #expect(fates.held == 1 && fates.read == 1)
    }

    @Test func finishedFileIsJudgedByItself() throws {
        let delivered = try Delivered([:], Self.english)
        let judgement = try Judgement(Example([:]), purpose: .check) { $0.delivered = delivered }
        #expect(judgement.found == [] && judgement.records.count == 1)
    }

    /// A course that is kept is one more of the unit: not all of it is said not to be started.
    @Test func keptCourseIsOfTheUnit() throws {
        let dropOut = ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-08-17"]
        let english = Self.english.merging(["registrering": "N"]) { $1 }
        let alone = try judged([dropOut], after: Delivered(["registrering": "N"]))
        #expect(alone.only("not-started-all") == [.repair(.info)])
        let beside = try judged([dropOut], after: Delivered(["registrering": "N"], english))
        #expect(beside.only("reported-course-missing") == [.warning])
    }
}

struct StudentsMissingTests {
    @Test(arguments: [(0, 0, false), (0, 5, false), (1, 5, false), (2, 10, false), (3, 10, true), (2, 9, true)])
    func moreThanAFifth(gone: Int, before: Int, breaks: Bool) {
        #expect(StudentsMissing.breaks(gone: gone, of: before) == breaks)
    }

    @Test func fifthOfTheStudentsIsKept() throws {
        let judgement = try judged(Array(fiveStudents.prefix(4)), after: Delivered(fiveStudents))
        #expect(judgement.only("reported-course-missing") == [.warning])
        #expect(!judgement.schools[0].isHeld)
        #expect(judgement.students.count == 5 && judgement.students[4].units[0].present.count == 1)
        #expect(judgement.students[4].fates == RowFates())
    }

    @Test func twoFifthsHoldTheSchoolAndNothingElseIsSaid() throws {
        let judgement = try judged(Array(fiveStudents.prefix(3)), after: Delivered(fiveStudents))
        #expect(judgement.only("students-missing") == [.hold])
        #expect(judgement.schools[0].isHeld)
        #expect(judgement.findings.findings[0].school == 1003)
        let lowered = try judged(Array(fiveStudents.prefix(3)), after: Delivered(fiveStudents)) {
            $0.set(StudentsMissing.self, to: .warning)
        }
        #expect(lowered.effects(of: "students-missing") == [.warning])
        #expect(!lowered.schools[0].isHeld)
        #expect(lowered.effects(of: "reported-course-missing").count == 2)
    }

    @Test func onlyCompleteExportsCount() throws {
        let judgement = try judged([fiveStudents[0]], after: Delivered(fiveStudents, isExpected: false))
        #expect(judgement.found == [] && !judgement.schools[0].isHeld)
    }

    @Test func studentWithAnotherNumberUnderTheSameIdIsThere() throws {
        let delivered = try Delivered(["studentid": "17", "personnummer": "19900161-9809"])
        let judgement = try judged([["studentid": "17"]], after: delivered)
        #expect(judgement.schools[0].studentsGone == 0)
        #expect(try judged([["studentid": "18"]], after: delivered).schools[0].studentsGone == 1)
    }
}

struct SamordningsnummerReplacedTests {
    private static let old = ["studentid": "17", "personnummer": "19900161-9809"]

    @Test func whatIsKeptGetsTheNewNumber() throws {
        let english = Self.old.merging(["kurskod": "ENGENG05", "startdatum": "2026-08-24"]) { $1 }
        let judgement = try judged([["studentid": "17"]], after: Delivered(Self.old, english))
        #expect(judgement.rules == ["samordningsnummer-replaced", "reported-course-missing"])
        #expect(judgement.effects(of: "samordningsnummer-replaced") == [.info])
        #expect(judgement.records.compactMap(\.personnummer?.digits) == [199_001_019_802, 199_001_019_802])
    }

    @Test func courseUnderBothNumbersIsOne() throws {
        let english = ["studentid": "17", "kurskod": "ENGENG05", "startdatum": "2026-08-24"]
        let delivered = try Delivered(Self.old.merging(english) { old, new in new }.merging(Self.old) { $1 }, english)
        #expect(try judged([["studentid": "17"]], after: delivered).records.count == 2)
    }

    @Test func otherNumberIsAWarning() throws {
        let judgement = try judged(
            [["studentid": "17"]], after: Delivered(["studentid": "17", "personnummer": "19900102-9801"]))
        #expect(judgement.only("samordningsnummer-replaced") == [.warning])
        let parameters = judgement.findings.parameters(of: judgement.findings.findings[0])
        #expect(parameters.allSatisfy { $0.privacy == .personal })
    }

    @Test func whichMessage() throws {
        let real = try #require(Personnummer(digits: 199_001_019_802))
        let other = try #require(Personnummer(digits: 199_001_029_801))
        let samordning = try #require(Personnummer(digits: 199_001_619_809))
        #expect(SamordningsnummerReplaced.message(from: samordning, to: real) == 0)
        #expect(SamordningsnummerReplaced.message(from: real, to: samordning) == 1)
        #expect(SamordningsnummerReplaced.message(from: other, to: real) == 1)
        #expect(SamordningsnummerReplaced.message(from: samordning, to: samordning) == nil)
    }
}

struct UnreadFileTests {
    @Test(arguments: [(0, [RuleName]()), (1, [UnreadFileReplaced.name])])
    func fileThatReplacesAnUnreadOne(records: Int, rules: [RuleName]) throws {
        let (first, last) = (try day("2026-08-17"), try day("2026-12-18"))
        let engine = RuleEngine(
            RuleSettings(purpose: .convert, today: try day("2026-11-23"), courses: CourseTable(ModelRow.courses)))
        for unread in [UnreadFile(readingDay: try day("2026-11-23"), records: 3), nil] {
            var context = engine.makeContext()
            engine.judge(
                FileFacts(
                    firstDate: first, lastDate: last, schools: Set([Skolkod(1003)].compactMap(\.self)),
                    recordCount: records, unitCount: records, isOneUnitException: false, replaces: unread), &context)
            let found = context.findings.found.filter { $0.rule != FileEmpty.name }
            #expect(found.map(\.rule) == (unread == nil ? [] : rules))
        }
    }

    private static let cut = ["kurskod": "ENGENG05", "slutdatum": ""]

    @Test func heldUnitKeepsItsUnreadLinesAsTheyWere() throws {
        let reported = [["slutdatum": "2026-12-11"], ["kurskod": "SVESVE02"]]
        let judgement = try judged([[:], Self.cut], after: Delivered(reported, isRead: false))
        let unit = try #require(judgement.students[0].units.first)
        #expect(unit.isHeld)
        #expect(try unit.unreadRecords.map(\.slutdatum) == [day("2026-12-11"), day("2026-12-18")])
        #expect(unit.unreadRecords.allSatisfy { $0.isCarried })
        let read = try judged([[:], Self.cut], after: Delivered(reported))
        #expect(read.students[0].units[0].isHeld && read.students[0].units[0].unreadRecords.isEmpty)
        let sent = try judged([[:]], after: Delivered(reported, isRead: false))
        #expect(!sent.students[0].units[0].isHeld && sent.students[0].units[0].unreadRecords.isEmpty)
    }

    @Test func lineThatIsDroppedNowIsNotKept() throws {
        let failed = ["registrering": "N", "provning": "J", "betyg": "F", "betygsdatum": "2026-10-05"]
        let reported = [["registrering": "N"], ["kurskod": "SVESVE02"]]
        let judgement = try judged([failed, Self.cut], after: Delivered(reported, isRead: false))
        let unit = try #require(judgement.students[0].units.first)
        #expect(unit.isHeld)
        #expect(unit.unreadRecords.count == 1 && unit.unreadRecords[0].registrering)
    }
}
