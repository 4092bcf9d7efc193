import ArgumentParser
import Pipeline

/// `csnfil profile EXPORT --name NAME`
struct Profile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Proposes a profile for an export that none fits.",
        discussion: """
            Looks at headers and content, and says of each column how sure it is and why. What is missing or not \
            certain goes to standard error; exit status 1 means that a person has to complete the proposal. It shows \
            no value of the export.

            Examples:
              csnfil profile lista.csv --name vart-system > mappings/systems/vart-system.yaml
              csnfil profile lista.csv --name vart-system --write --out mappings/systems
            """)

    @Argument(
        help: ArgumentHelp("The export, or - for standard input.", valueName: "export"), completion: .file())
    var export: String

    @Option(help: ArgumentHelp("What the profile is to be called.", valueName: "name"))
    var name: String

    @Flag(help: "Writes NAME.yaml into --out, or the working folder, unless there is one.")
    var write = false

    @Option(help: ArgumentHelp("Folder for --write.", valueName: "dir"), completion: .directory)
    var out: String?

    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        options.paths = [export]
        options.writes = write
        options.out = out
        settings.fill(&options)
        speech.fill(&options)
        try call(options) { $0.profile(named: name) }
    }
}
