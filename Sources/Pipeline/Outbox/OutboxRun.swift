import CSN
import DeliveryLedger
import Findings
import Foundation
import Reports
import Uploads

/// `outbox`: what waits, and what a person says became of it.
enum OutboxRun {
    /// What waits and what became of what was sent. Takes no lock and changes nothing.
    static func list(_ settings: RunSettings) throws(RunFailure) -> OutboxListing {
        let (outbox, ledger) = try LedgerSession.paths(settings.configuration)
        guard FileManager.default.fileExists(atPath: ledger) else {
            var listing = OutboxListing(now: settings.now, outPath: outbox)
            listing.notes = [.noLedger(ledger)]
            return listing
        }
        let store: SQLiteLedger
        let files: [DeliveredFile]
        do throws(LedgerProblem) {
            store = try SQLiteLedger(path: ledger)
            files = try store.files(since: nil)
        } catch {
            throw RunFailure(error)
        }
        let show = FileShowing(settings.configuration)
        var listing = try OutboxListingMaking(outbox: outbox, now: settings.now, show: show).listing(files)
        let left = LeftToMigrate(store, outbox: outbox, show: show)
        for school in Set(files.filter(\.outcome.isVoid).map(\.facts.skolkod)).sorted() {
            listing.notes += try left.files(of: school, since: settings.now.day - OutboxListing.recentDays)
                .map { .stillToMigrate($0) }
        }
        return listing
    }

    /// Carries a verb out: what it says goes into the ledger first, then the outbox follows.
    ///
    /// - Parameter patience: how long another run may hold the lock before this one gives up.
    static func carryOut(
        _ verb: TypedOutbox, _ settings: RunSettings, patience: Duration
    ) throws(RunFailure) -> OutboxAnswer {
        let session = try waiting(patience) { () throws(RunFailure) in try LedgerSession(settings) }
        let show = FileShowing(settings.configuration)
        let outbox = session.folder.path
        var decision = try decide(verb, session, show)
        if let changes = decision.changes { try session.commit(changes) }
        if decision.changes != nil, let file = decision.removing {
            try sayLeft(of: file, session, show, &decision)
        }
        if let file = decision.removing {
            let files = DeliveredFiles(try session.files())
            if let note = try remove(file, files, session.folder, show) { decision.notes.append(note) }
        }
        return OutboxAnswer(
            verb: verb.word, now: session.now, outPath: outbox, hasChanged: decision.changes != nil,
            files: decision.files, course: decision.course, skolkod: decision.skolkod, notes: decision.notes)
    }

    /// What of a file that is void now only a migration brings again.
    private static func sayLeft(
        of file: DeliveredFile, _ session: LedgerSession, _ show: FileShowing, _ decision: inout OutboxDecision
    ) throws(RunFailure) {
        let left = LeftToMigrate(session.store, outbox: session.folder.path, show: show)
        for again in try left.files(of: file.facts.skolkod, since: session.now.day)
        where again.file.number == file.id.number {
            decision.notes.append(.migrateAgain(again))
        }
    }

    /// Tries again while another run holds the lock.
    static func waiting<Value>(
        _ patience: Duration, _ body: () throws(RunFailure) -> Value
    ) throws(RunFailure) -> Value {
        let clock = ContinuousClock()
        let end = clock.now + patience
        while true {
            do throws(RunFailure) { return try body() } catch {
                guard error.status == .locked, clock.now < end else { throw error }
            }
            usleep(100_000)
        }
    }

    private static func decide(
        _ verb: TypedOutbox, _ session: LedgerSession, _ show: FileShowing
    ) throws(RunFailure) -> OutboxDecision {
        switch verb {
        case .list: return OutboxDecision()
        case .forget(let typed): return try forget(typed, session, show)
        case .confirm(let text): return try confirm(text, session)
        case .sent(let text, let at):
            let time = try TypedValue.at(at, now: session.now)
            return try onFile(text, session, show) { (reference, verbs) throws(RunFailure) in
                let file = try reference.uploaded(at: time ?? session.now, in: verbs.files)
                return verbs.sent(file, at: time, isName: reference.isName(in: verbs.files))
            }
        case .accepted(let text):
            return try onFile(text, session, show) { (reference, verbs) throws(RunFailure) in
                let file = try reference.judged(in: verbs.files)
                return try verbs.accepted(file)
            }
        case .rejected(let text):
            return try onFile(text, session, show) { (reference, verbs) throws(RunFailure) in
                let file = try reference.judged(in: verbs.files)
                return verbs.rejected(file)
            }
        case .withdraw(let text):
            return try onFile(text, session, show) { (reference, verbs) throws(RunFailure) in
                let file = try reference.waiting(in: verbs.files)
                return try verbs.withdraw(file)
            }
        }
    }

    private static func onFile(
        _ text: String, _ session: LedgerSession, _ show: FileShowing,
        _ body: (FileReference, inout FileVerbs) throws(RunFailure) -> OutboxDecision
    ) throws(RunFailure) -> OutboxDecision {
        var verbs = FileVerbs(DeliveredFiles(try session.files()), now: session.now, show: show)
        return try body(FileReference(text: text, outbox: session.folder.path), &verbs)
    }

    // MARK: - Courses and schools

    private static func forget(
        _ typed: TypedOutbox.TypedForget, _ session: LedgerSession, _ show: FileShowing
    ) throws(RunFailure) -> OutboxDecision {
        let key = StudentKey(number: try TypedValue.studentNumber(typed.student))
        let kursdel = try TypedValue.kursdel(typed.kursdel)
        let startdatum = try TypedValue.day(typed.startdatum, "--startdatum")
        let reason = typed.reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else {
            throw RunFailure(
                .usage,
                Text(
                    sv: "Säg med --reason varför kursen släpps, t.ex. --reason \"antagningen återkallad\".",
                    en: "Say with --reason why the course is let go, e.g. --reason \"admission withdrawn\"."))
        }
        let found: (school: Skolkod, student: LedgerStudent)?
        let deliveries: SchoolDeliveries?
        do throws(LedgerProblem) {
            found = try session.store.student(key)
            if let found { deliveries = try session.store.deliveries(of: found.school) } else { deliveries = nil }
        } catch {
            throw RunFailure(error)
        }
        guard let found, let deliveries else {
            throw RunFailure(
                .unusable,
                Text(
                    sv:
                        "Liggaren har ingen studerande med nummer \(key.number). Rapporterna från csnfil nightly visar dem.",
                    en:
                        "The ledger has no student with the number \(key.number). The reports of csnfil nightly show them."
                ))
        }
        return try LettingGo(student: found.student, school: deliveries, now: session.now, show: show).decision(
            kurskod: typed.kurskod, kursdel: kursdel, startdatum: startdatum, reason: reason)
    }

    private static func confirm(_ text: String, _ session: LedgerSession) throws(RunFailure) -> OutboxDecision {
        guard text.utf8.count == 4, let number = Int(text), let school = Skolkod(number) else {
            throw RunFailure(
                .usage,
                Text(
                    sv: "SKOLKOD är fyra siffror, 1000–1999, men där står ”\(Masking.withoutNumbers(text))”.",
                    en: "SKOLKOD is four digits, 1000–1999, but there stands “\(Masking.withoutNumbers(text))”."))
        }
        let known: [Skolkod]
        let deliveries: SchoolDeliveries
        do throws(LedgerProblem) {
            known = try session.store.schools()
            deliveries = try session.store.deliveries(of: school)
        } catch {
            throw RunFailure(error)
        }
        guard known.contains(school) else {
            let list = known.sorted().map(\.description).joined(separator: ", ")
            throw RunFailure(
                .unusable,
                Text(
                    sv: "Liggaren känner ingen skola \(school). Den känner: \(list)",
                    en: "The ledger knows no school \(school). It knows: \(list)"))
        }
        guard deliveries.lastExports.values.contains(where: { !$0.isEmpty }) else {
            return OutboxDecision(skolkod: school, notes: [.nothingToConfirm(school)])
        }
        var changes = LedgerChanges(at: session.now)
        changes.confirmed = [school]
        return OutboxDecision(changes: changes, skolkod: school, notes: [.confirmed(school)])
    }

    // MARK: - The outbox

    /// Removes a file from the outbox, unless what lies under its name is another version, or nobody's.
    private static func remove(
        _ file: DeliveredFile, _ files: DeliveredFiles, _ folder: OutputFolder, _ show: FileShowing
    ) throws(RunFailure) -> OutboxNote? {
        let facts = file.facts
        let isTaken = files.all.contains {
            $0.id != file.id && $0.facts.skolkod == facts.skolkod && $0.facts.readingDay == facts.readingDay
                && ($0.outcome == .planned || $0.outcome == .sent)
        }
        // Another version has the name now; nightly sees to what lies there.
        guard !isTaken else { return nil }
        do throws(OutputProblem) {
            let reservation = folder.allReservations.first { $0.file == facts.name }
            guard let lying = try folder.sha256(of: facts.name) else {
                if let reservation { try folder.release(reservation) }
                return nil
            }
            guard let reservation, try folder.clear(reservation) else {
                return files.all.contains { $0.facts.sha256 == lying && $0.id != file.id }
                    ? nil : .notOurs(show(file), in: folder.path)
            }
            return .removed(show(file))
        } catch {
            throw RunFailure(error)
        }
    }
}

extension LedgerSession {
    /// All files of the ledger, in the order of their making.
    func files() throws(RunFailure) -> [DeliveredFile] {
        do throws(LedgerProblem) { return try store.files(since: nil) } catch { throw RunFailure(error) }
    }
}

extension Invocation {
    /// `outbox`
    ///
    /// - Parameter patience: how long another run may hold the lock before this one gives up.
    public func outbox(_ verb: TypedOutbox, patience: Duration = .seconds(10)) -> Outcome {
        outcome { _ throws(RunFailure) in
            let settings = try Resolving.settings(options, surroundings)
            let language = settings.language
            let text = OutboxText(in: language, isColoured: surroundings.allowsColour(options))
            let isJSON = options.format == OutputFormat.json.rawValue
            if case .list = verb {
                let listing = try OutboxRun.list(settings)
                let output = isJSON ? listing.json(of: .csnfil, in: language) : Array(text.text(listing).utf8)
                return Outcome(output: output, error: "", status: ExitStatus.success.rawValue)
            }
            let answer = try OutboxRun.carryOut(verb, settings, patience: patience)
            let output = isJSON ? answer.json(of: .csnfil, in: language) : Array(text.text(answer).utf8)
            return Outcome(output: output, error: "", status: ExitStatus.success.rawValue)
        }
    }
}
