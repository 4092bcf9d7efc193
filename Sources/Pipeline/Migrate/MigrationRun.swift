import CSN
import CSNRules
import DeliveryLedger
import Findings
import Foundation
import Normalizing
import Reports
import Uploads

/// One migration on its way.
struct MigrationRun {
    let request: MigrateRequest
    let setup: ConvertSetup
    let knowledge: QueueKnowledge
    /// The ledger and the outbox; nil for a rehearsal.
    let session: LedgerSession?
    let exports: [OpenedExport]
    let clock: StockholmClock
    let started: Date
    let id = UUID().uuidString.lowercased()

    private var rows: [UInt16: [[Candidate]]] = [:]
    private var rowCounts: [Int] = []
    private var account = RunAccount()
    private var reconciling = Reconciling()
    private(set) var schools: [(skolkod: Skolkod, school: QueuedSchool)] = []
    /// The first and the last day of the exports that could have chosen.
    private(set) var exportDays: ClosedRange<Day>?
    private var commitment: QueueCommit?
    private let migrations: LastMigrations
    /// The run that this one goes on with.
    private var last: MigrationRecord?

    init(
        request: MigrateRequest, setup: ConvertSetup, knowledge: QueueKnowledge, session: LedgerSession?,
        exports: [OpenedExport], clock: StockholmClock, started: Date, notices: [Text]
    ) {
        self.request = request
        self.setup = setup
        self.knowledge = knowledge
        self.session = session
        self.exports = exports
        self.clock = clock
        self.started = started
        account.notices = notices
        migrations = LastMigrations(
            folder: session?.folder.path ?? request.settings.configuration.outbox ?? "")
    }

    /// Reads all exports: each of them counts.
    mutating func read(_ progress: any ProgressSink) throws(RunFailure) {
        progress.begin(Text(sv: "Läser", en: "Reading"))
        var reading = ExportReading(
            setup: setup, exports: exports, engine: setup.engine(of: exports))
        for number in exports.indices { reading.take(try reading.read(number, progress), of: number) }
        reading.sayWaitingCodes()
        rowCounts = reading.rowCounts
        rows = reading.rows
        exportDays = request.basis.days(in: rows.values.joined().joined())
        account.take(reading)
        reconciling.rowsLeftOut = reading.fates.ignored
        last = migrations.last(before: record)
    }

    /// What this run was asked and read.
    private var record: MigrationRecord {
        MigrationRecord(
            day: knowledge.now.day.description, from: request.days.lowerBound.description,
            to: request.days.upperBound.description, by: request.basis.rawValue,
            firstDay: request.firstDay?.description, isAgain: request.isAgain,
            exports: exports.map { export in
                MigrationRecord.Export(
                    name: URL(filePath: export.input.source.path).lastPathComponent, sha256: export.sha256,
                    system: export.match.profile.system, rows: rowCounts[Int(export.number)])
            }, time: knowledge.now.description, schools: schools.map { Int($0.skolkod.number) })
    }

    // MARK: - Judging and writing

    private var systems: [String] { exports.map(\.match.profile.system) }

    private func planning(_ engine: RuleEngine) -> QueuePlanning {
        // No export of a migration holds everybody of today: whoever is missing in it has not left.
        var planning = QueuePlanning(
            setup, exports, engine: engine, knowledge: knowledge, schoolless: (rows[0] ?? []).flatMap(\.self),
            last: LastConversion(folder: ""), isFull: request.isAgain,
            incomplete: Set(rows.keys.compactMap { Skolkod(Int($0)) }))
        planning.selection = request.selection
        planning.firstDay = request.firstDay
        planning.comparison = comparison
        return planning
    }

    private var comparison: ExportComparison? {
        last.map { last in
            ExportComparison(
                missesReported: last.isSameMigration(as: record) && last.missing(in: record.exports).isEmpty)
        }
    }

    private var target: QueueWork.Target? { session.map { QueueWork.Target($0, setup) } }

    /// Judges each school, plans its files and writes those that are new as drafts.
    mutating func judge(_ progress: any ProgressSink) throws(RunFailure) {
        let engine = setup.engine(of: exports)
        let work = QueueWork(planning: planning(engine), target: target, jobs: setup.request.settings.jobs)
        if let schoolless = rows.removeValue(forKey: 0) {
            let judgement = work.planning.judgeSchoolless(schoolless.flatMap(\.self))
            let judged = JudgedRows(judgement, .all) { _, _ in .held }
            reconciling.takeSchoolless(ReconciledSchool(schoolless.flatMap(\.self), judged))
            account.take(judgement.finished)
        }
        let all = rows.keys.compactMap { Skolkod(Int($0)) }.sorted()
        let taken = rows
        rows = [:]
        let result = work.run(all, rows: taken, inputs: all.map { _ in [] }, progress)
        schools = result.schools
        for (skolkod, school) in schools {
            account.take(school.converted)
            reconciling.take(school, skolkod)
        }
        if let failure = result.failure { throw failure }
    }

    /// Writes all of it to the ledger in one step, and gives the files their names.
    mutating func commit() throws(RunFailure) {
        guard let session, let target else { return }
        let occupied = target.leaveOccupied(&schools, for: .migrate)
        account.isIncomplete = !occupied.isEmpty
        let unplaced = reconciling.holdBackAll(but: Set(schools.map(\.skolkod)))
        account.fates.sent -= unplaced
        account.fates.held += unplaced
        account.notices += occupied.map(\.text)
        var commit = try QueueCommit(session: session, maker: .migrate, systems: systems)
        for (skolkod, school) in schools { commit.take(school, skolkod) }
        try session.commit(commit.changes)
        commitment = commit
        account.notices += commit.notices
        do throws(OutputProblem) {
            try session.folder.place(
                schools.flatMap { $0.school.files.compactMap { $0.written?.draft } }, for: .migrate)
        } catch {
            throw RunFailure(error)
        }
        try session.clear()
        do throws(OutputProblem) { try migrations.keep(record) } catch { throw RunFailure(error) }
    }

    // MARK: - The report

    /// What the run has to say.
    func report() -> RunReport {
        let settings = setup.request.settings
        let plan = plan()
        var report = RunReport(
            purpose: .convert, program: .csnfil,
            run: RunReport.Run(
                id: id, started: clock.timestamp(of: started), finished: clock.timestamp(of: Date()),
                today: knowledge.now.day),
            inputs: exports.map { $0.report(rows: rowCounts[Int($0.number)]) },
            courses: setup.knowledge.courses.table)
        account.fill(&report)
        report.notices += plan.changes?.notices ?? []
        if let again = sayAgain() { report.notices.append(again) }
        report.isIncomplete = account.isIncomplete
        if session != nil {
            report.files = schools.flatMap { $0.school.files.compactMap { $0.report(setup.readingDays) } }
                .sorted { ($0.readingDay, $0.skolkod) < ($1.readingDay, $1.skolkod) }
        }
        report.migration = plan
        report.reconciliation = reconciling.made(for: report)
        report.layoutTitle = setup.layout.title
        report.outPath = session?.folder.path ?? ""
        report.reportPath = settings.reportPath
        report.studentNames = commitment?.studentNumbers.mapValues { "\($0.number)" }
        return report
    }

    /// What is different since the last run of this migration; nil when there was none.
    func changes(_ files: [MigrationPlan.File]) -> MigrationChanges? {
        guard let last else { return nil }
        var changes: [CourseChange: Int] = [:]
        for (_, school) in schools { changes.merge(school.changes, uniquingKeysWith: +) }
        return MigrationChanges(since: last, record, changes) { day in
            files.filter { $0.isAhead && $0.readingDay == day }.map(\.path)
        }
    }

    /// All goes again once: whoever goes on with `--again` sends once more what CSN has got since.
    private func sayAgain() -> Text? {
        guard request.isAgain, let last, last.isAgain, last.isSameMigration(as: record) else { return nil }
        return Text(
            sv: """
                Flytten kördes med --again också \(last.day): nu går allt igen en gång till, även det som CSN har läst \
                sedan dess. Kör utan --again för att fortsätta där den står.
                """,
            en: """
                The migration was run with --again on \(last.day) too: now all goes once more, also what CSN has read \
                since. Run without --again to go on where it stands.
                """)
    }
}
