import CSN
import Foundation
import Glibc
import Logging

/// Where a run says what happens in it. Says nothing of persons: see ``RunEvent``.
public struct RunLog: Sendable {
    private let logger: Logger?

    /// Says nothing.
    public static let off = RunLog(logger: nil)

    private init(logger: Logger?) { self.logger = logger }

    /// A log of a command.
    ///
    /// - Parameters:
    ///   - command: stands on every line.
    ///   - level: what is less grave is not written.
    ///   - time: the present time with its distance from UTC; called for every line.
    ///   - write: gets whole lines, from any thread.
    public init(
        _ command: String, form: LogForm, level: LogLevel = .info, time: @escaping @Sendable () -> String,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        guard form != .off else {
            self = .off
            return
        }
        // No handler for the whole process: a log is handed from where it is made to where it is written.
        logger = Logger(label: command) { label in
            RunLogHandler(label: label, form: form, time: time, write: write, logLevel: level.level)
        }
    }

    /// Writes the event, if it is grave enough.
    public func record(_ event: RunEvent) {
        logger?.log(level: event.level, event.name, metadata: event.fields)
    }
}

/// From which level on lines are written.
public enum LogLevel: String, Sendable, CaseIterable {
    /// Everything.
    case info
    /// What a person may want to know.
    case notice
    /// What a person should look at.
    case warning
    /// Only that a run failed.
    case error

    fileprivate var level: Logger.Level {
        switch self {
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}

extension RunLog {
    /// The log of a scheduled run, on standard error: as text unless `--log` says otherwise, and not at all where a
    /// person watches and has not asked for it.
    ///
    /// - Throws: a word after `--log` or `--log-level` that is none.
    static func of(
        _ command: String, _ options: TypedOptions, in surroundings: Surroundings, _ settings: RunSettings
    ) throws(RunFailure) -> RunLog {
        let form = try Resolving.word(options.log, "--log", LogForm.self)
        let level = try Resolving.word(options.logLevel, "--log-level", LogLevel.self)
        return RunLog(
            command, form: form ?? (surroundings.errorIsTerminal ? .off : .text), level: level ?? .info,
            time: RunLog.time(settings), write: RunLog.standardError)
    }

    /// The machine's clock; where a run was told what time it is, that time.
    private static func time(_ settings: RunSettings) -> @Sendable () -> String {
        guard settings.isRealTime, let clock = StockholmClock() else {
            let now = settings.now.description
            return { now }
        }
        return { clock.timestamp(of: Date()) }
    }

    /// One call a line, so that lines of several processes stay whole. What cannot be written is not worth stopping a
    /// run for.
    private static func standardError(_ line: [UInt8]) {
        line.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
