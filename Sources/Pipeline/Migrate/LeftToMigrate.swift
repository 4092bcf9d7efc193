import CSN
import DeliveryLedger
import Reports

/// What only `migrate` brings, of files that were refused or withdrawn.
///
/// Somebody may have withdrawn a file because it was wrong, and have run the migration again with other exports since:
/// what that run was about and did not plan again is not to be sent, and nothing is said of it.
struct LeftToMigrate {
    let store: any DeliveryStore
    let migrations: LastMigrations
    let show: FileShowing

    /// - Parameter outbox: where the last migrations are kept.
    init(_ store: any DeliveryStore, outbox: String, show: FileShowing) {
        self.store = store
        migrations = LastMigrations(folder: outbox)
        self.show = show
    }

    /// By file, in their order.
    ///
    /// - Parameter since: only files that were refused or withdrawn on that day or later.
    func files(of school: Skolkod, since: Day) throws(RunFailure) -> [MigrateAgain] {
        let left: [TakenBackRecord]
        do throws(LedgerProblem) { left = try store.leftToMigrations(of: school, since: since) } catch {
            throw RunFailure(error)
        }
        let files = Dictionary(grouping: left, by: \.file.id).values.compactMap { records in
            records.first.map { (file: $0.file, records: records) }
        }
        return files.sorted { $0.file.id < $1.file.id }.compactMap { file, records in
            // A study period is chosen whole, by any of its courses.
            let chose = records.map { record in
                migrations.asked { asked in
                    records.contains { $0.student == record.student && asked.chose($0.record.content, at: school) }
                }
            }
            let waiting = zip(records, chose).filter { _, chose in
                !chose.contains { $0.isRun(after: file) }
            }
            guard !waiting.isEmpty else { return nil }
            return MigrateAgain(
                file: show(file), records: waiting.count, students: Set(waiting.map(\.0.student)).count,
                asked: asked(waiting.map(\.1)))
        }
    }

    /// The one that chose all of it, the last of several; else all that chose some.
    private func asked(_ chose: [[MigrationRecord]]) -> [MigrateAgain.Asked] {
        var all: [MigrationRecord] = []
        for record in chose.joined() where !all.contains(record) { all.append(record) }
        let whole = all.filter { one in chose.allSatisfy { $0.contains(one) } }
        return (whole.last.map { [$0] } ?? all).compactMap(\.asked)
    }
}

extension MigrationRecord {
    fileprivate var asked: MigrateAgain.Asked? {
        guard let first = Day(iso: from), let last = Day(iso: to), first <= last, let run = Day(iso: day),
            let basis = MigrationBasis(rawValue: by)
        else { return nil }
        return MigrateAgain.Asked(days: first...last, basis: basis, last: run)
    }

    /// Whether the days chose a study period for this record, or would have.
    fileprivate func chose(_ content: RecordContent, at school: Skolkod) -> Bool {
        guard let asked, schools.map({ $0.contains(Int(school.number)) }) ?? true else { return false }
        return UnitSelection(asked.basis, asked.days).holds(content)
    }

    /// Whether it was run since the file was refused or withdrawn.
    fileprivate func isRun(after file: DeliveredFile) -> Bool {
        guard schools != nil, let time = time.flatMap({ Moment($0) }), let closed = file.closed else { return false }
        return closed <= time
    }
}
