import ArgumentParser
import Pipeline

/// `csnfil outbox`
struct Outbox: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what is to be uploaded, and hears what became of it.",
        discussion: """
            csnfil does not upload: a person does that, and says so here. Then csnfil knows what CSN has and sends \
            only what is new. FILE is a file's name (1234_2026-11-23.xml), its path, the path of a copy of it, or its \
            number in the list (17).

            Examples:
              csnfil outbox
              csnfil outbox sent 1234_2026-11-23.xml
              csnfil outbox rejected 17
            """,
        subcommands: [
            OutboxList.self, OutboxSent.self, OutboxAccepted.self, OutboxRejected.self, OutboxWithdraw.self,
            OutboxForget.self, OutboxConfirm.self,
        ],
        defaultSubcommand: OutboxList.self)
}

/// What every verb of `outbox` takes.
struct OutboxOptions: ParsableArguments {
    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    var typed: TypedOptions {
        var options = TypedOptions()
        settings.fill(&options)
        speech.fill(&options)
        return options
    }
}

/// FILE
struct OutboxFileArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("A file's name, path or number.", valueName: "file"), completion: .file())
    var file: String
}

/// `csnfil outbox list`
struct OutboxList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "What is to be uploaded when, what was sent, and what became of it.",
        discussion: """
            Changes nothing, and can be asked while csnfil nightly runs.

            Example: csnfil outbox list --format json
            """)

    @OptionGroup var options: OutboxOptions

    func run() throws { try call(options.typed) { $0.outbox(.list) } }
}

/// `csnfil outbox sent FILE`
struct OutboxSent: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sent",
        abstract: "FILE was uploaded, and CSN confirmed it on the screen.",
        discussion: """
            Without --at: now. A file that was uploaded after 17:00 on its day comes to the next reading.

            Examples:
              csnfil outbox sent 1234_2026-11-23.xml
              csnfil outbox sent 1234_2026-11-23.xml --at 07:40
              csnfil outbox sent 17 --at 2026-11-23T16:30
            """)

    @OptionGroup var file: OutboxFileArgument

    @Option(help: ArgumentHelp("When it was uploaded, time in Stockholm.", valueName: "[YYYY-MM-DDT]HH:MM"))
    var at: String?

    @OptionGroup var options: OutboxOptions

    func run() throws { try call(options.typed) { $0.outbox(.sent(file: file.file, at: at)) } }
}

/// `csnfil outbox accepted FILE`
struct OutboxAccepted: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accepted",
        abstract: "CSN has FILE, as Mina tjänster shows.",
        discussion: """
            Seldom needed: a file that was said to be sent counts as read by itself once its reading has passed.

            Example: csnfil outbox accepted 1234_2026-11-23.xml
            """)

    @OptionGroup var file: OutboxFileArgument
    @OptionGroup var options: OutboxOptions

    func run() throws { try call(options.typed) { $0.outbox(.accepted(file: file.file)) } }
}

/// `csnfil outbox rejected FILE`
struct OutboxRejected: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejected",
        abstract: "CSN took nothing of FILE.",
        discussion: """
            The file goes out of the outbox, and all that stood in it is sent again. A file uploaded before it for the \
            same reading counts again.

            Example: csnfil outbox rejected 1234_2026-11-23.xml
            """)

    @OptionGroup var file: OutboxFileArgument
    @OptionGroup var options: OutboxOptions

    func run() throws { try call(options.typed) { $0.outbox(.rejected(file: file.file)) } }
}

/// `csnfil outbox withdraw FILE`
struct OutboxWithdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "FILE is not to be uploaded.",
        discussion: """
            Only a file that nobody has uploaded. It goes out of the outbox; the next csnfil nightly makes a new one.

            Example: csnfil outbox withdraw 1234_2026-11-23.xml
            """)

    @OptionGroup var file: OutboxFileArgument
    @OptionGroup var options: OutboxOptions

    func run() throws { try call(options.typed) { $0.outbox(.withdraw(file: file.file)) } }
}

/// `csnfil outbox forget STUDENTKEY KURSKOD`
struct OutboxForget: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Lets a reported course go, such as a withdrawn admission.",
        discussion: """
            A reported course that is gone from the export is kept as it was last reported until this is said. \
            STUDENTKEY is the student's number as the reports of csnfil nightly show it, never a personnummer.

            Examples:
              csnfil outbox forget 17 MATMAT01a --reason "admission withdrawn"
              csnfil outbox forget 17 MATMAT01a --kursdel 1:2 --startdatum 2026-08-17 --reason "registered twice"
            """)

    @Argument(help: ArgumentHelp("The student's number in the ledger.", valueName: "studentkey"))
    var student: String

    @Argument(help: ArgumentHelp("The course's code.", valueName: "kurskod"))
    var kurskod: String

    @Option(help: ArgumentHelp("Why, for those who read the ledger later. No names or numbers.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("Which part, where several are reported.", valueName: "1:2"))
    var kursdel: String?

    @Option(help: ArgumentHelp("Which start, where several are reported.", valueName: "YYYY-MM-DD"))
    var startdatum: String?

    @OptionGroup var options: OutboxOptions

    func run() throws {
        let typed = TypedOutbox.TypedForget(
            student: student, kurskod: kurskod, reason: reason, kursdel: kursdel, startdatum: startdatum)
        try call(options.typed) { $0.outbox(.forget(typed)) }
    }
}

/// `csnfil outbox confirm SKOLKOD`
struct OutboxConfirm: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "So many students really left the school.",
        discussion: """
            When more than a fifth of last time's students are gone from an export, the school is held until this is \
            said.

            Example: csnfil outbox confirm 1234
            """)

    @Argument(help: ArgumentHelp("The school.", valueName: "skolkod"))
    var skolkod: String

    @OptionGroup var options: OutboxOptions

    func run() throws { try call(options.typed) { $0.outbox(.confirm(skolkod: skolkod)) } }
}
