import ArgumentParser
import Pipeline

/// `csnfil detect EXPORT…`
struct Detect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says which system an export is from, and how it is read.",
        discussion: """
            For each file: the system, the profile and what it rests on, the encoding and why, the columns that were \
            found, those that are missing and those that are not used. Where no profile fits, what the nearest lacks. \
            Nothing is written. Exit status 2 when a file named is not recognised.

            Examples:
              csnfil detect StudieplanerKurser.txt
              csnfil detect exports/ --format json
            """)

    @Argument(
        help: ArgumentHelp("A file, a folder (its own files), or - for standard input.", valueName: "export"),
        completion: .file())
    var exports: [String]

    @Option(help: ArgumentHelp("Only this export profile, or the profiles of this school system.", valueName: "name"))
    var system: String?

    @OptionGroup var places: SettingPlaces
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        options.paths = exports
        options.system = system
        places.fill(&options)
        speech.fill(&options)
        try call(options) { $0.detect() }
    }
}
