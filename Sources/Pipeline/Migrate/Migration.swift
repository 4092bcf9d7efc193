import CSN
import CSNRules
import Findings
import Foundation
import Reports
import Uploads

/// By what a migration chooses.
public typealias MigrationBasis = MigrationPlan.Basis

/// `migrate EXPORT…`: what some exports say of some days, as the fewest files, one a school and reading day.
public struct MigrateRequest: Sendable {
    /// What is the same for every command.
    public var settings: RunSettings
    /// How much is held back when something is held.
    public var holdScope: HoldScope
    /// The days that choose study periods, both included.
    public var days: ClosedRange<Day>
    /// By what they choose.
    public var basis: MigrationPlan.Basis
    /// No file that is not waiting already goes before this day; nil for the coming reading.
    public var firstDay: Day?
    /// What CSN has goes again (`--again`).
    public var isAgain: Bool
    /// Nothing is written but the plan and the report (`--dry-run`).
    public var isRehearsal: Bool
    /// A profile's name, the path of a profile, or a system's name; nil: detected.
    public var system: String?
    /// The school of exports without a school column.
    public var school: Skolkod?
    /// Mappings that were loaded before; nil: they are loaded.
    public var mappings: LoadedMappings?

    /// A migration.
    public init(
        settings: RunSettings, days: ClosedRange<Day>, basis: MigrationPlan.Basis = .grade,
        holdScope: HoldScope = .unit, firstDay: Day? = nil, isAgain: Bool = false, isRehearsal: Bool = false,
        system: String? = nil, school: Skolkod? = nil, mappings: LoadedMappings? = nil
    ) {
        self.mappings = mappings
        self.settings = settings
        self.days = days
        self.basis = basis
        self.holdScope = holdScope
        self.firstDay = firstDay
        self.isAgain = isAgain
        self.isRehearsal = isRehearsal
        self.system = system
        self.school = school
    }

    var selection: UnitSelection { UnitSelection(basis, days) }
}

/// Moving a term's grades, or several years', to CSN.
///
/// The files of a migration and those of `nightly` are one queue in one ledger: each command plans all that waits anew,
/// so a day on which something urgent must go is given away, and what fits one file shares one. A migration that is run
/// again goes on where the ledger says that it stands.
public enum Migration {
    /// Runs the whole. What it has done stands in the ledger and the outbox when it returns.
    public static func run(
        _ request: MigrateRequest, progress: any ProgressSink = NoProgress()
    ) throws(RunFailure) -> RunReport {
        let started = Date()
        guard let clock = StockholmClock() else { throw RunFailure.noTimeZone }
        let session = request.isRehearsal ? nil : try LedgerSession(request.settings)
        let knowledge =
            if let session { QueueKnowledge(session) } else {
                try QueueKnowledge(lookingAt: request.settings.configuration, now: request.settings.now)
            }
        var settings = request.settings
        settings.now = knowledge.now
        let setup = try ConvertSetup(
            ConvertRequest(
                settings: settings, out: session?.folder.path ?? settings.configuration.outbox ?? "",
                system: request.system, school: request.school, holdScope: request.holdScope),
            loaded: request.mappings, keepsStudentIDs: true)
        var notices = settings.configuration.notices
        if settings.configuration.ledger == nil {
            notices.append(
                Text(
                    sv: "csnfil.yaml har ingen ledger: planen räknar med att CSN inte har någonting än.",
                    en: "csnfil.yaml has no ledger: the plan takes it that CSN has nothing yet."))
        }
        let exports = try Conversion.open(
            try ExportOpening.files(settings.paths), setup,
            workFolder: session.map { $0.folder.path + "/.work" } ?? FileManager.default.temporaryDirectory.path,
            &notices)
        var run = MigrationRun(
            request: request, setup: setup, knowledge: knowledge, session: session, exports: exports, clock: clock,
            started: started, notices: notices)
        try run.read(progress)
        do throws(RunFailure) {
            try run.judge(progress)
            try run.commit()
        } catch {
            session?.folder.discardDrafts()
            throw error
        }
        return run.report()
    }
}
