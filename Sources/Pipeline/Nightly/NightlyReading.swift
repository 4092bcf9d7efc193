import CSN
import DeliveryLedger
import Exports
import Findings
import Foundation
import Normalizing
import Profiles
import Uploads

/// The exports of a nightly run: of each system and school the newest, from the inbox or, where nothing newer has
/// come, from the archive.
struct NightlyReading {
    /// The rows that count.
    private(set) var reading: ExportReading
    /// By input of the run.
    private(set) var inputs: [Input] = []
    /// Exports that a newer one has made needless, to be archived unread.
    private(set) var superseded: [Input] = []
    private(set) var notices: [Text] = []
    /// An export could not be read: it stays where it is, and somebody has to look.
    private(set) var isIncomplete = false

    private let setup: ConvertSetup
    private let session: LedgerSession
    private let archive: InputArchive
    private let clock: StockholmClock
    private let log: RunLog

    /// One export and what it counts for.
    struct Input {
        /// In the inbox; nil for one that was archived by an earlier run.
        var file: InboxFile?
        /// As the ledger knows it.
        var taken: TakenInput
        /// The schools of which it has rows, or is by its name.
        var schools: Set<UInt16> = []
        fileprivate var slices: [ConvertedSlice] = []
        fileprivate var number = 0

        /// By time of change, then name: the last one counts.
        fileprivate static func isOlder(_ left: Input, _ right: Input) -> Bool {
            (left.taken.modified, left.taken.name) < (right.taken.modified, right.taken.name)
        }
    }

    init(
        setup: ConvertSetup, session: LedgerSession, archive: InputArchive, clock: StockholmClock, log: RunLog
    ) {
        self.setup = setup
        self.session = session
        self.archive = archive
        self.clock = clock
        self.log = log
        reading = ExportReading(
            setup: setup, exports: [], engine: setup.engine(columns: []))
    }

    /// By input of the run, the system whose export it is.
    var systems: [String] { reading.exports.map(\.match.profile.system) }

    /// Opens and reads everything.
    mutating func run(_ inbox: Inbox, _ progress: any ProgressSink) throws(RunFailure) {
        notices += inbox.notices
        let current: [TakenInput]
        do throws(LedgerProblem) { current = try session.store.currentInputs() } catch { throw RunFailure(error) }
        var opened: [(Input, OpenedExport)] = []
        for file in inbox.files {
            if let one = open(file.path, file: file, taken: nil) { opened.append(one) }
        }
        takePersons(opened.filter { $0.0.taken.isPersons }, current.filter(\.isPersons))
        for (input, export) in opened where !input.taken.isPersons { take(input, export, progress) }
        let wanted = choose(current.filter { !$0.isPersons })
        for taken in wanted {
            guard let (input, export) = open("\(archive.path)/\(taken.archived)", file: nil, taken: taken) else {
                continue
            }
            take(input, export, progress)
            if let last = inputs.indices.last, inputs[last].taken.sha256 == taken.sha256 {
                inputs[last].schools = Set(taken.schools.map(\.number))
            }
        }
        finish()
    }

    // MARK: - Opening

    /// Opens and recognises a file. One that nothing recognises, or that cannot be read, is named and left.
    private mutating func open(
        _ path: String, file: InboxFile?, taken: TakenInput?
    ) -> (Input, OpenedExport)? {
        let opening = ExportOpening(
            profiles: setup.profiles, isChosen: false, workFolder: session.folder.path + "/.work")
        do {
            let export = try opening.open(path, number: 0)
            let profile = export.match.profile
            if let taken { return (Input(file: nil, taken: taken), export) }
            guard let file else { return nil }
            let modified = clock.moment(of: Date(timeIntervalSince1970: Double(file.modified) / 1e9)) ?? session.now
            let place = InputArchive.place(of: file.name, sha256: export.sha256, changed: modified.day)
            return (
                Input(
                    file: file,
                    taken: TakenInput(
                        name: file.name, archived: place, sha256: export.sha256, bytes: file.bytes,
                        modified: modified, profile: profile.name, system: profile.system, taken: session.now,
                        schools: [], isPersons: profile.records == .persons)), export
            )
        } catch let unreadable as Unreadable {
            leave(file?.name ?? path, unreadable.text)
        } catch let problem as ExportProblem {
            leave(file?.name ?? path, problem.text)
        } catch {
            leave(file?.name ?? path, Text(sv: "\(error)", en: "\(error)"))
        }
        return nil
    }

    private mutating func leave(_ name: String, _ why: Text) {
        log.record(.inputLeft(name: name, .notReadable))
        isIncomplete = true
        notices.append(
            Text(
                sv: "\(name) lästes inte och ligger kvar: \(why.sv)",
                en: "\(name) was not read and stays where it is: \(why.en)"))
    }

    /// Whether a file of the inbox has changed since it was looked at; it is then left to the next run, and said.
    private mutating func isStillWritten(_ input: Input) -> Bool {
        guard let file = input.file, !file.isUnchanged else { return false }
        notices.append(
            Text(
                sv: "\(file.name) ändrades medan den lästes och får vara till nästa körning.",
                en: "\(file.name) was changed while it was read and is left for the next run."))
        return true
    }

    /// Of each table of persons the newest: from the inbox, else the archive.
    private mutating func takePersons(_ fresh: [(Input, OpenedExport)], _ archived: [TakenInput]) {
        for (profile, all) in Dictionary(grouping: fresh, by: { $0.0.taken.profile }).sorted(by: { $0.key < $1.key }) {
            let sorted = all.sorted { Input.isOlder($0.0, $1.0) }
            guard let newest = sorted.last else { continue }
            if let kept = archived.first(where: { $0.profile == profile }), kept.modified > newest.0.taken.modified {
                superseded += sorted.map(\.0)
                continue
            }
            superseded += sorted.dropLast().map(\.0)
            add(newest.0, newest.1)
        }
        let known = Set(inputs.map(\.taken.profile))
        for taken in archived where !known.contains(taken.profile) {
            if let (input, export) = open("\(archive.path)/\(taken.archived)", file: nil, taken: taken) {
                add(input, export)
            }
        }
    }

    // MARK: - Reading

    private mutating func add(_ input: Input, _ export: OpenedExport) {
        var input = input
        input.number = reading.exports.count
        reading.add(export.numbered(UInt16(input.number)))
        inputs.append(input)
    }

    /// Reads an export's rows, as yet without letting them count.
    private mutating func take(_ input: Input, _ export: OpenedExport, _ progress: any ProgressSink) {
        var input = input
        input.number = reading.exports.count
        var next = reading
        next.add(export.numbered(UInt16(input.number)))
        next.use(setup.engine(of: next.exports))
        do throws(RunFailure) {
            input.slices = try next.read(input.number, progress)
            if let own = try setup.schools.school(of: next.exports[input.number]) { input.schools.insert(own.number) }
        } catch {
            if !isStillWritten(input) { for problem in error.problems { leave(input.taken.name, problem.text) } }
            return
        }
        // What was read of a file that somebody writes to meanwhile is neither the old export nor the new one.
        if isStillWritten(input) { return }
        reading = next
        for slice in input.slices { input.schools.formUnion(slice.rows.keys.filter { $0 != 0 }) }
        inputs.append(input)
    }

    // MARK: - Choosing

    /// Decides which export counts for which school.
    ///
    /// - Returns: the archived exports that count for some school still, with these.
    private mutating func choose(_ current: [TakenInput]) -> [TakenInput] {
        var newest: [Pair: Int] = [:]
        for (index, input) in inputs.enumerated() where !input.taken.isPersons {
            for school in input.schools {
                let pair = Pair(system: input.taken.system, school: school)
                if let other = newest[pair], !Input.isOlder(inputs[other], input) { continue }
                newest[pair] = index
            }
        }
        var wanted: [TakenInput] = []
        for taken in current {
            var taken = taken
            taken.schools = taken.schools.filter { school in
                let pair = Pair(system: taken.system, school: school.number)
                guard let index = newest[pair], taken.sha256 != inputs[index].taken.sha256 else {
                    return newest[pair] == nil
                }
                guard taken.modified > inputs[index].taken.modified else { return false }
                newest[pair] = nil
                return true
            }
            if !taken.schools.isEmpty { wanted.append(taken) }
        }
        for index in inputs.indices where !inputs[index].taken.isPersons {
            let system = inputs[index].taken.system
            let counted = inputs[index].schools.filter { newest[Pair(system: system, school: $0)] == index }
            sayOlder(inputs[index], than: counted)
            // One without any school is kept: its rows have to be mended, and nothing newer says more.
            if counted.isEmpty && !inputs[index].schools.isEmpty { superseded.append(inputs[index]) }
            inputs[index].schools = counted
        }
        return wanted
    }

    private struct Pair: Hashable {
        var system: String
        var school: UInt16
    }

    private mutating func sayOlder(_ input: Input, than counted: Set<UInt16>) {
        let older = input.schools.subtracting(counted).sorted().map(String.init).joined(separator: ", ")
        guard !older.isEmpty else { return }
        log.record(.inputSuperseded(name: input.taken.name, system: input.taken.system))
        notices.append(
            Text(
                sv:
                    "\(input.taken.name) är äldre än en annan export ur samma system och räknas inte för skola \(older).",
                en: "\(input.taken.name) is older than another export of the same system and does not count for "
                    + "school \(older)."))
    }

    /// An export without rows, of which nothing says whose it is: more likely a fault of the system that made it than
    /// a school without students.
    private mutating func sayEmpty(_ input: Input) {
        isIncomplete = true
        notices.append(
            Text(
                sv: """
                    \(input.taken.name) har inga rader och räknas inte; skolornas förra export gäller. Se efter varför \
                    exporten blev tom.
                    """,
                en: """
                    \(input.taken.name) has no rows and does not count; the schools' last export stands. See why the \
                    export is empty.
                    """))
    }

    /// Lets the rows count: of each export those of its schools, and with them those whose school cannot be told.
    private mutating func finish() {
        let dropped = Set(superseded.map(\.taken.archived))
        for index in inputs.indices {
            var slices = inputs[index].slices
            inputs[index].slices = []
            let input = inputs[index]
            guard !dropped.contains(input.taken.archived) || input.file == nil else { continue }
            let schools = input.schools
            // One after the other: two of all rows at once would be the most that a run ever holds.
            for slice in slices.indices { slices[slice].keep(schools, exportDay: input.taken.modified.day) }
            reading.take(slices, of: input.number)
            if input.file != nil, !input.taken.isPersons, schools.isEmpty, reading.rowCounts[input.number] == 0 {
                sayEmpty(input)
            }
            inputs[index].taken.schools = schools.sorted().compactMap { Skolkod(Int($0)) }
            let (name, system, rows) = (input.taken.name, input.taken.system, reading.rowCounts[input.number])
            log.record(
                input.file == nil
                    ? .inputKept(name: name, system: system, rows: rows)
                    : .inputTaken(name: name, system: system, rows: rows, sha256: input.taken.sha256))
        }
        reading.sayWaitingCodes()
    }
}

extension ConvertedSlice {
    /// The rows of some schools, and those whose school cannot be told. What the row itself does not say of the
    /// export's day is the day on which the file was last changed.
    fileprivate mutating func keep(_ schools: Set<UInt16>, exportDay: Day) {
        let left = rows.filter { $0.key != 0 && !schools.contains($0.key) }
        for school in left.keys { rows[school] = nil }
        for school in Array(rows.keys) {
            rows[school] = rows.removeValue(forKey: school)?.map { candidate in
                guard candidate.exportDay == nil else { return candidate }
                var candidate = candidate
                candidate.exportDay = exportDay
                return candidate
            }
        }
        guard !left.isEmpty else { return }
        olderRows = left.values.reduce(0) { $0 + $1.count }
        findings.keep { $0.school == 0 || left[$0.school] == nil }
    }
}

extension OpenedExport {
    /// The same export as another input of the run.
    fileprivate func numbered(_ number: UInt16) -> OpenedExport {
        OpenedExport(
            number: number, input: input, survey: survey, match: match, sha256: sha256, otherProfiles: otherProfiles)
    }
}
