import CSN
import CSNRules
import DeliveryLedger
import Findings
import Foundation
import Reports
import Uploads

/// `nightly`: what lies in the inbox, judged with what CSN has, becomes at most one file a school for the coming
/// reading, and what cannot share it waits for later ones.
public struct NightlyRequest: Sendable {
    /// What is the same for every command; no paths.
    public var settings: RunSettings
    /// How much is held back when something is held.
    public var holdScope: HoldScope
    /// Everybody goes, also who has not changed (`--full`).
    public var isFull: Bool
    /// The clock is right although the ledger has seen a later time (`--accept-clock`).
    public var acceptsClock: Bool
    /// The machine's own time in seconds since 1970, whatever the run takes for now: files in the inbox that were
    /// changed within a minute of it are left.
    public var machineTime: Double
    /// What happens, for who reads logs.
    public var log: RunLog
    /// Mappings that were loaded before; nil: they are loaded.
    public var mappings: LoadedMappings?

    /// A nightly run.
    public init(
        settings: RunSettings, holdScope: HoldScope = .unit, isFull: Bool = false, acceptsClock: Bool = false,
        machineTime: Double = Date().timeIntervalSince1970, log: RunLog = .off, mappings: LoadedMappings? = nil
    ) {
        self.settings = settings
        self.holdScope = holdScope
        self.isFull = isFull
        self.acceptsClock = acceptsClock
        self.machineTime = machineTime
        self.log = log
        self.mappings = mappings
    }
}

/// The nightly run.
public enum Nightly {
    /// Runs the whole. What it has done stands in the ledger, the outbox and the archive when it returns.
    ///
    /// A run that ends before its one step in the ledger has done nothing; one that ends after it has left to the next
    /// run what was not yet carried out, and that is then carried out in the same way.
    public static func run(
        _ request: NightlyRequest, progress: any ProgressSink = NoProgress()
    ) throws(RunFailure) -> RunReport {
        let started = Date()
        guard let clock = StockholmClock() else { throw RunFailure.noTimeZone }
        let configuration = request.settings.configuration
        let (inbox, archive) = try folders(configuration)
        let session = try LedgerSession(request.settings, acceptsClock: request.acceptsClock)
        var settings = request.settings
        settings.now = session.now
        let setup = try ConvertSetup(
            ConvertRequest(settings: settings, out: session.folder.path, holdScope: request.holdScope),
            loaded: request.mappings, keepsStudentIDs: true)
        var run = NightlyRun(
            request: request, setup: setup, session: session, archive: InputArchive(path: archive), clock: clock,
            started: started)
        request.log.record(.started(run: run.id, version: RunReport.Program.csnfil.version, isFull: request.isFull))
        sayTime(session, request)
        try run.read(try Inbox(path: inbox, clock: request.machineTime), progress)
        do throws(RunFailure) {
            try run.judge(progress)
            try run.commit()
            try run.place()
        } catch {
            session.folder.discardDrafts()
            throw error
        }
        run.archiveInputs()
        return run.finish()
    }

    /// What time alone has changed.
    private static func sayTime(_ session: LedgerSession, _ request: NightlyRequest) {
        let ahead = session.now.seconds(since: request.settings.now)
        if ahead > 0 { request.log.record(.clockBack(seconds: ahead)) }
        for file in session.accepted {
            request.log.record(
                .fileAccepted(file.facts.skolkod, readingDay: file.facts.readingDay, name: file.facts.name))
        }
    }

    private static func folders(_ configuration: Configuration) throws(RunFailure) -> (String, String) {
        guard let inbox = configuration.inbox, let archive = configuration.archive else {
            throw LedgerSession.missing(configuration.inbox == nil ? "inbox" : "archive", configuration)
        }
        return (inbox, archive)
    }
}

extension RunFailure {
    /// A machine without the data of Stockholm's time.
    static var noTimeZone: RunFailure {
        RunFailure(
            .inputOutput,
            Text(
                sv: "Datorn saknar uppgifter om tidszonen Europe/Stockholm. Installera paketet tzdata.",
                en: "The machine has no data of the time zone Europe/Stockholm. Install the package tzdata."))
    }
}
