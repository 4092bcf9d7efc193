import CSNRules
import Findings
import Foundation
import Reports
import Uploads

/// What a finished run, or one that failed, says to whom.
public struct Presenting: Sendable {
    private let options: TypedOptions
    private let surroundings: Surroundings

    /// Presents by what was typed and where the program runs.
    public init(_ options: TypedOptions, in surroundings: Surroundings) {
        self.options = options
        self.surroundings = surroundings
    }

    /// What goes to standard output about a run; `sorted` are the report's findings.
    public func standardOutput(
        of report: RunReport, _ sorted: SortedFindings? = nil, in language: Language
    ) -> [UInt8] {
        if options.format == OutputFormat.json.rawValue { return MachineReport(report, in: language).summary() }
        let text = TextReport(
            report, in: language,
            TextReport.Options(
                isColoured: surroundings.allowsColour(options), showsPersonnummer: options.showsPersonnummer,
                isQuiet: options.isQuiet),
            sorted: sorted)
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

    /// Writes `diagnostics.jsonl`, `summary.json` and `metrics.prom` into the report's folder, where it has one, and of
    /// a migration `plan.json` and `plan.ics`.
    ///
    /// The files are for their owner alone, and appear whole: written beside, then renamed. `sorted` are the report's
    /// findings.
    public func writeReports(
        of report: RunReport, _ sorted: SortedFindings? = nil, in language: Language
    ) throws(RunFailure) {
        guard let folder = report.reportPath else { return }
        let machine = MachineReport(report, in: language)
        do throws(OutputProblem) {
            let lines = try AtomicFile(path: "\(folder)/diagnostics.jsonl")
            do throws(OutputProblem) {
                let jobs = options.jobs ?? surroundings.processors
                try machine.diagnostics(sorted, jobs: jobs) { (bytes: [UInt8]) throws(OutputProblem) in
                    try lines.take(bytes)
                }
            } catch {
                lines.discard()
                throw error
            }
            try lines.finish()
            try AtomicFile.write(machine.summary(), to: "\(folder)/summary.json")
            try AtomicFile.write(Array(MetricsText(report).text().utf8), to: "\(folder)/metrics.prom")
            for file in ReconciliationFiles(report, in: language).contents {
                try AtomicFile.write(file.bytes, to: "\(folder)/\(file.name)")
            }
            if let plan = machine.plan() { try AtomicFile.write(plan, to: "\(folder)/plan.json") }
            if let calendar = MigrationCalendar(report, in: language) {
                try AtomicFile.write(calendar.bytes(), to: "\(folder)/plan.ics")
            }
        } catch {
            throw RunFailure(error)
        }
    }
}
