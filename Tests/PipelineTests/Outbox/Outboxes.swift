import CSN
import DeliveryLedger
import Foundation
import Pipeline
import Testing
import Uploads

/// A school's outbox and ledger in a folder, filled by hand: what `nightly` would have left. Monday 23 November 2026
/// is a reading day as the days around it are; 21 and 22 are a weekend.
struct Outboxes {
    let place: Workplace
    let store: SQLiteLedger
    private let layout: Layout

    static let school = 1234

    init() throws {
        place = try Workplace()
        try place.write(
            "csnfil.yaml",
            """
            outbox: outbox
            ledger: ledger.sqlite
            schools:
              - {skolkod: 1234, name: Exempelskolan}
              - {skolkod: 1235, name: Grannskolan}

            """)
        store = try SQLiteLedger(path: place.path("ledger.sqlite"))
        layout = try Layout.read(path: repository + "/Mappings/layouts/komvux.yaml")
    }

    // MARK: - What nightly leaves

    /// Makes a file of a school for a reading day: in the ledger, and in the outbox under the name of its day.
    ///
    /// - Parameters:
    ///   - content: its bytes; the same content has the same hash.
    ///   - isPlaced: false for a file that never came into the outbox.
    @discardableResult
    func plan(
        _ readingDay: String, made: String, content: String = "one", records: Int = 1, of school: Int = school,
        courses: [(StudentKey, RecordContent)] = [], gone: [(StudentKey, CourseKey)] = [], isPlaced: Bool = true
    ) throws -> Int64 {
        let skolkod = try #require(Skolkod(school))
        let planned = PlannedFile(
            skolkod: skolkod, readingDay: try #require(Day(iso: readingDay)), layout: layout)
        let folder = try OutputFolder(path: place.path("outbox"))
        let draft = try folder.beginDraft()
        try draft.take(content)
        let written = try folder.end(draft, as: planned)
        let id = DeliveredFile.ID(number: try store.nextNumbers().file)
        let facts = DeliveredFile.Facts(
            skolkod: skolkod, readingDay: planned.readingDay, name: planned.file, sha256: written.contents.sha256,
            bytes: written.contents.size, records: records, students: 1,
            firstDate: try #require(Day(iso: "2026-08-17")), lastDate: try #require(Day(iso: "2027-01-15")),
            made: try #require(Moment(made)), madeBy: "nightly")
        var changes = LedgerChanges(at: facts.made)
        for file in try store.files(since: nil)
        where file.facts.name == facts.name && file.outcome == .planned {
            changes.closings.append(LedgerChanges.Closing(file.id, .replaced, reading: file.reading))
        }
        let versions = courses.map { student, content in
            (
                student: student, course: content.key,
                version: DeliveredVersion(
                    file: id, record: DeliveredRecord(content, system: "listan"), waitingSince: planned.readingDay)
            )
        }
        let letGo = gone.map { student, course in
            (
                student: student, course: course,
                version: DeliveredVersion(file: id, record: nil, waitingSince: planned.readingDay)
            )
        }
        changes.files = [LedgerChanges.NewFile(id: id, facts: facts, versions: versions + letGo)]
        try store.commit(changes)
        if isPlaced { try folder.place([written], for: .nightly) }
        return id.number
    }

    /// As `nightly` does with a file whose reading has passed: it is replaced and gone.
    func passOver(_ number: Int64, at moment: String) throws {
        let file = try self.file(number)
        var changes = LedgerChanges(at: try #require(Moment(moment)))
        changes.closings = [LedgerChanges.Closing(file.id, .replaced, reading: file.reading)]
        try store.commit(changes)
        let folder = try OutputFolder(path: place.path("outbox"))
        for reservation in folder.allReservations where reservation.file == file.facts.name {
            _ = try folder.clear(reservation)
        }
    }

    /// A student of the ledger.
    @discardableResult
    func student(_ number: Int64, _ digits: UInt64, of school: Int = school, isProtected: Bool = false) throws
        -> StudentKey
    {
        let key = StudentKey(number: number)
        var changes = LedgerChanges(at: try #require(Moment("2026-11-01T06:00")))
        changes.students = [
            (
                try #require(Skolkod(school)),
                LedgerStudent(
                    key: key, personnummer: try #require(Personnummer(digits: digits)), isProtected: isProtected)
            )
        ]
        try store.commit(changes)
        return key
    }

    /// A course as it is reported.
    static func course(
        _ kurskod: String = "MATMAT01a", of digits: UInt64 = erik, kursdel: Int = 11, from: String = "2026-08-17",
        to: String = "2027-01-15"
    ) throws -> RecordContent {
        RecordContent(
            personnummer: try #require(Personnummer(digits: digits)),
            key: CourseKey(
                kurskod: kurskod, kursdel: try #require(Kursdel(kursdel)), startdatum: try #require(Day(iso: from))),
            poang: 100, niva: .gy, slutdatum: try #require(Day(iso: to)))
    }

    static let erik: UInt64 = 197_201_209_983
    static let hidden: UInt64 = 199_001_019_802

    // MARK: - Calls

    /// What a call said.
    struct Said {
        var status: Int32
        var output: String
        var error: String

        var all: String { output + error }
    }

    func say(
        _ verb: TypedOutbox, at now: String, _ change: (inout TypedOptions) -> Void = { _ in }
    ) throws -> Said {
        try said(at: now, change) { $0.outbox(verb, patience: .zero) }
    }

    func said(
        at now: String, _ change: (inout TypedOptions) -> Void = { _ in }, _ call: (Invocation) -> Invocation.Outcome
    ) throws -> Said {
        var options = TypedOptions()
        options.config = place.path("csnfil.yaml")
        options.mappings = [repository + "/Mappings"]
        options.now = now
        change(&options)
        let surroundings = Surroundings(
            environment: ["CSNFIL_LANGUAGE": "en"], workingFolder: place.folder.path,
            executable: repository + "/.build/debug/csnfil", processors: 1, now: try #require(Moment(now)))
        let outcome = call(Invocation(options, in: surroundings))
        // The folder's random name may have any digits in it.
        func told(_ text: String) -> String { text.replacing(place.folder.path, with: "PLACE") }
        return Said(
            status: outcome.status, output: told(String(decoding: outcome.output, as: UTF8.self)),
            error: told(outcome.error))
    }

    /// The object of `--format json`.
    func json(_ verb: TypedOutbox, at now: String) throws -> [String: Any] {
        let said = try say(verb, at: now) { $0.format = "json" }
        #expect(said.status == 0, "\(said.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(said.output.utf8)) as? [String: Any])
    }

    /// The names of what a verb said, warnings and all.
    func notes(_ verb: TypedOutbox, at now: String) throws -> [String] {
        let notes = try #require(try json(verb, at: now)["notes"] as? [[String: Any]])
        return notes.compactMap { $0["code"] as? String }
    }

    // MARK: - What came of it

    func file(_ number: Int64) throws -> DeliveredFile {
        try #require(try store.files(since: nil).first { $0.id.number == number })
    }

    /// `sent 2026-11-23`: outcome and reading.
    func state(_ number: Int64) throws -> String {
        let file = try file(number)
        return "\(file.outcome) \(file.reading)"
    }

    func lies(_ name: String) -> Bool { FileManager.default.fileExists(atPath: place.path("outbox/" + name)) }
}
