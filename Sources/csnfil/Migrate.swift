import ArgumentParser
import Pipeline

/// `csnfil migrate EXPORT…`
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Moves a term's grades, or several years', to CSN: as few files as can be, one a reading day.",
        discussion: """
            Chooses whole study periods by the days of their grades (or by when they go on), leaves out what CSN has \
            already, and plans which file is uploaded on which day. Run it again after some of them are uploaded: it \
            goes on where the ledger stands. Needs outbox and ledger in csnfil.yaml; with --dry-run neither.

            Examples:
              csnfil migrate export.csv --from 2025-08-01 --to 2026-01-15 --dry-run
              csnfil migrate old.csv new.csv --from 2025-08-01 --to 2026-01-15
              csnfil migrate exports/ --from 2023-08-01 --to 2026-06-30 --by period --first-day 2026-12-01
            """)

    @Argument(
        help: ArgumentHelp("A file, a folder (its own files), or - for standard input.", valueName: "export"),
        completion: .file())
    var exports: [String]

    @Option(help: ArgumentHelp("The first day that chooses.", valueName: "date"))
    var from: String

    @Option(help: ArgumentHelp("The last day that chooses.", valueName: "date"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "Study periods with a grade of those days, or that go on on one of them; default grade.",
            valueName: "grade|period"))
    var by: MigrationBasis?

    @Option(help: ArgumentHelp("No file before this day; default the next reading.", valueName: "date"))
    var firstDay: String?

    @Flag(help: "What CSN has already goes again.")
    var again = false

    @Flag(help: "A rehearsal: writes nothing but the plan and the report.")
    var dryRun = false

    @OptionGroup var origin: ExportOptions

    @Option(help: ArgumentHelp("The school form.", valueName: "komvux"))
    var schoolForm: String?

    @OptionGroup var holding: HoldOptions
    @OptionGroup var judging: JudgingOptions
    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        options.paths = exports
        origin.fill(&options)
        options.schoolForm = schoolForm
        holding.fill(&options)
        judging.fill(&options)
        settings.fill(&options)
        speech.fill(&options)
        var typed = TypedMigrate(from: from, to: to)
        typed.basis = by?.rawValue
        typed.firstDay = firstDay
        typed.isAgain = again
        typed.isRehearsal = dryRun
        try call(options) { $0.migrate(typed) }
    }
}

extension MigrationBasis: ExpressibleByArgument {}
