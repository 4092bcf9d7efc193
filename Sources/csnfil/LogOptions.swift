import ArgumentParser
import Pipeline

extension LogForm: ExpressibleByArgument {}
extension LogLevel: ExpressibleByArgument {}

/// What a scheduled run logs on standard error.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Log lines on standard error; default text, on a terminal off.", valueName: "text|json|off"))
    var log: LogForm?

    @Option(help: ArgumentHelp("From which level on; default info.", valueName: "info|notice|warning|error"))
    var logLevel: LogLevel?

    func fill(_ options: inout TypedOptions) {
        options.log = log?.rawValue
        options.logLevel = logLevel?.rawValue
    }
}
