import ArgumentParser
import Pipeline

/// `csnfil rules [NAME]`
struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the rules, or explains one.",
        discussion: """
            Examples:
              csnfil rules
              csnfil rules --action hold --field slutdatum
              csnfil rules end-before-start
            """)

    @Argument(help: ArgumentHelp("The rule to explain.", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Only rules that can come to this.", valueName: "hold|repair|drop|error|warning|info"))
    var action: String?

    @Option(help: ArgumentHelp("Only rules about this field, e.g. slutdatum.", valueName: "field"))
    var field: String?

    @Option(help: ArgumentHelp("Only one table.", valueName: "reading|field|record|unit|file"))
    var heading: String?

    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        speech.fill(&options)
        let query = RulesQuery(name: name, action: action, field: field, heading: heading)
        try call(options) { $0.rules(query) }
    }
}
