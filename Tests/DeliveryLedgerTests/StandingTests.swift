import CSN
import DeliveryLedger
import Testing

/// How a course stands with CSN, from files made by hand. One course, its content told by its points.
@Suite struct StandingTests {
    /// A file of a history: in the order of making.
    struct Made {
        var outcome: Outcome
        /// Points of the record; nil: the file lets the course go.
        var poang: Int?
        var reading = "2026-11-23"
        var sent: String?
        var closed: String?
        var isForced = false
        var waitingSince: String?
    }

    let student = StudentKey(number: 1)

    func deliveries(_ made: [Made], forgottenUpTo: Int64? = nil) throws -> SchoolDeliveries {
        let key = try course()
        var deliveries = SchoolDeliveries(skolkod: try school())
        for (index, made) in made.enumerated() {
            let id = DeliveredFile.ID(number: Int64(index + 1))
            let readingDay = try day(made.reading)
            deliveries.files[id] = DeliveredFile(
                id: id, facts: try facts(of: school(), readingDay: readingDay), outcome: made.outcome,
                sent: try made.sent.map { try moment($0) }, closed: try made.closed.map { try moment($0) })
            let record = try made.poang.map { DeliveredRecord(try content(key, poang: $0), system: "alpha") }
            let waiting = try made.waitingSince.map { try day($0) } ?? readingDay
            deliveries.versions[student, default: [:]][key, default: []].append(
                DeliveredVersion(file: id, record: record, waitingSince: waiting, isForced: made.isForced))
        }
        if let forgottenUpTo {
            deliveries.forgotten[student] = [
                ForgottenCourse(
                    student: student, course: key, upTo: DeliveredFile.ID(number: forgottenUpTo), reason: "",
                    at: try moment("2026-11-23T12:00"))
            ]
        }
        return deliveries
    }

    func standing(_ made: [Made], forgottenUpTo: Int64? = nil) throws -> CourseStanding {
        try #require(try deliveries(made, forgottenUpTo: forgottenUpTo).standing(of: student)[course()])
    }

    /// The points that CSN may have, with nil for nothing.
    func possible(_ standing: CourseStanding) -> Set<Int?> { Set(standing.possible.map { $0?.poang }) }

    @Test func `of a student of whom nothing is known no course stands`() throws {
        #expect(try deliveries([]).standing(of: student).isEmpty)
    }

    @Test(arguments: [Outcome.planned, .replaced]) func `what nobody has confirmed is possible`(_ outcome: Outcome)
        throws
    {
        let standing = try standing([Made(outcome: outcome, poang: 1)])
        #expect(possible(standing) == [1, nil])
        #expect(standing.reported?.content.poang == 1)
        #expect(standing.read == nil)
        #expect(standing.isUnread)
        #expect(standing.waitingSince == (try day("2026-11-23")))
        #expect(try !standing.isCertainly(content(poang: 1)))
        #expect(!standing.isCertainly(nil))
    }

    @Test func `what is sent is certain and not read`() throws {
        let standing = try standing([Made(outcome: .sent, poang: 1)])
        #expect(try standing.isCertainly(content(poang: 1)))
        #expect(try !standing.isCertainly(content(poang: 2)))
        #expect(standing.read == nil)
        #expect(standing.isUnread)
        #expect(standing.waitingSince == nil)
    }

    @Test func `what is accepted is certain and read`() throws {
        let standing = try standing([Made(outcome: .accepted, poang: 1)])
        #expect(try standing.isCertainly(content(poang: 1)))
        #expect(standing.read?.poang == 1)
        #expect(!standing.isUnread)
    }

    @Test(arguments: [Outcome.rejected, .withdrawn]) func `a void file says nothing`(_ outcome: Outcome) throws {
        let standing = try standing([Made(outcome: outcome, poang: 1)])
        #expect(standing.isCertainly(nil))
        #expect(standing.reported == nil)
        #expect(!standing.isUnread)
        #expect(standing.waitingSince == nil)
    }

    @Test func `a void file leaves what was before it`() throws {
        let standing = try standing([
            Made(outcome: .accepted, poang: 1), Made(outcome: .rejected, poang: 2, reading: "2026-11-24"),
        ])
        #expect(try standing.isCertainly(content(poang: 1)))
        #expect(standing.reported?.content.poang == 1)
        #expect(!standing.isUnread)
    }

    @Test func `an uncertain file adds to what was certain, and a confirmed one settles it`() throws {
        var made = [
            Made(outcome: .accepted, poang: 1), Made(outcome: .replaced, poang: 2, reading: "2026-11-24"),
            Made(outcome: .planned, poang: 3, reading: "2026-11-25"),
        ]
        let open = try standing(made)
        #expect(possible(open) == [1, 2, 3])
        #expect(open.read?.poang == 1)
        #expect(open.reported?.content.poang == 3)
        made[2].outcome = .sent
        #expect(possible(try standing(made)) == [3])
        #expect(try standing(made).read?.poang == 1)
        made[2].outcome = .accepted
        #expect(try standing(made).read?.poang == 3)
    }

    @Test func `an older file that is said to be read later is what CSN has, and the newer one what was reported`()
        throws
    {
        let standing = try standing([
            Made(outcome: .accepted, poang: 1, reading: "2026-11-26"),
            Made(outcome: .accepted, poang: 2, reading: "2026-11-25"),
        ])
        #expect(possible(standing) == [1])
        #expect(standing.read?.poang == 1)
        #expect(standing.reported?.content.poang == 2)
    }

    @Test func `an uncertain file whose reading was before that of a sent one does not count any more`() throws {
        let standing = try standing([
            Made(outcome: .sent, poang: 1, reading: "2026-11-26"),
            Made(outcome: .replaced, poang: 2, reading: "2026-11-25"),
        ])
        #expect(possible(standing) == [1])
        #expect(standing.waitingSince == nil)
    }

    @Test func `of two files for one reading the one replaced before the other was sent does not count`() throws {
        let standing = try standing([
            Made(outcome: .replaced, poang: 1, closed: "2026-11-23T09:00"),
            Made(outcome: .sent, poang: 2, sent: "2026-11-23T10:00"),
        ])
        #expect(possible(standing) == [2])
    }

    @Test func `a file that still lies in the outbox may be uploaded after the one that was sent for its reading`()
        throws
    {
        let made = [
            Made(outcome: .planned, poang: 1), Made(outcome: .sent, poang: 2, sent: "2026-11-23T10:00"),
        ]
        #expect(possible(try standing(made)) == [1, 2])
        var replaced = made
        replaced[0] = Made(outcome: .replaced, poang: 1, closed: "2026-11-23T10:01")
        #expect(possible(try standing(replaced)) == [1, 2])
    }

    @Test func `of two files sent for one reading the one sent last counts, whichever was made last`() throws {
        let standing = try standing([
            Made(outcome: .sent, poang: 1, sent: "2026-11-23T14:00"),
            Made(outcome: .sent, poang: 2, sent: "2026-11-23T10:00"),
        ])
        #expect(possible(standing) == [1])
        #expect(standing.reported?.content.poang == 2)
    }

    @Test func `a course in the first of two files sent for one reading is not certain`() throws {
        var deliveries = try deliveries([Made(outcome: .sent, poang: 1, sent: "2026-11-23T10:00")])
        let key = try course()
        #expect(try deliveries.standing(of: student)[key]?.isCertainly(content(poang: 1)) == true)
        let other = DeliveredFile.ID(number: 2)
        deliveries.files[other] = DeliveredFile(
            id: other, facts: try facts(of: school(), readingDay: day("2026-11-23")), outcome: .sent,
            sent: try moment("2026-11-23T10:01"))
        #expect(try possible(#require(deliveries.standing(of: student)[key])) == [1, nil])
        // Another reading's file takes nothing away.
        deliveries.files[other]?.reading = try day("2026-11-24")
        #expect(try possible(#require(deliveries.standing(of: student)[key])) == [1])
    }

    @Test func `a course is let go when the file that does is confirmed`() throws {
        var made = [Made(outcome: .accepted, poang: 1), Made(outcome: .planned, poang: nil, reading: "2026-11-24")]
        let planned = try standing(made)
        #expect(possible(planned) == [1, nil])
        #expect(planned.reported == nil)
        #expect(!planned.isUnread)
        #expect(planned.read?.poang == 1)
        #expect(planned.waitingSince == (try day("2026-11-24")))
        made[1].outcome = .accepted
        let gone = try standing(made)
        #expect(gone.isCertainly(nil))
        #expect(gone.read == nil)
        made[1].outcome = .rejected
        #expect(try standing(made).reported?.content.poang == 1)
    }

    @Test func `what is sent although nothing changed is not certain until it is confirmed`() throws {
        var made = [
            Made(outcome: .accepted, poang: 1),
            Made(outcome: .planned, poang: 1, reading: "2026-11-24", isForced: true),
        ]
        let forced = try standing(made)
        #expect(possible(forced) == [1])
        #expect(forced.isForced)
        #expect(try !forced.isCertainly(content(poang: 1)))
        made[1].outcome = .sent
        #expect(try standing(made).isCertainly(content(poang: 1)))
        made[1].outcome = .withdrawn
        #expect(try standing(made).isCertainly(content(poang: 1)))
    }

    @Test func `it waits since the first reading that it was meant for, until a file is confirmed`() throws {
        var made = [
            Made(outcome: .replaced, poang: 1, reading: "2026-11-23"),
            Made(outcome: .replaced, poang: 1, reading: "2026-11-24", waitingSince: "2026-11-20"),
            Made(outcome: .planned, poang: 1, reading: "2026-11-25"),
        ]
        #expect(try standing(made).waitingSince == day("2026-11-20"))
        made[1].outcome = .accepted
        #expect(try standing(made).waitingSince == day("2026-11-25"))
        made[2].outcome = .sent
        #expect(try standing(made).waitingSince == nil)
    }

    @Test func `what is forgotten is not reported any more, but CSN has it`() throws {
        let made = [Made(outcome: .accepted, poang: 1), Made(outcome: .accepted, poang: 2, reading: "2026-11-24")]
        #expect(try standing(made, forgottenUpTo: 1).reported?.content.poang == 2)
        let forgotten = try standing(made, forgottenUpTo: 2)
        #expect(forgotten.reported == nil)
        #expect(!forgotten.isUnread)
        #expect(possible(forgotten) == [2])
        #expect(forgotten.read?.poang == 2)
    }

    @Test func `forgetting concerns one course of one student, and the latest word counts`() throws {
        var deliveries = try deliveries([Made(outcome: .accepted, poang: 1)], forgottenUpTo: 0)
        let key = try course()
        #expect(deliveries.standing(of: student)[key]?.reported != nil)
        var word = try #require(deliveries.forgotten[student]?.first)
        word.upTo = DeliveredFile.ID(number: 1)
        word.course = try course("ENGENG05")
        deliveries.forgotten[student]?.append(word)
        #expect(deliveries.standing(of: student)[key]?.reported != nil)
        word.course = key
        deliveries.forgotten[student]?.insert(word, at: 0)
        #expect(deliveries.standing(of: student)[key]?.reported == nil)
    }

    @Test func `a report after a word to forget counts again, unless it is void`() throws {
        var made = [Made(outcome: .accepted, poang: 1), Made(outcome: .sent, poang: 1, reading: "2026-11-24")]
        #expect(try standing(made, forgottenUpTo: 1).isUnread)
        made[1].outcome = .rejected
        #expect(try standing(made, forgottenUpTo: 1).reported == nil)
    }
}
