import CSN
import Findings
import Foundation

/// What a run finds around it. Read once where the program starts and passed in from there; tests make their own.
public struct Surroundings: Sendable {
    /// The environment variables.
    public var environment: [String: String]
    /// The folder that relative paths start from.
    public var workingFolder: String
    /// The program's own file, links followed; empty when it is not known.
    public var executable: String
    /// How many threads the machine runs at once.
    public var processors: Int
    /// The clock in Stockholm.
    public var now: Moment
    /// Whether a person reads standard output.
    public var outputIsTerminal: Bool
    /// Whether a person reads standard error.
    public var errorIsTerminal: Bool

    /// Surroundings as given.
    public init(
        environment: [String: String], workingFolder: String, executable: String, processors: Int, now: Moment,
        outputIsTerminal: Bool = false, errorIsTerminal: Bool = false
    ) {
        self.environment = environment
        self.workingFolder = workingFolder
        self.executable = executable
        self.processors = processors
        self.now = now
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
    }

    /// What this process finds around it.
    ///
    /// - Throws: the machine has no time zone data; exit status 74.
    public static func ofThisProcess() throws(RunFailure) -> Surroundings {
        guard let now = StockholmClock()?.moment(of: Date()) else {
            throw RunFailure.noTimeZone
        }
        return Surroundings(
            environment: ProcessInfo.processInfo.environment, workingFolder: FileManager.default.currentDirectoryPath,
            executable: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "",
            processors: ProcessInfo.processInfo.activeProcessorCount, now: now,
            outputIsTerminal: isatty(STDOUT_FILENO) == 1, errorIsTerminal: isatty(STDERR_FILENO) == 1)
    }

    /// The language of the locale: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set. Swedish for `sv…` and where
    /// nothing is set (a scheduled run at a Swedish school), else English.
    public var localeLanguage: Language {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            return value.hasPrefix("sv") ? .sv : .en
        }
        return .sv
    }

    /// The language before a configuration has been read: the option, the environment, the locale.
    public func language(typed: String?) -> Language {
        let named = typed ?? environment["CSNFIL_LANGUAGE"]
        return named.flatMap { Language(rawValue: $0) } ?? localeLanguage
    }

    /// Whether text on standard output may be coloured: only where a person reads it and nobody has said no
    /// (https://no-color.org).
    public func allowsColour(_ options: TypedOptions) -> Bool {
        outputIsTerminal && !options.isColourless && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb"
    }

    /// Whether a progress bar is shown.
    public func showsProgress(_ options: TypedOptions) -> Bool {
        errorIsTerminal && !options.isQuiet && !options.hidesProgress && environment["TERM"] != "dumb"
    }
}
