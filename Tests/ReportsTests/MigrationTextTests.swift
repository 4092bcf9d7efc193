import CSN
import Findings
import Foundation
import Testing

@testable import Reports

@Suite("The text of a migration")
struct MigrationTextTests {
    private func text(_ report: RunReport, _ language: Language = .en) -> String {
        TextReport(report, in: language).text()
    }

    private func text(_ plan: MigrationPlan, _ language: Language = .en) throws -> String {
        text(try ModelMigration.report(plan), language)
    }

    @Test(arguments: [Language.sv, .en])
    func `one school, in both languages, as recorded`(language: Language) throws {
        try expectGolden(text(try ModelMigration.oneSchool(), language), "migration.\(language.rawValue).txt")
    }

    @Test(arguments: [Language.sv, .en])
    func `fifty schools, in both languages, as recorded`(language: Language) throws {
        try expectGolden(text(try ModelMigration.manySchools(), language), "migration-schools.\(language.rawValue).txt")
    }

    @Test(arguments: [Language.sv, .en])
    func `a rehearsal, in both languages, as recorded`(language: Language) throws {
        try expectGolden(
            text(try ModelMigration.oneSchool(rehearsal: true), language),
            "migration-rehearsal.\(language.rawValue).txt")
    }

    @Test func `a rehearsal says so before all else, and names no command that uploads`() throws {
        let said = try text(try ModelMigration.oneSchool(rehearsal: true))
        #expect(said.hasPrefix("Rehearsal (--dry-run): no file for CSN was written"))
        #expect(!said.contains("outbox sent"))
        #expect(said.contains("without --dry-run"))
        #expect(try !text(try ModelMigration.oneSchool()).contains("--dry-run"))
    }

    @Test func `of something held it says who is and still that it is a rehearsal`() throws {
        let report = try ModelMigration.report(try ModelMigration.oneSchool(rehearsal: true)) {
            $0.held = RunReport.Held(students: 4, units: 5, records: 9)
            $0.rows.held = 9
        }
        let lines = text(report).split(separator: "\n")
        #expect(lines.first?.hasPrefix("Rehearsal") == true)
        #expect(lines.dropFirst().first == "Done; held back: 4 students.")
    }

    @Test func `each file stands there once`() throws {
        let said = try text(try ModelMigration.oneSchool())
        for day in ["2026-11-24", "2026-11-25", "2026-11-26"] {
            #expect(said.components(separatedBy: day).count == 2)
        }
        // Today's: in the table, as a path and in the command.
        #expect(said.components(separatedBy: "2026-11-23").count == 4)
    }

    @Test(arguments: [15, 16])
    func `up to fifteen files of several schools have a line each`(count: Int) throws {
        var plan = try ModelMigration.plan()
        plan.files = try (0..<count).map { try ModelMigration.file(1_000 + $0, "2026-11-23") }
        let said = try text(plan)
        #expect(said.contains("Day by day") == (count == 16))
        #expect(said.contains("dates in it") == (count == 15))
    }

    @Test func `one school has a line a file, however many`() throws {
        var plan = try ModelMigration.plan()
        var day = try ModelMigration.day("2026-11-22")
        for _ in 0..<20 {
            day = ReadingDays().next(after: day)
            plan.files.append(try ModelMigration.file(1234, day.description))
        }
        #expect(try !text(plan).contains("School by school"))
    }

    @Test func `the lines of days and of schools add up to the same`() throws {
        let lines = try text(try ModelMigration.manySchools()).split(separator: "\n").map(String.init)
        func cells(_ pattern: String, _ count: Int) throws -> [[Int]] {
            let regex = try Regex(pattern)
            let found = lines.compactMap { $0.firstMatch(of: regex)?.output }
            #expect(found.count == count)
            return found.map { match in match.dropFirst().compactMap { $0.substring.flatMap { Int($0) } } }
        }
        // Files and those that are done.
        let days = try cells(#"^  \w{3} 2026-11-\d\d +(?:\w{3} 11-\d\d|same day) +(\d+) +(\d+) "#, 2)
        // Schools, files of each and those that are done.
        let schools = try cells(#"^ +(\d+) +(\d+) +(\d+)  \w{3} 2026"#, 3)
        #expect(days.map { $0[0] }.reduce(0, +) == 75)
        #expect(schools.map { $0[0] * $0[1] }.reduce(0, +) == 75)
        #expect(schools.map { $0[0] }.reduce(0, +) == 50)
        #expect(days.map { $0[1] }.reduce(0, +) == 1)
        #expect(schools.map { $0[0] * $0[2] }.reduce(0, +) == 1)
        // Every school once.
        for school in 1000..<1050 {
            #expect(lines.joined().components(separatedBy: "\(school)").count == 2, "\(school)")
        }
    }

    @Test(arguments: [(3, 3), (4, 1)])
    func `more than three files of a day have one step together`(count: Int, steps: Int) throws {
        var plan = try ModelMigration.plan()
        plan.files = try (0..<count).map { try ModelMigration.file(1_000 + $0, "2026-11-23") }
        #expect(try text(plan).components(separatedBy: "csnfil outbox sent").count == steps + 1)
    }

    @Test func `what may not be uploaded yet is not called for today`() throws {
        var plan = try ModelMigration.plan()
        plan.files = [try ModelMigration.file(1234, "2026-11-23", .sent), try ModelMigration.file(1234, "2026-11-24")]
        let said = try text(plan)
        #expect(!said.contains("upload now"))
        #expect(said.contains("No file is to be uploaded today."))
        #expect(said.contains("on Tuesday 24 November 2026, before 17:00"))
        // On its own day, and on the Saturday before a Monday, it is.
        for today in ["2026-11-24", "2026-11-28"] {
            plan.files[1] = try ModelMigration.file(1234, today == "2026-11-24" ? today : "2026-11-30")
            let report = try ModelMigration.report(plan) { $0.run.today = try ModelMigration.day(today) }
            #expect(text(report).contains("upload now"))
        }
    }

    @Test func `again is not to be said again`() throws {
        let warning = "but without --again"
        #expect(try text(try ModelMigration.oneSchool(again: true)).contains(warning))
        #expect(try !text(try ModelMigration.oneSchool()).contains(warning))
        // What is rehearsed with it is rehearsed with it again, and then done with it.
        let rehearsal = try ModelMigration.report(try ModelMigration.oneSchool(rehearsal: true, again: true)) {
            $0.rows.held = 9
        }
        #expect(text(rehearsal).contains("run csnfil migrate again with the same arguments."))
        #expect(!text(rehearsal).contains(warning))
    }

    @Test func `all uploaded`() throws {
        var plan = try ModelMigration.plan()
        plan.files = [try ModelMigration.file(1234, "2026-11-20", .accepted)]
        let said = try text(plan)
        #expect(said.hasPrefix("Done. All that the migration is about is uploaded already."))
        #expect(!said.contains("no fewer"))
        #expect(!said.contains("What to do next"))
    }

    @Test(arguments: [MigrationPlan.Basis.grade, .period], [true, false])
    func `of nothing chosen it says which days there are`(basis: MigrationPlan.Basis, hasDays: Bool) throws {
        var plan = try ModelMigration.plan(basis: basis)
        plan.rowsOutside = 40
        if hasDays { plan.exportDays = try ModelMigration.day("2021-01-11")...ModelMigration.day("2022-06-10") }
        let said = try text(plan)
        #expect(said.hasPrefix("Nothing was chosen."))
        #expect(said.contains("2021-01-11") == hasDays)
        #expect(said.contains("--by period") == (!hasDays && basis == .grade))
        #expect(said.contains("Run it again with other days."))
    }

    @Test func `nothing to report among what was chosen`() throws {
        let report = try ModelMigration.report(try ModelMigration.plan()) { $0.rows.dropped = 3 }
        #expect(text(report).hasPrefix("Done. There is nothing to report."))
    }

    @Test func `the fewest files are said with what was planned by itself`() throws {
        var plan = try ModelMigration.oneSchool()
        #expect(try !text(plan).contains("What waits for a later day"))
        plan.isPlannedByDays = true
        #expect(try text(plan).contains("What waits for a later day is counted by itself."))
    }

    @Test func `what was chosen and what was not add up to the rows`() throws {
        let report = try ModelMigration.report(try ModelMigration.oneSchool()) { $0.rows.ignored += 5 }
        let said = text(report)
        #expect(said.contains("      5 do not belong to the report"))
        #expect(said.contains("     95 do not belong to what was chosen"))
    }
}
