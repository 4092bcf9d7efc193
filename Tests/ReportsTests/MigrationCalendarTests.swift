import CSN
import Findings
import Testing

@testable import Reports

@Suite("The calendar of a migration")
struct MigrationCalendarTests {
    private func calendar(_ report: RunReport, _ language: Language = .en) throws -> CalendarFile.Component {
        try CalendarFile(try #require(MigrationCalendar(report, in: language)).bytes()).calendar
    }

    private func events(_ plan: MigrationPlan, _ language: Language = .en) throws -> [CalendarFile.Component] {
        try calendar(try ModelMigration.report(plan), language).all("VEVENT")
    }

    @Test func `an event for each file that is ahead, and for no other`() throws {
        let events = try events(try ModelMigration.oneSchool())
        #expect(
            events.map { $0["UID"] } == [
                "migrate-1234-2026-11-23@csnfil", "migrate-1234-2026-11-24@csnfil", "migrate-1234-2026-11-25@csnfil",
                "migrate-1234-2026-11-26@csnfil",
            ])
        let many = try self.events(try ModelMigration.manySchools())
        #expect(Set(many.compactMap { $0["UID"] }).count == 74)
    }

    @Test func `on the reading day until the reading, in the zone that the file describes`() throws {
        let calendar = try calendar(try ModelMigration.report(try ModelMigration.oneSchool()))
        let zone = try #require(calendar.all("VTIMEZONE").first)
        #expect(zone["TZID"] == "Europe/Stockholm")
        #expect(Set(zone.components.map(\.name)) == ["DAYLIGHT", "STANDARD"])
        #expect(zone.all("DAYLIGHT").first?["TZOFFSETTO"] == "+0200")
        #expect(zone.all("STANDARD").first?["TZOFFSETTO"] == "+0100")
        let event = try #require(calendar.all("VEVENT").first)
        #expect(event["DTSTART"] == "20261123T080000")
        #expect(event["DTEND"] == "20261123T170000")
        for property in event.properties where property.name == "DTSTART" || property.name == "DTEND" {
            #expect(property.parameters == ["TZID": "Europe/Stockholm"])
        }
    }

    @Test(arguments: [
        ("2026-11-23T08:00:00+01:00", "20261123T070000Z"), ("2026-07-01T00:30:05+02:00", "20260630T223005Z"),
        ("2026-12-31T23:30:00-01:00", "20270101T003000Z"), ("2026-11-23T08:00:00Z", "20261123T080000Z"),
        ("yesterday", "20261123T000000Z"),
    ])
    func `the stamp is the run's beginning in UTC`(started: String, stamp: String) throws {
        let report = try ModelMigration.report(try ModelMigration.oneSchool()) { $0.run.started = started }
        let events = try calendar(report).all("VEVENT")
        #expect(events.allSatisfy { $0["DTSTAMP"] == stamp })
    }

    @Test func `a later run has the same events with higher numbers`() throws {
        let plan = try ModelMigration.oneSchool()
        let first = try calendar(try ModelMigration.report(plan)).all("VEVENT")
        let later = try calendar(
            try ModelMigration.report(plan) { $0.run.started = "2026-11-24T08:00:00+01:00" }
        ).all("VEVENT")
        #expect(first.map { $0["UID"] } == later.map { $0["UID"] })
        let numbers = try [first, later].map { events in try #require(events.first?["SEQUENCE"].flatMap { Int($0) }) }
        #expect(numbers[0] < numbers[1])
        // RFC 5545, 3.3.8: an integer has 32 bits.
        #expect(numbers[1] < Int(Int32.max))
    }

    @Test(arguments: [Language.sv, .en])
    func `says which file, which school, until when and what to say after`(language: Language) throws {
        let plan = try ModelMigration.manySchools()
        let event = try #require(try events(plan, language).first { $0["UID"]?.hasPrefix("migrate-1001") == true })
        let summary = try #require(event.text("SUMMARY"))
        let description = try #require(event.text("DESCRIPTION"))
        // What has to be escaped, and letters of two bytes, arrive as they were.
        #expect(summary.contains("1001 Södra; komvux, m.fl."))
        #expect(description.contains("1001/1001_2026-11-23.xml\n"))
        #expect(description.contains("csnfil outbox sent 1001_2026-11-23.xml\n"))
        #expect(
            description.contains(language == .sv ? "från lördag 21 november 2026" : "from Saturday 21 November 2026"))
        #expect(description.contains(language == .sv ? "kl. 17.00" : "17:00"))
    }

    @Test func `reminds of a file that is there, and not of a rehearsed one`() throws {
        let alarms = try events(try ModelMigration.oneSchool()).map { $0.all("VALARM") }
        #expect(alarms.allSatisfy { $0.count == 1 && $0[0]["ACTION"] == "DISPLAY" && $0[0]["TRIGGER"] == "PT0S" })
        #expect(alarms.allSatisfy { $0.first?["DESCRIPTION"] != nil })
        let rehearsed = try events(try ModelMigration.oneSchool(rehearsal: true))
        #expect(rehearsed.count == 4)
        #expect(rehearsed.allSatisfy { $0.all("VALARM").isEmpty && $0["STATUS"] == "TENTATIVE" })
        #expect(rehearsed.allSatisfy { $0["SUMMARY"]?.hasPrefix("(rehearsal) ") == true })
    }

    @Test func `a plan with nothing ahead is still a calendar`() throws {
        var plan = try ModelMigration.plan()
        plan.files = [try ModelMigration.file(1234, "2026-11-20", .accepted)]
        let calendar = try calendar(try ModelMigration.report(plan))
        #expect(calendar["VERSION"] == "2.0")
        #expect(calendar.components.map(\.name) == ["VTIMEZONE"])
    }

    @Test func `any text comes back as it was, in lines of at most 75 octets`() throws {
        let hard = "å;ä,ö\\n \\\\ \u{1F393}\n  é\u{301} \u{0} \u{7F} \r end"
        for blanks in 0..<80 {
            var writer = CalendarWriter()
            let text = String(repeating: "x", count: blanks) + hard + String(repeating: "ö🎓", count: blanks)
            writer.component("VCALENDAR") { $0.text("SUMMARY", text) }
            let found = try CalendarFile(writer.bytes).calendar.text("SUMMARY")
            let expected = String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { ["\u{0}", "\u{7F}", "\r"].contains($0) ? " " : $0 }))
            #expect(found.map { Array($0.utf8) } == Array(expected.utf8))
        }
    }
}
