import Findings

/// What a person reads of sample cases: what differs, and how many are as expected.
public struct VerifyText: Sendable {
    private let report: VerifyReport
    private let language: Language
    private let emphasis: Emphasis

    /// The text of a report in a language.
    public init(_ report: VerifyReport, in language: Language, isColoured: Bool = false) {
        self.report = report
        self.language = language
        emphasis = Emphasis(isColoured: isColoured)
    }

    /// Each case that is not as expected, or was changed by recording, then the counts.
    public func text() -> String {
        let parts = report.results.map(part).filter { !$0.isEmpty } + [summary]
        return parts.joined(separator: "\n")
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[language] }

    /// What is said of one result; nothing of one that is as expected.
    func part(_ result: VerifyReport.Result) -> String {
        guard result.status != .same else { return "" }
        let layout = result.layout.map { " (\($0))" } ?? ""
        let kind: Emphasis.Kind = result.status.isGood ? .bold : .red
        var text = emphasis(kind, "\(result.name)\(layout): \(word(for: result.status))".forTerminal) + "\n"
        if let message = result.message {
            for line in message[language].split(separator: "\n") { text += "  \(String(line).forTerminal)\n" }
        }
        for change in result.changes { text += "  \(word(for: change.kind)) \(change.file.forTerminal)\n" }
        for difference in result.differences { text += lines(for: difference) }
        if result.more > 0 { text += "  " + say("… och \(result.more) till", "… and \(result.more) more") + "\n" }
        return text
    }

    private func lines(for difference: FileDifference) -> String {
        let file = difference.file.forTerminal
        guard let line = difference.line else {
            let what =
                difference.found == nil
                ? say("väntades men gjordes inte", "was expected and was not made")
                : say("gjordes men väntades inte", "was made and was not expected")
            return "  \(file): \(what)\n"
        }
        let column = difference.column.map { ":\($0)" } ?? ""
        func row(_ sv: String, _ en: String, _ value: String?) -> String {
            "    \(say(sv, en)) \(value?.forTerminal ?? say("(ingen rad)", "(no line)"))\n"
        }
        return "  \(file):\(line)\(column):\n" + row("väntat:", "expected:", difference.expected)
            + row("gjort: ", "found:   ", difference.found)
    }

    private func word(for status: VerifyReport.Status) -> String {
        switch status {
        case .same: say("som väntat", "as expected")
        case .recorded: say("inspelat", "recorded")
        case .differs: say("annat än väntat", "not as expected")
        case .notRecorded: say("inget är väntat ännu", "nothing is expected yet")
        case .notConverted: say("körningen slutade inte som den skulle", "the run did not end as it should")
        case .notListed: say("står inte i case.yaml", "is not in case.yaml")
        case .noCase: say("export utan case.yaml", "an export without case.yaml")
        }
    }

    private func word(for change: VerifyReport.Change.Kind) -> String {
        switch change {
        case .written: say("skrev    ", "wrote  ")
        case .changed: say("ändrade  ", "changed")
        case .removed: say("tog bort ", "removed")
        }
    }

    private var summary: String {
        let all = report.results.count
        let bad = report.results.count { !$0.status.isGood }
        if report.isRecording {
            let recorded = report.count(.recorded)
            let rest =
                bad == 0 ? "" : say(" \(bad) kunde inte spelas in.", " \(bad) could not be recorded.")
            return emphasis(
                bad == 0 ? .bold : .red,
                say(
                    "\(recorded) av \(all) inspelade på nytt, \(report.count(.same)) var som förut.\(rest)",
                    "\(recorded) of \(all) recorded anew, \(report.count(.same)) as before.\(rest)"))
                + "\n"
                + (recorded == 0
                    ? ""
                    : say("Läs skillnaden innan du sparar den.", "Read the difference before you keep it.") + "\n")
        }
        guard bad > 0 else {
            return emphasis(.bold, say("Alla \(all) är som väntat.", "All \(all) are as expected.")) + "\n"
        }
        return emphasis(
            .red, say("\(bad) av \(all) är inte som väntat.", "\(bad) of \(all) are not as expected.")) + "\n"
    }
}
