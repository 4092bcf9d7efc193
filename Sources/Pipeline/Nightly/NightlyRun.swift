import CSN
import CSNRules
import DeliveryLedger
import Exports
import Findings
import Foundation
import Normalizing
import Reports
import Uploads

/// One nightly run on its way.
struct NightlyRun {
    let request: NightlyRequest
    let setup: ConvertSetup
    let session: LedgerSession
    let archive: InputArchive
    let clock: StockholmClock
    let started: Date
    let id = UUID().uuidString.lowercased()

    private(set) var inputs: [NightlyReading.Input] = []
    private(set) var superseded: [NightlyReading.Input] = []
    private(set) var exports: [OpenedExport] = []
    private(set) var rowCounts: [Int] = []
    private var rows: [UInt16: [[Candidate]]] = [:]
    var account = RunAccount()
    private(set) var schools: [(skolkod: Skolkod, school: QueuedSchool)] = []
    private(set) var commitment: QueueCommit?
    private(set) var undone: [RunReport.Undone] = []
    let last: LastConversion

    init(
        request: NightlyRequest, setup: ConvertSetup, session: LedgerSession, archive: InputArchive,
        clock: StockholmClock, started: Date
    ) {
        self.request = request
        self.setup = setup
        self.session = session
        self.archive = archive
        self.clock = clock
        self.started = started
        last = LastConversion(folder: session.folder.path)
        account.notices = setup.request.settings.configuration.notices
    }

    private var systems: [String] { exports.map(\.match.profile.system) }

    // MARK: - Reading

    /// Reads what counts.
    mutating func read(_ inbox: Inbox, _ progress: any ProgressSink) throws(RunFailure) {
        progress.begin(Text(sv: "Läser", en: "Reading"))
        var reading = NightlyReading(
            setup: setup, session: session, archive: archive, clock: clock, log: request.log)
        try reading.run(inbox, progress)
        (inputs, superseded) = (reading.inputs, reading.superseded)
        exports = reading.reading.exports
        rowCounts = reading.reading.rowCounts
        rows = reading.reading.rows
        account.take(reading.reading)
        account.notices += reading.notices
        account.isIncomplete = reading.isIncomplete
    }

    // MARK: - Judging and writing

    /// The schools of the exports and those of which CSN has something.
    private func allSchools() throws(RunFailure) -> [Skolkod] {
        var all = Set(rows.keys.compactMap { Skolkod(Int($0)) })
        for input in inputs { all.formUnion(input.schools.compactMap { Skolkod(Int($0)) }) }
        do throws(LedgerProblem) { all.formUnion(try session.store.schools()) } catch { throw RunFailure(error) }
        return all.sorted()
    }

    private func planning(_ engine: RuleEngine) -> QueuePlanning {
        QueuePlanning(
            setup, exports, engine: engine, knowledge: QueueKnowledge(session),
            schoolless: (rows[0] ?? []).flatMap(\.self), last: last, isFull: request.isFull, incomplete: incomplete)
    }

    private var incomplete: Set<Skolkod> {
        Set(setup.request.settings.configuration.schools.filter { !$0.isComplete }.map(\.skolkod))
    }

    /// Where drafts are written.
    private var target: QueueWork.Target { QueueWork.Target(session, setup) }

    /// Judges each school, plans its files and writes those that are new as drafts.
    mutating func judge(_ progress: any ProgressSink) throws(RunFailure) {
        let engine = setup.engine(of: exports)
        let work = QueueWork(planning: planning(engine), target: target, jobs: setup.request.settings.jobs)
        if let schoolless = rows.removeValue(forKey: 0) {
            account.take(work.planning.judgeSchoolless(schoolless.flatMap(\.self)).finished)
        }
        let all = try allSchools()
        let inputsOf = all.map { school in
            Set(inputs.indices.filter { inputs[$0].schools.contains(school.number) })
        }
        let taken = rows
        rows = [:]
        let result = work.run(all, rows: taken, inputs: inputsOf, progress)
        schools = result.schools
        for (_, school) in schools { account.take(school.converted) }
        if let failure = result.failure { throw failure }
    }

    // MARK: - From here on it has happened

    /// Writes all of it to the ledger, in one step.
    mutating func commit() throws(RunFailure) {
        let occupied = target.leaveOccupied(&schools, for: .nightly)
        account.isIncomplete = account.isIncomplete || !occupied.isEmpty
        account.notices += occupied.map(\.text)
        var commit = try QueueCommit(session: session, maker: .nightly, systems: systems)
        for input in inputs + superseded where input.file != nil { commit.take(input.taken) }
        for (skolkod, school) in schools { commit.take(school, skolkod) }
        try session.commit(commit.changes)
        commitment = commit
    }

    /// Gives the files their names and takes out of the outbox what does not wait any more.
    mutating func place() throws(RunFailure) {
        let drafts = schools.flatMap { $0.school.files.compactMap { $0.written?.draft } }
        do throws(OutputProblem) { try session.folder.place(drafts, for: .nightly) } catch { throw RunFailure(error) }
        try session.clear()
    }

    // MARK: - What a person can do without

    /// Does what comes after the files are in their places: what fails in it is said, and does not keep the person who
    /// uploads from knowing which file it is. The next run does it again.
    mutating func orLeaveUndone(_ body: (inout NightlyRun) throws(RunFailure) -> Void) {
        do throws(RunFailure) { try body(&self) } catch {
            undone += error.problems.map { RunReport.Undone(place: $0.place, $0.text) }
        }
    }

    /// Moves what was read, and what was not worth reading, out of the inbox.
    mutating func archiveInputs() {
        var count = 0
        for input in inputs + superseded {
            guard let file = input.file else { continue }
            guard file.isUnchanged else {
                account.notices.append(
                    Text(
                        sv: "\(file.name) har ändrats sedan den lästes och ligger kvar till nästa körning.",
                        en: "\(file.name) was changed since it was read and stays for the next run."))
                continue
            }
            let before = undone.count
            orLeaveUndone { run throws(RunFailure) in
                do throws(OutputProblem) { try run.archive.take(file, as: input.taken.archived) } catch {
                    throw RunFailure(error)
                }
            }
            if undone.count == before { count += 1 }
        }
        if count > 0 { request.log.record(.archived(inputs: count)) }
    }

    // MARK: - The end

    /// Says what is to be said, lets go of what is old, and keeps a copy of the ledger.
    mutating func finish() -> RunReport {
        sayWhatHappened()
        orLeaveUndone { run throws(RunFailure) in
            do throws(OutputProblem) { try run.last.keep(run.account.students) } catch { throw RunFailure(error) }
        }
        let status = makeReport().exitStatus
        orLeaveUndone { run throws(RunFailure) in
            var changes = LedgerChanges(at: run.session.now)
            changes.run = LedgerRun(
                id: run.id, started: run.clock.timestamp(of: run.started), finished: run.clock.timestamp(of: Date()),
                now: run.session.now, status: status.rawValue)
            try run.session.commit(changes)
        }
        orLeaveUndone { run throws(RunFailure) in try run.letGo() }
        var numbers: NightlyNumbers?
        orLeaveUndone { run throws(RunFailure) in
            do throws(LedgerProblem) { numbers = try run.numbers() } catch { throw RunFailure(error) }
        }
        var report = makeReport()
        report.nightly = numbers
        return report
    }

    /// Removes what is older than it is to be kept, and copies the ledger.
    private func letGo() throws(RunFailure) {
        let configuration = setup.request.settings.configuration
        let days = configuration.retentionDays
        let gone: [String]
        do throws(LedgerProblem) { gone = try session.store.oldInputs(olderThan: days, at: session.now) } catch {
            throw RunFailure(error)
        }
        // The files first: a run that is killed here leaves none of which the ledger knows nothing any more.
        do throws(OutputProblem) { try archive.remove(gone) } catch { throw RunFailure(error) }
        do throws(LedgerProblem) {
            _ = try session.store.purge(olderThan: days, at: session.now)
            if let ledger = configuration.ledger { try session.store.writeCopy(to: ledger + ".copy") }
        } catch {
            throw RunFailure(error)
        }
        if !gone.isEmpty { request.log.record(.purged(inputs: gone.count)) }
    }
}
