import Foundation
import Testing

@testable import Reports

@Suite("The plan of a migration for programs")
struct MigrationJSONTests {
    private func object(_ bytes: [UInt8]?) throws -> [String: Any] {
        let data = Data(try #require(bytes))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `the plan is as recorded`() throws {
        let report = try ModelMigration.report(try ModelMigration.oneSchool())
        try expectGolden(
            String(decoding: try #require(MachineReport(report, in: .en).plan()), as: UTF8.self), "plan.json")
    }

    @Test func `a run that is no migration has no plan`() throws {
        let machine = MachineReport(try ModelReport.make(), in: .en)
        #expect(machine.plan() == nil)
        #expect(try object(machine.summary())["migration"] == nil)
        #expect(MigrationCalendar(try ModelReport.make(), in: .en) == nil)
    }

    @Test func `the object of the run has the same plan`() throws {
        let machine = MachineReport(try ModelMigration.report(try ModelMigration.oneSchool()), in: .en)
        let plan = try object(machine.plan())
        let migration = try #require(try object(machine.summary())["migration"] as? [String: Any])
        for key in ["totals", "files"] {
            let parts = [try #require(plan[key]), try #require(migration[key])]
            let texts = try parts.map { try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys) }
            #expect(texts[0] == texts[1])
        }
        #expect(migration["from"] as? String == "2023-08-01")
    }

    @Test func `totals are those of the files`() throws {
        let plan = try ModelMigration.manySchools()
        let object = try object(MachineReport(try ModelMigration.report(plan), in: .en).plan())
        let totals = try #require(object["totals"] as? [String: Any])
        let files = try #require(object["files"] as? [[String: Any]])
        func sum(_ states: [String]) -> Int {
            files.filter { states.contains($0["state"] as? String ?? "") }.compactMap { $0["records"] as? Int }
                .reduce(0, +)
        }
        #expect(totals["files"] as? Int == 75)
        #expect(totals["filesDone"] as? Int == 1)
        #expect(totals["filesAhead"] as? Int == 74)
        #expect(totals["recordsDone"] as? Int == sum(["sent", "accepted"]))
        #expect(totals["recordsAhead"] as? Int == sum(["planned", "rehearsed"]))
        #expect(totals["schools"] as? Int == 50)
        #expect(totals["readingDays"] as? Int == 2)
        #expect(totals["lastDay"] as? String == "2026-11-24")
    }

    @Test func `every key is explained on the page`() throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "docs/migrate.md"), encoding: .utf8)
        let object = try object(
            MachineReport(try ModelMigration.report(try ModelMigration.oneSchool()), in: .en).plan())
        var keys = Set(object.keys)
        for part in ["migration", "totals"] { keys.formUnion(try #require(object[part] as? [String: Any]).keys) }
        for file in try #require(object["files"] as? [[String: Any]]) { keys.formUnion(file.keys) }
        #expect(keys.count == 32)
        for key in keys { #expect(page.contains("`\(key)`"), "\(key)") }
    }
}
