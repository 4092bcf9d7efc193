import Findings

/// What a person reads of an installation's state: a line for each thing found, and what to do where something is.
public struct DoctorText: Sendable {
    private let report: DoctorReport
    private let language: Language
    private let emphasis: Emphasis
    private let isQuiet: Bool

    /// The text of a report in a language.
    ///
    /// - Parameter isQuiet: what is as it should be is left out.
    public init(_ report: DoctorReport, in language: Language, isColoured: Bool = false, isQuiet: Bool = false) {
        self.report = report
        self.language = language
        emphasis = Emphasis(isColoured: isColoured)
        self.isQuiet = isQuiet
    }

    /// The results in the order of the report, then how many there are of each kind.
    public func text() -> String {
        report.results.filter { !isQuiet || $0.status != .ok }.map(lines).joined() + summary
    }

    private func lines(_ result: DoctorReport.Result) -> String {
        let place = result.place.map { "\($0.forTerminal): " } ?? ""
        var text = "\(word(for: result.status)) \(result.check): \(place)\(result.text[language].forTerminal)\n"
        if let advice = result.advice { text += "     → \(advice[language].forTerminal)\n" }
        return text
    }

    private func word(for status: DoctorReport.Status) -> String {
        switch status {
        case .ok: "ok  "
        case .warning: emphasis(.yellow, Text(sv: "obs ", en: "warn")[language])
        case .error: emphasis(.red, Text(sv: "FEL ", en: "ERR ")[language])
        }
    }

    private var summary: String {
        let (errors, warnings) = (report.count(.error), report.count(.warning))
        let text =
            switch report.exitStatus {
            case .success: Text(sv: "Allt är som det ska.", en: "All is as it should be.")
            default:
                Text(
                    sv: "\(errors) fel, \(warnings) att se över.",
                    en: "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s").")
            }
        return emphasis(.bold, text[language]) + "\n"
    }
}
