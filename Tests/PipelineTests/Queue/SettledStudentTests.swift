import CSN
import CSNRules
import DeliveryLedger
import Testing

@testable import Pipeline

/// Who is passed over in a night: a student of whom CSN certainly has all as it is now, and nothing else.
@Suite("A settled student")
struct SettledStudentTests {
    private static let table = CourseTable(
        ["SVESVE01", "ENGENG05"].map {
            Course(code: $0, facts: CourseFacts(points: 100, niva: .gy, isInRegister: true))
        })

    /// The student's rows: the first course in autumn, the second in spring, as two study periods.
    private static func row(_ course: Int) throws -> Candidate {
        var row = Candidate(origin: RowOrigin(input: 0, line: UInt32(course + 2), offset: UInt64(course + 2) * 100))
        row.skolkod = Skolkod(1003)
        row.personnummer = Personnummer(digits: 199_001_019_802)
        row.course = CourseIndex(number: UInt32(course))
        row.kursdel = .whole
        row.poang = 100
        row.niva = .gy
        row.startdatum = Day(iso: course == 0 ? "2026-08-17" : "2027-01-11")
        row.slutdatum = Day(iso: course == 0 ? "2026-12-18" : "2027-06-04")
        return row
    }

    private func judged() throws -> JudgedStudent {
        let today = try #require(Day(iso: "2026-11-23"))
        let engine = RuleEngine(RuleSettings(purpose: .convert, today: today, courses: Self.table))
        var context = engine.makeContext()
        let judged = engine.judge([try Self.row(0), try Self.row(1)], &context)
        try #require(judged.units.map { $0.records.count } == [1, 1] && !judged.units.contains(where: \.isHeld))
        return judged
    }

    /// CSN certainly has what these records say.
    private func standing(_ student: JudgedStudent) throws -> ByCourse<CourseStanding> {
        var all: ByCourse<CourseStanding> = [:]
        for record in student.units.flatMap(\.records) {
            let content = try #require(RecordContent(record, courses: Self.table))
            var standing = CourseStanding()
            standing.possible = PossibleContents(only: content)
            all[content.key] = standing
        }
        return all
    }

    private func isSettled(
        _ changeStudent: (inout JudgedStudent) -> Void = { _ in },
        standing changeStanding: (inout ByCourse<CourseStanding>) throws -> Void = { _ in }
    ) throws -> Bool {
        var student = try judged()
        var standing = try standing(student)
        changeStudent(&student)
        try changeStanding(&standing)
        return standing.isSettled(student, Self.table)
    }

    @Test("Who is with CSN as now is settled; who is not there at all too, when CSN has nothing")
    func same() throws {
        #expect(try isSettled())
        #expect(
            try isSettled {
                $0.units = []
            } standing: {
                $0 = [:]
            })
    }

    @Test("Every value that reaches the file counts")
    func changes() throws {
        let changes: [(inout Record) -> Void] = [
            { $0.fields.personnummer = Personnummer(digits: 199_001_029_801) },
            { $0.fields.course = CourseIndex(number: 1) }, { $0.kursdel = Kursdel(12) }, { $0.poang = 50 },
            { $0.niva = .gr }, { $0.startdatum = Day(iso: "2026-08-18") }, { $0.slutdatum = Day(iso: "2026-12-17") },
            { $0.fields.fardighetstraning = true }, { $0.fields.omfattning = .full },
            { $0.fields.uppdragsutbildning = true }, { $0.fields.traineejobb = true }, { $0.registrering = true },
            { $0.betyg = Betyg(rawValue: UInt8(ascii: "A")) }, { $0.betygsdatum = Day(iso: "2026-12-18") },
            {
                $0.events = [
                    Event(
                        orsak: .dropOut, date: Day(iso: "2026-10-01"), origin: RowOrigin(input: 0, line: 1, offset: 0))
                ]
            },
        ]
        for change in changes {
            #expect(try !isSettled { change(&$0.units[0].records[0]) })
        }
    }

    @Test("A course more or less, on either side, is to be looked at")
    func courses() throws {
        #expect(try !isSettled { $0.units.removeLast() })
        #expect(try !isSettled { $0.units[1].records.append($0.units[0].records[0]) })
        #expect(
            try !isSettled { _ in
            } standing: {
                $0[$0.keys[0]] = nil
            })
        #expect(try !isSettled { $0.units[0].records[0] = $0.units[1].records[0] })
    }

    @Test("What is held, or was left out, is never settled")
    func heldAndDropped() throws {
        #expect(try !isSettled { $0.units[1].isHeld = true })
        #expect(try !isSettled { $0.units[0].records[0].isDropped = true })
        #expect(try !isSettled { $0.dropped.append($0.units[0].records[0]) })
        #expect(try !isSettled { $0.units[0].records[0].slutdatum = nil })
    }

    @Test("What CSN only may have, or has of something else, is not settled, nor what was forced")
    func uncertain() throws {
        let other = try #require(RecordContent(Record(try Self.row(1)), courses: Self.table))
        #expect(
            try !isSettled { _ in
            } standing: {
                $0[$0.keys[0]]?.possible.insert(nil)
            })
        #expect(
            try !isSettled { _ in
            } standing: {
                $0[$0.keys[0]]?.possible.insert(other)
            })
        #expect(
            try !isSettled { _ in
            } standing: {
                $0[$0.keys[0]]?.possible = PossibleContents(only: nil)
            })
        #expect(
            try !isSettled { _ in
            } standing: {
                $0[$0.keys[0]]?.isForced = true
            })
        // Of a third course CSN may have nothing, and a file that nobody has confirmed says so: it is to be looked at.
        let third = CourseKey(kurskod: "MATMAT01a", kursdel: .whole, startdatum: other.key.startdatum)
        #expect(
            try !isSettled { _ in
            } standing: {
                $0[third] = CourseStanding()
            })
    }
}
