import CSN
import DeliveryLedger
import Findings
import Reports
import Uploads

/// The ledger and the outbox, both locked by this run and brought up to now: what `nightly` and `outbox` begin with.
struct LedgerSession {
    /// Where deliveries are kept.
    let store: any DeliveryStore
    /// The outbox, locked until the session is let go.
    let folder: OutputFolder
    /// When CSN reads.
    let readingDays: ReadingDays
    /// What the run takes for now: never before what the ledger has seen.
    let now: Moment
    /// Files that this session found to have been read.
    private(set) var accepted: [DeliveredFile] = []

    /// Opens both, and lets every file that was sent and whose reading has passed count as read.
    ///
    /// - Parameter acceptsClock: the clock is right although the ledger has seen a later time.
    init(_ settings: RunSettings, acceptsClock: Bool = false) throws(RunFailure) {
        let (outbox, ledger) = try LedgerSession.paths(settings.configuration)
        do throws(OutputProblem) {
            folder = try OutputFolder(path: outbox)
            try PrivateFolder.create(ledger.folderOfPath.isEmpty ? "." : ledger.folderOfPath)
        } catch {
            throw RunFailure(error)
        }
        do throws(LedgerProblem) { store = try SQLiteLedger(path: ledger) } catch { throw RunFailure(error) }
        readingDays = ReadingDays(additional: settings.configuration.noReadingDays)
        now = try LedgerSession.time(settings.now, store, acceptsClock: acceptsClock)
        try settle()
    }

    /// Where the outbox and the ledger are; both must be configured.
    static func paths(_ configuration: Configuration) throws(RunFailure) -> (outbox: String, ledger: String) {
        guard let outbox = configuration.outbox, let ledger = configuration.ledger else {
            throw missing(configuration.outbox == nil ? "outbox" : "ledger", configuration)
        }
        return (outbox, ledger)
    }

    /// A setting without which nothing is kept from run to run.
    static func missing(_ key: String, _ configuration: Configuration) -> RunFailure {
        RunFailure(
            .unusable, at: configuration.path,
            Text(
                sv: "Inställningen \(key) saknas. Skriv in den i csnfil.yaml; docs/operation.md visar ett exempel.",
                en: "The setting \(key) is missing. Write it into csnfil.yaml; docs/operation.md shows an example."))
    }

    // MARK: - The clock

    /// How far a clock may have gone back without anybody having to look: the hour of each October, and as much again
    /// for a clock that was put right. The run then goes on at the last time seen.
    static let mostSecondsBack = 2 * 3_600

    /// What the run takes for now.
    private static func time(
        _ clock: Moment, _ store: any DeliveryStore, acceptsClock: Bool
    ) throws(RunFailure) -> Moment {
        let last: Moment?
        do throws(LedgerProblem) { last = try store.lastMoment() } catch { throw RunFailure(error) }
        guard let last, clock < last, !acceptsClock else { return clock }
        let back = (last.day - clock.day) * 86_400 + last.secondOfDay - clock.secondOfDay
        guard back > mostSecondsBack else { return last }
        throw RunFailure(
            .unusable,
            Text(
                sv: """
                    Klockan är \(clock), men liggaren har redan sett \(last). Ställ klockan rätt och kör igen. Är det \
                    klockan som nu är rätt: kör en gång csnfil nightly --accept-clock.
                    """,
                en: """
                    The clock says \(clock), but the ledger has already seen \(last). Set the clock and run again. If \
                    it is the clock that is right now, run csnfil nightly --accept-clock once.
                    """))
    }

    // MARK: - What time alone changes

    /// A file that was sent and whose reading has passed has been read, unless a later one was sent before that.
    private mutating func settle() throws(RunFailure) {
        let files: [DeliveredFile]
        do throws(LedgerProblem) { files = try store.files(since: now.day) } catch { throw RunFailure(error) }
        let settled = files.map { $0.settled(among: files, at: now) }
        let changed = zip(files, settled).filter { $0.outcome != $1.outcome }.map(\.1)
        guard !changed.isEmpty else { return }
        var changes = LedgerChanges(at: now)
        changes.closings = changed.map { LedgerChanges.Closing($0.id, $0.outcome, reading: $0.reading) }
        try commit(changes)
        accepted = changed.filter { $0.outcome == .accepted }
    }

    /// Takes out of the outbox what the ledger says does not wait any more: files that were replaced, withdrawn, refused
    /// or read. A file that was sent stays until its reading.
    func clear() throws(RunFailure) {
        let files: [DeliveredFile]
        do throws(LedgerProblem) { files = try store.files(since: nil) } catch { throw RunFailure(error) }
        let waiting = Set(
            files.filter { $0.outcome == .planned || $0.outcome == .sent }.map(\.facts.name))
        let done = folder.allReservations.filter { $0.owner.isOfLedger && !waiting.contains($0.file) }
        do throws(OutputProblem) { _ = try folder.clear(done) } catch { throw RunFailure(error) }
    }

    /// Writes to the ledger; all of it or nothing.
    func commit(_ changes: LedgerChanges) throws(RunFailure) {
        do throws(LedgerProblem) { try store.commit(changes) } catch { throw RunFailure(error) }
    }
}

extension DeliveredFile {
    /// Whether CSN reads this one instead of the other: sent later for the same reading of the same school.
    func isSentAfter(_ other: DeliveredFile) -> Bool {
        guard facts.skolkod == other.facts.skolkod, reading == other.reading, id != other.id else { return false }
        guard let sent, let otherSent = other.sent else { return id > other.id }
        return (sent, id) > (otherSent, other.id)
    }
}

extension RunFailure {
    /// The ledger cannot be used.
    init(_ problem: LedgerProblem) {
        switch problem {
        case .system(let path, let reason, let isFull):
            self.init(
                .inputOutput, at: path,
                Text(
                    sv: "Liggaren kan inte läsas eller skrivas: \(reason). "
                        + (isFull ? "Frigör utrymme" : "Kontrollera rättigheter, ledigt utrymme och disk")
                        + " och kör igen.",
                    en: "The ledger cannot be read or written: \(reason). "
                        + (isFull ? "Free some space" : "Check the permissions, the free space and the disk")
                        + " and run again."))
        case .newer(let path):
            self.init(
                .unusable, at: path,
                Text(
                    sv: "Liggaren är skriven av en nyare csnfil. Uppgradera csnfil på den här datorn.",
                    en: "The ledger was written by a newer csnfil. Upgrade csnfil on this machine."))
        case .damaged(let path, let reason):
            self.init(
                .unusable, at: path,
                Text(
                    sv: """
                        Liggaren är skadad (\(reason)). Ingenting har ändrats. Återställ den från kopian bredvid \
                        (\(path).copy) eller en säkerhetskopia: docs/operation.md, ”Säkerhetskopia och återställning”.
                        """,
                    en: """
                        The ledger is damaged (\(reason)). Nothing was changed. Restore it from the copy beside it \
                        (\(path).copy) or a backup: docs/operation.md, “Backup and restore”.
                        """))
        case .busy(let path):
            self.init(
                .locked, at: path,
                Text(
                    sv: "Ett annat program skriver i liggaren. Vänta tills det är klart och kör igen.",
                    en: "Another program is writing to the ledger. Wait until it is done and run again."))
        }
    }
}
