import CSN
import DeliveryLedger
import Foundation
import Testing

@testable import Pipeline

/// A school that is held because too many students are gone, while a file of it waits.
@Suite struct HeldSchoolTests {
    private static let numbers = ["19900101-9802", "19900102-9801", "19900103-9800", "19900104-9809", "19900105-9808"]

    private func rows(_ students: Int, start: String) -> [NightDesk.Row] {
        let others = Self.numbers[1..<students].map { NightDesk.Row(number: $0) }
        return others + [
            NightDesk.Row(number: Self.numbers[0], start: start, end: "2027-03-12"),
            NightDesk.Row(number: Self.numbers[0], course: "ENGENG05", start: "2027-01-12", end: "2027-06-04"),
        ]
    }

    /// The file that waits holds a course under its new startdatum and lets the old one go. The file that takes its
    /// place while the school is held does the same, and CSN has it so: nothing of it goes once more.
    @Test func whatAWaitingFileLetGoIsLetGoByTheNext() throws {
        let desk = try NightDesk()
        try desk.export(rows(5, start: "2027-01-11"), at: "2026-11-16T20:00")
        try desk.night("2026-11-17T05:00")
        try desk.say(.sent, "2026-11-17.txt", at: "2026-11-17T09:00")
        try desk.export(rows(5, start: "2027-01-08"), at: "2026-11-17T20:00")
        try desk.night("2026-11-18T05:00")
        #expect(try desk.outbox().keys.sorted() == ["1234_2026-11-18.txt"])

        try desk.export(rows(3, start: "2027-01-08"), at: "2026-11-18T20:00")
        let held = try desk.night("2026-11-19T05:00")
        #expect(held.nightly?.schools.map(\.isHeld) == [true])
        let waiting = try #require(try desk.outbox()["1234_2026-11-19.txt"])
        #expect(waiting.count == 2)
        try desk.say(.sent, "2026-11-19.txt", at: "2026-11-19T09:00")

        // The students are back, and of the others nothing has changed.
        try desk.export(rows(5, start: "2027-01-08"), at: "2026-11-19T20:00")
        let next = try desk.night("2026-11-20T05:00")
        #expect(next.nightly?.schools.map(\.isHeld) == [false])
        #expect(try desk.outbox().isEmpty)
    }
}
