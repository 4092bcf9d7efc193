import CMalloc
import CSN
import CSNRules
import Dispatch
import Exports
import Findings
import Foundation
import Normalizing
import Reports
import Synchronization
import Uploads

/// One conversion on its way: what has been read, judged and written so far.
struct ConversionRun {
    let setup: ConvertSetup
    let folder: OutputFolder
    let exports: [OpenedExport]
    let started: Date
    private(set) var account = RunAccount()

    private let engine: RuleEngine
    private let store: RowStore
    private var rowCounts: [Int]
    private var written: [FileWriting.Written] = []
    private let last: LastConversion

    init(
        setup: ConvertSetup, folder: OutputFolder, exports: [OpenedExport], started: Date, notices: [Text]
    ) {
        account.notices = notices
        self.setup = setup
        self.folder = folder
        self.exports = exports
        self.started = started
        engine = setup.engine(of: exports)
        store = RowStore(in: folder.path + "/.work")
        last = LastConversion(folder: folder.path)
        rowCounts = exports.map { _ in 0 }
    }

    // MARK: - Reading

    /// Reads all exports, one after the other, each in parallel.
    mutating func readRows(_ progress: any ProgressSink) throws(RunFailure) {
        progress.begin(Text(sv: "Läser", en: "Reading"))
        var reading = ExportReading(setup: setup, exports: exports, engine: engine)
        for number in exports.indices { try reading.take(number, rowsInto: store, progress) }
        reading.sayWaitingCodes()
        rowCounts = reading.rowCounts
        account.take(reading)
    }

    // MARK: - Judging and writing

    fileprivate struct SchoolState {
        var next = 0
        var done: [(school: ConvertedSchool, written: [FileWriting.Written])] = []
        /// The run's, in no order: all in one list, for a list of each school beside it was a third of what 350,000
        /// findings took.
        var findings: FindingList
        var failure: RunFailure?
    }

    /// Judges and plans each school and writes its files as drafts, several schools at a time.
    mutating func convertSchools(_ progress: any ProgressSink) throws(RunFailure) {
        progress.begin(Text(sv: "Kontrollerar och skriver", en: "Checking and writing"))
        let schools = store.skolkoder
        let schoolless: [Candidate]
        do throws(RowsLost) { schoolless = try store.take(0) } catch { throw RunFailure(error, in: folder) }
        let today = setup.request.settings.now.day
        let conversion = SchoolConversion(
            engine: engine, today: today,
            firstReading: setup.readingDays.reading(atOrAfter: setup.request.settings.now),
            readingDays: setup.readingDays,
            schoolless: SchoollessRows(schoolless), last: last)
        var draftWriting = FileWriting(folder, setup)
        draftWriting.flushesBeside = true
        let writing = draftWriting
        let (store, folder) = (store, folder)
        let state = Mutex(SchoolState(findings: account.findings))
        account.findings = FindingList()
        let total = schools.count
        DispatchQueue.concurrentPerform(iterations: min(max(1, setup.request.settings.jobs), max(1, total))) { _ in
            let tools: FileWriting.Tools
            do throws(RunFailure) { tools = try writing.makeTools() } catch {
                state.withLock { $0.failure = $0.failure ?? error }
                return
            }
            while let number = state.withLock({ $0.take(of: total) }) {
                let skolkod = schools[number]
                let rows: [Candidate]
                do throws(RowsLost) { rows = skolkod == 0 ? schoolless : try store.take(skolkod) } catch {
                    state.withLock { $0.failure = $0.failure ?? RunFailure(error, in: folder) }
                    return
                }
                let school = conversion.run(rows, skolkod: skolkod)
                var lean = school
                lean.files = []
                lean.findings = FindingList()
                var written: [FileWriting.Written] = []
                do throws(RunFailure) {
                    if let code = Skolkod(Int(skolkod)) {
                        for file in school.files { written.append(try writing.write(file, of: code, with: tools)) }
                    }
                    let result = (lean, written)
                    state.withLock {
                        $0.done.append(result)
                        $0.findings.add(school.findings)
                    }
                } catch {
                    // The school's earlier files are nobody's any more.
                    for file in written { unlink(file.draft.path) }
                    state.withLock { $0.failure = $0.failure ?? error }
                }
                progress.advance(bytes: number + 1, of: total, rows: 0)
            }
        }
        let (done, failure) = state.withLock { state in
            swap(&account.findings, &state.findings)
            return (state.done, state.failure)
        }
        for (school, files) in done.sorted(by: { $0.school.skolkod < $1.school.skolkod }) { take(school, files) }
        if let failure {
            for file in written { unlink(file.draft.path) }
            throw failure
        }
        // What rows and records have left in the allocator's many arenas goes back to the system, before the report's
        // large blocks come on top of it: 25 MB for 350,000 findings.
        malloc_trim(0)
    }

    private mutating func take(_ school: ConvertedSchool, _ files: [FileWriting.Written]) {
        account.take(school)
        if files.isEmpty, school.skolkod != 0, school.held.records > 0 {
            account.notices.append(
                Text(
                    sv: "Skola \(school.skolkod) får ingen fil: alla dess poster hålls tillbaka.",
                    en: "School \(school.skolkod) gets no file: all of its records are held back."))
        }
        written += files
    }

    /// Gives all drafts their names, unless one of the places is taken by somebody else.
    mutating func placeFiles() throws(RunFailure) {
        do throws(OutputProblem) {
            try folder.requireFree(written.map(\.draft.planned), for: .convert)
            try folder.place(written.map(\.draft), for: .convert)
        } catch {
            for file in written { unlink(file.draft.path) }
            throw RunFailure(error)
        }
        account.sayNothingStarted()
        sayOlderFiles()
        account.sayOmitted(exports, after: last)
        do throws(OutputProblem) { try last.keep(account.students) } catch { throw RunFailure(error) }
        if written.isEmpty { account.findings.addFileEmpty() }
    }

    /// Files of earlier conversions for readings that this run does not write anew.
    private mutating func sayOlderFiles() {
        let now = Set(written.map(\.draft.planned.file))
        let schools = Set(written.map(\.draft.planned.skolkod))
        for old in folder.allReservations where old.owner == .convert && schools.contains(old.skolkod) {
            guard !now.contains(old.file), FileManager.default.fileExists(atPath: "\(folder.path)/\(old.file)") else {
                continue
            }
            account.notices.append(
                Text(
                    sv:
                        "\(old.file) ligger kvar från en tidigare körning och ingår inte i den här. Ta bort den om den inte ska laddas upp.",
                    en:
                        "\(old.file) is left from an earlier run and is not part of this one. Remove it unless it is to be uploaded."
                ))
        }
    }

    // MARK: - Report

    /// What the run has to say.
    func report() -> RunReport {
        let clock = StockholmClock()
        let settings = setup.request.settings
        var report = RunReport(
            purpose: .convert, program: .csnfil,
            run: RunReport.Run(
                id: UUID().uuidString.lowercased(), started: clock?.timestamp(of: started) ?? "",
                finished: clock?.timestamp(of: Date()) ?? "", today: settings.now.day),
            inputs: exports.map { $0.report(rows: rowCounts[Int($0.number)]) }, courses: setup.knowledge.courses.table)
        report.files = written.map { $0.report(setup.readingDays) }
            .sorted { ($0.readingDay, $0.skolkod) < ($1.readingDay, $1.skolkod) }
        account.fill(&report)
        let exports = exports
        report.characterColumn = { finding in
            guard exports.indices.contains(Int(finding.place.input)), finding.place.column != .max else { return nil }
            let row = InputSurvey.LineStart(offset: Int(finding.place.offset), line: Int(finding.place.line))
            let export = exports[Int(finding.place.input)]
            guard case .delimited(let input) = export.input else { return nil }
            return input.place(ofColumn: Int(finding.place.column), inRowAt: row, of: export.match.rowForm)?.column
        }
        report.layoutTitle = setup.layout.title
        report.outPath = setup.request.out
        report.reportPath = settings.reportPath ?? setup.request.out + "/report"
        return report
    }
}

extension RunFailure {
    /// Rows that were put away cannot be read again.
    fileprivate init(_ lost: RowsLost, in folder: OutputFolder) {
        let reason = String(cString: strerror(lost.code))
        self.init(
            .inputOutput, at: folder.path + "/.work",
            Text(
                sv:
                    "Rader som väntade på sin skola går inte att läsa tillbaka (\(reason)). Kontrollera disken och kör igen.",
                en: "Rows that waited for their school cannot be read back (\(reason)). Check the disk and run again."))
    }
}

extension ConversionRun.SchoolState {
    /// The next school's number; nil when there is none left or the run has failed.
    fileprivate mutating func take(of total: Int) -> Int? {
        guard next < total, failure == nil else { return nil }
        defer { next += 1 }
        return next
    }
}

extension FindingList {
    /// How many faults of the program itself were found.
    var internalFaults: Int {
        let number = Catalogue.shared.number(of: "internal-fault")
        return findings.count { $0.rule == number }
    }

    /// Says that there was nothing to report.
    fileprivate mutating func addFileEmpty() {
        guard let number = Catalogue.shared.number(of: "file-empty") else { return }
        add(Finding(rule: number, level: .info, action: .none, place: Place()), [])
    }
}

extension FileWriting.Written {
    /// What the report says of the file.
    func report(_ readingDays: ReadingDays) -> RunReport.OutputFile {
        RunReport.OutputFile(
            path: draft.planned.file, skolkod: draft.planned.skolkod, readingDay: draft.planned.readingDay,
            records: facts.records, students: facts.students, firstDate: dates.first,
            lastDate: dates.last, bytes: draft.contents.size, sha256: draft.contents.sha256,
            window: readingDays.uploadWindow(of: draft.planned.readingDay))
    }
}
