import CSN
import Findings
import Testing

@testable import CSNRules

/// What who reads an export leaves in a row as a whole.
struct ReadingTests {
    /// The findings of one row with those notes, and the row after the field stage.
    private func judge(_ notes: [FieldNote]) throws -> (findings: FindingList, row: Candidate) {
        let today = try #require(Day(iso: "2026-11-23"))
        let table = CourseTable(ModelRow.courses)
        let engine = RuleEngine(RuleSettings(purpose: .convert, today: today, courses: table))
        var context = engine.makeContext()
        var row = try ModelRow([:], line: 2, isCheck: false, table: table).candidate
        engine.judgeFields(of: &row, notes, &context)
        return (context.findings, row)
    }

    private func note(_ problem: FieldProblem, _ value: String = "", _ became: String = "") -> FieldNote {
        FieldNote(.kurskod, .failed(problem), value: value, column: 2, became: became)
    }

    @Test(arguments: [FieldProblem.cellCount, .cutShort])
    func aRowThatIsNotWholeIsOneFinding(_ problem: FieldProblem) throws {
        let rule: RuleName = problem == .cellCount ? "row-cell-count" : "row-cut-short"
        let beside = FieldNote(.poang, .failed(.format), value: "Anna", column: 4)
        let (findings, row) = try judge([beside, note(problem), note(problem)])
        #expect(findings.found == [Found(rule: rule, line: 2, field: nil, action: .hold)])
        #expect(findings.findings.first?.place.column == .max)
        #expect(Field.allCases.filter { !row.failed.contains($0) } == [.skolkod, .personnummer])
    }

    @Test(arguments: [("19", "21", 1), ("22", "21", 0), ("", "", 2), ("Anna", "21", 2)])
    func theCountsAreSaidAndNothingElse(_ cells: String, _ columns: String, _ message: Int) throws {
        let findings = try judge([note(.cellCount, cells, columns)]).findings
        #expect(findings.findings.map { Int($0.variant) } == [message])
        let sentence = try #require(findings.sentences(in: .sv).first)
        #expect(sentence.contains("har bara 19 celler men rubrikraden 21") == (message == 1))
        #expect(sentence.contains("har 22 celler men rubrikraden 21") == (message == 0))
        #expect(!sentence.contains("Anna") && !sentence.contains("{"))
    }

    @Test func unknownBytesHoldTheirFieldAlone() throws {
        let (findings, row) = try judge([note(.invalidBytes, "SV\u{FFFD}SVE01")])
        #expect(findings.found == [Found(rule: "invalid-bytes", line: 2, field: .kurskod, action: .hold)])
        #expect(row.failed == FieldSet(.kurskod))
        #expect(findings.sentences(in: .en).first?.hasPrefix("kurskod holds characters") == true)
    }
}
