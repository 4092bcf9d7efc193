import ArgumentParser
import Pipeline

/// `csnfil doctor`
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks whether everything is in order for scheduled runs.",
        discussion: """
            Looks at the configuration, the mappings, the layouts, the ledger and its copy, the folders, their \
            permissions, the space left, the clock, and at files that wait too long. Changes nothing and makes \
            nothing. Exit status 0 all is well, 1 something to look at, 2 a scheduled run would fail.

            Examples:
              csnfil doctor --config /etc/csnfil/csnfil.yaml
              csnfil doctor --format json
            """)

    @Flag(name: .shortAndLong, help: "Only what is not as it should be.")
    var quiet = false

    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        options.isQuiet = quiet
        settings.fill(&options)
        speech.fill(&options)
        try call(options) { $0.doctor() }
    }
}
