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
    /// lets the other's courses go, in case it goes alone. Here one shares its file with a student whose dates leave no
    /// room for the other, which has the next file.
    ///
    /// A second run plans both into one file: what waits of the one there, with the other let go, is not that file.
    @Test func aSecondRunLosesNeither() throws {
        let desk = try NightDesk()
        let spring = NightDesk.Row(start: "2026-01-12", end: "2026-06-12")
        let bridge = NightDesk.Row(course: "ENGENG05", start: "2026-05-04", end: "2026-09-30")
        let autumn = NightDesk.Row(course: "SVESVE01", start: "2026-08-17", end: "2026-12-18")
        let other = NightDesk.Row(number: "19900102-9801", start: "2026-08-10", end: "2027-06-04")
        try desk.export([spring, bridge, autumn], at: "2026-11-16T20:00")
        try desk.night("2026-11-17T05:00")
        try desk.say(.sent, "2026-11-17.txt", at: "2026-11-17T09:00")
        try forget("ENGENG05", desk, at: "2026-11-18T04:00")
        try desk.export([spring, autumn, other], at: "2026-11-18T04:30")
        for hour in ["05", "07", "09"] {
            try desk.night("2026-11-18T\(hour):00")
            let lines = try desk.outbox().values.joined()
            #expect(lines.count == 3, "\(lines.sorted())")
            for course in ["MATMAT01a", "SVESVE01"] {
                #expect(lines.contains { $0.contains("199001019802") && $0.contains(course) }, "\(course)")
            }
        }
    }
}
