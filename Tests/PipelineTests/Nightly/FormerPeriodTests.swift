import CSN
import DeliveryLedger
import Foundation
import Testing

@testable import Pipeline

/// Units that CSN may have as one study period, in the files of a night.
@Suite struct FormerPeriodTests {
    private func forget(_ kurskod: String, _ desk: NightDesk, at now: String) throws {
        var options = TypedOptions()
        options.config = desk.path("csnfil.yaml")
        options.mappings = [repository + "/Mappings"]
        options.now = now
        let surroundings = Surroundings(
            environment: [:], workingFolder: desk.folder.path, executable: repository + "/.build/debug/csnfil",
            processors: 1, now: try #require(Moment(now)))
        let verb = TypedOutbox.forget(
            TypedOutbox.TypedForget(student: "1", kurskod: kurskod, reason: "antagningen återkallad"))
        let outcome = Invocation(options, in: surroundings).outbox(verb, patience: .zero)
        #expect(outcome.status == 0, "\(outcome.error)")
    }

    /// A course that tied two others together is forgotten: the two are units of their own now, and go together. Each
    /// lets the other's courses go, in case it goes alone; a file that holds both does not.
    @Test func aFileThatHoldsBothLetsNeitherGo() throws {
        let desk = try NightDesk()
        let spring = NightDesk.Row(start: "2026-01-12", end: "2026-06-12")
        let bridge = NightDesk.Row(course: "ENGENG05", start: "2026-05-04", end: "2026-09-30")
        let autumn = NightDesk.Row(course: "SVESVE01", start: "2026-08-17", end: "2026-12-18")
        try desk.export([spring, bridge, autumn], at: "2026-11-16T20:00")
        try desk.night("2026-11-17T05:00")
        try desk.say(.sent, "2026-11-17.txt", at: "2026-11-17T09:00")
        try forget("ENGENG05", desk, at: "2026-11-18T04:00")
        try desk.export([spring, autumn], at: "2026-11-18T04:30")
        try desk.night("2026-11-18T05:00")
        #expect(try desk.outbox()["1234_2026-11-18.txt"]?.count == 2)

        let deliveries = try desk.session("2026-11-18T06:00").store.deliveries(of: try #require(Skolkod(1234)))
        let file = try #require(deliveries.files.values.first { $0.outcome == .planned })
        let versions = try #require(deliveries.versions.first?.value)
        let said = versions.map { course, all in
            (course: course.kurskod, has: all.filter { $0.file == file.id }.map { $0.record != nil })
        }
        #expect(
            Dictionary(uniqueKeysWithValues: said.map { ($0.course, $0.has) }) == [
                "MATMAT01a": [true], "SVESVE01": [true], "ENGENG05": [false],
            ])
        // A run that changes nothing leaves the file as it is, with both.
        try desk.night("2026-11-18T07:00")
        #expect(try desk.outbox()["1234_2026-11-18.txt"]?.count == 2)
    }
}
