import CSN
import CSNRules
import DeliveryLedger
import Dispatch
import Exports
import Findings
import Foundation
import Glibc
import Normalizing
import Reports
import Synchronization
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
    private(set) var schools: [(skolkod: Skolkod, school: NightlySchool)] = []
    private(set) var commitment: NightlyCommit?
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

    private struct State {
        var next = 0
        var done: [(skolkod: Skolkod, school: NightlySchool)] = []
        var failure: RunFailure?

        /// The next school's number; nil when there is none left or the run has failed.
        mutating func take(of total: Int) -> Int? {
            guard next < total, failure == nil else { return nil }
            defer { next += 1 }
            return next
        }
    }

    /// The schools of the exports and those of which CSN has something.
    private func allSchools() throws(RunFailure) -> [Skolkod] {
        var all = Set(rows.keys.compactMap { Skolkod(Int($0)) })
        for input in inputs { all.formUnion(input.schools.compactMap { Skolkod(Int($0)) }) }
        do throws(LedgerProblem) { all.formUnion(try session.store.schools()) } catch { throw RunFailure(error) }
        return all.sorted()
    }

    private func planning(_ engine: RuleEngine) -> NightlyPlanning {
        let knowledge = setup.knowledge
        let finder = knowledge.courses.sentCodeFinder()
        return NightlyPlanning(
            session: session, layout: setup.layout, engine: engine, today: session.now.day,
            schoolless: SchoollessRows((rows[0] ?? []).flatMap(\.self)), last: last, readingDays: setup.readingDays,
            systems: systems, isFull: request.isFull, incomplete: incomplete,
            course: { code, school in finder(code, school.number) },
            number: { id, school in knowledge.number(of: StudentID(system: id.system, text: id.text), at: school) },
            id: { number in knowledge.studentID(of: number).map { ExportID(system: $0.system, text: $0.text) } })
    }

    private var incomplete: Set<Skolkod> {
        Set(setup.request.settings.configuration.schools.filter { !$0.isComplete }.map(\.skolkod))
    }

    /// Judges each school, plans its files and writes those that are new as drafts, several schools at a time.
    mutating func judge(_ progress: any ProgressSink) throws(RunFailure) {
        progress.begin(Text(sv: "Kontrollerar och skriver", en: "Checking and writing"))
        let engine = setup.engine(columns: exports.map(\.match.binding))
        let planning = planning(engine)
        judgeSchoolless(engine)
        let writing = FileWriting(
            folder: session.folder, layout: setup.layout,
            checking: setup.engine(columns: [], purpose: .check, asksRefusalsOnly: true),
            find: setup.knowledge.courses.table.finder(), lowered: setup.loweredRules)
        let all = try allSchools()
        let inputsOf = all.map { school in
            Set(inputs.indices.filter { inputs[$0].schools.contains(school.number) })
        }
        let folder = session.folder
        let work = Mutex(rows)
        rows = [:]
        let state = Mutex(State())
        DispatchQueue.concurrentPerform(
            iterations: min(max(1, setup.request.settings.jobs), max(1, all.count))
        ) { _ in
            do throws(RunFailure) {
                let tools = try writing.makeTools()
                while let number = state.withLock({ $0.take(of: all.count) }) {
                    let taken = work.withLock { $0.removeValue(forKey: all[number].number) } ?? []
                    var school = try planning.run(taken.flatMap(\.self), of: all[number], inputs: inputsOf[number])
                    try NightlyRun.write(&school, of: all[number], folder, writing, tools)
                    let result = (all[number], school)
                    state.withLock { $0.done.append(result) }
                    progress.advance(bytes: number + 1, of: all.count, rows: 0)
                }
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
            }
        }
        let (done, failure) = state.withLock { ($0.done, $0.failure) }
        schools = done.sorted { $0.skolkod < $1.skolkod }
        for (_, school) in schools { account.take(school.converted) }
        if let failure { throw failure }
    }

    /// Rows whose school could not be told: held, and said.
    private mutating func judgeSchoolless(_ engine: RuleEngine) {
        guard let schoolless = rows.removeValue(forKey: 0) else { return }
        let conversion = SchoolConversion(
            engine: engine, today: session.now.day, firstReading: session.now.day, readingDays: setup.readingDays,
            schoolless: SchoollessRows([]), last: last)
        account.take(conversion.judge(schoolless.flatMap(\.self), skolkod: 0).finished)
    }

    /// Writes the files that the outbox does not have.
    private static func write(
        _ school: inout NightlySchool, of skolkod: Skolkod, _ folder: OutputFolder, _ writing: FileWriting,
        _ tools: FileWriting.Tools
    ) throws(RunFailure) {
        for index in school.files.indices {
            let file = school.files[index]
            if let existing = file.existing {
                let lies: String?
                do throws(OutputProblem) { lies = try folder.sha256(of: existing.facts.name) } catch {
                    throw RunFailure(error)
                }
                if lies == existing.facts.sha256 { continue }
            }
            school.files[index].written = try writing.write(file.content, of: skolkod, with: tools)
        }
    }

    // MARK: - From here on it has happened

    /// Writes all of it to the ledger, in one step.
    mutating func commit() throws(RunFailure) {
        leaveOccupied()
        var complete: [Skolkod: Set<String>] = [:]
        for (skolkod, _) in schools where !incomplete.contains(skolkod) {
            complete[skolkod] = Set(
                inputs.indices.filter { inputs[$0].schools.contains(skolkod.number) }.map { systems[$0] })
        }
        var commit = try NightlyCommit(session: session, systems: systems, completeSystems: complete)
        for input in inputs + superseded { commit.take(input) }
        for (skolkod, school) in schools { commit.take(school, skolkod) }
        try session.commit(commit.changes)
        commitment = commit
    }

    /// A file in the outbox that somebody has changed, or put there, is not csnfil's to replace: the school is left as
    /// it is, and the others go on.
    private mutating func leaveOccupied() {
        for index in schools.indices {
            let planned = schools[index].school.files.compactMap(\.written?.draft.planned)
            guard let occupied = try? session.folder.occupied(planned, for: .nightly), !occupied.isEmpty else {
                continue
            }
            for file in schools[index].school.files { if let written = file.written { unlink(written.draft.path) } }
            account.isIncomplete = true
            account.notices += occupied.map(\.text)
            schools.remove(at: index)
            return leaveOccupied()
        }
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
    private mutating func orLeaveUndone(_ body: (inout NightlyRun) throws(RunFailure) -> Void) {
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
