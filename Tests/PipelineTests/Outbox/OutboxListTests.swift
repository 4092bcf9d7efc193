import CSN
import DeliveryLedger
import Foundation
import Pipeline
import Testing

/// `outbox list`.
@Suite struct OutboxListTests {
    private static let name = "1234_2026-11-23.xml"

    /// By number, in which part of the list a file stands.
    private func groups(_ outbox: Outboxes, at now: String) throws -> [Int: String] {
        let files = try #require(try outbox.json(.list, at: now)["files"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                (try #require($0["number"] as? Int), try #require($0["group"] as? String))
            })
    }

    @Test(arguments: [
        ("2026-11-20T23:59:59", "later"), ("2026-11-21T00:00", "now"), ("2026-11-23T16:59:59", "now"),
        ("2026-11-23T17:00", "overdue"),
    ])
    func `a file is to be uploaded from the midnight after the reading before its own`(now: String, group: String)
        throws
    {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-20T02:00")
        #expect(try groups(outbox, at: now) == [Int(id): group])
        #expect(try outbox.notes(.list, at: now) == (group == "overdue" ? ["overdue"] : []))
    }

    @Test func `what was uploaded counts as read once its reading has passed, without anything being written`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-20T02:00")
        _ = try outbox.say(.sent(file: "\(id)", at: nil), at: "2026-11-23T08:00")
        #expect(try groups(outbox, at: "2026-11-23T16:59:59") == [Int(id): "sent"])
        #expect(try groups(outbox, at: "2026-11-23T17:00") == [Int(id): "recent"])
        #expect(try outbox.state(id) == "sent 2026-11-23")
        let said = try outbox.say(.list, at: "2026-11-23T17:00")
        #expect(said.output.contains("read by CSN on Monday 23 November 2026"))
    }

    @Test func `two weeks are kept in sight`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-20T02:00")
        _ = try outbox.say(.sent(file: "\(id)", at: nil), at: "2026-11-23T08:00")
        #expect(try groups(outbox, at: "2026-12-07T23:59") == [Int(id): "recent"])
        #expect(try groups(outbox, at: "2026-12-08T00:00") == [:])
    }

    @Test func `made anew before anybody could upload it is no news; passed over is`() throws {
        let outbox = try Outboxes()
        let friday = try outbox.plan("2026-11-20", made: "2026-11-20T02:00", content: "1")
        let anew = try outbox.plan("2026-11-20", made: "2026-11-20T03:00", content: "2")
        try outbox.passOver(anew, at: "2026-11-23T02:00")
        #expect(try groups(outbox, at: "2026-11-23T09:00") == [Int(anew): "recent"])
        let said = try outbox.say(.list, at: "2026-11-23T09:00")
        #expect(said.output.contains("csnfil outbox sent \(anew) --at"))
        #expect(!said.output.contains("#\(friday)\n"))
    }

    @Test func `what lies in the outbox is compared with the ledger`() throws {
        let outbox = try Outboxes()
        try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        try outbox.plan("2026-11-23", made: "2026-11-23T03:00", content: "second", isPlaced: false)
        #expect(try outbox.notes(.list, at: "2026-11-23T09:00") == ["other-version"])
        try outbox.place.write("outbox/1234/" + Self.name, "changed by hand")
        #expect(try outbox.notes(.list, at: "2026-11-23T09:00") == ["different"])
        try FileManager.default.removeItem(atPath: outbox.place.path("outbox/1234/" + Self.name))
        #expect(try outbox.notes(.list, at: "2026-11-23T09:00") == ["missing"])
        let said = try outbox.say(.list, at: "2026-11-23T09:00")
        #expect(said.output.contains("Run csnfil nightly"))
    }

    @Test func `a queue of more than a week is said`() throws {
        let outbox = try Outboxes()
        for (number, day) in ["2026-11-24", "2026-11-30"].enumerated() {
            try outbox.plan(day, made: "2026-11-23T02:00", content: "\(number)")
        }
        #expect(try outbox.notes(.list, at: "2026-11-23T09:00") == [])
        try outbox.plan("2026-12-01", made: "2026-11-23T02:00", content: "far")
        #expect(try outbox.notes(.list, at: "2026-11-23T09:00") == ["long-queue"])
        #expect(try outbox.notes(.list, at: "2026-11-24T09:00") == [])
    }

    @Test func `a school that says nothing for more than a week is told`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-16", made: "2026-11-16T02:00", content: "1")
        try outbox.passOver(first, at: "2026-11-17T02:00")
        try outbox.plan("2026-11-24", made: "2026-11-23T18:00", content: "2")
        #expect(try outbox.notes(.list, at: "2026-11-23T19:00") == [])
        #expect(try outbox.notes(.list, at: "2026-11-24T09:00") == ["silent"])
        _ = try outbox.say(.sent(file: "\(first)", at: "2026-11-16T12:00"), at: "2026-11-24T09:00")
        #expect(try outbox.notes(.list, at: "2026-11-24T09:00") == [])
    }

    @Test func `nothing to upload is said, and no ledger`() throws {
        let outbox = try Outboxes()
        let said = try outbox.say(.list, at: "2026-11-23T09:00")
        #expect(said.status == 0 && said.output.contains("There is nothing to upload now."))
        try outbox.place.write("csnfil.yaml", "outbox: outbox\nledger: none.sqlite\n")
        #expect(try outbox.notes(.list, at: "2026-11-23T09:00") == ["no-ledger"])
        #expect(!FileManager.default.fileExists(atPath: outbox.place.path("none.sqlite")))
        try outbox.place.write("csnfil.yaml", "outbox: outbox\n")
        let unset = try outbox.say(.list, at: "2026-11-23T09:00")
        #expect(unset.status == 2 && unset.error.contains("ledger"))
    }

    @Test func `no output has a number of a person in it`() throws {
        let outbox = try Outboxes()
        let erik = try outbox.student(1, Outboxes.erik)
        try outbox.plan("2026-11-23", made: "2026-11-23T02:00", courses: [(erik, try Outboxes.course())])
        let forget = TypedOutbox.TypedForget(student: "1", kurskod: "MATMAT01a", reason: "19720120-9983")
        let verbs: [TypedOutbox] = [
            .list, .sent(file: Self.name, at: nil), .forget(forget), .rejected(file: Self.name),
            .sent(file: "197201209983", at: nil), .confirm(skolkod: "197201209983"), .list,
        ]
        for verb in verbs {
            for format in ["text", "json"] {
                let said = try outbox.say(verb, at: "2026-11-23T09:00") { $0.format = format }
                #expect(!said.all.contains("9983"), "\(said.all)")
            }
        }
    }
}
