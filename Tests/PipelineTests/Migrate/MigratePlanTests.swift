import CSN
import Foundation
import Pipeline
import Testing

/// What `migrate` writes for people and programs to read of its plan.
struct MigratePlanTests {
    private typealias Row = NightDesk.Row
    /// A grade in each of three years: three files of one school.
    private static let years = [
        Row(
            start: "2025-08-18", end: "2025-12-19", started: "J", grade: "C", gradeDate: "2025-12-19"),
        Row(
            number: "19900102-9801", start: "2024-08-19", end: "2024-12-20", started: "J", grade: "B",
            gradeDate: "2024-12-20"),
        Row(
            number: "19900103-9800", start: "2023-08-21", end: "2023-12-21", started: "J", grade: "A",
            gradeDate: "2023-12-21"),
    ]
    /// Not chosen: without a grade.
    private static let ungraded = Row(number: "19900104-9809", course: "ENGENG05")

    private static let reports: Set = [
        "outbox/report/migration/diagnostics.jsonl", "outbox/report/migration/metrics.prom",
        "outbox/report/migration/plan.ics", "outbox/report/migration/plan.json",
        "outbox/report/migration/reconciliation.csv", "outbox/report/migration/reconciliation.html",
        "outbox/report/migration/summary.json",
    ]

    @Test func `a rehearsal makes the plan and the report and nothing else`() throws {
        let office = try PlanOffice()
        try office.export(Self.years + [Self.ungraded])
        let before = try office.everything()
        let ending = try office.migrate("2026-11-23T08:00", rehearsal: true)
        #expect(ending.status == 0)
        let after = try office.everything()
        let folders: Set = ["outbox", "outbox/report", "outbox/report/migration"]
        #expect(Set(after.keys) == Set(before.keys).union(folders).union(Self.reports))
        for (name, content) in before { #expect(after[name] == content) }
        #expect(try office.plan().files.map(\.state) == ["rehearsed", "rehearsed", "rehearsed"])
        #expect(try office.plan().totals.rowsOutside == 1)
    }

    @Test func `a rehearsal leaves an outbox and a ledger that are there as they are`() throws {
        let office = try PlanOffice()
        try office.export(Self.years)
        _ = try office.migrate("2026-11-23T08:00")
        try office.export(Array(Self.years.dropLast()) + [Self.ungraded])
        let before = try office.everything()
        let ending = try office.migrate("2026-11-25T08:00", rehearsal: true, from: "2020-01-01")
        #expect(ending.said.contains("\nRehearsal (--dry-run): "))
        let after = try office.everything()
        #expect(after.keys == before.keys)
        for (name, content) in after where !Self.reports.contains(name) { #expect(before[name] == content, "\(name)") }
        #expect(before["outbox/report/migration/plan.json"] != after["outbox/report/migration/plan.json"])
    }

    @Test(arguments: [true, false])
    func `the reports are for their owner alone`(isRehearsal: Bool) throws {
        let office = try PlanOffice()
        try office.export(Self.years)
        _ = try office.migrate("2026-11-23T08:00", rehearsal: isRehearsal)
        for name in Self.reports {
            let mode = try FileManager.default.attributesOfItem(atPath: office.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        let folder = office.path("outbox/report/migration")
        #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == Self.reports.count)
    }

    @Test func `the plan names the files that lie in the outbox`() throws {
        let office = try PlanOffice()
        try office.export(Self.years + [Self.ungraded])
        let ending = try office.migrate("2026-11-23T08:00")
        let plan = try office.plan()
        #expect(plan.schemaVersion == 1)
        #expect(
            plan.files.map(\.path) == [
                "1234/1234_2026-11-23.xml", "1234/1234_2026-11-24.xml", "1234/1234_2026-11-25.xml",
            ])
        for file in plan.files {
            let bytes = try Data(contentsOf: URL(filePath: office.path("outbox/" + file.path)))
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.components(separatedBy: "<kurs>").count - 1 == file.records)
            #expect(text.components(separatedBy: "<studerande>").count - 1 == file.students)
        }
        #expect(plan.files[0].uploadFrom == "2026-11-21T00:00")
        #expect(plan.files[0].uploadBefore == "2026-11-23T17:00")
        #expect(ending.said.contains("3 files on 3 reading days, the last Wednesday 25 November 2026."))
    }

    @Test func `no person is in what is written of the plan`() throws {
        let office = try PlanOffice()
        try office.export(Self.years)
        let ending = try office.migrate("2026-11-23T08:00")
        var texts = [ending.said]
        for name in Self.reports {
            texts.append(try String(contentsOf: URL(filePath: office.path(name)), encoding: .utf8))
        }
        for text in texts {
            for row in Self.years {
                #expect(!text.contains(row.number) && !text.contains(row.number.replacing("-", with: "")))
            }
            #expect(!text.contains("Lind"))
        }
    }

    @Test func `what is uploaded and what is to go stand in one plan, and the calendar has what is to go`() throws {
        let office = try PlanOffice()
        try office.export(Self.years)
        _ = try office.migrate("2026-11-23T08:00")
        try office.sayUploaded("1234_2026-11-23.xml", at: "2026-11-23T09:00")
        let ending = try office.migrate("2026-11-24T08:00")
        #expect(try office.plan().files.map(\.state) == ["accepted", "planned", "planned"])
        #expect(ending.said.contains("Uploaded: 1, to go: 2."))
        let calendar = try String(
            contentsOf: URL(filePath: office.path("outbox/report/migration/plan.ics")), encoding: .utf8)
        #expect(!calendar.contains("UID:migrate-1234-2026-11-23@csnfil\r\n"))
        #expect(calendar.contains("UID:migrate-1234-2026-11-24@csnfil\r\n"))
        #expect(calendar.contains("UID:migrate-1234-2026-11-25@csnfil\r\n"))
    }

    @Test func `a file whose reading has passed without a word is said, with what to say of it`() throws {
        let office = try PlanOffice()
        try office.export(Self.years)
        _ = try office.migrate("2026-11-23T08:00")
        let before = try office.migrate("2026-11-23T16:59")
        #expect(!before.said.contains("Nobody has said"))
        let ending = try office.migrate("2026-11-23T17:00")
        #expect(ending.said.contains("Nobody has said that 1234_2026-11-23.xml was uploaded before its reading."))
        #expect(ending.said.contains("csnfil outbox sent 1 --at"))
    }

    @Test func `again, then on without it, sends each file once`() throws {
        let office = try PlanOffice()
        try office.export(Self.years)
        _ = try office.migrate("2026-11-23T08:00")
        for day in ["23", "24", "25"] {
            try office.sayUploaded("1234_2026-11-\(day).xml", at: "2026-11-\(day)T09:00")
        }
        #expect(try office.migrate("2026-11-26T08:00").said.contains("is uploaded already"))
        let again = try office.migrate("2026-11-26T08:00", again: true)
        #expect(again.said.contains("without --again"))
        #expect(try office.plan().totals.filesAhead == 3)
        try office.sayUploaded("1234_2026-11-26.xml", at: "2026-11-26T09:00")
        // As the step says.
        _ = try office.migrate("2026-11-27T08:00")
        #expect(try office.plan().totals.filesAhead == 2)
    }

    @Test func `nothing chosen says which days of grades there are`() throws {
        let office = try PlanOffice()
        try office.export(Self.years + [Self.ungraded])
        let ending = try office.migrate("2026-11-23T08:00", from: "2019-01-01", to: "2023-12-20")
        #expect(ending.status == 0)
        #expect(ending.said.contains("Nothing was chosen."))
        #expect(ending.said.contains("from 2023-12-21 to 2025-12-19"))
        #expect(try office.plan().files.isEmpty)
        // One day later a grade is among them.
        #expect(
            try !office.migrate("2026-11-23T08:00", from: "2019-01-01", to: "2023-12-21").said.contains("Nothing was"))
    }

    @Test func `that a later day is planned by itself is said where it is so`() throws {
        let sentence = "What waits for a later day is counted by itself."
        let office = try PlanOffice()
        try office.export(Self.years)
        let put = try office.migrate("2026-11-23T08:00", from: "2025-01-01", firstDay: "2026-12-01")
        #expect(!put.said.contains(sentence))
        #expect(try office.plan().files.map(\.readingDay) == ["2026-12-01"])
        let both = try office.migrate("2026-11-23T08:00")
        #expect(try office.plan().files.map(\.readingDay) == ["2026-11-23", "2026-11-24", "2026-12-01"])
        #expect(both.said.contains(sentence))
    }

    @Test func `a study period alone in its file has its reason in the plan`() throws {
        let office = try PlanOffice()
        let late = Row(
            number: "19900105-9808", start: "2024-01-08", end: "2024-06-07", started: "J", grade: "C",
            gradeDate: "2025-06-09")
        try office.export(Self.years + [late])
        let ending = try office.migrate("2026-11-23T08:00")
        let plan = try office.plan()
        #expect(plan.files.map(\.ownFile).compactMap(\.self) == ["late-date-alone"])
        #expect(plan.files.count == 4)
        #expect(ending.said.contains("¹ The study period is alone in its file"))
    }

    @Test func `the object on standard output has the plan, of a rehearsal too`() throws {
        let office = try PlanOffice()
        try office.export(Self.years)
        let ending = try office.migrate("2026-11-23T08:00", rehearsal: true) { $0.format = "json" }
        struct Summary: Decodable {
            struct Migration: Decodable {
                var dryRun: Bool
                var files: [PlanOffice.Plan.File]
            }
            var migration: Migration
        }
        let summary = try JSONDecoder().decode(Summary.self, from: Data(ending.said.utf8))
        #expect(summary.migration.dryRun)
        #expect(summary.migration.files.count == 3)
    }
}
