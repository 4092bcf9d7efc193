import CSN
import CSNRules
import Findings

/// The outputs that programs read. Their keys and the order of these are a contract: they change only together with
/// ``schemaVersion``.
public struct MachineReport: Sendable {
    /// The version of both shapes.
    public static let schemaVersion = 1

    let report: RunReport
    private let language: Language

    /// The outputs of a run; `language` is that of the sentences in ``diagnostics(_:)``.
    public init(_ report: RunReport, in language: Language) {
        self.report = report
        self.language = language
    }

    // MARK: - One object for the run

    /// The object of `--format json` and `report/summary.json`, with a line end behind it.
    public func summary() -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(report.program)
            writeRun(to: &object)
            object.array("inputs") { inputs in for input in report.inputs { write(input, to: &inputs) } }
            object.array("files") { files in for file in report.files { write(file, to: &files) } }
            let rows = report.shownRows
            object.object("rows") {
                $0.number("read", rows.read)
                $0.number("sent", rows.sent)
                $0.number("held", rows.held)
                $0.number("dropped", rows.dropped)
                $0.number("ignored", rows.ignored)
            }
            writeCounts(to: &object)
            report.reconciliation?.write(to: &object)
            object.array("forecast") { array in
                for forecast in report.forecasts { forecast.write(to: &array) }
            }
            report.migration?.write(to: &object)
            object.array("next") { next in
                for file in report.filesToUpload {
                    next.object {
                        $0.number("skolkod", Int(file.skolkod.number))
                        $0.string("path", file.path)
                        $0.string("uploadFrom", file.window.from.description)
                        $0.string("uploadBefore", file.window.before.description)
                    }
                }
            }
        }
        writer.newline()
        return writer.bytes
    }

    func writeRun(to object: inout JSONWriter) {
        object.object("run") {
            $0.string("id", report.run.id)
            $0.string("started", report.run.started)
            $0.string("finished", report.run.finished)
            $0.string("today", report.run.today.description)
        }
    }

    private func writeCounts(to object: inout JSONWriter) {
        let counts = report.counts
        object.object("held") { held in
            held.number("students", report.held.students)
            held.number("units", report.held.units)
            held.number("records", report.held.records)
            write(counts.heldByRule, as: "byRule", to: &held)
        }
        object.object("diagnostics") { diagnostics in
            diagnostics.number("error", counts.error)
            diagnostics.number("warning", counts.warning)
            diagnostics.number("info", counts.info)
            diagnostics.number("repair", counts.repair)
            diagnostics.number("drop", counts.drop)
            write(counts.byRule, as: "byRule", to: &diagnostics)
        }
        object.object("notChecked") { notChecked in
            for (number, rule) in Catalogue.shared.rules.enumerated() where report.notChecked[number] > 0 {
                notChecked.number(rule.name.text, report.notChecked[number])
            }
        }
        object.object("notCheckedBecause") { because in
            for (number, rule) in Catalogue.shared.rules.enumerated() where report.notChecked[number] > 0 {
                because.object(rule.name.text) { reasons in
                    for (reason, count) in report.notChecked.reasons(of: number) { reasons.number(reason.word, count) }
                }
            }
        }
        object.number("internalFaults", report.internalFaults)
    }

    private func write(_ input: RunReport.Input, to array: inout JSONWriter) {
        array.object {
            $0.string("path", input.path)
            $0.string("system", input.system)
            $0.string("schoolForm", input.schoolForm)
            $0.string("encoding", input.encoding)
            $0.number("rows", input.rows)
            $0.string("sha256", input.sha256)
            $0.strings("otherProfiles", input.otherProfiles)
        }
    }

    private func write(_ file: RunReport.OutputFile, to array: inout JSONWriter) {
        array.object {
            $0.string("path", file.path)
            $0.number("skolkod", Int(file.skolkod.number))
            $0.string("readingDay", file.readingDay.description)
            $0.number("records", file.records)
            $0.number("students", file.students)
            $0.string("firstDate", file.firstDate?.description)
            $0.string("lastDate", file.lastDate?.description)
            $0.number("bytes", file.bytes)
            $0.string("sha256", file.sha256)
        }
    }

    /// Counts by rule, sorted by name: the catalogue's numbers are in the order of the names.
    private func write(_ counts: [UInt16: Int], as key: String, to object: inout JSONWriter) {
        object.object(key) { byRule in
            for (number, count) in counts.sorted(by: { $0.key < $1.key }) {
                guard let rule = Catalogue.shared.rule(number) else { continue }
                byRule.number(rule.name.text, count)
            }
        }
    }

    // MARK: - One object a finding

    /// `report/diagnostics.jsonl`: every finding, one object a line, sorted by file, line, rule, column and value.
    ///
    /// - Parameters:
    ///   - sorted: the findings of the same report; made when not given.
    ///   - jobs: how many threads make lines.
    ///   - write: gets the bytes in blocks of some hundred kilobytes, whole lines each.
    public func diagnostics<Failure: Error>(
        _ sorted: SortedFindings? = nil, jobs: Int = 1, _ write: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let lines = FindingLines(sorted ?? SortedFindings(report), in: language)
        var position = 0
        while position < lines.count {
            for block in lines.blocks(from: &position, jobs: max(1, jobs)) { try write(block) }
        }
    }
}

extension NotChecked.Reason {
    /// The field's name, or `anotherRecord`.
    var word: String {
        switch self {
        case .field(let field): field.name
        case .anotherRecord: "anotherRecord"
        }
    }
}
