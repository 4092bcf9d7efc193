import CSN
import DeliveryLedger
import Testing

/// A record in a run's terms and in the ledger's.
@Suite struct RecordContentTests {
    @Test(arguments: 1...40) func `a content becomes a record and again the same content`(_ seed: UInt64) throws {
        var maker = CommitMaker(seed: seed)
        let courses = CourseTable([])
        let key = CourseKey(
            kurskod: "ÅÄÖ'\"", kursdel: try #require(Kursdel(13)), startdatum: try day("2026-08-17"))
        for _ in 0..<20 {
            var content = try maker.record(key).content
            // In the order of date and kind, as a content says.
            content.events.sort()
            let school = try school()
            let record = content.record(at: school) { courses.index(ofUnregistered: $0) }
            #expect(record.skolkod == school)
            #expect(record.isCarried)
            #expect(record.failed.isEmpty)
            #expect(RecordContent(record, courses: courses) == content)
        }
    }

    @Test func `a record that lacks what every one has cannot be sent`() throws {
        let courses = CourseTable([])
        let whole = try content().record(at: school()) { courses.index(ofUnregistered: $0) }
        #expect(RecordContent(whole, courses: courses) != nil)
        let removals: [(inout Candidate) -> Void] = [
            { $0.personnummer = nil }, { $0.course = nil }, { $0.kursdel = nil }, { $0.startdatum = nil },
            { $0.slutdatum = nil }, { $0.poang = nil }, { $0.niva = nil },
        ]
        for remove in removals {
            var record = whole
            remove(&record.fields)
            #expect(RecordContent(record, courses: courses) == nil)
        }
    }

    @Test func `the order of a record's events does not count`() throws {
        let courses = CourseTable([])
        var content = try content()
        content.events = try [
            .init(orsak: .absenceBegins, date: day("2026-10-01")), .init(orsak: .absenceEnds, date: day("2026-10-08")),
        ]
        var record = try content.record(at: school()) { courses.index(ofUnregistered: $0) }
        record.events.reverse()
        #expect(RecordContent(record, courses: courses) == content)
    }

    @Test func `every field counts`() throws {
        let plain = try content()
        let graded = try day("2026-12-01")
        let changes: [(inout RecordContent) -> Void] = [
            { $0.fardighetstraning = true }, { $0.omfattning = .part }, { $0.uppdragsutbildning = true },
            { $0.traineejobb = true }, { $0.registrering = true }, { $0.betyg = .a }, { $0.betygsdatum = graded },
            { $0.events = [.init(orsak: .dropOut, date: graded)] }, { $0.niva = .gr }, { $0.poang = 50 },
            { $0.slutdatum = graded },
        ]
        let courses = CourseTable([])
        for change in changes {
            var other = plain
            change(&other)
            let record = try other.record(at: school()) { courses.index(ofUnregistered: $0) }
            #expect(RecordContent(record, courses: courses) == other)
            #expect(other != plain)
        }
    }

    @Test func `the span has every date written in a record`() throws {
        var content = try content(course(from: "2026-08-17"), to: "2027-01-15")
        #expect(try content.span == day("2026-08-17")...day("2027-01-15"))
        content.betygsdatum = try day("2027-01-16")
        #expect(try content.span.upperBound == day("2027-01-16"))
        content.events = try [.init(orsak: .notStarted, date: day("2026-08-16")), .init(orsak: nil, date: nil)]
        #expect(try content.span.lowerBound == day("2026-08-16"))
        content.events = try [.init(orsak: .dropOut, date: day("2027-01-17"))]
        #expect(try content.span.upperBound == day("2027-01-17"))
    }
}
