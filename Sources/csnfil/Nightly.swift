import ArgumentParser
import Pipeline

/// `csnfil nightly`
struct Nightly: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes what lies in the inbox and leaves each school at most one file for the coming reading.",
        discussion: """
            For a timer. Knows from the ledger what CSN has, reports what has changed, and leaves in the outbox at most \
            one file a school and reading day. Needs inbox, outbox, archive and ledger in csnfil.yaml.

            Examples:
              csnfil nightly --config /etc/csnfil/csnfil.yaml
              csnfil nightly --full
            """)

    @Flag(help: "Everybody goes, also who has not changed.")
    var full = false

    @Flag(help: "The clock is right although the ledger has seen a later time.")
    var acceptClock = false

    @OptionGroup var holding: HoldOptions
    @OptionGroup var logging: LogOptions
    @OptionGroup var judging: JudgingOptions
    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        holding.fill(&options)
        logging.fill(&options)
        judging.fill(&options)
        settings.fill(&options)
        speech.fill(&options)
        var typed = TypedNightly()
        typed.isFull = full
        typed.acceptsClock = acceptClock
        try call(options) { $0.nightly(typed) }
    }
}
