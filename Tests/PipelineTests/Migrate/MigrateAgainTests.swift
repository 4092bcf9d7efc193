import CSN
import DeliveryLedger
import Findings
import Foundation
import Reports
import Testing

@testable import Pipeline

/// A file with records of a migration is refused or withdrawn: no nightly run brings them, and people are told.
@Suite struct MigrateAgainTests {
    private typealias Row = NightDesk.Row

    private static let old = Row(student: 0, "MATMAT01a", "2026-01-12", "2026-06-05", grade: "C")
    private static let older = Row(student: 1, "MATMAT01a", "2021-01-11", "2021-06-11", grade: "C")
    private static let today = Row(student: 50, "ENGENG05", "2026-08-17", "2026-12-18")

    private func desk(_ rows: [Row] = [old, older]) throws -> NightDesk {
        let desk = try NightDesk()
        try desk.export(rows, to: "betyg.csv", at: "2026-11-18T20:00")
        return desk
    }

    /// What a verb of `outbox` says of what only `migrate` brings.
    private func said(
        _ verb: TypedOutbox, _ desk: NightDesk, at now: String, in language: String = "en"
    ) throws -> [(level: String, message: String)] {
        _ = try desk.settings(now)
        var options = TypedOptions()
        options.config = desk.path("csnfil.yaml")
        options.mappings = [repository + "/Mappings"]
        options.now = now
        options.format = "json"
        let surroundings = Surroundings(
            environment: ["CSNFIL_LANGUAGE": language], workingFolder: desk.folder.path,
            executable: repository + "/.build/debug/csnfil", processors: 1, now: try #require(Moment(now)))
        let outcome = Invocation(options, in: surroundings).outbox(verb, patience: .zero)
        try #require(outcome.status == 0, "\(outcome.error)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
        let notes = try #require(object["notes"] as? [[String: Any]])
        let code = if case .list = verb { "still-to-migrate" } else { "migrate-again" }
        return notes.filter { $0["code"] as? String == code }.map {
            (level: $0["level"] as? String ?? "", message: $0["message"] as? String ?? "")
        }
    }

    private func notices(_ report: RunReport) -> [String] {
        report.notices.map(\.en).filter { $0.contains("csnfil migrate EXPORTS") }
    }

    private func first(_ desk: NightDesk) throws -> String { desk.name(try #require(try desk.queue().first).day) }

    /// The grade is corrected and moved once more, CSN refuses the file, and a night follows: it is said at once and by
    /// the night.
    private func refuseCorrection(_ desk: NightDesk) throws {
        var changed = Self.old
        changed.grade = "A"
        try desk.export([changed], to: "betyg.csv", at: "2026-11-20T07:00")
        try desk.migrate("2026-11-20T08:00")
        #expect(try said(.rejected(file: try first(desk)), desk, at: "2026-11-20T09:00").count == 1)
        #expect(notices(try desk.night("2026-11-20T10:00")).count == 1)
    }

    // MARK: - Said at once

    @Test(arguments: ["rejected", "withdraw"]) func whoTakesAFileBackIsToldWhichMigrationToRun(_ verb: String) throws {
        for (language, words) in [
            ("sv", "Bara en flytt har haft alla poster i den: "),
            ("en", "A migration alone has brought all its records: "),
        ] {
            let desk = try desk()
            try desk.migrate("2026-11-19T08:00", from: "2020-01-01", to: "2026-08-01")
            let name = try first(desk)
            let typed = verb == "rejected" ? TypedOutbox.rejected(file: name) : .withdraw(file: name)
            let said = try said(typed, desk, at: "2026-11-19T09:00", in: language)
            #expect(said.map(\.level) == ["warning"])
            let message = try #require(said.first?.message)
            #expect(message.contains(words), "\(message)")
            #expect(message.contains(" --from 2020-01-01 --to 2026-08-01 --by period ("), "\(message)")
            #expect(message.contains(language == "sv" ? "(kördes senast " : "(last run on "), "\(message)")
        }
    }

    @Test func ofAFileThatIsSharedItSaysHowMuch() throws {
        let desk = try desk([Self.old])
        try desk.export([Self.today], at: "2026-11-19T07:00")
        try desk.night("2026-11-19T08:00")
        try desk.migrate("2026-11-19T09:00", by: .grade)
        #expect(try desk.queue().map(\.lines.count) == [2])
        let said = try said(.withdraw(file: try first(desk)), desk, at: "2026-11-19T10:00")
        #expect(said.count == 1)
        #expect(said.first?.message.hasPrefix("A migration alone has brought 1 of its 2 records: ") == true, "\(said)")
        #expect(said.first?.message.contains("--to 2040-12-31 (last run") == true, "\(said)")
        // The next night brings the one, says that it does not bring the other, and says it until somebody has.
        for now in ["2026-11-19T11:00", "2026-11-20T02:00"] {
            let notices = notices(try desk.night(now))
            #expect(notices.count == 1)
            #expect(notices.first?.contains("has brought 1 record of 1 student in it: ") == true)
            #expect(try desk.queue().map(\.lines.count) == [1])
        }
        try desk.migrate("2026-11-20T03:00", by: .grade)
        #expect(try desk.queue().map(\.lines.count) == [2])
        #expect(notices(try desk.night("2026-11-20T04:00")).isEmpty)
        #expect(try self.said(.list, desk, at: "2026-11-20T04:00").isEmpty)
    }

    @Test func aNightsFileIsTheNextNights() throws {
        let desk = try desk()
        try desk.export([Self.today], at: "2026-11-19T07:00")
        try desk.night("2026-11-19T08:00")
        #expect(try said(.withdraw(file: try first(desk)), desk, at: "2026-11-19T10:00").isEmpty)
        #expect(notices(try desk.night("2026-11-19T11:00")).isEmpty)
        #expect(try desk.queue().map(\.lines.count) == [1])
    }

    /// What may have been uploaded with an older version goes along with the next file.
    @Test func whatAnotherFileHasIsTheNextNights() throws {
        let desk = try desk([Self.old])
        try desk.migrate("2026-11-19T08:00")
        try desk.export([Self.today], at: "2026-11-19T09:00")
        try desk.night("2026-11-19T10:00")
        #expect(try desk.outcomes() == ["replaced", "planned"])
        #expect(try said(.withdraw(file: try first(desk)), desk, at: "2026-11-19T11:00").isEmpty)
        #expect(notices(try desk.night("2026-11-19T12:00")).isEmpty)
        #expect(try desk.queue().map(\.lines.count) == [2])
    }

    /// CSN has the grade of the first run; the file with the other one is refused.
    @Test func anotherGradeThanCSNHasIsLeftToo() throws {
        let desk = try desk([Self.old])
        try desk.migrate("2026-11-19T08:00")
        try desk.say(.sent, try first(desk), at: "2026-11-19T09:00")
        try refuseCorrection(desk)
        #expect(try desk.queue().isEmpty)
    }

    /// Nobody has said whether the file of the first run was uploaded, so the night sends the first grade once more; the
    /// corrected one, which was refused, comes from a migration alone.
    @Test func theGradeFromBeforeTheCorrectionIsNotTheCorrection() throws {
        let desk = try desk([Self.old])
        try desk.migrate("2026-11-19T08:00")
        try refuseCorrection(desk)
        #expect(try desk.queue().count == 1)
        #expect(notices(try desk.night("2026-11-21T10:00")).count == 1)
        try desk.migrate("2026-11-21T12:00")
        #expect(notices(try desk.night("2026-11-22T10:00")).isEmpty)
    }

    // MARK: - Said later

    @Test func itIsSaidForTwoWeeks() throws {
        let desk = try desk()
        try desk.migrate("2026-11-19T08:00")
        _ = try said(.withdraw(file: try first(desk)), desk, at: "2026-11-19T09:00")
        for (day, count) in [("2026-12-03", 1), ("2026-12-04", 0)] {
            #expect(try said(.list, desk, at: "\(day)T08:00").count == count)
            #expect(notices(try desk.night("\(day)T09:00")).count == count)
        }
    }

    /// The file was withdrawn because it was wrong, and the migration was run again without what was wrong.
    @Test func whatANewRunLeavesOutIsNotMissed() throws {
        let desk = try desk([Self.old, Self.older])
        try desk.migrate("2026-11-19T08:00", by: .grade)
        let number = Self.old.number.replacing("-", with: "")
        let file = try #require(try desk.queue().first { $0.lines.joined().contains(number) })
        _ = try said(.withdraw(file: desk.name(file.day)), desk, at: "2026-11-19T09:00")
        #expect(try said(.list, desk, at: "2026-11-19T09:30").count == 1)
        try desk.export([Self.older], to: "betyg.csv", at: "2026-11-19T10:00")
        // Other days are another migration.
        try desk.migrate("2026-11-19T10:30", to: "2021-12-31", by: .grade)
        #expect(try said(.list, desk, at: "2026-11-19T10:40").count == 1)
        try desk.migrate("2026-11-19T11:00", by: .grade)
        #expect(try said(.list, desk, at: "2026-11-19T11:30").isEmpty)
        #expect(notices(try desk.night("2026-11-19T12:00")).isEmpty)
    }

    @Test func whatIsForgottenIsNotMissed() throws {
        let desk = try desk([Self.old])
        try desk.migrate("2026-11-19T08:00")
        let name = try first(desk)
        _ = try said(
            .forget(TypedOutbox.TypedForget(student: "1", kurskod: "MATMAT01a", reason: "fel skola")), desk,
            at: "2026-11-19T08:30")
        #expect(try said(.withdraw(file: name), desk, at: "2026-11-19T09:00").isEmpty)
    }

    @Test func withoutAnythingKeptItIsSaidAllTheSame() throws {
        let desk = try desk()
        try desk.migrate("2026-11-19T08:00")
        try FileManager.default.removeItem(atPath: desk.path("outbox/.work/migrations.json"))
        let said = try said(.withdraw(file: try first(desk)), desk, at: "2026-11-19T09:00")
        #expect(said.first?.message.contains("csnfil migrate EXPORTS, with the days of then.") == true, "\(said)")
    }
}
