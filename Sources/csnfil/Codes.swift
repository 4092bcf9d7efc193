import ArgumentParser
import Pipeline

/// `csnfil codes EXPORT…`
struct Codes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the course codes that no mapping knows.",
        discussion: """
            Says of each code how often it stands in the exports, and up to three national courses that may be meant, \
            by the code and by the course's name. Nothing is mapped by likeness: with --write the codes go into the \
            school's course list, schools/<skolkod>/courses.csv, for a person to fill in. Exit status 1 when a code \
            is not known.

            Examples:
              csnfil codes StudieplanerKurser.txt --school 1234
              csnfil codes exports/ --mappings mappings --write
              csnfil codes export.csv --format json
            """)

    @Argument(
        help: ArgumentHelp("A file, a folder (its own files), or - for standard input.", valueName: "export"),
        completion: .file())
    var exports: [String]

    @Flag(help: "Adds the codes to the schools' course lists, in the first folder of mappings that is yours.")
    var write = false

    @OptionGroup var origin: ExportOptions

    @Option(help: ArgumentHelp("Threads; default as many as the machine has.", valueName: "n"))
    var jobs: Int?

    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        options.paths = exports
        options.writes = write
        origin.fill(&options)
        options.jobs = jobs
        settings.fill(&options)
        speech.fill(&options)
        try call(options) { $0.codes() }
    }
}
