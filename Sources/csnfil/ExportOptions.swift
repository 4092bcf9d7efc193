import ArgumentParser
import Pipeline

/// What is known of exports beside what stands in them.
struct ExportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Export profile or school system; default detected.", valueName: "name"))
    var system: String?

    @Option(help: ArgumentHelp("The school of exports without a school column.", valueName: "skolkod"))
    var school: String?

    func fill(_ options: inout TypedOptions) {
        options.system = system
        options.school = school
    }
}

/// How much a command holds back.
struct HoldOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How much is held when something is held; default unit.", valueName: "unit|student|file"))
    var hold: HoldScope?

    func fill(_ options: inout TypedOptions) { options.hold = hold?.rawValue }
}
