import CSN
import DeliveryLedger
import Foundation
import Pipeline
import Testing

/// `outbox forget` and `outbox confirm`.
@Suite struct LettingGoTests {
    private static let now = "2026-11-24T09:00"

    private func forget(
        _ kurskod: String = "MATMAT01a", student: String = "1", kursdel: String? = nil, startdatum: String? = nil,
        reason: String = "antagningen återkallad"
    ) -> TypedOutbox {
        .forget(
            TypedOutbox.TypedForget(
                student: student, kurskod: kurskod, reason: reason, kursdel: kursdel, startdatum: startdatum))
    }

    /// An outbox with one file that CSN has read.
    private func outbox(_ courses: [RecordContent], isSent: Bool = true) throws -> (Outboxes, StudentKey) {
        let outbox = try Outboxes()
        let erik = try outbox.student(1, Outboxes.erik)
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", courses: courses.map { (erik, $0) })
        if isSent { _ = try outbox.say(.sent(file: "\(id)", at: nil), at: "2026-11-23T08:00") }
        return (outbox, erik)
    }

    private func reported(_ outbox: Outboxes, _ student: StudentKey) throws -> Set<String> {
        let school = try outbox.store.deliveries(of: try #require(Skolkod(1234)))
        return Set(school.standing(of: student).filter { $0.value.reported != nil }.map(\.key.kurskod))
    }

    @Test func `the next file can say so while something of the period is left`() throws {
        let (outbox, erik) = try outbox([try Outboxes.course(), try Outboxes.course("ENGENG05")])
        let said = try outbox.say(forget(), at: Self.now)
        #expect(said.status == 0)
        #expect(said.output.contains("Of the study period 1 course remains."))
        #expect(said.output.contains("student 1 (19720120-****)"))
        #expect(try reported(outbox, erik) == ["ENGENG05"])
        let kept = try outbox.store.deliveries(of: try #require(Skolkod(1234))).forgotten[erik]
        #expect(kept?.map(\.reason) == ["antagningen återkallad"])
    }

    @Test func `of the last course of a period no file can say so`() throws {
        // Another half-year that does not touch the period is no part of it.
        let spring = try Outboxes.course("ENGENG05", from: "2027-02-01", to: "2027-06-11")
        let (outbox, _) = try outbox([try Outboxes.course(), spring])
        #expect(try outbox.notes(forget(), at: Self.now) == ["forgotten", "tell-csn"])
        // One that overlaps is.
        let overlapping = try Outboxes.course("ENGENG05", from: "2027-01-15", to: "2027-06-11")
        let (other, _) = try self.outbox([try Outboxes.course(), overlapping])
        #expect(try other.notes(forget(), at: Self.now) == ["forgotten", "said-by-next-file"])
    }

    @Test func `a course that no uploaded file has needs no word to CSN, but the file must not go`() throws {
        let (outbox, _) = try outbox([try Outboxes.course()], isSent: false)
        let notes = try outbox.notes(forget(), at: "2026-11-23T09:00")
        #expect(notes == ["forgotten", "not-with-csn", "still-in-files"])
    }

    @Test func `said twice, nothing changes the second time`() throws {
        let (outbox, erik) = try outbox([try Outboxes.course()])
        _ = try outbox.say(forget(), at: Self.now)
        let again = try outbox.json(forget(), at: Self.now)
        #expect(again["changed"] as? Bool == false)
        let kept = try outbox.store.deliveries(of: try #require(Skolkod(1234))).forgotten[erik]
        #expect(kept?.count == 1)
    }

    @Test func `of several courses one must be chosen`() throws {
        let first = try Outboxes.course(kursdel: 12)
        let second = try Outboxes.course(kursdel: 22, from: "2027-01-18", to: "2027-06-11")
        let third = try Outboxes.course(kursdel: 22, from: "2027-02-01", to: "2027-06-11")
        let (outbox, erik) = try outbox([first, second, third])
        let said = try outbox.say(forget(), at: Self.now)
        #expect(said.status == 2)
        #expect(said.error.contains("MATMAT01a --kursdel 1:2 --startdatum 2026-08-17"))
        #expect(try outbox.say(forget(kursdel: "2:2"), at: Self.now).status == 2)
        #expect(try outbox.say(forget(kursdel: "22", startdatum: "2027-02-01"), at: Self.now).status == 0)
        #expect(try outbox.say(forget("matmat01A", kursdel: "1:2"), at: Self.now).status == 0)
        let school = try outbox.store.deliveries(of: try #require(Skolkod(1234)))
        let left = school.standing(of: erik).filter { $0.value.reported != nil }.map(\.key)
        #expect(left == [second.key])
    }

    @Test func `what was not reported is said with what was`() throws {
        let (outbox, _) = try outbox([try Outboxes.course()])
        let said = try outbox.say(forget("SVESVE01"), at: Self.now)
        #expect(said.status == 2 && said.error.contains("MATMAT01a --kursdel 1:1 --startdatum 2026-08-17"))
        #expect(try outbox.say(forget(student: "2"), at: Self.now).status == 2)
    }

    @Test(arguments: ["s1", "0", "-1", "", "19720120-9983", "197201209983", "7201209983"])
    func `a student is named by the ledger's number and by nothing else`(key: String) throws {
        let (outbox, erik) = try outbox([try Outboxes.course()])
        let said = try outbox.say(forget(student: key), at: Self.now)
        #expect(said.status == 64 && !said.all.contains("9983"))
        #expect(try reported(outbox, erik) == ["MATMAT01a"])
    }

    @Test func `a reason must be given, and no number of a person is kept in it`() throws {
        let (outbox, erik) = try outbox([try Outboxes.course()])
        #expect(try outbox.say(forget(reason: "  "), at: Self.now).status == 64)
        #expect(try outbox.say(forget(kursdel: "3:2"), at: Self.now).status == 64)
        #expect(try outbox.say(forget(startdatum: "17/8"), at: Self.now).status == 64)
        _ = try outbox.say(forget(reason: "fel person, 19720120-9983"), at: Self.now)
        let kept = try outbox.store.deliveries(of: try #require(Skolkod(1234))).forgotten[erik]
        #expect(kept?.map(\.reason) == ["fel person, 19720120-****"])
    }

    @Test func `of a protected student not even the date of birth is shown`() throws {
        let outbox = try Outboxes()
        let hidden = try outbox.student(7, Outboxes.hidden, isProtected: true)
        try outbox.plan(
            "2026-11-23", made: "2026-11-23T02:00", courses: [(hidden, try Outboxes.course(of: Outboxes.hidden))])
        let said = try outbox.say(forget(student: "7"), at: "2026-11-23T09:00")
        #expect(said.status == 0 && said.output.contains("********-****") && !said.output.contains("199001"))
    }

    // MARK: - confirm

    @Test func `a school is confirmed once`() throws {
        let (outbox, erik) = try outbox([try Outboxes.course()])
        let school = try #require(Skolkod(1234))
        #expect(try outbox.notes(.confirm(skolkod: "1234"), at: Self.now) == ["nothing-to-confirm"])
        var changes = LedgerChanges(at: try #require(Moment(Self.now)))
        changes.lastExports = [(school, "listan", [erik])]
        try outbox.store.commit(changes)
        #expect(try outbox.notes(.confirm(skolkod: "1234"), at: Self.now) == ["confirmed"])
        #expect(try outbox.store.deliveries(of: school).lastExports.values.allSatisfy(\.isEmpty))
        #expect(try outbox.notes(.confirm(skolkod: "1234"), at: Self.now) == ["nothing-to-confirm"])
    }

    @Test func `a school that is none, or not known, is refused`() throws {
        let (outbox, _) = try outbox([try Outboxes.course()])
        for text in ["999", "2000", "12345", "Exempelskolan", ""] {
            #expect(try outbox.say(.confirm(skolkod: text), at: Self.now).status == 64, "\(text)")
        }
        let said = try outbox.say(.confirm(skolkod: "1999"), at: Self.now)
        #expect(said.status == 2 && said.error.contains("1234"))
    }
}
