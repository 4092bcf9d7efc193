import CSN
import Foundation
import Reports
import Uploads

/// What a migration was asked and read: hashes, names of files and counts, nothing of a person.
struct MigrationRecord: Codable, Equatable {
    /// An export that was read.
    struct Export: Codable, Equatable {
        var name: String
        var sha256: String
        var system: String
        var rows: Int
    }

    /// The day of the run.
    var day: String
    /// `--from`, `--to` and `--by`: what makes two runs the same migration.
    var from: String
    var to: String
    var by: String
    var firstDay: String?
    var isAgain = false
    var exports: [Export]
    /// When the run was, and which schools stood in its exports; nil in what was kept before that was.
    var time: String?
    var schools: [Int]?

    /// Whether both are of the same study periods.
    func isSameMigration(as other: MigrationRecord) -> Bool { (from, to, by) == (other.from, other.to, other.by) }

    /// Exports that are neither here by name nor by their bytes.
    func missing(in exports: [Export]) -> [Export] {
        self.exports.filter { before in
            !exports.contains { $0.name == before.name || $0.sha256 == before.sha256 }
        }
    }
}

/// The last runs of migrations into an outbox, kept in `.work/migrations.json` to tell what has changed since. When it
/// is gone or cannot be read, nothing is lost but that.
struct LastMigrations {
    private static let version = 1
    /// How many migrations are remembered.
    private static let most = 50

    private struct Contents: Codable {
        var version: Int
        var runs: [MigrationRecord]
    }

    private let file: WorkFile<Contents>
    private let runs: [MigrationRecord]

    /// - Parameter folder: the outbox.
    init(folder: String) {
        file = WorkFile("migrations.json", in: folder)
        runs = file.read().flatMap { $0.version == Self.version ? $0.runs : nil } ?? []
    }

    /// The last run of the same migration; else the last one that read an export of the same name.
    func last(before now: MigrationRecord) -> MigrationRecord? {
        let names = Set(now.exports.map(\.name))
        return runs.last { $0.isSameMigration(as: now) }
            ?? runs.last { run in run.exports.contains { names.contains($0.name) } }
    }

    /// The runs that meet a condition, the last one last.
    func asked(_ condition: (MigrationRecord) -> Bool) -> [MigrationRecord] { runs.filter(condition) }

    /// Keeps a run in the place of the last one of the same migration.
    func keep(_ run: MigrationRecord) throws(OutputProblem) {
        let all = runs.filter { !$0.isSameMigration(as: run) } + [run]
        try file.write(Contents(version: Self.version, runs: all.suffix(Self.most)))
    }
}

extension MigrationChanges {
    /// What is different since a run.
    ///
    /// - Parameters:
    ///   - changes: by course, of all schools.
    ///   - file: the files of a reading day, relative to the outbox.
    init?(
        since last: MigrationRecord, _ now: MigrationRecord, _ changes: [CourseChange: Int], file: (Day) -> [String]
    ) {
        guard let day = Day(iso: last.day) else { return nil }
        var exports = now.exports.map { export in
            guard
                let before = last.exports.first(where: { $0.sha256 == export.sha256 })
                    ?? last.exports.first(where: { $0.name == export.name })
            else { return Export(name: export.name, state: .added, rowsBefore: nil, rowsNow: export.rows) }
            return Export(
                name: export.name, state: before.sha256 == export.sha256 ? .same : .changed, rowsBefore: before.rows,
                rowsNow: export.rows)
        }
        let missing = last.missing(in: now.exports)
        exports += missing.map { Export(name: $0.name, state: .missing, rowsBefore: $0.rows, rowsNow: nil) }
        for (change, count) in changes {
            let index = change.input ?? exports.firstIndex { $0.state == .changed }
            guard let index, exports.indices.contains(index), exports[index].state != .same else { continue }
            exports[index].take(change, count, file)
        }
        for index in exports.indices { exports[index].filesOfThese = Set(exports[index].filesOfThese).sorted() }
        self.init(since: day, exports: exports, options: last.options(unlike: now))
    }
}

extension MigrationChanges.Export {
    fileprivate mutating func take(_ change: CourseChange, _ count: Int, _ file: (Day) -> [String]) {
        switch change.kind {
        case .grade: newGrades += count
        case .otherwise: otherwise += count
        case .new: new += count
        case .gone: gone += count
        }
        guard change.kind == .grade || change.kind == .otherwise, let day = change.file else { return }
        if change.isWithCSN {
            goingAgain += count
            filesOfThese += file(day)
        } else {
            waiting += count
        }
    }
}

extension MigrationRecord {
    /// What this run was asked otherwise than another one. A first day that has passed says nothing any more.
    fileprivate func options(unlike now: MigrationRecord) -> [MigrationChanges.Option] {
        func ahead(_ day: String?) -> String? { day.flatMap { $0 > now.day ? $0 : nil } }
        let all: [(String, String?, String?)] = [
            ("--from", from, now.from), ("--to", to, now.to), ("--by", by, now.by),
            ("--first-day", ahead(firstDay), ahead(now.firstDay)),
        ]
        return all.filter { $0.1 != $0.2 }.map { MigrationChanges.Option(name: $0.0, before: $0.1, now: $0.2) }
    }
}
