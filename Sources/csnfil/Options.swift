import ArgumentParser
import Pipeline

extension OutputFormat: ExpressibleByArgument {}
extension HoldScope: ExpressibleByArgument {}

/// `--language`
enum LanguageName: String, CaseIterable, ExpressibleByArgument {
    case sv, en
}

/// How a command speaks.
struct SpeechOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Language of what people read; default from the locale.", valueName: "sv|en"))
    var language: LanguageName?

    @Option(help: ArgumentHelp("What goes to standard output.", valueName: "text|json"))
    var format: OutputFormat = .text

    @Flag(name: .customLong("no-color"), help: "No colours (also with NO_COLOR set).")
    var isColourless = false

    func fill(_ options: inout TypedOptions) {
        options.language = language?.rawValue
        options.format = format.rawValue
        options.isColourless = isColourless
    }
}

/// Where a command finds its settings.
struct SettingPlaces: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Configuration; default csnfil.yaml beside the exports or in the working folder.", valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var config: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Folder of mappings that goes before the shipped ones (repeatable).", valueName: "dir"),
        completion: .directory)
    var mappings: [String] = []

    func fill(_ options: inout TypedOptions) {
        options.config = config
        options.mappings = mappings
    }
}

/// Where a command finds its settings, and what it takes for now.
struct SettingOptions: ParsableArguments {
    @OptionGroup var places: SettingPlaces

    @Option(help: ArgumentHelp("Time in Stockholm, for rehearsals.", valueName: "YYYY-MM-DDTHH:MM"))
    var now: String?

    @Option(help: ArgumentHelp("The same at 12:00 of a day.", valueName: "YYYY-MM-DD"))
    var today: String?

    func fill(_ options: inout TypedOptions) {
        places.fill(&options)
        options.now = now
        options.today = today
    }
}

/// How a command that judges goes about it.
struct JudgingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Layout of the upload file, by name or file.", valueName: "name|file"), completion: .file())
    var layout: String?

    @Flag(help: "Warnings count as errors: they hold, and change the exit status.")
    var strict = false

    @Option(help: ArgumentHelp("Threads; default as many as the machine has.", valueName: "n"))
    var jobs: Int?

    @Option(
        help: ArgumentHelp("Folder of diagnostics.jsonl, summary.json and metrics.prom.", valueName: "dir"),
        completion: .directory)
    var report: String?

    @Flag(help: "Personnummer in clear in text (never those of protected identities, never in files).")
    var showPersonnummer = false

    @Flag(name: .shortAndLong, help: "No progress, no notices, no information.")
    var quiet = false

    @Flag(help: "No progress bar.")
    var noProgress = false

    func fill(_ options: inout TypedOptions) {
        options.layout = layout
        options.isStrict = strict
        options.jobs = jobs
        options.report = report
        options.showsPersonnummer = showPersonnummer
        options.isQuiet = quiet
        options.hidesProgress = noProgress
    }
}
