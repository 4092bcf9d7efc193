import CSNRules
import Findings
import Foundation
import Reports

/// What a finished run, or one that failed, says to whom.
public struct Presenting: Sendable {
    private let options: TypedOptions
    private let surroundings: Surroundings

    /// Presents by what was typed and where the program runs.
    public init(_ options: TypedOptions, in surroundings: Surroundings) {
        self.options = options
        self.surroundings = surroundings
    }

    /// What goes to standard output about a run.
    public func standardOutput(of report: RunReport, in language: Language) -> [UInt8] {
        if options.format == OutputFormat.json.rawValue { return MachineReport(report, in: language).summary() }
        let text = TextReport(
            report, in: language,
            TextReport.Options(
                isColoured: surroundings.allowsColour(options), showsPersonnummer: options.showsPersonnummer,
                isQuiet: options.isQuiet))
        return Array(text.text().utf8)
    }

    /// What goes to standard error about a run that could not be carried through: a line for each cause.
    public func standardError(of failure: RunFailure, in language: Language) -> String {
        failure.problems.map { problem in
            let place = problem.place ?? "csnfil"
            return "\(place): \(Text(sv: "fel", en: "error")[language]): \(problem.text[language])".forTerminal + "\n"
        }.joined()
    }

    /// The progress bar, where a person watches and wants one.
    public func progress(in language: Language) -> any ProgressSink {
        surroundings.showsProgress(options) ? ProgressBar(in: language) : NoProgress()
    }

    /// Writes `diagnostics.jsonl` and `summary.json` into the report's folder, where it has one.
    ///
    /// Both files are for their owner alone, and appear whole: written beside, then renamed.
    public func writeReports(of report: RunReport, in language: Language) throws(RunFailure) {
        guard let folder = report.reportPath else { return }
        let machine = MachineReport(report, in: language)
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Presenting.notWritten(folder, String(cString: strerror(errno)))
        }
        try WholeOutput.write("\(folder)/diagnostics.jsonl") { (file: borrowing WholeOutput) throws(RunFailure) in
            try machine.diagnostics { (bytes: [UInt8]) throws(RunFailure) in try file.append(bytes) }
        }
        try WholeOutput.write("\(folder)/summary.json") { (file: borrowing WholeOutput) throws(RunFailure) in
            try file.append(machine.summary())
        }
    }

    static func notWritten(_ path: String, _ reason: String) -> RunFailure {
        RunFailure(
            .inputOutput, at: path,
            Text(
                sv: "Kan inte skrivas: \(reason). Ge plats och rättigheter, och kör igen.",
                en: "Cannot be written: \(reason). Make room or give permission, and run again."))
    }
}

/// A file that appears under its name only when it is whole.
struct WholeOutput: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private let temporary: String

    private init(_ path: String) throws(RunFailure) {
        self.path = path
        temporary = "\(path).\(getpid()).tmp"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Presenting.notWritten(path, String(cString: strerror(errno))) }
        // The mask of the process can only take away; a file of that name that lay there keeps its own mode.
        fchmod(descriptor, 0o600)
    }

    deinit { close(descriptor) }

    /// Writes a file through `content`.
    static func write(
        _ path: String, _ content: (borrowing WholeOutput) throws(RunFailure) -> Void
    ) throws(RunFailure) {
        let file = try WholeOutput(path)
        do throws(RunFailure) {
            try content(file)
            guard fsync(file.descriptor) == 0, rename(file.temporary, path) == 0 else {
                throw Presenting.notWritten(path, String(cString: strerror(errno)))
            }
        } catch {
            unlink(file.temporary)
            throw error
        }
    }

    func append(_ bytes: [UInt8]) throws(RunFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Presenting.notWritten(path, String(cString: strerror(errno))) }
            rest = rest.dropFirst(count)
        }
    }
}
