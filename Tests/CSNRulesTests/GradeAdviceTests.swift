import CSN
import Findings
import Testing

@testable import CSNRules

/// What is advised about grades, parts, extent and numbers of records that are sent.
struct GradeAdviceTests {
    private static let graded = ["slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-20"]

    private func judged(_ cells: [String: String], _ more: [String: String] = [:]) throws -> Judgement {
        try Judgement(Example(cells.merging(more) { $1 }))
    }

    // MARK: - x-only-undivided, grade-on-unfinished-part

    @Test(arguments: [(11, false), (12, true), (22, true)])
    func xOnAPart(_ kursdel: Int, _ breaks: Bool) throws {
        let part = try #require(Kursdel(kursdel))
        #expect(XOnlyUndivided.breaks(.x, on: part) == breaks)
        #expect(!XOnlyUndivided.breaks(.c, on: part))
        // One cause, one finding.
        #expect(!GradeOnUnfinishedPart.breaks(.x, on: part))
    }

    /// Where X cannot stand at all, nothing is said of the part.
    @Test func xOnTheWrongLevelIsSaidOnce() throws {
        let judgement = try judged(["betyg": "X", "betygsdatum": "2026-11-20", "kursdel": "12", "poang": "50"])
        #expect(judgement.rules == ["x-only-gr", "unit-held"])
        #expect(judgement.notChecked["x-only-undivided"] == 1)
    }

    @Test(arguments: [(11, false), (12, true), (22, false), (23, true), (33, false)])
    func gradeOnAPart(_ kursdel: Int, _ breaks: Bool) throws {
        let part = try #require(Kursdel(kursdel))
        #expect(GradeOnUnfinishedPart.breaks(.f, on: part) == breaks)
        let judgement = try judged(Self.graded, ["kursdel": String(kursdel), "poang": kursdel == 11 ? "100" : "33"])
        #expect(judgement.only("grade-on-unfinished-part") == (breaks ? [.warning] : []))
        #expect(judgement.students.first?.units.first?.isHeld == false)
    }

    // MARK: - e-before-2012

    @Test(arguments: [("2012-06-30", true), ("2012-07-01", false)])
    func anEBeforeTheLetters(_ date: String, _ breaks: Bool) throws {
        #expect(EBefore2012.breaks(.e, on: try day(date)) == breaks)
        #expect(!EBefore2012.breaks(.d, on: try day(date)))
        #expect(!EBefore2012.breaks(.e, on: nil))
    }

    @Test func itGoesBeforeTheScale() throws {
        let row = ["startdatum": "2012-01-16", "slutdatum": "2012-06-30", "betygsdatum": "2012-06-30"]
        #expect(try judged(row, ["betyg": "E"]).rules == ["e-before-2012"])
        #expect(try judged(row, ["betyg": "D"]).rules == ["betyg-scale"])
        #expect(try judged(row, ["betyg": "V"]).found == [])
    }

    // MARK: - grade-and-drop-out

    @Test(arguments: [("F", 1), ("C", 1), ("Z", 1), ("-", 0), ("", 0)])
    func gradeWithDropOut(_ betyg: String, _ said: Int) throws {
        let judgement = try judged(
            Self.graded,
            [
                "betyg": betyg, "betygsdatum": betyg.isEmpty ? "" : "2026-11-20", "meddelandeorsak": "99",
                "handelsedatum": "2026-10-12",
            ])
        #expect(judgement.only("grade-and-drop-out")?.count == said, "\(judgement.found)")
        #expect(judgement.records.first?.events.count == 1 && judgement.records.first?.betyg?.code ?? "" == betyg)
    }

    @Test func gradeWithAbsenceIsNoContradiction() throws {
        let absent = ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"]
        #expect(try judged(Self.graded, absent).found == [])
    }

    // MARK: - scope-in-study-aid-age

    @Test(
        arguments: [
            (Omfattning.full, "2026-06-30", 0), (.part, "2026-06-30", 1), (.full, "2026-07-01", nil),
            (.part, "2026-07-01", nil),
        ] as [(Omfattning, String, Int?)])
    func extent(_ omfattning: Omfattning, _ start: String, _ message: Int?) throws {
        let student = try #require(Personnummer(digits: 2006_01_01_9805))
        #expect(ScopeInStudyAidAge.message(omfattning, of: student, start: try day(start)) == message)
    }

    @Test func extentIsSentAsItIs() throws {
        let judgement = try judged(["personnummer": "20080101-9803", "omfattning": "H"])
        #expect(judgement.only("scope-in-study-aid-age") == [.warning])
        #expect(try judgement.onlyRecord().fields.omfattning == .full)
    }

    // MARK: - poang-parts

    private func sum(_ parts: (Int, Int)...) throws -> Int {
        PoangParts.sum(of: try parts.map { .init(kursdel: try #require(Kursdel($0)), points: $1) })
    }

    @Test func partsAreAddedUp() throws {
        #expect(try sum((12, 50), (22, 50)) == 100)
        #expect(try sum((13, 30), (23, 30), (33, 40)) == 100)
        // Read again, with other points the second time.
        #expect(try sum((12, 50), (12, 60), (22, 50)) == 110)
        // Divided anew.
        #expect(try sum((12, 50), (23, 40), (33, 30)) == 70)
        #expect(try sum() == 0)
    }

    private func parts(_ first: String, _ second: String) throws -> Judgement {
        let next = ["startdatum": "2027-01-11", "slutdatum": "2027-06-04", "registrering": "N"]
        return try Judgement(
            Example(
                ["kursdel": "12", "poang": first], next.merging(["kursdel": "22", "poang": second]) { $1 }))
    }

    @Test func moreThanTheCourse() throws {
        #expect(try parts("50", "50").found == [])
        #expect(try parts("40", "50").found == [])
        let judgement = try parts("100", "100")
        #expect(judgement.only("poang-parts") == [.warning])
        #expect(judgement.found.first?.line == 3)
        #expect(judgement.students.flatMap(\.units).allSatisfy { !$0.isHeld })
        // One part alone.
        #expect(try judged(["kursdel": "12", "poang": "101"]).only("poang-parts") == [.warning])
    }

    @Test func aPartWithoutPointsLeavesItUnchecked() throws {
        let judgement = try parts("", "101")
        #expect(judgement.rules == ["poang-missing", "unit-held"])
        #expect(judgement.notChecked["poang-parts"] == 1)
    }

    // MARK: - temporary-and-real-number

    @Test func oneStudentUnderTwoNumbers() throws {
        let temporary = ["studentid": "4711", "personnummer": "19900101-T123", "kurskod": "ENGENG05"]
        func judged(_ other: [String: String]) throws -> Judgement { try Judgement(Example(temporary, other)) }
        let both = try judged(["studentid": "4711"])
        #expect(both.effects(of: "temporary-and-real-number") == [.warning])
        #expect(both.found.filter { $0.rule == "temporary-and-real-number" }.map(\.line) == [2])
        #expect(both.sentences(in: .en).contains { $0.contains("line 3") })
        #expect(try !judged(["studentid": "4712"]).rules.contains("temporary-and-real-number"))
        #expect(try !judged([:]).rules.contains("temporary-and-real-number"))
        let unreadable = ["studentid": "4711", "personnummer": "1990"]
        #expect(try !judged(unreadable).rules.contains("temporary-and-real-number"))
    }
}

struct XBefore2016Tests {
    private func row(_ start: String, _ betyg: String, _ date: String, _ code: String = "GRNMAT2") -> [String: String] {
        [
            "kurskod": code, "poang": "600", "niva": "GR", "startdatum": start, "slutdatum": date, "betyg": betyg,
            "betygsdatum": date,
        ]
    }

    private func effects(_ rows: [String: String]...) throws -> [Judgement.Effect] {
        var example = Example(today: "2016-12-19")
        example.rows = rows
        return try Judgement(example).effects(of: XBefore2016.name)
    }

    @Test func dayBeforeTheFirstOfJulyOnly() {
        #expect(XBefore2016.formEnds == Day(year: 2016, month: 7, day: 1))
    }

    @Test func onlyBeforeTheFirstOfJulyAndOnlyAfterAPass() throws {
        let pass = row("2016-08-15", "E", "2016-12-16")
        #expect(try effects(row("2016-01-11", "X", "2016-06-30"), pass) == [.warning])
        #expect(try effects(row("2016-01-11", "X", "2016-07-01"), pass) == [])
        #expect(try effects(row("2016-01-11", "X", "2016-06-30")) == [])
        #expect(try effects(row("2016-01-11", "X", "2016-06-30"), row("2016-08-15", "F", "2016-12-16")) == [])
        #expect(
            try effects(row("2016-01-11", "X", "2016-06-30"), row("2016-08-15", "E", "2016-12-16", "GRNENG2")) == [])
        #expect(try effects(row("2016-01-11", "F", "2016-06-30"), pass) == [])
    }

    /// A pass of the same day or before it is not "at a later time".
    @Test func thePassMustBeLater() throws {
        let x = row("2016-03-01", "X", "2016-06-30")
        #expect(try effects(x, row("2016-01-11", "E", "2016-06-29")) == [])
        #expect(try effects(x, row("2016-01-11", "E", "2016-06-30")) == [])
        #expect(try effects(x, row("2016-01-11", "E", "2016-07-01")) == [.warning])
    }
}
