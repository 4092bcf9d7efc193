import Foundation
import Glibc
import Testing

/// A school authority's folders, with an inbox that has something in it.
struct NightlyScene {
    private(set) var scratch: Scratch
    /// The time of the night's run.
    var now = "2026-09-14T12:00"
    /// The command that runs, with what it needs of its own.
    var command = ["nightly"]

    /// The folders and files that a night may change.
    static let folders = ["inbox", "outbox", "archive", "state"]
    static let schools = ["1234", "1235"]

    init(_ scratch: Scratch, now: String = "2026-09-14T12:00") throws {
        self.scratch = scratch
        self.now = now
        for folder in ["inbox", "state"] where !scratch.exists(folder) {
            try FileManager.default.createDirectory(atPath: scratch.file(folder), withIntermediateDirectories: true)
        }
        try configure()
    }

    /// Writes the configuration; more lines may follow the four paths.
    func configure(_ more: String = "") throws {
        try scratch.write(
            "csnfil.yaml",
            "inbox: inbox\noutbox: outbox\narchive: archive\nledger: state/ledger.sqlite\n" + more)
    }

    // MARK: - Exports

    /// An export of both schools: about 90 records, some of them of years past, so that each school gets a queue.
    static func export(_ scratch: Scratch, changing: Int = 0) throws -> PrivateExport {
        var rows: [String] = []
        for (number, school) in schools.enumerated() {
            let sample = try scratch.sample(records: 40, seed: 41 + number)
            for (place, line) in Scratch.lines(sample).dropFirst().enumerated() {
                var cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
                cells[0] = school
                // Another extent, which CSN is told: a change in the row that breaks no rule.
                if place % 7 < changing { cells[8] = cells[8] == "100" ? "50" : "100" }
                rows.append(cells.joined(separator: ";"))
            }
            for (person, year) in zip(Export.people, [2022, 2023, 2024]) {
                rows.append(
                    Export.row([
                        "Skola": school, "Personnummer": person, "Startdatum": "\(year)-08-17",
                        "Slutdatum": "\(year)-12-18", "Betyg": changing > 0 ? "B" : "C",
                        "Betygsdatum": "\(year)-12-18",
                    ]))
            }
        }
        return try PrivateExport(Array(Export.text(rows).utf8))
    }

    /// Three students who read one course this term.
    static func small(_ changes: [String: String] = [:], people: [String] = Export.people) throws -> PrivateExport {
        let rows = people.map { person in
            Export.row(["Personnummer": person].merging(changes) { _, given in given })
        }
        return try PrivateExport(Array(Export.text(rows).utf8))
    }

    /// Puts an export into the inbox, changed last at a moment of UTC.
    func put(_ export: PrivateExport, as name: String = "kurser.csv", changed: String = "2026-09-14T04:00") throws {
        try put(text: export.text, as: name, changed: changed)
    }

    /// Puts any text into the inbox, changed last at a moment of UTC.
    func put(text: String, as name: String = "kurser.csv", changed: String = "2026-09-14T04:00") throws {
        try scratch.write("inbox/" + name, text)
        try touch("inbox/" + name, changed)
    }

    /// Sets the time of change of a file, in UTC.
    func touch(_ name: String, _ moment: String) throws {
        let date = try #require(ISO8601DateFormatter().date(from: moment + ":00Z"))
        let times = [timespec(tv_sec: Int(date.timeIntervalSince1970), tv_nsec: 0)]
        try #require(utimensat(AT_FDCWD, scratch.file(name), times + times, 0) == 0)
    }

    // MARK: - Running

    func arguments(_ more: [String] = []) -> [String] {
        command + ["--now", now, "--jobs", "1", "--quiet", "--language", "en"] + more
    }

    @discardableResult
    func run(_ more: [String] = [], _ manner: Program.Manner = .ordinary) throws -> Outcome {
        try Program.run(arguments(more), in: scratch, manner)
    }

    /// A copy of all of it in a folder of its own.
    func copied() throws -> NightlyScene {
        let other = try Scratch()
        for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path) {
            try copyTree(scratch.file(name), other.file(name))
        }
        var copy = self
        copy.scratch = other
        return copy
    }

    var ledger: LedgerDatabase { LedgerDatabase(scratch.file("state/ledger.sqlite")) }

    /// What the ledger says, of a copy, so that asking changes nothing.
    func ledgerDump() throws -> [String] {
        let copy = try Scratch()
        for name in ["ledger.sqlite", "ledger.sqlite-wal"] where scratch.exists("state/" + name) {
            try copyTree(scratch.file("state/" + name), copy.file(name))
        }
        let database = LedgerDatabase(copy.file("ledger.sqlite"))
        #expect(try database.isWhole())
        return try database.dump()
    }

    /// Everything that is to be the same however the night went.
    func state() throws -> State {
        var files: [String: State.File] = [:]
        for folder in Self.folders where scratch.exists(folder) {
            for path in try FileManager.default.subpathsOfDirectory(atPath: scratch.file(folder) + "/.") {
                let name = folder + "/" + path
                let isFree = ["outbox/report", "outbox/.work/lock", "state/"].contains { name.hasPrefix($0) }
                var status = stat()
                try #require(lstat(scratch.file(name), &status) == 0)
                files[name] = State.File(
                    mode: status.st_mode,
                    bytes: isFree || status.st_mode & S_IFMT == S_IFDIR ? [] : try scratch.read(name))
            }
        }
        files["state/ledger.sqlite-wal"] = nil
        files["state/ledger.sqlite-shm"] = nil
        return State(files: files, ledger: try ledgerDump())
    }

    struct State: Equatable {
        struct File: Equatable {
            var mode: mode_t
            var bytes: [UInt8]
        }

        var files: [String: File]
        var ledger: [String]

        /// Upload files by name.
        var uploads: [String: File] {
            files.filter { name, file in
                name.hasPrefix("outbox/") && file.mode & S_IFMT == S_IFREG && !name.hasPrefix("outbox/.work/")
                    && !name.hasPrefix("outbox/report/")
            }
        }

        /// What differs, for the message of a test.
        func difference(_ other: State) -> String {
            let names = Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
            let lines = Set(ledger).symmetricDifference(other.ledger).sorted()
            return "files \(names), ledger \(lines.prefix(6))"
        }
    }
}

/// Copies files and folders with their modes and times of change.
func copyTree(_ source: String, _ target: String) throws {
    var status = stat()
    try #require(lstat(source, &status) == 0)
    if status.st_mode & S_IFMT == S_IFDIR {
        try #require(mkdir(target, 0o700) == 0)
        for name in try FileManager.default.contentsOfDirectory(atPath: source) {
            try copyTree(source + "/" + name, target + "/" + name)
        }
    } else {
        try Data(contentsOf: URL(filePath: source)).write(to: URL(filePath: target))
    }
    try #require(chmod(target, status.st_mode & 0o7777) == 0)
    try #require(utimensat(AT_FDCWD, target, [status.st_atim, status.st_mtim], 0) == 0)
}
