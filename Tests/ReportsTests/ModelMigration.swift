import CSN
import CSNRules
import Findings
import Testing

@testable import Reports

/// Plans made by hand: what schools, days and states they have is said by each test.
enum ModelMigration {
    static func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    /// A plan of grades from 2023-08-01 to 2026-01-15.
    static func plan(
        rehearsal: Bool = false, again: Bool = false, basis: MigrationPlan.Basis = .grade
    ) throws -> MigrationPlan {
        MigrationPlan(
            days: try day("2023-08-01")...day("2026-01-15"), basis: basis, isAgain: again, isRehearsal: rehearsal)
    }

    static func file(
        _ school: Int, _ reading: String, _ state: MigrationPlan.State = .planned, records: Int = 120,
        students: Int = 40, chosen: Int? = nil
    ) throws -> MigrationPlan.File {
        let reading = try day(reading)
        return MigrationPlan.File(
            path: "\(school)/\(school)_\(reading).xml", skolkod: try #require(Skolkod(school)), readingDay: reading,
            state: state, records: records,
            chosenRecords: state == .planned || state == .rehearsed ? chosen ?? records : nil, students: students,
            firstDate: try day("2025-01-07"), lastDate: try day("2025-12-22"),
            window: ReadingDays().uploadWindow(of: reading))
    }

    /// A run of Monday 23 November 2026 without findings, with a plan.
    static func report(_ plan: MigrationPlan, _ add: (inout RunReport) throws -> Void = { _ in }) throws -> RunReport {
        try ModelReport.make { report in
            report.inputs.removeLast()
            report.findings = FindingList()
            report.notChecked = NotChecked()
            report.notices = []
            report.held = RunReport.Held()
            report.rows = RowFates()
            report.rows.sent = plan.files.reduce(0) { $0 + $1.records }
            report.rows.ignored = plan.rowsOutside
            report.files = []
            report.outPath = plan.isRehearsal ? "" : "outbox"
            report.reportPath = "outbox/report/migration"
            report.layoutTitle = Text(sv: "Komvux i XML", en: "Komvux in XML")
            report.migration = plan
            try add(&report)
        }
    }

    /// One school: a file that CSN has read, one for today, one that shares its day with other things, and two for
    /// themselves.
    static func oneSchool(rehearsal: Bool = false, again: Bool = false) throws -> MigrationPlan {
        var plan = try plan(rehearsal: rehearsal, again: again)
        let ahead: MigrationPlan.State = rehearsal ? .rehearsed : .planned
        plan.files = [
            try file(1234, "2026-11-20", .accepted, records: 1_615), try file(1234, "2026-11-23", ahead),
            try file(1234, "2026-11-24", ahead, chosen: 17),
            try file(1234, "2026-11-25", ahead, records: 2, students: 1),
            try file(1234, "2026-11-26", ahead, records: 1, students: 1),
        ]
        plan.files[3].ownFile = .lateDate
        plan.files[4].ownFile = .courseOfExactly365Days
        plan.rowsOutside = 95
        return plan
    }

    /// Fifty schools, each with a file on Monday, every other with one on Tuesday, the first one uploaded already.
    static func manySchools() throws -> MigrationPlan {
        var plan = try plan()
        for number in 0..<50 {
            plan.files.append(try file(1_000 + number, "2026-11-23", number == 0 ? .sent : .planned))
            if number % 2 == 0 { plan.files.append(try file(1_000 + number, "2026-11-24", records: 7, students: 3)) }
        }
        plan.files.sort { ($0.readingDay, $0.skolkod) < ($1.readingDay, $1.skolkod) }
        plan.schoolNames = [
            try #require(Skolkod(1000)): "Norra komvux", try #require(Skolkod(1001)): "Södra; komvux, m.fl.",
        ]
        return plan
    }
}
