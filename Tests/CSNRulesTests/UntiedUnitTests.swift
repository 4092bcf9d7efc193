import CSN
import Findings
import Testing

@testable import CSNRules

/// A record that is not to be reported ties no study periods together.
@Suite struct UntiedUnitTests {
    /// As an old system has it: not graded, with the planned end in the next half-year.
    private static let old = ["startdatum": "2025-08-18", "slutdatum": "2026-01-20"]
    /// As the new one has it: graded before the end, which becomes the day of the grade.
    private static let new = old.merging(["betyg": "C", "betygsdatum": "2025-12-12"]) { $1 }

    private static func next(_ start: String) -> [String: String] {
        ["kurskod": "ENGENG05", "startdatum": start, "slutdatum": "2026-06-05"]
    }

    private func units(_ rows: [[String: String]]) throws -> Judgement {
        var example = Example()
        example.rows = rows
        return try Judgement(example)
    }

    @Test func aReplacedRowTiesNothing() throws {
        let judgement = try units([Self.old, Self.new, Self.next("2026-01-12")])
        let student = try #require(judgement.students.first)
        #expect(student.units.map(\.present.count) == [1, 1])
        #expect(student.units.map(\.records.count) == [2, 1])
        #expect(student.units.map { $0.present.first?.slutdatum } == [try day("2025-12-12"), try day("2026-06-05")])
        #expect(student.fates.sent == 2)
        #expect(student.fates.dropped == 1)
    }

    /// Where the grade is not early the end that is reported ties them, to the day.
    @Test(arguments: [("2026-01-20", 1), ("2026-01-21", 2)]) func whatIsReportedTies(_ start: String, _ count: Int)
        throws
    {
        var new = Self.new
        new["betygsdatum"] = "2026-01-20"
        let judgement = try units([Self.old, new, Self.next(start)])
        #expect(judgement.students.first?.units.count == count)
    }

    /// What holds one of them does not hold the other.
    @Test func aHoldStaysWithItsOwnPeriod() throws {
        var next = Self.next("2026-01-12")
        next["kursdel"] = "31"
        let judgement = try units([Self.old, Self.new, next])
        #expect(judgement.students.first?.units.map(\.isHeld) == [false, true])
    }

    @Test func aRowOfNoKnownPlaceHoldsAll() throws {
        let judgement = try units([Self.old, Self.new, Self.next("2026-01-12"), ["startdatum": ""]])
        #expect(judgement.students.first?.units.map(\.isHeld) == [true, true])
    }
}
