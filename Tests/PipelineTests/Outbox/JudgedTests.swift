import CSN
import DeliveryLedger
import Foundation
import Pipeline
import Testing

/// `outbox rejected`, `accepted` and `withdraw`: what CSN said of a file, and what nobody uploaded.
@Suite struct JudgedTests {
    private static let name = "1234_2026-11-23.xml"
    private static let morning = "2026-11-23T09:00"

    private func sent(_ outbox: Outboxes, _ number: Int64, at: String) throws {
        let said = try outbox.say(.sent(file: "\(number)", at: nil), at: at)
        try #require(said.status == 0, "\(said.error)")
    }

    // MARK: - rejected

    @Test func `a refused file goes out of the outbox, and what it held is not with CSN`() throws {
        let outbox = try Outboxes()
        let erik = try outbox.student(1, Outboxes.erik)
        let course = try Outboxes.course()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", courses: [(erik, course)])
        try sent(outbox, id, at: "2026-11-23T08:00")
        let notes = try outbox.notes(.rejected(file: Self.name), at: Self.morning)
        #expect(notes == ["refused", "after-refusal", "removed"])
        #expect(try outbox.state(id) == "rejected 2026-11-23")
        #expect(!outbox.lies("1234/" + Self.name))
        let school = try outbox.store.deliveries(of: try #require(Skolkod(1234)))
        #expect(school.standing(of: erik)[course.key]?.isCertainly(nil) ?? true)
    }

    @Test func `said twice, or after a run that was killed in between, the outbox is put right`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        var changes = LedgerChanges(at: try #require(Moment("2026-11-23T08:00")))
        changes.closings = [
            LedgerChanges.Closing(try outbox.file(id).id, .rejected, reading: try outbox.file(id).reading)
        ]
        try outbox.store.commit(changes)
        #expect(outbox.lies("1234/" + Self.name))
        #expect(try outbox.notes(.rejected(file: "\(id)"), at: Self.morning) == ["already", "removed"])
        #expect(!outbox.lies("1234/" + Self.name))
        #expect(try outbox.notes(.rejected(file: "\(id)"), at: Self.morning) == ["already"])
    }

    @Test func `the file uploaded before it for the same reading counts again`() throws {
        for (now, state) in [("2026-11-23T16:59:59", "sent"), ("2026-11-23T17:00", "accepted")] {
            let outbox = try Outboxes()
            let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
            try sent(outbox, first, at: "2026-11-23T07:00")
            let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
            try sent(outbox, second, at: "2026-11-23T08:30")
            #expect(try outbox.state(first) == "replaced 2026-11-23")
            #expect(try outbox.notes(.rejected(file: "\(second)"), at: now).contains("stands-again"))
            #expect(try outbox.state(first) == "\(state) 2026-11-23")
            #expect(try outbox.state(second) == "rejected 2026-11-23")
        }
    }

    @Test func `a file that nobody said was uploaded does not count again`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
        try sent(outbox, second, at: "2026-11-23T08:30")
        #expect(
            try outbox.notes(.rejected(file: "\(second)"), at: Self.morning) == ["refused", "after-refusal", "removed"])
        #expect(try outbox.state(first) == "replaced 2026-11-23")
    }

    @Test func `a file uploaded later does not stand in for one before it`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
        try sent(outbox, second, at: "2026-11-23T08:30")
        // It was the first after all; then the first is refused: of the second nobody knows.
        _ = try outbox.say(.sent(file: "\(first)", at: "07:30"), at: "2026-11-23T08:40")
        _ = try outbox.say(.rejected(file: "\(first)"), at: Self.morning)
        #expect(try outbox.state(second) == "replaced 2026-11-23")
    }

    @Test func `another version under the name stays where it is`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        try sent(outbox, first, at: "2026-11-23T07:00")
        try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
        let ambiguous = try outbox.say(.rejected(file: Self.name), at: Self.morning)
        #expect(ambiguous.status == 2)
        let versions = "1 (made 2026-11-23T02:00, uploaded 2026-11-23T07:00), 2 (made 2026-11-23T08:00)"
        #expect(ambiguous.error.contains(versions))
        #expect(try outbox.say(.rejected(file: "\(first)"), at: Self.morning).status == 0)
        #expect(outbox.lies("1234/" + Self.name))
        #expect(try outbox.say(.rejected(file: Self.name), at: Self.morning).status == 0)
        #expect(!outbox.lies("1234/" + Self.name))
    }

    @Test func `the same bytes made anew stay, whatever is said of the file before`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "same")
        _ = try outbox.say(.rejected(file: "\(first)"), at: "2026-11-23T08:00")
        let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:30", content: "same")
        #expect(try outbox.notes(.rejected(file: "\(first)"), at: Self.morning) == ["already"])
        #expect(outbox.lies("1234/" + Self.name))
        // By its bytes a copy is the version that waits.
        let copy = try outbox.place.write("copy.xml", "same")
        _ = try outbox.say(.withdraw(file: copy), at: Self.morning)
        #expect(try outbox.state(second) == "withdrawn 2026-11-23")
    }

    @Test func `what csnfil did not make is not removed`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        try outbox.place.write("outbox/1234/" + Self.name, "changed by hand")
        #expect(try outbox.notes(.rejected(file: "\(id)"), at: Self.morning).contains("not-ours"))
        #expect(outbox.lies("1234/" + Self.name))
    }

    @Test func `a refusal or a withdrawal said by mistake is corrected by sent`() throws {
        for verb in [TypedOutbox.rejected(file: "1"), .withdraw(file: "1")] {
            let outbox = try Outboxes()
            try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
            _ = try outbox.say(verb, at: "2026-11-23T08:00")
            #expect(try outbox.notes(.sent(file: Self.name, at: nil), at: Self.morning) == ["uploaded", "corrected"])
            #expect(try outbox.state(1) == "sent 2026-11-23")
        }
    }

    // MARK: - accepted

    @Test func `CSN has a file only after its reading`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        let early = try outbox.say(.accepted(file: Self.name), at: "2026-11-23T16:59:59")
        #expect(early.status == 2 && early.error.contains("csnfil outbox sent 1"))
        #expect(try outbox.state(id) == "planned 2026-11-23")
        #expect(try outbox.notes(.accepted(file: Self.name), at: "2026-11-23T17:00") == ["read"])
        #expect(try outbox.state(id) == "accepted 2026-11-23")
        #expect(try outbox.notes(.accepted(file: Self.name), at: "2026-11-23T17:01") == ["already"])
    }

    @Test func `what CSN has takes the place of what was taken to be read`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
        try sent(outbox, second, at: "2026-11-23T08:30")
        #expect(try outbox.notes(.accepted(file: "\(first)"), at: "2026-11-24T08:00") == ["read", "superseded"])
        #expect(try outbox.state(first) == "accepted 2026-11-23")
        #expect(try outbox.state(second) == "replaced 2026-11-23")
    }

    // MARK: - withdraw

    @Test func `a file that was not uploaded is taken back`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        #expect(try outbox.notes(.withdraw(file: Self.name), at: Self.morning) == ["withdrawn", "removed"])
        #expect(try outbox.state(id) == "withdrawn 2026-11-23")
        #expect(!outbox.lies("1234/" + Self.name))
        #expect(try outbox.notes(.withdraw(file: Self.name), at: Self.morning) == ["already"])
        // Its day is free again.
        try outbox.plan("2026-11-23", made: "2026-11-23T10:00", content: "anew")
        #expect(outbox.lies("1234/" + Self.name))
    }

    @Test func `a file that was uploaded, refused or replaced cannot be taken back`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
        #expect(try outbox.say(.withdraw(file: "\(first)"), at: Self.morning).status == 2)
        try sent(outbox, id, at: "2026-11-23T08:30")
        let said = try outbox.say(.withdraw(file: Self.name), at: Self.morning)
        #expect(said.status == 2 && said.error.contains("csnfil outbox rejected 2"))
        #expect(outbox.lies("1234/" + Self.name))
        _ = try outbox.say(.rejected(file: "\(id)"), at: Self.morning)
        #expect(try outbox.say(.withdraw(file: "\(id)"), at: Self.morning).status == 2)
        #expect(try outbox.state(id) == "rejected 2026-11-23")
    }

    // MARK: - The lock

    @Test func `another run is waited for, and named when it does not end`() throws {
        let outbox = try Outboxes()
        try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        let holder = try OutboxHolder(outbox.place.path("outbox"))
        let said = try outbox.say(.withdraw(file: Self.name), at: Self.morning)
        #expect(said.status == 75 && said.output.isEmpty)
        #expect(said.error.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
        // The list asks for no lock.
        #expect(try outbox.say(.list, at: Self.morning).status == 0)
        holder.letGo(after: 0.3)
        let waited = try outbox.said(at: Self.morning) { $0.outbox(.withdraw(file: Self.name), patience: .seconds(60)) }
        #expect(waited.status == 0)
    }
}
