import CSN
import CSNRules
import Exports
import Findings
import Normalizing
import Reports
import Synchronization

/// The rows of a run's exports, read one export after the other, with what was found on the way.
struct ExportReading {
    let setup: ConvertSetup
    private(set) var exports: [OpenedExport]
    private(set) var engine: RuleEngine

    /// By skolkod, the rows of the school, a list a slice; under 0 those whose school could not be told.
    private(set) var rows: [UInt16: [[Candidate]]] = [:]
    /// The schools of which there are rows.
    private var schools: Set<UInt16> = []
    /// By export, how many rows it has.
    private(set) var rowCounts: [Int]
    private(set) var findings = FindingList()
    private(set) var notChecked = NotChecked()
    private(set) var fates = RowFates()
    /// The keys of students with protected identity.
    private(set) var protected: Set<UInt64> = []
    private(set) var notices: [Text] = []
    private var leftOut: [[LeftOutRows: Int]]
    private var headings: [HeadingRows]

    init(setup: ConvertSetup, exports: [OpenedExport], engine: RuleEngine) {
        self.setup = setup
        self.exports = exports
        self.engine = engine
        rowCounts = exports.map { _ in 0 }
        leftOut = exports.map { _ in [:] }
        headings = exports.map { _ in HeadingRows() }
    }

    /// Adds an export; its number must be the next one.
    mutating func add(_ export: OpenedExport) {
        exports.append(export)
        rowCounts.append(0)
        leftOut.append([:])
        headings.append(HeadingRows())
    }

    /// Judges with an engine that knows the columns of all exports so far.
    mutating func use(_ engine: RuleEngine) { self.engine = engine }

    /// The slices of an export, in order.
    func read(_ number: Int, _ progress: any ProgressSink) throws(RunFailure) -> [ConvertedSlice] {
        let slices = Mutex<[ConvertedSlice]>([])
        try read(number, progress) { slice in slices.withLock { $0.append(slice) } }
        return slices.withLock { $0 }
    }

    /// Reads an export and takes what was found; its rows go to a store as they come.
    mutating func take(
        _ number: Int, rowsInto store: RowStore, _ progress: any ProgressSink
    ) throws(RunFailure) {
        let found = Mutex<(slice: ConvertedSlice, schools: Set<UInt16>)>((ConvertedSlice(), []))
        try read(number, progress) { slice in
            store.add(slice.rows)
            found.withLock { found in
                found.slice.add(slice)
                found.schools.formUnion(slice.rows.keys)
            }
        }
        let (slice, schools) = found.withLock { $0 }
        take([slice], of: number)
        self.schools.formUnion(schools)
    }

    /// Reads an export in parallel. A table of persons has no rows of its own: it is read with those that need it.
    private func read(
        _ number: Int, _ progress: any ProgressSink, _ take: @Sendable (ConvertedSlice) -> Void
    ) throws(RunFailure) {
        let export = exports[number]
        guard export.match.profile.records == .courses else { return }
        // Asked only of an export that needs one: there may be a thousand.
        let needsTable = !export.match.profile.personTables.isEmpty
        let tables = needsTable ? exports.filter { $0.match.profile.records == .persons } : []
        let persons = PersonReading(knowledge: setup.knowledge)
        let conversion = RowConversion(
            opened: export, knowledge: setup.knowledge, engine: engine, school: try setup.schools.school(of: export),
            persons: try persons.table(for: export, among: tables), jobs: setup.request.settings.jobs)
        do throws(ExportProblem) { try conversion.run(progress, take) } catch { throw RunFailure(error) }
    }

    /// Takes what was read of an export, and says what is to be said of it as a whole.
    mutating func take(_ slices: [ConvertedSlice], of number: Int) {
        guard exports[number].match.profile.records == .courses else { return }
        for slice in slices { take(slice, of: number) }
        sayUnusedColumns(exports[number])
        sayLeftOutRows(exports[number])
    }

    private mutating func take(_ slice: ConvertedSlice, of export: Int) {
        for (school, candidates) in slice.rows { rows[school, default: []].append(candidates) }
        schools.formUnion(slice.rows.keys)
        findings.add(slice.findings)
        notChecked += slice.notChecked
        rowCounts[export] += slice.rowCount
        fates.ignored += slice.olderRows
        protected.formUnion(slice.protected)
        for (reason, count) in slice.leftOut { leftOut[export][reason, default: 0] += count }
        headings[export].groups += slice.headings.groups
        headings[export].repeated += slice.headings.repeated
    }

    private mutating func sayUnusedColumns(_ export: OpenedExport) {
        let names = export.match.unused.map { export.match.headers[$0] }.filter { !$0.isEmpty }
        guard !names.isEmpty else { return }
        say(
            "unknown-column", of: Int(export.number), line: export.match.headerLine,
            [Parameter("columns", names.joined(separator: ", "))])
    }

    private mutating func sayLeftOutRows(_ export: OpenedExport) {
        for (rows, count) in leftOut[Int(export.number)].sorted(by: { $0.key < $1.key }) {
            fates.ignored += count
            say(
                "row-left-out", of: Int(export.number), column: rows.column, message: rows.isBySchool ? 3 : 0,
                [
                    Parameter("count", String(count)), Parameter("value", rows.value),
                    Parameter("column", export.match.headers[rows.column]),
                    Parameter("reason", export.match.reasonToLeaveOut(rows.value, in: rows.column)),
                ])
        }
        let skipped = headings[Int(export.number)]
        for (message, count) in [(1, skipped.groups), (2, skipped.repeated)] where count > 0 {
            fates.ignored += count
            say(
                "row-left-out", of: Int(export.number), message: message, [Parameter("count", String(count))])
        }
    }

    /// A finding about an export as a whole.
    private mutating func say(
        _ name: RuleName, of export: Int, line: Int = 0, column: Int? = nil, message variant: Int = 0,
        _ parameters: [Parameter]
    ) {
        guard let number = Catalogue.shared.number(of: name), let rule = Catalogue.shared.rule(number) else { return }
        let message = rule.messages[variant]
        var finding = Finding(
            rule: number, level: message.level, action: message.action,
            place: Place(
                input: UInt16(export), line: UInt32(line), column: column.map { UInt16(clamping: $0) } ?? .max))
        finding.variant = UInt8(variant)
        findings.add(finding, parameters)
    }

    /// Codes that a school has taken into its course list without having decided about them.
    mutating func sayWaitingCodes() {
        for (school, waiting) in setup.knowledge.courses.waiting.sorted(by: { $0.key < $1.key })
        where schools.contains(school) {
            let count = waiting.lines.count
            notices.append(
                Text(
                    sv: "\(waiting.path): koder som väntar på en kurskod: \(count). Rader med dem hålls tillbaka.",
                    en: "\(waiting.path): codes that wait for a kurskod: \(count). Rows with them are held."))
        }
    }
}
