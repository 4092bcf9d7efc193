import ArgumentParser
import Pipeline

/// `csnfil check FILE…`
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judges finished upload files as CSN's reception would.",
        discussion: """
            Nothing is changed. Exit status 1 when CSN would refuse a file, or csnfil would not send it.

            Examples:
              csnfil check out/1234/1234_2026-11-23.xml
              csnfil check file.txt --layout komvux-fixed --today 2026-11-23
            """)

    @Argument(help: ArgumentHelp("A finished upload file.", valueName: "file"), completion: .file())
    var files: [String]

    @OptionGroup var judging: JudgingOptions
    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        options.paths = files
        judging.fill(&options)
        settings.fill(&options)
        speech.fill(&options)
        try call(options) { $0.check() }
    }
}
