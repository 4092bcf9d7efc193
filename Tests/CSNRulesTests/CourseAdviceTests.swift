import CSN
import Findings
import Testing

@testable import CSNRules

/// What is advised about a row's course, its points, level and scale of grades, and the student's age.
struct CourseAdviceTests {
    typealias Edge = FieldTests.Edge

    private static let grund = ["kurskod": "GRNMAT2", "poang": "600", "niva": "GR"]

    private static func with(_ cells: [String: String], _ more: [String: String]) -> [String: String] {
        cells.merging(more) { $1 }
    }

    /// Each speaks alone and sends the row as it is, or is silent.
    @Test(arguments: [
        Edge("implausible-age", ["personnummer": "20110818-9802"], true),
        Edge("implausible-age", ["personnummer": "20110817-9803"], false),
        Edge("implausible-age", ["personnummer": "19250817-9807"], true),
        Edge("implausible-age", ["personnummer": "19250818-9806"], false),
        Edge("course-code-not-in-register", ["kurskod": "VGRSVE1", "niva": "GR"], true),
        Edge("course-code-not-in-register", grund, false),
        // The school's own approved course.
        Edge("course-code-not-in-register", ["kurskod": "LOKAL1", "poang": "50"], false),
        Edge("poang-differs", ["poang": "99"], true),
        Edge("poang-differs", ["poang": "0"], true),
        Edge("poang-differs", ["poang": "100"], false),
        Edge("poang-differs", ["poang": "99", "kursdel": "12"], false),
        Edge("poang-differs", ["kurskod": "LOKAL1", "poang": "100"], true),
        // Nobody knows what the course gives.
        Edge("poang-differs", ["kurskod": "GRNORI21A", "poang": "30", "niva": "GR"], false),
        // One cause, one finding: it is not said to differ, too.
        Edge("niva-retired", ["niva": "PU"], true),
        Edge("niva-retired", ["niva": "GY"], false),
        Edge("niva-differs", ["niva": "GR"], true),
        Edge("niva-differs", with(grund, ["niva": "GY"]), true),
        Edge("niva-differs", grund, false),
    ])
    func edges(_ edge: Edge) throws {
        let judgement = try Judgement(Example(edge.cells))
        #expect(judgement.only(edge.rule) == (edge.speaks ? [.warning] : []), "\(judgement.found)")
        #expect(judgement.records.count == 1 && judgement.students.first?.units.first?.isHeld == false)
    }

    /// The form of the code tells the level where the register does not.
    @Test func theFormTellsTheLevel() throws {
        let judgement = try Judgement(Example(["kurskod": "VGRSVE1", "niva": "GY"]))
        #expect(judgement.rules == ["niva-differs", "course-code-not-in-register"])
        #expect(NivaDiffers.breaks(.gy, facts: CourseFacts(niva: .gr)))
        #expect(!NivaDiffers.breaks(.gy, facts: CourseFacts()))
    }

    @Test func whatFailedIsNotChecked() throws {
        let judgement = try Judgement(Example(["kurskod": "QQQ", "niva": "GR", "poang": "3"]))
        #expect(judgement.rules == ["unknown-course-code", "unit-held"])
        for rule in ["course-code-not-in-register", "retired-course-code", "poang-differs", "niva-differs"] {
            #expect(judgement.notChecked[RuleName(stringLiteral: rule)] == 1)
        }
    }

    // MARK: - implausible-age

    @Test(arguments: [
        ("2011-08-17", "2026-08-16", 14), ("2011-08-17", "2026-08-17", 15), ("2011-08-17", "2027-08-16", 15),
        ("2008-02-29", "2023-02-28", 14), ("2008-02-29", "2023-03-01", 15), ("2026-08-18", "2026-08-17", -1),
    ])
    func ageInWholeYears(_ birthday: String, _ on: String, _ age: Int) throws {
        #expect(ImplausibleAge.age(born: try day(birthday), on: try day(on)) == age)
    }

    @Test func theNumberIsMasked() throws {
        let judgement = try Judgement(ImplausibleAge.broken)
        for language in Language.allCases {
            let sentence = try #require(judgement.sentences(in: language).first)
            #expect(sentence.contains("20110818-****") && !sentence.contains("9802"))
        }
    }

    // MARK: - retired-course-code

    @Test(
        arguments: [
            (nil, "2030-06-30", "2030-06-30", nil), (nil, "2030-06-30", "2030-07-01", 0),
            ("2025-07-01", nil, "2025-06-30", 1), ("2025-07-01", nil, "2025-07-01", nil), (nil, nil, "1990-01-01", nil),
        ] as [(String?, String?, String, Int?)])
    func inForce(_ from: String?, _ to: String?, _ start: String, _ message: Int?) throws {
        #expect(
            RetiredCourseCode.message(
                from: try from.map(day), to: try to.map(day), start: try day(start)) == message)
    }

    @Test func aLevelOf2025DoesNotBeginBefore() throws {
        func judged(_ start: String) throws -> Judgement {
            try Judgement(Example(["kurskod": "MATE1A00X", "startdatum": start, "slutdatum": "2025-12-12"]))
        }
        #expect(try judged("2025-06-30").only("retired-course-code") == [.warning])
        #expect(try judged("2025-07-01").found == [])
    }

    // MARK: - betyg-scale

    private static let all: [Betyg] = [.a, .b, .c, .d, .e, .f, .g, .i, .v, .m]

    private func accepted(
        _ niva: Niva, _ start: String, graded: String? = nil, isDegreeProject: Bool = false, kursdel: Int = 11
    ) throws -> String {
        let scales = BetygScale.scales(
            niva, isDegreeProject: isDegreeProject, kursdel: Kursdel(kursdel), start: try day(start),
            graded: try graded.map(day))
        return Self.all.filter { BetygScale.missed(by: $0, in: scales) == nil }.map(\.code).joined()
    }

    @Test func scaleByLevelAndDay() throws {
        #expect(try accepted(.gy, "2026-08-17") == "ABCDEF")
        #expect(try accepted(.gy, "2025-07-01") == "ABCDEF")
        #expect(try accepted(.gr, "2025-06-30") == "ABCDEF")
        #expect(try accepted(.gr, "2025-07-01") == "GI")
        // It is when the course began that counts, not when it is graded.
        #expect(try accepted(.gr, "2025-06-30", graded: "2025-12-19") == "ABCDEF")
        #expect(try accepted(.gy, "2026-01-12", isDegreeProject: true) == "EF")
    }

    @Test func beforeTheLetters() throws {
        #expect(try accepted(.gy, "2012-01-16", graded: "2012-06-30") == "GIVM")
        #expect(try accepted(.gr, "2012-01-16", graded: "2012-06-30") == "GIVM")
        #expect(try accepted(.gy, "2012-01-16", graded: "2012-07-01") == "ABCDEFGIVM")
        #expect(try accepted(.gy, "2012-06-30", graded: nil) == "ABCDEFGIVM")
        #expect(try accepted(.gy, "2012-07-01", graded: nil) == "ABCDEF")
    }

    /// A later part of a course that began on the old scale.
    @Test func aPartMayHaveBegunBefore() throws {
        #expect(try accepted(.gr, "2025-08-18", kursdel: 22) == "ABCDEFGI")
        #expect(try accepted(.gr, "2025-08-18", kursdel: 12) == "GI")
        #expect(try accepted(.gr, "2026-01-12", kursdel: 22) == "GI")
        #expect(try accepted(.gr, "2026-01-12", kursdel: 33) == "ABCDEFGI")
    }

    private static let grade = ["slutdatum": "2026-11-20", "betygsdatum": "2026-11-20"]

    @Test(
        arguments: [
            ([:], "G", true), ([:], "C", false), ([:], "-", false), ([:], "Z", false),
            (grund, "C", true), (grund, "I", false), (grund, "X", false), (grund, "V", true),
            (["kurskod": "GYARNA"], "C", true), (["kurskod": "GYARNA"], "E", false),
            // A local course has its level's scale.
            (["kurskod": "LOKAL1", "poang": "50"], "G", true), (["kurskod": "LOKAL1", "poang": "50"], "A", false),
        ] as [([String: String], String, Bool)])
    func scaleOfARow(_ cells: [String: String], _ betyg: String, _ speaks: Bool) throws {
        let judgement = try Judgement(Example(Self.with(Self.with(cells, Self.grade), ["betyg": betyg])))
        #expect(judgement.only("betyg-scale") == (speaks ? [.warning] : []), "\(judgement.found)")
    }

    /// A level that is no longer used has no scale, and a course that is not graded neither, also where a finished file
    /// has a grade on it.
    @Test func withoutAScale() throws {
        let supplementary = ["kurskod": "LOKAL2", "niva": "PU", "betyg": "G"]
        #expect(try !Judgement(Example(Self.with(supplementary, Self.grade))).rules.contains("betyg-scale"))
        let ungraded = ["kurskod": "GRNORI21A", "niva": "GR", "betyg": "C"]
        #expect(
            try !Judgement(Example(Self.with(ungraded, Self.grade)), purpose: .check).rules.contains("betyg-scale"))
    }
}
