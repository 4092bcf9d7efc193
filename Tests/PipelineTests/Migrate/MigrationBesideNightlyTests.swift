import CSN
import CSNRules
import DeliveryLedger
import Findings
import Foundation
import Reports
import Testing

@testable import Pipeline

/// Nights pass while a migration's files wait: one queue, of which nothing is lost and nothing goes twice.
@Suite struct MigrationBesideNightlyTests {
    private typealias Row = NightDesk.Row

    private static let old = [
        Row(student: 0, "MATMAT01a", "2021-01-11", "2021-06-11", grade: "C"),
        Row(student: 1, "MATMAT01a", "2022-01-10", "2022-06-10", grade: "C"),
        Row(student: 2, "MATMAT01a", "2023-01-09", "2023-06-09", grade: "C"),
        Row(student: 3, "MATMAT01a", "2024-01-08", "2024-06-07", grade: "C"),
    ]

    private func desk(_ rows: [Row] = old) throws -> NightDesk {
        let desk = try NightDesk()
        try desk.export(rows, to: "betyg.csv", at: "2026-11-18T20:00")
        return desk
    }

    private func now(_ student: Int) -> Row { Row(student: student, "ENGENG05", "2026-08-17", "2026-12-18") }

    private func isNamed(_ rule: RuleName, in report: RunReport) -> Bool {
        report.findings.findings.contains { $0.rule == Catalogue.shared.number(of: rule) }
    }

    // MARK: - Days

    @Test func whatIsUrgentTakesTheComingReading() throws {
        let desk = try desk()
        try desk.migrate("2026-11-19T08:00")
        let plan = try desk.queue()
        #expect(plan.count == 4)
        try desk.export([now(50)], at: "2026-11-19T09:00")
        let report = try desk.night("2026-11-19T10:00")
        #expect(try desk.queue().map(\.lines).dropFirst() == plan.map(\.lines)[...])
        #expect(try desk.queue().first?.lines.short.first?.contains("ENGENG05") == true)
        #expect(
            try desk.queue().map(\.day.description) == [
                "2026-11-19", "2026-11-20", "2026-11-23", "2026-11-24", "2026-11-25",
            ])
        // The export of today was never to hold what a migration has reported.
        #expect(!isNamed("reported-course-missing", in: report) && !isNamed("students-missing", in: report))
    }

    /// Every night has something urgent that no file of the migration can take.
    @Test func aMigrationGoesOnBesideUrgentNights() throws {
        let desk = try desk()
        try desk.migrate("2026-11-19T08:00")
        let plan = try desk.queue().map(\.lines)
        var rows: [Row] = []
        var read: [[String]] = []
        var day = try #require(Day(iso: "2026-11-19"))
        while read.count < 12 {
            rows.append(now(50 + rows.count))
            try desk.export(rows, at: "\(day)T09:00")
            try desk.night("\(day)T10:00")
            let file = try #require(try desk.queue().first)
            #expect(file.day == day)
            try desk.say(.sent, desk.name(day), at: "\(day)T11:00")
            read.append(file.lines)
            day = ReadingDays().next(after: day)
        }
        // In their order, and what is urgent has gone before and between.
        #expect(read.filter { plan.contains($0) } == plan)
        #expect(read.firstIndex(of: plan[0]).map { $0 >= 3 } == true)
        for student in 0..<3 {
            #expect(read[student].contains { $0.contains(Row.number(50 + student).replacing("-", with: "")) })
        }
    }

    @Test func whatFitsOneFileSharesIt() throws {
        let spring = Row(student: 4, "MATMAT01a", "2026-01-12", "2026-06-12", grade: "C")
        let desk = try desk(Self.old + [spring])
        try desk.migrate("2026-11-19T08:00")
        #expect(try desk.queue().count == 5)
        try desk.export([now(50)], at: "2026-11-19T09:00")
        try desk.night("2026-11-19T10:00")
        #expect(try desk.queue().count == 5)
        #expect(try desk.queue().first?.lines.count == 2)
        // The other way round: what waits from the night takes the migration's along.
        let other = try self.desk(Self.old + [spring])
        try other.export([now(50)], at: "2026-11-19T09:00")
        try other.night("2026-11-19T10:00")
        try other.migrate("2026-11-19T11:00")
        #expect(try other.queue().map(\.lines) == desk.queue().map(\.lines))
    }

    @Test func aFirstDayIsKeptUntilSomethingChanges() throws {
        let going = Row(student: 4, "ENGENG06", "2025-08-18", "2025-12-19", grade: "C")
        let desk = try desk(Self.old + [going])
        try desk.migrate("2026-11-19T08:00", firstDay: "2026-12-01")
        let plan = try desk.queue()
        #expect(plan.first?.day.description == "2026-12-01")
        try desk.export([now(50)], at: "2026-11-19T09:00")
        try desk.night("2026-11-19T10:00")
        #expect(try desk.queue().map(\.day.description).first == "2026-11-19")
        #expect(try desk.queue().dropFirst().map(\.lines) == plan.map(\.lines))
        #expect(try desk.queue().dropFirst().map(\.day) == plan.map(\.day))
        try desk.say(.sent, desk.name(try #require(Day(iso: "2026-11-19"))), at: "2026-11-19T11:00")
        // The nightly export has another grade of one that waits: it goes now, and the others wait.
        var changed = going
        changed.grade = "A"
        try desk.export([now(50), changed], at: "2026-11-19T20:00")
        try desk.night("2026-11-20T02:00")
        #expect(try desk.queue().map(\.day.description).first == "2026-11-20")
        #expect(try desk.queue().first?.lines.short.map { $0.suffix(2) } == ["JA"])
        #expect(try desk.queue().dropFirst().first?.day.description == "2026-12-01")
        #expect(try desk.queue().flatMap(\.lines).count == 5)
    }

    @Test func theDaysOfConvertAreLeftAlone() throws {
        let desk = try desk()
        try desk.export([now(60)], to: "idag.csv", at: "2026-11-18T20:00")
        _ = try Conversion.run(
            ConvertRequest(
                settings: try desk.settings("2026-11-19T07:00", paths: [desk.path("idag.csv")]),
                out: desk.path("outbox")), progress: NoProgress())
        let before = try desk.queue()
        #expect(before.map(\.day.description) == ["2026-11-19"])
        try desk.migrate("2026-11-19T08:00")
        #expect(try desk.queue().count == 5)
        #expect(try desk.queue().first?.lines == before.first?.lines)
        try desk.night("2026-11-19T10:00")
        #expect(try desk.queue().first?.lines == before.first?.lines)
        #expect(
            try desk.queue().map(\.day.description) == [
                "2026-11-19", "2026-11-20", "2026-11-23", "2026-11-24", "2026-11-25",
            ])
    }

    // MARK: - A file that is uploaded

    @Test func theUploadedFileStandsOrIsCarriedOver() throws {
        let desk = try NightDesk()
        try desk.export([now(50), now(51)], at: "2026-11-19T07:00")
        try desk.night("2026-11-19T08:00")
        let sent = try desk.queue()
        try desk.say(.sent, desk.name(sent[0].day), at: "2026-11-19T09:00")
        try desk.export(Self.old, to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T10:00")
        #expect(try desk.queue().count == 5)
        #expect(try desk.queue()[0].lines == sent[0].lines)
        #expect(try desk.queue()[1].day.description == "2026-11-20")
        // What can share it goes in a new file for the same reading, with all that the uploaded one holds.
        let spring = Row(student: 4, "MATMAT01a", "2026-01-12", "2026-06-12", grade: "C")
        try desk.export(Self.old + [spring], to: "betyg.csv", at: "2026-11-19T10:30")
        try desk.migrate("2026-11-19T11:00")
        let queue = try desk.queue()
        #expect(queue.count == 5)
        #expect(queue[0].lines.count == 3 && Set(queue[0].lines).isSuperset(of: sent[0].lines))
    }

    // MARK: - Nothing lost, nothing twice

    private static func rows(_ random: inout SplitMix) -> [Row] {
        (0..<20).map { student in
            let year = 2021 + Int.random(in: 0...5, using: &random)
            let spring = Bool.random(using: &random)
            return Row(
                student: student, "MATMAT01a", spring ? "\(year)-01-12" : "\(year - 1)-08-18",
                spring ? "\(year)-06-05" : "\(year - 1)-12-16", grade: "C")
        }
    }

    /// Migrations and nights, some files said to be uploaded, some not, some refused: at the end CSN has read every
    /// record once, but for what was refused or never said.
    @Test(arguments: 1...6) func nothingIsLostOrTwice(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let rows = Self.rows(&random)
        let desk = try desk(rows)
        var nights: [Row] = []
        var day = try #require(Day(iso: "2026-11-19"))
        try desk.migrate("\(day)T06:00")
        let onlyNights = seed.isMultiple(of: 2)
        var read: [String] = []
        for step in 0..<40 {
            if step % 3 == 1, step < 20 {
                nights.append(now(50 + nights.count))
                try desk.export(nights, at: "\(day)T06:30")
            }
            try desk.night("\(day)T07:00")
            if !onlyNights, step % 2 == 1 { try desk.migrate("\(day)T08:00") }
            if let file = try desk.queue().first, file.day == day {
                switch step < 20 ? Int.random(in: 0..<6, using: &random) : 5 {
                case 0: break
                case 1:
                    try desk.say(.sent, desk.name(day), at: "\(day)T09:00")
                    try desk.say(.rejected, desk.name(day), at: "\(day)T10:00")
                    if !onlyNights { try desk.migrate("\(day)T11:00") }
                default:
                    try desk.say(.sent, desk.name(day), at: "\(day)T09:00")
                    read += file.lines
                }
            }
            day = ReadingDays().next(after: day)
        }
        try desk.night("\(day)T07:00")
        #expect(try desk.queue().isEmpty)
        if !onlyNights { #expect(try desk.migrate("\(day)T08:00").migration?.filesAhead.isEmpty == true) }
        #expect(read.count == Set(read).count)
        #expect(Set(read).count == rows.count + nights.count)
    }

    // MARK: - Students

    @Test func anOldExportDoesNotTakeBackProtection() throws {
        let desk = try NightDesk()
        let protected = now(0).line.dropLast() + ";J"
        let header =
            "Skolkod;Skolform;Personnummer;Namn;Kurskod;Kurs;Kursdel;Poäng;Nivå;Startdatum;Slutdatum;Påbörjad;"
            + "Avbrottskod;Avbrottsdatum;Avbrottsorsak;Betyg;Betygsdatum;Omfattning;Färdighetsträning;"
            + "Uppdragsutbildning;Sekretess"
        try desk.write("inbox/procapita.csv", "\(header)\r\n\(protected)\r\n", at: "2026-11-19T06:00")
        try desk.night("2026-11-19T07:00")
        func isProtected() throws -> [Bool] {
            let school = try desk.session("2026-11-19T09:00").store.deliveries(of: try #require(Skolkod(1234)))
            return school.students.values.sorted { $0.key < $1.key }.map(\.isProtected)
        }
        #expect(try isProtected() == [true])
        try desk.export(Self.old, to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00")
        #expect(try isProtected() == [true, false, false, false])
        try desk.export([now(0)], at: "2026-11-19T10:00")
        try desk.night("2026-11-19T11:00")
        #expect(try isProtected() == [false, false, false, false])
    }

    // MARK: - People

    @Test func theVerbsOfOutboxKnowAMigrationsFiles() throws {
        let desk = try desk()
        try desk.migrate("2026-11-19T08:00")
        let plan = try desk.queue()
        func outbox(_ verb: TypedOutbox, at now: String) throws -> (status: Int32, said: String) {
            _ = try desk.settings(now)
            var options = TypedOptions()
            options.config = desk.path("csnfil.yaml")
            options.mappings = [repository + "/Mappings"]
            options.now = now
            let surroundings = Surroundings(
                environment: ["CSNFIL_LANGUAGE": "en"], workingFolder: desk.folder.path,
                executable: repository + "/.build/debug/csnfil", processors: 1, now: try #require(Moment(now)))
            let outcome = Invocation(options, in: surroundings).outbox(verb, patience: .zero)
            return (outcome.status, String(decoding: outcome.output, as: UTF8.self) + outcome.error)
        }
        let list = try outbox(.list, at: "2026-11-19T08:30")
        #expect(list.status == 0)
        for file in plan { #expect(list.said.contains(desk.name(file.day)), "\(list.said)") }
        // Sent; refused; taken back: each goes its own way, and the others stay.
        #expect(try outbox(.sent(file: desk.name(plan[0].day), at: nil), at: "2026-11-19T09:00").status == 0)
        #expect(try outbox(.withdraw(file: desk.name(plan[2].day)), at: "2026-11-19T09:30").status == 0)
        #expect(try desk.queue().map(\.day) == [plan[0].day, plan[1].day, plan[3].day])
        #expect(try outbox(.rejected(file: desk.name(plan[0].day)), at: "2026-11-19T10:00").status == 0)
        #expect(try desk.queue().map(\.day) == [plan[1].day, plan[3].day])
        try desk.migrate("2026-11-19T11:00")
        #expect(Set(try desk.queue().map(\.lines)) == Set(plan.map(\.lines)))
        #expect(try desk.queue().map(\.day) == plan.map(\.day))
        let waits = try desk.queue()
        for file in waits {
            #expect(try outbox(.sent(file: desk.name(file.day), at: nil), at: "\(file.day)T09:00").status == 0)
        }
        let after = try outbox(.list, at: "2026-12-01T09:00")
        #expect(after.status == 0 && !after.said.contains("migrate run"))
        #expect(try desk.migrate("2026-12-01T10:00").migration?.filesAhead.isEmpty == true)
    }
}
