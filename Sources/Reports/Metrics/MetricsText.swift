import CSN

/// `report/metrics.prom`: the numbers of a run for node_exporter's textfile collector.
///
/// The collector reads Prometheus' older text format and knows no OpenMetrics (node_exporter, issue 1988: no type
/// `info`, no timestamps). What is written here is both at once: gauges only, since a counter's name differs between
/// the two, no timestamps, no units, and a last line `# EOF` that OpenMetrics asks for and the older format takes for a
/// comment. The only label is the skolkod.
public struct MetricsText: Sendable {
    private let report: RunReport

    /// The numbers of a run.
    public init(_ report: RunReport) { self.report = report }

    /// The file, UTF-8, ending with `# EOF`.
    public func text() -> String {
        var gauges = [
            Gauge(
                "csnfil_run_exit_status", "Exit status of the last run that wrote a report.",
                Int(report.exitStatus.rawValue))
        ]
        gauges += times
        gauges += counts
        gauges += files
        if let nightly = report.nightly { gauges += MetricsText.gauges(nightly) }
        return gauges.map(\.text).joined() + "# EOF\n"
    }

    private var times: [Gauge] {
        guard let finished = MetricsText.seconds(report.run.finished) else { return [] }
        var gauges = [
            Gauge("csnfil_run_finished_timestamp_seconds", "When that run ended, since 1970 in UTC.", finished)
        ]
        if let started = MetricsText.seconds(report.run.started) {
            gauges.append(Gauge("csnfil_run_duration_seconds", "How long that run took.", finished - started))
        }
        return gauges
    }

    private var counts: [Gauge] {
        let rows = report.shownRows
        let counts = report.counts
        return [
            Gauge("csnfil_run_inputs", "Exports that the run read.", report.inputs.count),
            Gauge("csnfil_rows_read", "Rows read.", rows.read),
            Gauge("csnfil_rows_sent", "Rows whose record is in a file.", rows.sent),
            Gauge("csnfil_rows_held", "Rows whose record is held back.", rows.held),
            Gauge("csnfil_rows_dropped", "Rows that are not to be reported.", rows.dropped),
            Gauge("csnfil_rows_ignored", "Rows that the export profile leaves out.", rows.ignored),
            Gauge("csnfil_held_students", "Students of whom something is held back.", report.held.students),
            Gauge("csnfil_held_units", "Study periods held back.", report.held.units),
            Gauge("csnfil_held_records", "Records held back.", report.held.records),
            Gauge("csnfil_findings_error", "Findings shown as errors.", counts.error),
            Gauge("csnfil_findings_warning", "Findings shown as warnings.", counts.warning),
            Gauge("csnfil_findings_information", "Findings shown as information.", counts.info),
            Gauge("csnfil_internal_faults", "Faults of the program itself.", report.internalFaults),
        ]
    }

    /// By school, what the run wrote; a school of which it wrote nothing has no line.
    private var files: [Gauge] {
        let bySchool = Dictionary(grouping: report.files, by: \.skolkod).sorted { $0.key < $1.key }
        func gauge(_ name: String, _ help: String, _ number: (RunReport.OutputFile) -> Int) -> Gauge {
            Gauge(
                name: name, help: help,
                samples: bySchool.map { Gauge.Sample(skolkod: $0.key, value: $0.value.reduce(0) { $0 + number($1) }) })
        }
        return [
            gauge("csnfil_written_files", "Upload files that the run wrote.") { _ in 1 },
            gauge("csnfil_written_records", "Records in them.", \.records),
            gauge("csnfil_written_students", "Students in them, counted once a file.", \.students),
            gauge("csnfil_written_bytes", "Their size.", \.bytes),
        ]
    }

    private static func gauges(_ nightly: NightlyNumbers) -> [Gauge] {
        let schools = nightly.schools.sorted { $0.skolkod < $1.skolkod }
        func gauge(_ name: String, _ help: String, _ number: (NightlyNumbers.School) -> Int?) -> Gauge {
            Gauge(
                name: name, help: help,
                samples: schools.compactMap { school in
                    number(school).map { Gauge.Sample(skolkod: school.skolkod, value: $0) }
                })
        }
        var gauges = [
            Gauge("csnfil_nightly_runs", "Runs that the ledger knows of.", nightly.runs),
            Gauge("csnfil_ledger_bytes", "Size of the ledger.", nightly.ledgerBytes),
        ]
        if let last = nightly.lastSuccess {
            gauges.append(
                Gauge(
                    "csnfil_nightly_last_success_timestamp_seconds",
                    "When a run last ended with status 0 or 1, since 1970 in UTC.", last))
        }
        return gauges + [
            gauge(
                "csnfil_outbox_files_waiting", "Files in the outbox that nobody has said are uploaded.",
                \.filesWaiting),
            gauge(
                "csnfil_queue_reading_days", "Reading days that the files of a school wait for.", \.queueReadingDays),
            gauge("csnfil_school_held", "1 when nothing of the school is sent until somebody confirms.") {
                $0.isHeld ? 1 : 0
            },
            gauge("csnfil_school_students_held", "Students of the school with something held back.", \.studentsHeld),
            gauge(
                "csnfil_oldest_unconfirmed_seconds",
                "How long ago the reading was that the oldest waiting content was first meant for.",
                \.oldestUnconfirmedSeconds),
        ]
    }

    /// Seconds since 1970 of a time such as `2026-11-23T12:00:00+01:00`; nil of any other text.
    static func seconds(_ text: String) -> Int? {
        guard text.utf8.count == 25, let moment = Moment(text.prefix(19)) else { return nil }
        let zone = text.dropFirst(19)
        let parts = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard let sign = zone.first, sign == "+" || sign == "-", parts.count == 2 else { return nil }
        let ahead = (parts[0] * 60 + parts[1]) * 60 * (sign == "-" ? -1 : 1)
        return Int(moment.day.number) * 86_400 + moment.secondOfDay - ahead
    }
}

/// One number, or one for each school.
private struct Gauge {
    struct Sample {
        var skolkod: Skolkod?
        var value: Int
    }

    let name: String
    /// Without line ends, backslashes and quotes, so that nothing needs to be escaped.
    let help: String
    let samples: [Sample]

    init(name: String, help: String, samples: [Sample]) {
        self.name = name
        self.help = help
        self.samples = samples
    }

    init(_ name: String, _ help: String, _ value: Int) {
        self.init(name: name, help: help, samples: [Sample(skolkod: nil, value: value)])
    }

    /// Nothing for a number that no school has.
    var text: String {
        guard !samples.isEmpty else { return "" }
        var text = "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
        for sample in samples {
            let label = sample.skolkod.map { "{skolkod=\"\($0)\"}" } ?? ""
            text += "\(name)\(label) \(sample.value)\n"
        }
        return text
    }
}
