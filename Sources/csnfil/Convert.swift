import ArgumentParser
import Pipeline

/// `csnfil convert EXPORT…`
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turns exports into upload files.",
        discussion: """
            Writes <out>/<skolkod>/<skolkod>_<reading day>.xml and says until when each is to be uploaded. Whoever \
            cannot be reported is held back, with the reason; the rest goes.

            Examples:
              csnfil convert StudieplanerKurser.txt --school 1234
              csnfil convert exports/ --out out --config csnfil.yaml
              cat export.csv | csnfil convert - --system schoolsoft-list --format json
            """)

    @Argument(
        help: ArgumentHelp("A file, a folder (its own files), or - for standard input.", valueName: "export"),
        completion: .file())
    var exports: [String]

    @Option(help: ArgumentHelp("Folder for the upload files; default out.", valueName: "dir"), completion: .directory)
    var out: String?

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
        options.out = out
        origin.fill(&options)
        options.schoolForm = schoolForm
        holding.fill(&options)
        judging.fill(&options)
        settings.fill(&options)
        speech.fill(&options)
        try call(options) { $0.convert() }
    }
}
