import CSN
import DeliveryLedger
import Foundation
import Pipeline
import Testing

/// `outbox sent`: which version was uploaded, and at which reading CSN reads it.
@Suite struct SentTests {
    private static let monday = "1234_2026-11-23.xml"

    private func sent(_ file: String, at: String? = nil) -> TypedOutbox { .sent(file: file, at: at) }

    @Test(arguments: [
        ("2026-11-23T16:59", "sent 2026-11-23", [] as [String]),
        ("2026-11-23T16:59:59", "sent 2026-11-23", []),
        ("2026-11-23T17:00", "sent 2026-11-24", ["late"]),
        // The window opens at the midnight after Friday's reading; the reading on Friday at 17:00 is over.
        ("2026-11-21T00:00", "sent 2026-11-23", []),
        ("2026-11-20T17:00", "sent 2026-11-23", []),
        ("2026-11-20T16:59:59", "sent 2026-11-20", ["early"]),
    ])
    func `CSN reads a file at the first reading after it was uploaded`(
        now: String, state: String, further: [String]
    ) throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-20T02:00")
        #expect(try outbox.notes(sent(Self.monday), at: now) == ["uploaded"] + further)
        #expect(try outbox.state(id) == state)
        #expect(try outbox.file(id).sent == Moment(now))
        #expect(outbox.lies("1234/" + Self.monday))
    }

    @Test func `a time that lies back counts, and its reading may have passed`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        #expect(try outbox.notes(sent(Self.monday, at: "2026-11-23T16:59"), at: "2026-11-24T08:00") == ["read"])
        #expect(try outbox.state(id) == "accepted 2026-11-23")
        let other = try Outboxes()
        let late = try other.plan("2026-11-23", made: "2026-11-23T02:00")
        #expect(
            try other.notes(sent(Self.monday, at: "2026-11-23T17:00"), at: "2026-11-24T08:00") == ["uploaded", "late"])
        #expect(try other.state(late) == "sent 2026-11-24")
    }

    @Test func `a time of day alone means today`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        #expect(try outbox.say(sent("\(id)", at: "07:40"), at: "2026-11-23T09:00").status == 0)
        #expect(try outbox.file(id).sent == Moment("2026-11-23T07:40"))
    }

    @Test(arguments: ["2026-11-23T09:01", "09:01", "2026-11-24T08:00"])
    func `a time that is to come is refused`(at: String) throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        let said = try outbox.say(sent(Self.monday, at: at), at: "2026-11-23T09:00")
        #expect(said.status == 64 && said.output.isEmpty && said.error.contains("lies in the future"))
        #expect(try outbox.state(id) == "planned 2026-11-23")
        #expect(try outbox.say(sent(Self.monday, at: "09:00"), at: "2026-11-23T09:00").status == 0)
    }

    @Test(arguments: ["9", "kl 9", "2026-11-23 09:00", "25:00", ""])
    func `what is no time is wrong usage`(at: String) throws {
        let outbox = try Outboxes()
        try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        #expect(try outbox.say(sent(Self.monday, at: at), at: "2026-11-23T09:00").status == 64)
    }

    // MARK: - Which file is meant

    @Test func `a file is found by name, path, copy and number`() throws {
        for way in 0..<6 {
            let outbox = try Outboxes()
            let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "the file")
            try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "the neighbour's", of: 1235)
            let copy = try outbox.place.write("downloads/sent-to-csn.xml", "the file")
            let path = outbox.place.path("outbox/1234/" + Self.monday)
            let texts = [Self.monday, "1234/" + Self.monday, path, copy, "\(id)", "#\(id)"]
            let said = try outbox.say(sent(texts[way]), at: "2026-11-23T09:00")
            #expect(said.status == 0, "\(texts[way]): \(said.error)")
            #expect(try outbox.state(id) == "sent 2026-11-23")
            #expect(try outbox.state(id + 1) == "planned 2026-11-23")
        }
    }

    @Test func `what is no file of the ledger is said, and nothing changes`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        let foreign = try outbox.place.write("foreign.xml", "something else")
        for text in ["1234_2026-11-24.xml", "99", "#99", foreign, "nowhere/x.xml", "19720120-9983"] {
            let said = try outbox.say(sent(text), at: "2026-11-23T09:00")
            #expect(said.status == 2 && said.output.isEmpty, "\(text)")
            #expect(said.error.contains("csnfil outbox list"))
            #expect(!said.error.contains("9983"))
        }
        #expect(try outbox.state(id) == "planned 2026-11-23")
    }

    @Test func `of two versions of a name the one that lies in the outbox is meant, and the other is named`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first", records: 7)
        let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second", records: 9)
        let said = try outbox.say(sent(Self.monday), at: "2026-11-23T09:00")
        #expect(try outbox.state(first) == "replaced 2026-11-23")
        #expect(try outbox.state(second) == "sent 2026-11-23")
        #expect(said.output.contains("The one made Monday 23 November 2026, 08:00 (no. 2, 9 records)"))
        #expect(said.output.contains("csnfil outbox sent 1 --at"))
    }

    @Test func `the version that lay there at the time is meant`() throws {
        for (at, expected) in [("07:59", 1), ("08:00", 2), ("08:30", 2)] as [(String, Int64)] {
            let outbox = try Outboxes()
            try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
            try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
            #expect(try outbox.say(sent(Self.monday, at: at), at: "2026-11-23T09:00").status == 0)
            #expect(try outbox.state(expected) == "sent 2026-11-23", "\(at)")
            #expect(try outbox.file(3 - expected).outcome != .sent)
        }
    }

    @Test func `before the first version nothing lay there`() throws {
        let outbox = try Outboxes()
        try outbox.plan("2026-11-23", made: "2026-11-23T02:00:30")
        for file in [Self.monday, "1"] {
            let said = try outbox.say(sent(file, at: "01:59"), at: "2026-11-23T09:00")
            #expect(said.status == 2 && said.error.contains("was not there"))
        }
        // A time is said to the minute.
        #expect(try outbox.say(sent(Self.monday, at: "02:00"), at: "2026-11-23T09:00").status == 0)
    }

    @Test func `a run killed before it renamed: what lies there was uploaded, not what the ledger made last`() throws {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second", isPlaced: false)
        #expect(try outbox.notes(sent(Self.monday), at: "2026-11-23T09:00").contains("version-taken"))
        #expect(try outbox.state(first) == "sent 2026-11-23")
        #expect(try outbox.state(second) == "planned 2026-11-23")
    }

    @Test func `a file changed by hand is not taken for the one that csnfil made`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        try outbox.place.write("outbox/1234/" + Self.monday, "changed by hand")
        let said = try outbox.say(sent(Self.monday), at: "2026-11-23T09:00")
        #expect(said.status == 2 && said.error.contains("not as csnfil made it"))
        #expect(try outbox.state(id) == "planned 2026-11-23")
        #expect(try outbox.say(sent("\(id)"), at: "2026-11-23T09:00").status == 0)
    }

    // MARK: - What else comes to the reading

    @Test func `said twice, nothing changes the second time`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        _ = try outbox.say(sent(Self.monday), at: "2026-11-23T09:00")
        let again = try outbox.json(sent(Self.monday), at: "2026-11-23T10:00")
        #expect(again["changed"] as? Bool == false)
        #expect(try outbox.file(id).sent == Moment("2026-11-23T09:00"))
        #expect(try outbox.notes(sent(Self.monday), at: "2026-11-24T10:00") == ["already"])
        #expect(try outbox.state(id) == "accepted 2026-11-23")
    }

    @Test func `another time corrects the first, and with it the reading`() throws {
        let outbox = try Outboxes()
        let id = try outbox.plan("2026-11-23", made: "2026-11-23T02:00")
        _ = try outbox.say(sent(Self.monday), at: "2026-11-23T18:00")
        #expect(try outbox.state(id) == "sent 2026-11-24")
        let notes = try outbox.notes(sent(Self.monday, at: "16:30"), at: "2026-11-23T18:05")
        #expect(notes == ["read", "time-corrected"])
        #expect(try outbox.state(id) == "accepted 2026-11-23")
    }

    @Test func `when a corrected time takes a file to another reading, what it had replaced there counts again`() throws
    {
        let outbox = try Outboxes()
        let friday = try outbox.plan("2026-11-20", made: "2026-11-20T02:00", content: "friday")
        let monday = try outbox.plan("2026-11-23", made: "2026-11-20T02:00", content: "monday")
        _ = try outbox.say(sent("\(friday)", at: "2026-11-20T18:00"), at: "2026-11-23T08:00")
        _ = try outbox.say(sent("\(monday)"), at: "2026-11-23T09:00")
        #expect(try outbox.state(friday) == "replaced 2026-11-23")
        // It was not on Monday but on Friday, too early.
        let notes = try outbox.notes(sent("\(monday)", at: "2026-11-20T16:00"), at: "2026-11-23T10:00")
        #expect(notes.contains("stands-again") && notes.contains("early"))
        #expect(try outbox.state(friday) == "sent 2026-11-23")
        #expect(try outbox.state(monday) == "accepted 2026-11-20")
    }

    @Test func `a file that was passed over was uploaded after all`() throws {
        let outbox = try Outboxes()
        let friday = try outbox.plan("2026-11-20", made: "2026-11-20T02:00")
        try outbox.passOver(friday, at: "2026-11-23T02:00")
        let notes = try outbox.notes(sent("1234_2026-11-20.xml", at: "2026-11-20T12:00"), at: "2026-11-23T08:00")
        #expect(notes == ["read"])
        #expect(try outbox.state(friday) == "accepted 2026-11-20")
    }

    @Test func `of two files for one reading the one sent last counts, in whatever order it is said`() throws {
        for isSaidInOrder in [true, false] {
            let outbox = try Outboxes()
            let friday = try outbox.plan("2026-11-20", made: "2026-11-20T02:00", content: "friday")
            let monday = try outbox.plan("2026-11-23", made: "2026-11-20T02:00", content: "monday")
            // Friday's file after Friday's reading: it comes to Monday's.
            let saying = [("\(friday)", "2026-11-20T18:00"), ("\(monday)", "2026-11-23T08:00")]
            for (file, at) in isSaidInOrder ? saying : saying.reversed() {
                _ = try outbox.say(sent(file, at: at), at: "2026-11-23T09:00")
            }
            #expect(try outbox.state(friday) == "replaced 2026-11-23")
            #expect(try outbox.state(monday) == "sent 2026-11-23")
        }
    }

    @Test func `what is uploaded early takes the place of the file before it, and that is said`() throws {
        let outbox = try Outboxes()
        let friday = try outbox.plan("2026-11-20", made: "2026-11-20T02:00", content: "friday")
        let monday = try outbox.plan("2026-11-23", made: "2026-11-20T02:00", content: "monday")
        _ = try outbox.say(sent("\(friday)"), at: "2026-11-20T08:00")
        let notes = try outbox.notes(sent("\(monday)"), at: "2026-11-20T09:00")
        #expect(notes == ["uploaded", "superseded", "early"])
        #expect(try outbox.state(friday) == "replaced 2026-11-20")
        #expect(try outbox.state(monday) == "sent 2026-11-20")
        // A neighbour's file has nothing to do with it.
        let other = try outbox.plan("2026-11-20", made: "2026-11-20T02:00", content: "other", of: 1235)
        #expect(try outbox.notes(sent("\(other)"), at: "2026-11-20T10:00") == ["uploaded"])
        #expect(try outbox.state(monday) == "sent 2026-11-20")
    }

    @Test func `of two versions of one name the one said last counts, because only one is known to be uploaded`() throws
    {
        let outbox = try Outboxes()
        let first = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "first")
        let second = try outbox.plan("2026-11-23", made: "2026-11-23T08:00", content: "second")
        _ = try outbox.say(sent(Self.monday), at: "2026-11-23T09:00")
        #expect(try outbox.notes(sent("\(first)", at: "07:30"), at: "2026-11-23T09:05").contains("version-taken-back"))
        #expect(try outbox.state(first) == "sent 2026-11-23")
        #expect(try outbox.state(second) == "replaced 2026-11-23")
        // Both were: the later one counts.
        #expect(try outbox.notes(sent("\(second)", at: "09:00"), at: "2026-11-23T09:10").contains("superseded"))
        #expect(try outbox.state(first) == "replaced 2026-11-23")
        #expect(try outbox.state(second) == "sent 2026-11-23")
    }

    @Test func `two uploads on one calendar day are said, even for two readings`() throws {
        let outbox = try Outboxes()
        let monday = try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "monday")
        let tuesday = try outbox.plan("2026-11-24", made: "2026-11-23T02:00", content: "tuesday")
        _ = try outbox.say(sent("\(monday)"), at: "2026-11-23T16:00")
        #expect(try outbox.notes(sent("\(tuesday)"), at: "2026-11-23T18:00") == ["uploaded", "two-on-one-day"])
        #expect(try outbox.state(monday) == "accepted 2026-11-23")
        #expect(try outbox.state(tuesday) == "sent 2026-11-24")
    }

    @Test func `a file that waits for the same reading is named`() throws {
        let outbox = try Outboxes()
        try outbox.plan("2026-11-23", made: "2026-11-23T02:00", content: "monday")
        let tuesday = try outbox.plan("2026-11-24", made: "2026-11-23T02:00", content: "tuesday")
        let notes = try outbox.notes(sent(Self.monday), at: "2026-11-23T18:00")
        #expect(notes == ["uploaded", "late", "others-wait"])
        #expect(try outbox.state(tuesday) == "planned 2026-11-24")
    }
}
