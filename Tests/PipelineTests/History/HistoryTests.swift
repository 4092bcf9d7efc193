import CSN
import DeliveryLedger
import Foundation
import Pipeline
import Testing

/// `history`.
@Suite struct HistoryTests {
    private static let now = "2026-11-24T09:00"

    private func history(
        _ outbox: Outboxes, student: String? = nil, typed: String? = "19720120-9983", format: String = "text",
        at now: String = now
    ) throws -> Outboxes.Said {
        try outbox.said(at: now) {
            $0.format = format
        } _: {
            $0.history(student: student) { _ in typed }
        }
    }

    private func outbox() throws -> Outboxes {
        let outbox = try Outboxes()
        let erik = try outbox.student(1, Outboxes.erik)
        let course = try Outboxes.course()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "1", courses: [(erik, course)])
        _ = try outbox.say(.sent(file: "\(first)", at: nil), at: "2026-11-23T08:00")
        var started = course
        started.registrering = true
        started.events = [RecordContent.Event(orsak: .dropOut, date: Day(iso: "2026-11-20"))]
        try outbox.plan("2026-11-24", made: "2026-11-24T02:00", content: "2", courses: [(erik, started)])
        return outbox
    }

    @Test func `what CSN has, what waits, and every file`() throws {
        let said = try history(try outbox())
        #expect(said.status == 0, "\(said.error)")
        let text = said.output
        #expect(text.contains("Student 1 (19720120-****), school 1234 Exempelskolan"))
        #expect(text.contains("CSN has: poang 100, niva GY, slutdatum 2027-01-15, registrering N\n"))
        #expect(text.contains("1234/1234_2026-11-24.xml #2: poang 100, niva GY, slutdatum 2027-01-15, registrering J"))
        #expect(text.contains("meddelandeorsak 99, handelsedatum 2026-11-20"))
        #expect(text.contains("upload today before 17:00"))
        #expect(text.contains("read by CSN Monday 23 November 2026"))
    }

    @Test func `JSON parses and holds no number`() throws {
        let said = try history(try outbox(), format: "json")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(said.output.utf8)) as? [String: Any])
        let students = try #require(object["students"] as? [[String: Any]])
        #expect(students.map { $0["key"] as? String } == ["1"])
        let courses = try #require(students[0]["courses"] as? [[String: Any]])
        #expect((courses[0]["files"] as? [[String: Any]])?.map { $0["state"] as? String } == ["accepted", "planned"])
        #expect(!said.all.contains("9983"))
    }

    @Test(arguments: ["197201209983", "19720120-9983", "720120-9983\n", " 19720120 9983\r"])
    func `a number is taken in every spelling`(typed: String) throws {
        let said = try history(try outbox(), typed: typed)
        #expect(said.status == 0 && said.output.contains("Student 1") && !said.all.contains("9983"))
    }

    @Test func `what is no number, or nobody's, is said without it`() throws {
        let outbox = try outbox()
        for typed in ["19720120-9984", "x", ""] {
            let said = try history(outbox, typed: typed)
            #expect(said.status == 64 && said.output.isEmpty && !said.error.contains("1972"))
        }
        #expect(try history(outbox, typed: nil).status == 64)
        let nobody = try history(outbox, typed: "19900101-9802")
        #expect(nobody.status == 0 && nobody.output == "Nothing was reported of the student.\n")
    }

    @Test func `the ledger's number does as well, and finds the student at every school`() throws {
        let outbox = try outbox()
        let there = try outbox.student(2, Outboxes.erik, of: 1235)
        try outbox.plan(
            "2026-11-24", made: "2026-11-24T02:00", content: "3", of: 1235,
            courses: [(there, try Outboxes.course("ENGENG05"))])
        for student in ["1", "2"] {
            let said = try history(outbox, student: student, typed: nil)
            #expect(said.output.contains("school 1234 Exempelskolan") && said.output.contains("ENGENG05 1:1"))
        }
        #expect(try history(outbox, student: "3").status == 2)
        #expect(try history(outbox, student: "19720120-9983").status == 64)
    }

    @Test func `twelve months back are shown, to the day`() throws {
        let outbox = try Outboxes()
        let erik = try outbox.student(1, Outboxes.erik)
        let course = try Outboxes.course(from: "2024-08-19", to: "2024-12-20")
        let id = try outbox.plan("2025-01-15", made: "2025-01-15T02:00", courses: [(erik, course)])
        _ = try outbox.say(.sent(file: "\(id)", at: nil), at: "2025-01-15T08:00")
        #expect(try history(outbox, at: "2026-01-15T23:59").output.contains("MATMAT01a"))
        let later = try history(outbox, at: "2026-01-16T00:00").output
        #expect(!later.contains("MATMAT01a") && later.contains("nothing in the last 12 months"))
    }

    @Test func `a course let go and a file refused are said; a protected number is not`() throws {
        let outbox = try Outboxes()
        let hidden = try outbox.student(7, Outboxes.hidden, isProtected: true)
        let course = try Outboxes.course(of: Outboxes.hidden)
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", courses: [(hidden, course)])
        let forget = TypedOutbox.TypedForget(student: "7", kurskod: "MATMAT01a", reason: "återkallad")
        _ = try outbox.say(.forget(forget), at: "2026-11-23T08:00")
        let said = try history(outbox, typed: "19900101-9802", at: "2026-11-23T09:00").output
        #expect(said.contains("let go Monday 23 November 2026, 08:00: återkallad"))
        #expect(said.contains("CSN has: nothing") && said.contains("********-****") && !said.contains("199001"))
        _ = try outbox.say(.rejected(file: "\(id)"), at: "2026-11-23T10:00")
        #expect(try history(outbox, student: "7").output.contains("refused by CSN Monday 23 November 2026, 10:00"))
        // Reported again, it is not let go any more.
        try outbox.plan("2026-11-24", made: "2026-11-24T02:00", content: "2", courses: [(hidden, course)])
        #expect(try !history(outbox, student: "7").output.contains("let go"))
    }
}
