import CSN
import CSNRules
import Findings
import Foundation
import Reports
import Testing

@testable import Pipeline

/// Exports that are other ones than at the last run of the same migration: said, and carried through.
@Suite struct MigrationChangesTests {
    private typealias Row = NightDesk.Row

    /// Five courses of five students in four files: 2021 (0), 2022 (1), 2023 (2) and 2024 (3, 4).
    private static let rows = [
        Row(student: 0, "2021-01-11", "2021-06-11", grade: "C"),
        Row(student: 1, "2022-01-10", "2022-06-10", grade: "C"),
        Row(student: 2, "2023-01-09", "2023-06-09", grade: "C"),
        Row(student: 3, "2024-01-08", "2024-06-07", grade: "C"),
        Row(student: 4, "2024-01-08", "2024-06-07", grade: "C"),
    ]

    /// The first file, that of 2024, is read by CSN; the export then changes.
    private func secondRun(
        _ change: (inout [Row]) -> Void, rehearsal: Bool = false
    ) throws -> (desk: NightDesk, report: RunReport) {
        let desk = try NightDesk()
        var rows = Self.rows
        try desk.export(rows, to: "betyg.csv", at: "2026-11-18T20:00")
        let first = try desk.migrate("2026-11-19T08:00")
        #expect(first.migration?.changes == nil)
        try #require(desk.queue().count == 4)
        try desk.say(.sent, desk.name(try #require(desk.queue().first).day), at: "2026-11-19T09:00")
        change(&rows)
        try desk.export(rows, to: "betyg.csv", at: "2026-11-22T20:00")
        return (desk, try desk.migrate("2026-11-20T08:00", rehearsal: rehearsal))
    }

    private func export(_ report: RunReport) throws -> MigrationChanges.Export {
        try #require(report.migration?.changes?.exports.first)
    }

    private func missing(_ report: RunReport) -> [Finding] {
        let number = Catalogue.shared.number(of: "reported-course-missing")
        return report.findings.findings.filter { $0.rule == number }
    }

    @Test func theSameExportIsNoNews() throws {
        let (_, report) = try secondRun { _ in }
        let changes = try #require(report.migration?.changes)
        #expect(changes.since.description == "2026-11-19")
        #expect(changes.exports == [.init(name: "betyg.csv", state: .same, rowsBefore: 5, rowsNow: 5)])
        #expect(changes.options.isEmpty && changes.notices.isEmpty)
        #expect(report.notices.allSatisfy { !$0.sv.contains("betyg.csv") })
        #expect(missing(report).isEmpty)
    }

    @Test func aCorrectedGradeOfACourseThatCSNHasGoesAgain() throws {
        let (desk, report) = try secondRun { $0[3].grade = "A" }
        let export = try export(report)
        #expect((export.newGrades, export.otherwise, export.new, export.gone) == (1, 0, 0, 0))
        #expect((export.goingAgain, export.waiting) == (1, 0))
        let file = try #require(try desk.queue().first { $0.lines.short.contains { $0.hasSuffix("JA") } })
        #expect(export.filesOfThese == ["1234/\(desk.name(file.day))"])
        #expect(file.lines.count == 1)
        let notice = try #require(report.notices.first { $0.sv.contains("betyg.csv") })
        #expect(notice.sv.hasPrefix("betyg.csv har ändrats sedan 2026-11-19: 1 kurs har nytt betyg. CSN har redan 1"))
        #expect(notice.en.contains("they go again, in 1234/\(desk.name(file.day))."))
        #expect(try desk.queue().count == 4)
    }

    @Test func oneThatWaitsStandsInItsFileAsItIs() throws {
        let (desk, report) = try secondRun { rows in
            rows[1].grade = "A"
            rows[2].end = "2023-06-02"
        }
        let export = try export(report)
        #expect((export.newGrades, export.otherwise, export.goingAgain, export.waiting) == (1, 1, 0, 2))
        #expect(try desk.queue().map(\.lines.short).joined().count == 3)
        #expect(try desk.queue().flatMap(\.lines.short).contains { $0.hasSuffix("20220110 JA") })
        #expect(try desk.queue().count == 3)
        #expect(report.notices.contains { $0.sv.contains("1 kurs har nytt betyg, 1 har ändrats på annat sätt.") })
    }

    @Test func aNewOneIsSaid() throws {
        let (desk, report) = try secondRun { rows in
            rows += [5, 6].map { Row(student: $0, "2022-01-10", "2022-06-10", grade: "B") }
        }
        #expect(try export(report).new == 2)
        #expect(report.notices.contains { $0.sv.contains("betyg.csv har ändrats sedan 2026-11-19: 2 kurser är nya.") })
        #expect(try desk.queue().count == 3)
        #expect(try desk.queue().flatMap(\.lines).count == 5)
    }

    /// One that CSN has and one that waits, each of a student who is not in the export any more; and one whose student
    /// is.
    @Test func aCourseThatIsGoneStandsAndIsNamed() throws {
        let (desk, report) = try secondRun { rows in
            rows.remove(at: 4)
            rows.remove(at: 1)
        }
        #expect(try export(report).gone == 2)
        #expect(report.notices.contains { $0.sv.contains("2 kurser finns inte längre.") })
        #expect(report.notices.contains { $0.sv.contains("csnfil outbox forget STUDENTKEY KURSKOD") })
        let findings = missing(report)
        #expect(findings.count == 2)
        #expect(Set(findings.compactMap { report.studentNames?[$0.student] }).count == 2)
        // What waits goes as it was reported; what CSN has does not go again.
        #expect(try desk.queue().map(\.lines.count) == [1, 1, 1])
        #expect(try desk.queue().flatMap(\.lines.short).contains { $0.hasSuffix("20220110 JC") })
        // Said again for as long as it is so.
        #expect(missing(try desk.migrate("2026-11-23T08:00")).count == 2)
    }

    @Test func aCourseThatIsGoneFromAUnitStandsInItsFile() throws {
        let desk = try NightDesk()
        var rows = Self.rows
        rows.append(Row(student: 1, "ENGENG05", "2022-01-10", "2022-06-10", grade: "B"))
        try desk.export(rows, to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00")
        let before = try desk.queue().map(\.lines)
        rows.removeLast()
        try desk.export(rows, to: "betyg.csv", at: "2026-11-19T20:00")
        let report = try desk.migrate("2026-11-19T09:00")
        #expect(missing(report).count == 1)
        #expect(try export(report).gone == 1)
        #expect(try desk.queue().map(\.lines) == before)
    }

    /// The grade's day is another one, outside of what the migration chooses: the course is still about it.
    @Test func aCorrectedDayDoesNotTakeACourseOut() throws {
        let desk = try NightDesk()
        var rows = Self.rows
        try desk.export(rows, to: "betyg.csv", at: "2026-11-18T20:00")
        func run(_ now: String) throws -> RunReport {
            try desk.migrate(now, from: "2021-01-01", to: "2024-06-30", by: .grade)
        }
        _ = try run("2026-11-19T08:00")
        rows[3].gradeDate = "2024-07-01"
        try desk.export(rows, to: "betyg.csv", at: "2026-11-19T20:00")
        let report = try run("2026-11-19T09:00")
        #expect(try export(report).newGrades == 1)
        #expect(missing(report).isEmpty)
        #expect(try desk.queue().flatMap(\.lines).contains { $0.contains("20240701") })
    }

    @Test func anExportThatIsNotGivenIsSaidAndNothingIsMissed() throws {
        let desk = try NightDesk()
        try desk.export(Array(Self.rows[..<2]), to: "gammal.csv", at: "2026-11-18T20:00")
        try desk.export(Array(Self.rows[2...]), to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00", ["betyg.csv", "gammal.csv"])
        let before = try desk.queue().map(\.lines)
        let report = try desk.migrate("2026-11-19T09:00")
        #expect(report.migration?.changes?.exports.map(\.state) == [.same, .missing])
        #expect(report.notices.contains { $0.sv.hasPrefix("gammal.csv lästes 2026-11-19 men är inte med nu.") })
        #expect(missing(report).isEmpty)
        #expect(try desk.queue().map(\.lines) == before)
        let both = try desk.migrate("2026-11-19T10:00", ["betyg.csv", "gammal.csv"])
        #expect(both.migration?.changes?.exports.map(\.state) == [.same, .added])
    }

    @Test func otherOptionsAreSaid() throws {
        let desk = try NightDesk()
        try desk.export(Self.rows, to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00", firstDay: "2026-12-01")
        let report = try desk.migrate("2026-11-20T08:00", from: "2022-01-01")
        #expect(
            report.migration?.changes?.options == [
                .init(name: "--from", before: "2000-01-01", now: "2022-01-01"),
                .init(name: "--first-day", before: "2026-12-01", now: nil),
            ])
        let words = "kördes flytten med --from 2000-01-01, --first-day 2026-12-01, nu med --from 2022-01-01, utan"
        #expect(report.notices.contains { $0.sv.contains(words) })
        #expect(try desk.queue().count == 4)
    }

    @Test func whatIsKeptIsPrivateAndMayBeLost() throws {
        let (desk, _) = try secondRun { $0[3].grade = "A" }
        let path = desk.path("outbox/.work/migrations.json")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("betyg.csv") && !text.contains("1990") && !text.contains("MATMAT"))
        let before = try desk.queue().map(\.lines)
        for damage in ["", "{", "{\"version\":2,\"runs\":[]}", "[1,2]"] {
            try Data(damage.utf8).write(to: URL(filePath: path))
            let report = try desk.migrate("2026-11-20T09:00")
            #expect(report.migration?.changes == nil)
            #expect(try desk.queue().map(\.lines) == before)
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(try desk.migrate("2026-11-20T10:00").migration?.changes == nil)
        #expect(try desk.migrate("2026-11-20T10:00").migration?.changes?.exports.map(\.state) == [.same])
    }

    @Test func aRehearsalSaysItAndKeepsNothing() throws {
        let (desk, report) = try secondRun({ $0[3].grade = "A" }, rehearsal: true)
        #expect(try export(report).newGrades == 1)
        // What is read lies there until a run that writes.
        #expect(try desk.queue().count == 4)
        #expect(try export(try desk.migrate("2026-11-20T09:00")).newGrades == 1)
    }

    @Test func goingOnWithAgainIsSaid() throws {
        let desk = try NightDesk()
        try desk.export(Self.rows, to: "betyg.csv", at: "2026-11-18T20:00")
        let first = try desk.migrate("2026-11-19T08:00", again: true)
        #expect(!first.notices.contains { $0.sv.contains("--again") })
        try desk.say(.sent, desk.name(try #require(desk.queue().first).day), at: "2026-11-19T09:00")
        let again = try desk.migrate("2026-11-20T08:00", again: true, rehearsal: true)
        #expect(again.notices.contains { $0.sv.contains("Kör utan --again") })
        #expect(again.migration?.filesAhead.count == 4)
        #expect(try desk.migrate("2026-11-20T08:00").migration?.filesAhead.count == 3)
    }
}

extension NightDesk.Row {
    /// A course in mathematics.
    fileprivate init(student: Int, _ start: String, _ end: String, grade: String) {
        self.init(student: student, "MATMAT01a", start, end, grade: grade)
    }
}
