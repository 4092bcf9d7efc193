import ArgumentParser
import Pipeline

/// `csnfil verify DIR…`
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Converts sample cases and compares the files with what is expected.",
        discussion: """
            A case is a folder with exports, case.yaml and expected/<layout>/; docs/samples.md describes it. School \
            folders and diagnostics.jsonl are compared byte for byte. Exit status 1 when a case differs, 2 when there \
            is none.

            Examples:
              csnfil verify Samples
              csnfil verify my-system --mappings my-system/mappings --junit verify.xml
              csnfil verify --update my-system/clean
            """)

    @Argument(
        help: ArgumentHelp("A case, or a folder in which cases are searched.", valueName: "dir"),
        completion: .directory)
    var folders: [String]

    @Flag(help: "Record anew: what is made now is expected from now on. Says what changed; read it.")
    var update = false

    @Option(
        help: ArgumentHelp("Writes the results as JUnit XML, for build servers.", valueName: "file"),
        completion: .file(extensions: ["xml"]))
    var junit: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Folder of mappings that goes before the shipped ones, after a case's own (repeatable).", valueName: "dir"),
        completion: .directory)
    var mappings: [String] = []

    @Flag(help: "No progress.")
    var noProgress = false

    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        options.mappings = mappings
        options.hidesProgress = noProgress
        speech.fill(&options)
        let typed = TypedVerify(folders: folders, isRecording: update, junit: junit)
        try call(options) { $0.verify(typed) }
    }
}
