import ArgumentParser
import Pipeline

/// `csnfil sample SYSTEM`
struct Sample: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a synthetic export to try things on.",
        discussion: """
            SYSTEM is an export profile that says how a sample is written; a name that is none is answered with those \
            there are. Only numbers in the series 980–999, which nobody has, and invented names. With --out the export and its \
            truth.jsonl lie in the folder, with a list of students or a csnfil.yaml where the export needs one; \
            without, the export goes to standard output.

            Examples:
              csnfil sample schoolsoft-list --records 1000 --seed 1 > export.csv
              csnfil sample schoolsoft-list --records 1000 --seed 1 --faults 5 --out sample
              csnfil sample stockholm-xml --records 1000 --seed 1 --out sample
            """)

    @Argument(help: ArgumentHelp("Export profile or school system.", valueName: "system"))
    var system: String

    @Option(help: ArgumentHelp("How many records.", valueName: "n"))
    var records: Int

    @Option(help: ArgumentHelp("The same seed gives the same sample.", valueName: "s"))
    var seed: UInt64

    @Option(help: ArgumentHelp("How many records in a hundred have a fault.", valueName: "percent"))
    var faults: Double = 0

    @Option(help: ArgumentHelp("Encoding; default the profile's.", valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("Folder for the export and its truth.jsonl.", valueName: "dir"), completion: .directory)
    var out: String?

    @OptionGroup var settings: SettingOptions

    func run() throws {
        var options = TypedOptions()
        options.out = out
        settings.fill(&options)
        let sample = TypedSample(system: system, records: records, seed: seed, faults: faults, encoding: encoding)
        try call(options) { $0.sample(sample) }
    }
}
