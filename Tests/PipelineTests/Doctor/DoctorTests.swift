import CSN
import DeliveryLedger
import Findings
import Foundation
import Glibc
import Testing

@testable import Pipeline
@testable import Reports

/// `doctor` on installations that are whole, and with one thing wrong each.
@Suite struct DoctorTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        for folder in ["inbox", "outbox", "archive", "state"] {
            try FileManager.default.createDirectory(
                atPath: place.path(folder), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        try configure()
    }

    private func configure(_ text: String = "") throws {
        let path = try place.write(
            "csnfil.yaml", "inbox: inbox\noutbox: outbox\narchive: archive\nledger: state/ledger.sqlite\n" + text)
        #expect(chmod(path, 0o600) == 0)
    }

    private var ledger: String { place.path("state/ledger.sqlite") }

    /// A ledger with one run, and whatever else is to be in it.
    private func makeLedger(at now: String, status: Int32 = 0, _ add: (inout LedgerChanges) throws -> Void = { _ in })
        throws
    {
        let now = try #require(Moment(now))
        var changes = LedgerChanges(at: now)
        changes.run = LedgerRun(id: "r", started: "s", finished: "f", now: now, status: status)
        try add(&changes)
        let store = try SQLiteLedger(path: ledger)
        try store.commit(changes)
        try store.close()
        try Data().write(to: URL(filePath: ledger + ".copy"))
        #expect(chmod(ledger + ".copy", 0o600) == 0)
    }

    private static func file(_ made: String, sent: String? = nil, outcome: Outcome = .planned) throws -> DeliveredFile {
        let made = try #require(Moment(made))
        return DeliveredFile(
            id: DeliveredFile.ID(number: 1),
            facts: DeliveredFile.Facts(
                skolkod: try #require(Skolkod(1234)), readingDay: made.day, name: "1234/1234_\(made.day).xml",
                sha256: "0", bytes: 1, records: 1, students: 1, firstDate: made.day, lastDate: made.day, made: made,
                madeBy: "nightly"),
            outcome: outcome, sent: sent.flatMap { Moment($0) })
    }

    private typealias Checked = (status: Int32, results: [DoctorReport.Result], text: String)

    private func doctor(now: String = "2026-11-23T12:00") throws -> Checked {
        var options = TypedOptions()
        options.config = place.path("csnfil.yaml")
        options.mappings = [repository + "/Mappings"]
        options.now = now
        let surroundings = Surroundings(
            environment: ["CSNFIL_LANGUAGE": "en"], workingFolder: place.folder.path, executable: "", processors: 1,
            now: try #require(Moment(now)))
        let installation = Installation(options, in: surroundings, now: try #require(Moment(now)))
        let results = DoctorChecks.all.flatMap { $0.look(at: installation) }
        let outcome = Invocation(options, in: surroundings).doctor()
        #expect(outcome.error.isEmpty)
        return (outcome.status, results, String(decoding: outcome.output, as: UTF8.self))
    }

    /// What is not as it should be, by check.
    private static func found(_ checked: Checked) -> [String: DoctorReport.Status] {
        Dictionary(
            checked.results.filter { $0.status != .ok }.map { ($0.check, $0.status) }, uniquingKeysWith: { $1 })
    }

    private func found(now: String = "2026-11-23T12:00") throws -> [String: DoctorReport.Status] {
        Self.found(try doctor(now: now))
    }

    // MARK: - Whole

    @Test func `an installation before its first run is whole`() throws {
        let checked = try doctor()
        #expect(checked.status == 0, "\(checked.text)")
        #expect(checked.text.hasSuffix("All is as it should be.\n"))
        #expect(Set(checked.results.map(\.check)).isSuperset(of: ["configuration", "mappings", "folders", "ledger"]))
    }

    @Test func `an installation after a run is whole`() throws {
        try makeLedger(at: "2026-11-23T02:00")
        let checked = try doctor()
        #expect(checked.status == 0, "\(checked.text)")
        #expect(Set(checked.results.map(\.check)) == Set(DoctorChecks.all.map { $0.name }))
    }

    @Test func `nothing is made or changed`() throws {
        func state() throws -> [String: [String]] {
            var state: [String: [String]] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: place.folder.path) {
                let look = try #require(FileLook(place.path(name)))
                let bytes = look.isFolder ? [] : try place.read(name)
                state[name] = ["\(look.mode)", "\(look.modified)", "\(bytes.hashValue)", "\(look.bytes)"]
            }
            return state
        }
        let before = try state()
        _ = try doctor()
        #expect(try state() == before)
        try makeLedger(at: "2026-11-23T02:00")
        let after = try state()
        #expect(after.count == before.count + 2)
        _ = try doctor()
        #expect(try state() == after)
    }

    @Test func `a ledger that a run has open is read as it stands`() throws {
        try makeLedger(at: "2026-11-20T02:00")
        let store = try SQLiteLedger(path: ledger)
        var changes = LedgerChanges(at: try #require(Moment("2026-11-23T02:00")))
        changes.run = LedgerRun(id: "r2", started: "s", finished: "f", now: changes.at, status: 1)
        try store.commit(changes)
        #expect(FileLook(ledger + "-wal")?.bytes ?? 0 > 0)
        let checked = try doctor()
        #expect(checked.text.contains("last-run: 2026-11-23T02:00, ended with 1"))
        try store.close()
    }

    @Test func `a ledger opened for looking cannot be written`() throws {
        try makeLedger(at: "2026-11-23T02:00")
        let store = try SQLiteLedger(onlyReading: ledger)
        #expect(throws: LedgerProblem.self) {
            try store.commit(LedgerChanges(at: try #require(Moment("2026-11-24T02:00"))))
        }
    }

    // MARK: - One thing wrong

    @Test func `a mistake in the configuration is named with its line`() throws {
        try configure("retentionDays: soon\n")
        let checked = try doctor()
        #expect(checked.status == 2)
        #expect(
            checked.results.contains { $0.check == "configuration" && $0.place?.hasSuffix("csnfil.yaml:5:16") == true })
    }

    @Test func `keys that nightly needs are asked for`() throws {
        try place.write("csnfil.yaml", "outbox: outbox\n")
        let checked = try doctor()
        #expect(checked.status == 2)
        #expect(checked.text.contains("lacks inbox, archive, ledger"))
    }

    @Test func `a configuration that others may change is an error`() throws {
        #expect(chmod(place.path("csnfil.yaml"), 0o620) == 0)
        #expect(try found() == ["configuration": .error])
        #expect(chmod(place.path("csnfil.yaml"), 0o644) == 0)
        #expect(try found() == [:])
    }

    @Test func `a broken mapping, profile or layout is an error`() throws {
        try place.write("Mappings/national/grades.csv", "nonsense\n")
        #expect(try Self.found(withMappings(["Mappings"])) == ["mappings": .error])
        try place.write("Profiles/systems/mine.yaml", "name: [\n")
        #expect(try Self.found(withMappings(["Profiles"])) == ["profiles": .error])
        try place.write("Layouts/layouts/mine.yaml", "title: x\n")
        #expect(try Self.found(withMappings(["Layouts"])) == ["layouts": .error])
    }

    @Test func `a schema that cannot be used is an error`() throws {
        for name in ["komvux.yaml", "komvux.xsd"] {
            let bytes = try Data(contentsOf: URL(filePath: repository + "/Mappings/layouts/" + name))
            try place.write("Schema/layouts/" + name, Array(bytes))
        }
        #expect(try Self.found(withMappings(["Schema"])) == [:])
        try place.write("Schema/layouts/komvux.xsd", "<xs:schema")
        #expect(try Self.found(withMappings(["Schema"])) == ["layouts": .error])
    }

    private func withMappings(_ folders: [String]) throws -> Checked {
        var options = TypedOptions()
        options.config = place.path("csnfil.yaml")
        options.mappings = folders.map(place.path) + [repository + "/Mappings"]
        let now = try #require(Moment("2026-11-23T12:00"))
        let surroundings = Surroundings(
            environment: [:], workingFolder: place.folder.path, executable: "", processors: 1, now: now)
        let installation = Installation(options, in: surroundings, now: now)
        return (0, DoctorChecks.all.flatMap { $0.look(at: installation) }, "")
    }

    @Test func `folders in each other are an error`() throws {
        try place.write("csnfil.yaml", "inbox: inbox\noutbox: inbox/out\narchive: archive\nledger: state/l.sqlite\n")
        #expect(chmod(place.path("csnfil.yaml"), 0o600) == 0)
        #expect(try found() == ["folders": .error])
    }

    @Test func `what others can read is an error`() throws {
        let path = try place.write("outbox/1234/1234_2026-11-23.xml", "x")
        #expect(chmod(place.path("outbox/1234"), 0o700) == 0)
        #expect(chmod(path, 0o640) == 0)
        #expect(try found() == ["permissions": .error])
        #expect(chmod(path, 0o600) == 0)
        #expect(try found() == [:])
        #expect(chmod(place.path("archive"), 0o710) == 0)
        #expect(try found() == ["permissions": .error])
    }

    @Test func `an inbox for a group is in order, one for everybody is not`() throws {
        #expect(chmod(place.path("inbox"), 0o770) == 0)
        #expect(try found() == [:])
        #expect(chmod(place.path("inbox"), 0o771) == 0)
        #expect(try found() == ["permissions": .warning])
    }

    @Test(arguments: [(99, .error), (100, .warning), (499, .warning), (500, .ok)] as [(Int, DoctorReport.Status)])
    func `the space left against what a run needs`(free: Int, status: DoctorReport.Status) {
        #expect(FreeSpaceCheck.result(free: free << 20, needed: 100 << 20, at: "/").status == status)
    }

    /// The ledger has seen 14:00:00; two hours back is let pass.
    @Test(
        arguments: [
            ("2026-11-23T14:00", nil), ("2026-11-23T13:59", .warning), ("2026-11-23T12:00", .warning),
            ("2026-11-23T11:59:59", .error), ("2025-11-23T14:00", .error),
        ] as [(String, DoctorReport.Status?)])
    func `a clock that has gone back`(now: String, status: DoctorReport.Status?) throws {
        try makeLedger(at: "2026-11-23T14:00")
        #expect(try found(now: now)["clock"] == status)
    }

    @Test func `a damaged ledger is an error and stays as it is`() throws {
        try makeLedger(at: "2026-11-23T02:00")
        var bytes = try place.read("state/ledger.sqlite")
        for index in 0..<16 { bytes[index] = 0 }
        try place.write("state/ledger.sqlite", bytes)
        #expect(chmod(ledger, 0o600) == 0)
        let checked = try doctor()
        #expect(Self.found(checked) == ["ledger": .error])
        #expect(checked.text.contains(".copy"))
        #expect(try place.read("state/ledger.sqlite") == bytes)
    }

    @Test func `a ledger without its copy, or with an old one, is a warning`() throws {
        try makeLedger(at: "2026-11-23T02:00")
        try FileManager.default.removeItem(atPath: ledger + ".copy")
        #expect(try found() == ["ledger-copy": .warning])
        try place.write("state/ledger.sqlite.copy", "x")
        #expect(chmod(ledger + ".copy", 0o600) == 0)
        func age(_ time: String) throws {
            for (path, time) in [(ledger, "2026-11-23T02:00:00+01:00"), (ledger + ".copy", time)] {
                let date = try #require(ISO8601DateFormatter().date(from: time))
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            }
        }
        try age("2026-11-21T02:00:01+01:00")
        #expect(try found() == [:])
        try age("2026-11-21T02:00:00+01:00")
        #expect(try found() == ["ledger-copy": .warning])
    }

    @Test(
        arguments: [
            ("2026-11-23T02:00", 0, nil), ("2026-11-23T02:00", 1, nil), ("2026-11-23T02:00", 2, .error),
            ("2026-11-22T00:01", 0, nil), ("2026-11-22T00:00", 0, .warning),
        ] as [(String, Int32, DoctorReport.Status?)])
    func `the last run`(at: String, status: Int32, found: DoctorReport.Status?) throws {
        try makeLedger(at: at, status: status)
        #expect(try self.found()["last-run"] == found)
    }

    @Test(arguments: [("2026-11-16", nil), ("2026-11-15", .warning)] as [(String, DoctorReport.Status?)])
    func `something that has waited for more than a week`(since: String, found: DoctorReport.Status?) throws {
        try makeLedger(at: "2026-11-23T02:00") { try Self.addFile(waitingSince: since, to: &$0) }
        let checked = try doctor()
        #expect(Self.found(checked)["waiting-files"] == found, "\(checked.text)")
        #expect(!checked.text.contains("9802"))
    }

    private static func addFile(waitingSince: String, to changes: inout LedgerChanges) throws {
        let school = try #require(Skolkod(1234))
        let day = try #require(Day(iso: "2026-08-17"))
        let number = try #require(Personnummer(digits: 199_001_019_802))
        let student = LedgerStudent(key: StudentKey(number: 1), personnummer: number)
        let key = CourseKey(kurskod: "SVESVE01", kursdel: .whole, startdatum: day)
        let record = RecordContent(personnummer: number, key: key, poang: 100, niva: .gy, slutdatum: day + 100)
        changes.students = [(school, student)]
        changes.files = [
            LedgerChanges.NewFile(
                id: DeliveredFile.ID(number: 1), facts: try file("2026-11-23T02:00").facts,
                versions: [
                    (
                        student.key, key,
                        DeliveredVersion(
                            file: DeliveredFile.ID(number: 1), record: DeliveredRecord(record, system: "SchoolSoft"),
                            waitingSince: try #require(Day(iso: waitingSince)))
                    )
                ])
        ]
    }

    @Test func `nobody says what is uploaded`() throws {
        let now = try #require(Moment("2026-11-23T12:00"))
        func status(_ files: [DeliveredFile]) -> DoctorReport.Status? {
            ConfirmationsCheck.look(at: files, now: now).first?.status
        }
        #expect(status([]) == .ok)
        let fresh = try Self.file("2026-11-23T02:00")
        #expect(status([fresh]) == .ok)
        // The first file is older than a week, and nothing was ever said.
        #expect(status([try Self.file("2026-11-16T11:59:59", outcome: .replaced), fresh]) == .warning)
        #expect(status([try Self.file("2026-11-16T12:00", outcome: .replaced), fresh]) == .ok)
        // Something was said a week ago, and more came since.
        let said = try Self.file("2026-11-16T02:00", sent: "2026-11-16T11:59:59", outcome: .accepted)
        #expect(status([said, fresh]) == .warning)
        #expect(
            status([try Self.file("2026-11-16T02:00", sent: "2026-11-16T12:00", outcome: .accepted), fresh]) == .ok)
        // Nothing came since: there is nothing to say.
        #expect(status([said]) == .ok)
    }

    // MARK: - The list, and the forms

    @Test func `the list names every check there is a file of`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: repository + "/Sources/Pipeline/Doctor/Checks")
        #expect(Set(files) == Set(DoctorChecks.all.map { "\($0).swift" }))
        #expect(Set(DoctorChecks.all.map { $0.name }).count == files.count)
    }

    @Test func `the JSON says the same`() throws {
        let report = DoctorReport(
            program: RunReport.Program(name: "csnfil", version: "1"),
            results: [
                DoctorReport.Result("a", .ok, Text(sv: "bra", en: "good")),
                DoctorReport.Result(
                    "b", .warning, at: "/x", Text(sv: "sådär", en: "so so"), advice: Text(sv: "se", en: "look")),
            ])
        #expect(report.exitStatus == .findings)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(report.json(in: .en))) as? [String: Any])
        let checks = try #require(object["checks"] as? [[String: Any]])
        #expect(checks.map { $0["check"] as? String } == ["a", "b"])
        #expect(checks[1]["place"] as? String == "/x")
        #expect(checks[1]["advice"] as? String == "look")
        #expect(object["counts"] as? [String: Int] == ["ok": 1, "warning": 1, "error": 0])
        #expect(
            DoctorText(report, in: .sv, isQuiet: true).text() == "obs  b: /x: sådär\n     → se\n0 fel, 1 att se över.\n"
        )
    }
}
