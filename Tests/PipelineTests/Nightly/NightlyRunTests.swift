import CSN
import CSNRules
import DeliveryLedger
import Foundation
import Reports
import Testing

@testable import Pipeline

struct NightlyRunTests {
    private typealias Row = NightDesk.Row
    private static let other = Row(number: "19900102-9801", course: "ENGENG05")
    private static let old = Row(
        number: "19900103-9800", course: "ENGENG06", start: "2024-08-19", end: "2024-12-20", started: "J", grade: "C",
        gradeDate: "2024-12-20")

    @Test func theFirstNightReportsEverybody() throws {
        let desk = try NightDesk()
        try desk.export([Row(), Self.other], at: "2026-11-22T20:00")
        let report = try desk.night("2026-11-23T02:00")
        #expect(report.exitStatus == .success)
        #expect(
            try desk.outbox().mapValues(\.short) == [
                "1234_2026-11-23.txt": [
                    "199001019802 MATMAT01a 20260817 N", "199001029801 ENGENG05 20260817 N",
                ]
            ])
        #expect(try desk.inbox() == [])
        #expect(try desk.archive().count == 1)
    }

    @Test func aSecondRunTheSameDayChangesNothing() throws {
        let desk = try NightDesk()
        try desk.export([Row()], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        let before = try desk.outbox()
        let report = try desk.night("2026-11-23T12:00")
        #expect(try desk.outbox() == before)
        #expect(report.delivery?.newFiles == 0)
        #expect(report.files.count == 1)
        #expect(try desk.outcomes() == ["planned"])
    }

    @Test(arguments: [("2026-11-23T16:59:59", "1234_2026-11-23.txt"), ("2026-11-23T17:00", "1234_2026-11-24.txt")])
    func whatNobodySaidWasUploadedMovesOn(now: String, name: String) throws {
        let desk = try NightDesk()
        try desk.export([Row()], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.night(now)
        #expect(try desk.outbox().mapValues(\.count) == [name: 1])
    }

    @Test func whatCSNHasIsNotSentAgain() throws {
        let desk = try NightDesk()
        try desk.export([Row(), Self.other], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        let report = try desk.night("2026-11-24T02:00")
        #expect(report.exitStatus == .success)
        #expect(report.files.isEmpty)
        #expect(try desk.outbox() == [:])
        #expect(try desk.outcomes() == ["accepted"])
    }

    @Test func onlyTheUnitThatChangedGoes() throws {
        let desk = try NightDesk()
        let second = Row(course: "ENGENG05")
        try desk.export([Row(), second, Self.other], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        var started = Row()
        started.started = "J"
        try desk.export([started, second, Self.other], at: "2026-11-23T20:00")
        try desk.night("2026-11-24T02:00")
        #expect(
            try desk.outbox().mapValues(\.short) == [
                "1234_2026-11-24.txt": [
                    "199001019802 ENGENG05 20260817 N", "199001019802 MATMAT01a 20260817 J",
                ]
            ])
    }

    @Test func aFileThatIsSentAndUnreadIsCarriedOver() throws {
        let desk = try NightDesk()
        try desk.export([Row(), Self.other], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        var started = Self.other
        started.started = "J"
        try desk.export([Row(), started], at: "2026-11-23T11:00")
        let report = try desk.night("2026-11-23T12:00")
        #expect(
            try desk.outbox().mapValues(\.short) == [
                "1234_2026-11-23.txt": [
                    "199001019802 MATMAT01a 20260817 N", "199001029801 ENGENG05 20260817 J",
                ]
            ])
        #expect(report.findings.findings.contains { rule($0.rule) == "unread-file-replaced" })
        // The first one was read after all: only what is new in the second goes again.
        try desk.night("2026-11-24T02:00")
        #expect(
            try desk.outbox().mapValues(\.short) == ["1234_2026-11-24.txt": ["199001029801 ENGENG05 20260817 J"]])
    }

    @Test func whatCannotShareTheUnreadFileWaits() throws {
        let desk = try NightDesk()
        try desk.export([Row()], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        let sent = try desk.outbox()
        try desk.export([Row(), Self.old], at: "2026-11-23T11:00")
        try desk.night("2026-11-23T12:00")
        var files = try desk.outbox()
        #expect(files.removeValue(forKey: "1234_2026-11-23.txt") == sent["1234_2026-11-23.txt"])
        #expect(files.mapValues(\.short) == ["1234_2026-11-24.txt": ["199001039800 ENGENG06 20240819 JC"]])
    }

    @Test func aQueueTakesOneReadingADay() throws {
        let desk = try NightDesk()
        try desk.export([Row(), Self.old], at: "2026-11-20T11:00")
        try desk.night("2026-11-20T18:00")
        #expect(
            try desk.outbox().mapValues(\.short) == [
                "1234_2026-11-23.txt": ["199001019802 MATMAT01a 20260817 N"],
                "1234_2026-11-24.txt": ["199001039800 ENGENG06 20240819 JC"],
            ])
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        try desk.night("2026-11-23T18:00")
        #expect(try desk.outbox().keys.sorted() == ["1234_2026-11-24.txt"])
    }

    @Test func aHeldUnitKeepsItsLinesOfTheUnreadFile() throws {
        let desk = try NightDesk()
        try desk.export([Row(), Self.other], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        var broken = Row()
        broken.end = ""
        var started = Self.other
        started.started = "J"
        try desk.export([broken, started], at: "2026-11-23T11:00")
        #expect(try desk.night("2026-11-23T12:00").exitStatus == .findings)
        #expect(
            try desk.outbox().mapValues(\.short) == [
                "1234_2026-11-23.txt": [
                    "199001019802 MATMAT01a 20260817 N", "199001029801 ENGENG05 20260817 J",
                ]
            ])
    }

    @Test func aStudentWhoseNumberCannotBeReadKeepsTheLinesOfTheUnreadFile() throws {
        let desk = try NightDesk()
        try desk.export([Row(), Self.other], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        var broken = Row()
        broken.number = "19900101-980X"
        var started = Self.other
        started.started = "J"
        try desk.export([broken, started], at: "2026-11-23T11:00")
        let report = try desk.night("2026-11-23T12:00")
        // One of two students is gone: the school is held, and its unread file stands.
        #expect(report.findings.findings.contains { rule($0.rule) == "students-missing" })
        #expect(try desk.outbox()["1234_2026-11-23.txt"]?.short.count == 2)
    }

    @Test func whatWasRefusedGoesAgain() throws {
        let desk = try NightDesk()
        try desk.export([Row()], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.rejected, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        try desk.night("2026-11-23T12:00")
        #expect(try desk.outbox().mapValues(\.count) == ["1234_2026-11-23.txt": 1])
        #expect(try desk.outcomes() == ["rejected", "planned"])
    }

    @Test func whatMayHaveBeenUploadedAndIsNoLongerSoGoesBack() throws {
        let desk = try NightDesk()
        try desk.export([Row()], at: "2026-11-22T20:00")
        try desk.night("2026-11-23T02:00")
        try desk.say(.sent, "1234_2026-11-23.txt", at: "2026-11-23T09:00")
        var later = Row()
        later.end = "2027-01-15"
        try desk.export([later], at: "2026-11-23T20:00")
        try desk.night("2026-11-24T02:00")
        try desk.export([Row()], at: "2026-11-24T20:00")
        try desk.night("2026-11-25T02:00")
        #expect(try desk.outbox().keys.sorted() == ["1234_2026-11-25.txt"])
        #expect(try desk.outbox()["1234_2026-11-25.txt"]?.first?.contains("20261218") == true)
    }

    private func rule(_ number: UInt16) -> String { Catalogue.shared.rule(number)?.name.text ?? "" }
}
