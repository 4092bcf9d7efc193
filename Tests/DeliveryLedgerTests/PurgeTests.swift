import CSN
import Foundation
import GRDB
import Testing

@testable import DeliveryLedger

/// What goes and what stays, on both sides of the edge: a hundred days before 2026-12-31 is 2026-09-22.
@Suite struct PurgeTests {
    /// The last day that is old, and the first that is not.
    static let old = "2026-09-21"
    static let edge = "2026-09-22"

    let scratch: Scratch
    let ledger: SQLiteLedger
    let one = StudentKey(number: 1)
    let two = StudentKey(number: 2)

    init() throws {
        scratch = try Scratch()
        ledger = try SQLiteLedger(path: scratch.file())
        var changes = LedgerChanges(at: try moment("2026-01-07T06:00"))
        changes.students = try [one, two].map {
            (try school(), LedgerStudent(key: $0, personnummer: try personnummer(Int($0.number))))
        }
        try ledger.commit(changes)
    }

    func purge() throws -> [String] { try ledger.purge(olderThan: 100, at: moment("2026-12-31T06:00")) }

    /// Writes a file with records of (student, code, first day, last day); a last day of nil lets the course go.
    @discardableResult
    func file(
        _ readingDay: String, as outcome: Outcome = .accepted, reading: String? = nil,
        _ courses: [(StudentKey, String, String, String?)]
    ) throws -> DeliveredFile.ID {
        let id = DeliveredFile.ID(number: try ledger.nextNumbers().file)
        let readingDay = try day(readingDay)
        var changes = LedgerChanges(at: try moment("2026-01-08T06:00"))
        let versions = try courses.map { student, code, first, last in
            let key = try course(code, from: first)
            let record = try last.map { DeliveredRecord(try content(key, to: $0), system: "alpha") }
            return (student, key, DeliveredVersion(file: id, record: record, waitingSince: readingDay))
        }
        changes.files = [
            LedgerChanges.NewFile(id: id, facts: try facts(of: school(), readingDay: readingDay), versions: versions)
        ]
        changes.closings = [LedgerChanges.Closing(id, outcome, reading: try reading.map { try day($0) } ?? readingDay)]
        try ledger.commit(changes)
        return id
    }

    /// The numbers of the files that are left.
    func left() throws -> [Int64] { try ledger.files(since: nil).map(\.id.number) }

    @Test func `a file goes when its reading and every date in it are older than the limit`() throws {
        try file("2026-09-21", [(one, "A", "2026-05-01", "2026-09-21")])
        #expect(try purge().isEmpty)
        #expect(try left().isEmpty)
        #expect(try ledger.deliveries(of: school()).versions.isEmpty)
        #expect(try ledger.student(one) == nil)
        #expect(try ledger.nextNumbers() == (3, 2))
    }

    @Test(arguments: [(edge, old, edge), (old, edge, old), (old, old, edge)])
    func `a file stays when its reading or a date in it is not`(_ days: (String, String, String)) throws {
        let (readingDay, last, reading) = days
        try file(readingDay, reading: reading, [(one, "A", "2026-05-01", last)])
        let before = try ledger.deliveries(of: school()).versions
        #expect(try purge().isEmpty)
        #expect(try left() == [1])
        #expect(try ledger.deliveries(of: school()).versions == before)
        #expect(try ledger.student(one) != nil)
        #expect(try ledger.student(two) == nil)
    }

    @Test(arguments: [Outcome.planned, .sent]) func `a file that waits stays, however old`(_ outcome: Outcome) throws {
        try file("2026-02-02", as: outcome, [(one, "A", "2026-01-12", "2026-02-01")])
        _ = try purge()
        #expect(try left() == [1])
        #expect(try ledger.deliveries(of: school()).versions[one]?.count == 1)
    }

    @Test(arguments: [Outcome.rejected, .withdrawn, .replaced])
    func `a file goes whatever became of it`(_ outcome: Outcome) throws {
        try file("2026-02-02", as: outcome, [(one, "A", "2026-01-12", "2026-02-01")])
        _ = try purge()
        #expect(try left().isEmpty)
    }

    @Test func `a version is not removed while an older one of the course must stay`() throws {
        // The second file shortened the course: alone it would be old.
        try file("2026-05-04", [(one, "A", "2026-05-01", "2026-09-22")])
        try file("2026-06-01", [(one, "A", "2026-05-01", "2026-05-31")])
        try file("2026-06-02", [(two, "B", "2026-05-01", "2026-05-31")])
        let before = try ledger.deliveries(of: school()).standing(of: one)
        _ = try purge()
        #expect(try left() == [1, 2])
        #expect(try ledger.deliveries(of: school()).standing(of: one) == before)
    }

    @Test func `a word that lets a course go stays as long as the course does, and goes with it`() throws {
        try file("2026-05-04", [(one, "A", "2026-05-01", "2026-09-22")])
        try file("2026-06-01", [(one, "A", "2026-05-01", nil)])
        _ = try purge()
        #expect(try left() == [1, 2])
        _ = try ledger.purge(olderThan: 100, at: moment("2027-01-01T06:00"))
        #expect(try left().isEmpty)
    }

    @Test func `a study period goes whole or stays whole`() throws {
        // A and B overlap; C is of the half-year before, and of no period with them.
        try file(
            "2026-09-01",
            [
                (one, "A", "2026-07-01", "2026-08-31"), (one, "B", "2026-08-15", "2026-12-01"),
                (one, "C", "2026-01-12", "2026-06-01"),
            ])
        _ = try purge()
        let versions = try ledger.deliveries(of: school()).versions[one]
        #expect(
            try versions.map { Set($0.keys) } == [course("A", from: "2026-07-01"), course("B", from: "2026-08-15")])
        #expect(try left() == [1])
    }

    @Test func `what is to be forgotten goes with its course`() throws {
        let id = try file(
            "2026-05-04", [(one, "A", "2026-05-01", "2026-05-31"), (two, "A", "2026-05-01", "2026-10-01")])
        var changes = LedgerChanges(at: try moment("2026-12-30T06:00"))
        for student in [one, two] {
            let forgotten = ForgottenCourse(
                student: student, course: try course("A", from: "2026-05-01"), upTo: id, reason: "", at: changes.at)
            changes.forgotten.append((try school(), forgotten))
        }
        try ledger.commit(changes)
        _ = try purge()
        #expect(try Set(ledger.deliveries(of: school()).forgotten.keys) == [two])
    }

    @Test func `a student in the last export stays`() throws {
        var changes = LedgerChanges(at: try moment("2026-12-30T06:00"))
        changes.lastExports = [(try school(), "alpha", [two])]
        try ledger.commit(changes)
        _ = try purge()
        #expect(try ledger.student(one) == nil)
        #expect(try ledger.student(two) != nil)
    }

    func input(_ name: String, taken: String, schools: [Int], isPersons: Bool = false) throws -> TakenInput {
        TakenInput(
            name: name, archived: "2026/\(name)", sha256: name, bytes: 1, modified: try moment(taken), profile: "alpha",
            system: "alpha", taken: try moment(taken), schools: try schools.map { try school($0) },
            isPersons: isPersons)
    }

    @Test func `inputs go when they are old and do not count any more`() throws {
        var changes = LedgerChanges(at: try moment("2026-12-30T06:00"))
        changes.inputs = try [
            input("unread", taken: "2026-01-07T06:00", schools: []),
            input("both", taken: "2026-01-08T06:00", schools: [1234, 1235]),
            input("last before", taken: "2026-09-21T23:59", schools: [1234]),
            input("first after", taken: "2026-09-22T00:00", schools: [1234]),
            input("newest", taken: "2026-09-23T06:00", schools: [1234]),
            input("old persons", taken: "2026-01-07T06:00", schools: [], isPersons: true),
            input("persons", taken: "2026-01-08T06:00", schools: [], isPersons: true),
        ]
        try ledger.commit(changes)
        // Whoever removes the files first and is interrupted is told of them again.
        for _ in 1...2 {
            let old = try ledger.oldInputs(olderThan: 100, at: moment("2026-12-31T06:00"))
            #expect(old == ["2026/unread", "2026/last before", "2026/old persons"])
        }
        #expect(try purge() == ["2026/unread", "2026/last before", "2026/old persons"])
        #expect(try ledger.oldInputs(olderThan: 100, at: moment("2026-12-31T06:00")).isEmpty)
        #expect(try ledger.currentInputs().map(\.name) == ["both", "newest", "persons"])
        #expect(try ledger.currentInputs().map { $0.schools.map(\.number) } == [[1235], [1234], []])
        #expect(try ledger.input(sha256: "first after") != nil)
        #expect(try ledger.input(sha256: "both")?.schools.map(\.number) == [1234, 1235])
        #expect(try ledger.input(sha256: "unread") == nil)
        #expect(try purge().isEmpty)
    }

    @Test func `runs go by age`() throws {
        for (id, now) in [("a", "2026-09-21T23:59"), ("b", "2026-09-22T00:00")] {
            var changes = LedgerChanges(at: try moment(now))
            changes.run = LedgerRun(id: id, started: now, finished: now, now: changes.at, status: 0)
            try ledger.commit(changes)
        }
        _ = try purge()
        #expect(try ledger.runs(limit: 9).map(\.id) == ["b"])
        #expect(try ledger.runs(limit: 0).isEmpty)
    }

    @Test func `no digit of what was purged is left in the file`() throws {
        try file("2026-05-04", [(one, "A", "2026-05-01", "2026-05-31")])
        let number = Data(try personnummer(1).inClear.utf8)
        try ledger.close()
        #expect(try Data(contentsOf: URL(filePath: scratch.file())).range(of: number) != nil)
        let again = try SQLiteLedger(path: scratch.file())
        _ = try again.purge(olderThan: 100, at: moment("2026-12-31T06:00"))
        try again.close()
        #expect(try Data(contentsOf: URL(filePath: scratch.file())).range(of: number) == nil)
    }
}
