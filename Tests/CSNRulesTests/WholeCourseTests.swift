import CSN
import Findings
import Testing

@testable import CSNRules

/// A blank kursdel where the export says something of the whole course, and a row with two grades.
struct WholeCourseTests {
    /// A row of the model with a blank kursdel, its course and marks; what was said, and the kursdel after it.
    private func judge(
        _ marks: Marks, _ cells: [String: String] = [:]
    ) throws -> (messages: [Int], actions: [Action], part: Kursdel?) {
        let table = CourseTable(ModelRow.courses)
        let engine = RuleEngine(
            RuleSettings(purpose: .convert, today: try day("2026-11-23"), courses: table))
        var context = engine.makeContext()
        var row = try ModelRow(
            cells.merging(["kursdel": ""]) { own, _ in own }, line: 2, isCheck: false, table: table
        ).candidate
        row.marks = marks
        engine.judgeFields(of: &row, [], &context)
        let said = context.findings.findings.filter {
            Catalogue.shared.rule($0.rule)?.name == KursdelMissing.name
        }
        return (said.map { Int($0.variant) }, said.map(\.action), row.kursdel)
    }

    private static let acrossHalfYears = ["slutdatum": "2027-02-01"]

    @Test func theExportGoesBeforeTheHalfYears() throws {
        for cells in [[:], Self.acrossHalfYears] {
            let parts = try judge(.readInParts, cells)
            #expect(parts.messages == [3] && parts.actions == [.hold] && parts.part == nil)
            let whole = try judge(.wholeCourse, cells)
            #expect(whole.messages == [4] && whole.actions == [.repair] && whole.part == .whole)
        }
        #expect(try judge([]).messages == [0])
        #expect(try judge([], Self.acrossHalfYears).messages == [2])
    }

    /// A delkurs is never divided, whatever an export says.
    @Test func aDelkursIsWholeAllTheSame() throws {
        let delkurs = ["kurskod": "GRNMATA", "niva": "GR"]
        for marks in [Marks.readInParts, .wholeCourse, []] {
            let judged = try judge(marks, delkurs)
            #expect(judged.messages == [1] && judged.part == .whole)
        }
    }

    @Test func aKursdelThatStandsThereIsKept() throws {
        let judged = try judge(.readInParts, ["kursdel": "12"])
        #expect(judged.messages == [] && judged.part == Kursdel(12))
    }

    @Test func aSecondGradeIsARepairAndAContradictionHolds() throws {
        #expect(SecondGrade.claims(.betyg, .repaired(.secondGrade)))
        #expect(SecondGrade.claims(.betyg, .failed(.contradictory)))
        #expect(!SecondGrade.claims(.betygsdatum, .failed(.contradictory)))
        #expect(!SecondGrade.claims(.betyg, .failed(.notAllowed)))
        let replaced = try Judgement(SecondGrade.broken)
        #expect(replaced.actions(of: SecondGrade.name) == [.repair] && replaced.levels(of: SecondGrade.name) == [.info])
        let record = try replaced.onlyRecord()
        #expect(record.betyg == .e && record.betygsdatum?.description == "2026-11-20")
        let table = CourseTable(ModelRow.courses)
        let engine = RuleEngine(
            RuleSettings(purpose: .convert, today: try day("2026-11-23"), courses: table))
        var context = engine.makeContext()
        var row = try ModelRow(["betyg": "F", "betygsdatum": "2026-11-10"], line: 2, isCheck: false, table: table)
            .candidate
        let note = FieldNote(.betyg, .failed(.contradictory), value: "F", column: 3, became: "E (2026-11-10)")
        engine.judgeFields(of: &row, [note], &context)
        #expect(context.findings.found.map(\.rule) == [SecondGrade.name] && row.failed.contains(.betyg))
        let sentence = try #require(context.findings.sentences(in: .en).first)
        #expect(sentence.contains("F and E (2026-11-10)"))
    }
}
