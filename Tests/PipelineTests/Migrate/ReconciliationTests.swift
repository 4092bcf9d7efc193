import CSN
import CSNRules
import Foundation
import Reports
import Testing

@testable import Pipeline

/// Every row of a migration has one fate, and stands under the course and the grade that it has itself.
///
/// In the lines: rows in the export, sent, held, dropped, copies, records.
@Suite struct RowCountTests {
    private typealias Desk = ReconcilingDesk

    private func lines(_ rows: [Desk.Row], _ more: [Desk.Row] = []) throws -> [String] {
        let desk = try Desk()
        try desk.export(rows)
        if !more.isEmpty { try desk.exportOfNewSystem(more) }
        return try desk.migrate(more.isEmpty ? ["old.csv"] : ["old.csv", "new.csv"], isRehearsal: true)
            .reconciled().short()
    }

    @Test func `rows are counted by course and grade, in the order of both`() throws {
        let rows = [
            Desk.row(1), Desk.row(2, grade: "F"), Desk.row(3, "ENGENG05", grade: "E"), Desk.row(4, "ENGENG05"),
            Desk.row(5, "ENGENG05"), Desk.row(5, "MATMAT01a", grade: ""),
        ]
        #expect(
            try lines(rows) == [
                "ENGENG05 C: 2 2 0 0 0 2", "ENGENG05 E: 1 1 0 0 0 1", "MATMAT01a C: 1 1 0 0 0 1",
                "MATMAT01a F: 1 1 0 0 0 1", "MATMAT01a none: 1 1 0 0 0 1",
            ])
    }

    @Test func `a corrected grade is sent, and the earlier one stands under its own grade as left out`() throws {
        let rows = [Desk.row(1, grade: "F", on: "2025-12-10"), Desk.row(1, grade: "E")]
        #expect(try lines(rows) == ["MATMAT01a E: 1 1 0 0 0 1", "MATMAT01a F: 1 0 0 1 0 0"])
    }

    @Test func `the same course from two systems is one record and a copy`() throws {
        let both = [Desk.row(1), Desk.row(2)]
        #expect(try lines(both, both + [Desk.row(3)]) == ["MATMAT01a C: 5 3 0 0 2 3"])
    }

    @Test func `two systems that do not agree hold both rows`() throws {
        let lines = try lines([Desk.row(1, grade: "C")], [Desk.row(1, grade: "D")])
        #expect(lines == ["MATMAT01a C: 1 0 1 0 0 0", "MATMAT01a D: 1 0 1 0 0 0"])
    }

    @Test func `rows that differ in an event are one record`() throws {
        var dropOut = Desk.row(1, "ENGENG05", grade: "")
        (dropOut.code, dropOut.codeDate) = ("99", "2025-10-01")
        #expect(
            try lines([Desk.row(1), dropOut, Desk.row(1, "ENGENG05", grade: "")]) == [
                "ENGENG05 none: 2 2 0 0 0 1", "MATMAT01a C: 1 1 0 0 0 1",
            ])
    }

    @Test func `an unknown course and an unreadable grade are held under their own names`() throws {
        let rows = [
            Desk.row(1, "QQQ1", grade: "B"), Desk.row(1, "MATMAT01a", grade: "D"), Desk.row(2, "ENGENG05", grade: "Q"),
            Desk.row(3, "Lindgren", grade: "A"), Desk.row(4),
        ]
        #expect(
            try lines(rows) == [
                "ENGENG05 unclear: 1 0 1 0 0 0", "MATMAT01a C: 1 1 0 0 0 1", "MATMAT01a D: 1 0 1 0 0 0",
                "QQQ1! B: 1 0 1 0 0 0", "?! A: 1 0 1 0 0 0",
            ])
    }

    @Test func `held rows have their reasons, and those without one are held with others`() throws {
        let desk = try Desk()
        try desk.export([
            Desk.row(1, "QQQ1", grade: "B"), Desk.row(1), Desk.row(2, "QQQ2"), Desk.row(3, grade: "Q"), Desk.row(4),
            // Nobody asks for this one: it is of another term.
            Desk.row(5, "QQQ3", on: "2024-12-19", start: "2024-08-19", end: "2024-12-19"),
        ])
        let report = try desk.migrate(isRehearsal: true)
        let school = try #require(try report.reconciled().schools.first)
        let reasons = school.reasons.compactMap { reason in
            Catalogue.shared.rule(reason.rule).map { "\($0.name) \(reason.rows)" }
        }
        #expect(reasons == ["unknown-course-code 2", "betyg-value 1"])
        #expect(school.heldWithOthers == 1)
        #expect(school.total.held == 4)
    }

    @Test func `a row outside the days is outside, on either side`() throws {
        let desk = try Desk()
        try desk.export([
            Desk.row(1), Desk.row(2, on: "2024-12-19", start: "2024-08-19", end: "2024-12-19"),
            Desk.row(3, on: "2026-06-05", start: "2026-01-12", end: "2026-06-05"),
        ])
        let reconciliation = try desk.migrate(isRehearsal: true).reconciled()
        #expect(reconciliation.short() == ["MATMAT01a C: 1 1 0 0 0 1"])
        #expect(reconciliation.rowsOutside == 2)
        #expect(reconciliation.rowsRead == 3)
    }

    @Test(arguments: ["", "2025-13-45"])
    func `a grade whose day nobody knows is held where its course goes on`(date: String) throws {
        let desk = try Desk()
        try desk.export([
            Desk.row(1, on: date), Desk.row(2, on: date, start: "2024-08-19", end: "2025-07-31"),
            Desk.row(3, on: date, start: "2025-01-13", end: "2025-08-01"),
            Desk.row(4, on: date, start: "2026-01-15", end: "2026-06-05"),
            Desk.row(5, on: date, start: "2026-01-16", end: "2026-06-05"), Desk.row(6),
        ])
        let reconciliation = try desk.migrate(isRehearsal: true).reconciled()
        #expect(reconciliation.short() == ["MATMAT01a C: 4 1 3 0 0 1"])
        #expect(reconciliation.rowsOutside == 2)
    }

    /// As read the courses overlap; the early grade ends the first one before the second begins.
    @Test func `a study period that a rule has divided is outside where its part is`() throws {
        let desk = try Desk()
        try desk.export([
            Desk.row(1, "ENGENG05", grade: "A", on: "2025-05-20", start: "2025-02-03", end: "2025-09-30"), Desk.row(1),
        ])
        let report = try desk.migrate(isRehearsal: true)
        let reconciliation = try report.reconciled()
        #expect(reconciliation.short() == ["MATMAT01a C: 1 1 0 0 0 1"])
        #expect(reconciliation.rowsOutside == 1)
        #expect(report.rows.ignored == 1 && report.rows.sent == 1)
        #expect(report.migration?.files.map(\.records) == [1])
        let all = try desk.migrate(from: "2025-01-01", isRehearsal: true).reconciled()
        #expect(all.short() == ["ENGENG05 A: 1 1 0 0 0 1", "MATMAT01a C: 1 1 0 0 0 1"])
    }

    @Test func `a school that cannot be told has a part of its own, and nothing of it is sent`() throws {
        let desk = try Desk()
        var lost = Desk.row(1)
        lost.school = 17
        try desk.export([lost, Desk.row(2)])
        let reconciliation = try desk.migrate(isRehearsal: true).reconciled()
        #expect(reconciliation.schools.map(\.skolkod) == [Skolkod(1234), nil])
        #expect(reconciliation.schools.last?.total.held == 1)
        #expect(reconciliation.total.sent == 1)
    }

    @Test func `with hold file one held row holds all, and each has its place`() throws {
        let desk = try Desk()
        try desk.export([Desk.row(1, "QQQ1"), Desk.row(2), Desk.row(3), Desk.row(3)])
        let reconciliation = try desk.migrate(isRehearsal: true, hold: .file).reconciled()
        #expect(reconciliation.short() == ["MATMAT01a C: 3 0 2 0 1 0", "QQQ1! C: 1 0 1 0 0 0"])
        #expect(reconciliation.schools.first?.heldWithOthers == 2)
    }

    @Test func `the number of jobs changes nothing`() throws {
        let desk = try Desk()
        try desk.export(
            (1...200).map { student in
                var row = Desk.row(student, student % 3 == 0 ? "ENGENG05" : "QQQ\(student % 5)")
                row.school = 1234 + student % 4
                return row
            })
        let one = try desk.migrate(isRehearsal: true).reconciled()
        #expect(try desk.migrate(isRehearsal: true, jobs: 3).reconciled() == one)
        #expect(one.schools.count == 4)
    }
}

/// As files are uploaded and read, the sent rows move from column to column, and the sums stay.
@Suite struct ReconciliationProgressTests {
    private typealias Desk = ReconcilingDesk

    private func numbers(_ reconciliation: Reconciliation) -> [Int] {
        let total = reconciliation.total
        return [total.withCSN, total.uploaded, total.waiting, total.rehearsed, total.held]
    }

    /// Two terms more than a year apart: two files.
    private func twoTerms() throws -> Desk {
        let desk = try Desk()
        try desk.export([
            Desk.row(1), Desk.row(2), Desk.row(3, "QQQ1"),
            Desk.row(1, "ENGENG05", on: "2024-06-05", start: "2024-01-08", end: "2024-06-05"),
        ])
        return desk
    }

    @Test func `from plan to the last file that is read`() throws {
        let desk = try twoTerms()
        func now(_ time: String, isRehearsal: Bool = false) throws -> Reconciliation {
            try desk.migrate(now: time, from: "2024-01-01", isRehearsal: isRehearsal).reconciled()
        }
        let rehearsal = try now("2026-11-23T11:00", isRehearsal: true)
        #expect(numbers(rehearsal) == [0, 0, 0, 3, 1])
        #expect(rehearsal.stage == .rehearsal)
        let planned = try now("2026-11-23T12:00")
        #expect(numbers(planned) == [0, 0, 3, 0, 1])
        #expect(planned.stage == .ongoing)
        #expect(planned.schools.map(\.filesToUpload) == [2])

        try desk.desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T13:00")
        let sent = try now("2026-11-23T14:00")
        #expect(numbers(sent) == [0, 2, 1, 0, 1])
        #expect(sent.schools.map { [$0.filesToUpload, $0.filesToBeRead] } == [[1, 1]])

        let read = try now("2026-11-24T09:00")
        #expect(numbers(read) == [2, 0, 1, 0, 1])
        try desk.desk.say(.sent, "1234_2026-11-24.txt", at: "2026-11-24T13:00")
        #expect(numbers(try now("2026-11-24T14:00")) == [2, 1, 0, 0, 1])
        let last = try now("2026-11-25T09:00")
        #expect(numbers(last) == [3, 0, 0, 0, 1])
        #expect(last.stage == .held)
        #expect(last.total.records == 3)

        try desk.export([
            Desk.row(1), Desk.row(2),
            Desk.row(1, "ENGENG05", on: "2024-06-05", start: "2024-01-08", end: "2024-06-05"),
        ])
        let final = try now("2026-11-25T10:00")
        #expect(numbers(final) == [3, 0, 0, 0, 0])
        #expect(final.stage == .final)
    }

    @Test func `what CSN has waits once more where it goes again`() throws {
        let desk = try Desk()
        try desk.export([Desk.row(1)])
        _ = try desk.migrate()
        try desk.desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T13:00")
        #expect(numbers(try desk.migrate(now: "2026-11-24T09:00").reconciled()) == [1, 0, 0, 0, 0])
        let again = try desk.migrate(now: "2026-11-24T10:00", isAgain: true).reconciled()
        #expect(numbers(again) == [0, 0, 1, 0, 0])
        // Now a file waits with it, whatever this run is asked to do.
        #expect(numbers(try desk.migrate(now: "2026-11-24T11:00", isAgain: true).reconciled()) == [0, 0, 1, 0, 0])
    }

    @Test func `a file that nobody said was uploaded goes on waiting`() throws {
        let desk = try Desk()
        try desk.export([Desk.row(1)])
        _ = try desk.migrate()
        #expect(numbers(try desk.migrate(now: "2026-11-24T09:00").reconciled()) == [0, 0, 1, 0, 0])
    }

    @Test func `what a file of somebody else's has no place for is held, not sent`() throws {
        let desk = try Desk()
        var other = Desk.row(2)
        other.school = 1300
        let outside = Desk.row(4, on: "2024-12-19", start: "2024-08-19", end: "2024-12-19")
        try desk.export([Desk.row(1), Desk.row(3, "QQQ1"), other, outside])
        let folder = desk.desk.path("outbox/1234")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(filePath: folder + "/1234_2026-11-23.txt"))
        let report = try desk.migrate()
        let reconciliation = try report.reconciled()
        #expect(numbers(reconciliation) == [0, 0, 1, 0, 2])
        #expect(reconciliation.schools.first?.heldByOccupied == 1)
        #expect(reconciliation.schools.first?.total.records == 0)
        #expect(reconciliation.schools.first?.stage == .ongoing)
        #expect(report.rows.sent == 1)
    }
}
