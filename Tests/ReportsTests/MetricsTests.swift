import CSN
import Testing

@testable import Reports

/// `metrics.prom` against a strict reading of what the two formats have in common: Prometheus' text format, which
/// node_exporter's textfile collector reads, and OpenMetrics.
@Suite struct MetricsTests {
    /// A parsed file: by name and skolkod, the value.
    private struct Parsed {
        struct Broken: Error { var line: String }

        var values: [String: Int] = [:]
        var families: [String] = []

        /// Takes nothing that either format refuses: every family once, its help, its type, its samples together, a
        /// name of letters and `_` that needs no ending, whole numbers, one label, a last line `# EOF`.
        init(_ text: String) throws {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
            guard lines.popLast() == "", lines.popLast() == "# EOF" else { throw Broken(line: "the end") }
            var helped: String?
            var isTyped = false
            for line in lines {
                if let match = line.wholeMatch(of: /# HELP ([a-z_]+) [^\\"\n]+\./) {
                    guard !families.contains(String(match.1)) else { throw Broken(line: String(line)) }
                    (helped, isTyped) = (String(match.1), false)
                } else if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) gauge/) {
                    guard helped == String(match.1), !isTyped else { throw Broken(line: String(line)) }
                    isTyped = true
                    families.append(String(match.1))
                } else if let match = line.wholeMatch(of: /([a-z_]+)(\{skolkod="1\d{3}"\})? (-?\d+)/) {
                    guard isTyped, helped == String(match.1), let value = Int(match.3) else {
                        throw Broken(line: String(line))
                    }
                    let key = "\(match.1)\(match.2 ?? "")"
                    guard values.updateValue(value, forKey: key) == nil else { throw Broken(line: String(line)) }
                } else {
                    throw Broken(line: String(line))
                }
            }
            for ending in ["_total", "_count", "_sum", "_bucket", "_created", "_info"] {
                if let name = families.first(where: { $0.hasSuffix(ending) }) { throw Broken(line: name) }
            }
        }
    }

    private static func nightly() throws -> NightlyNumbers {
        var numbers = NightlyNumbers()
        var held = NightlyNumbers.School(skolkod: try #require(Skolkod(1234)))
        held.filesWaiting = 2
        held.queueReadingDays = 6
        held.isHeld = true
        held.studentsHeld = 3
        held.oldestUnconfirmedSeconds = 90_000
        numbers.schools = [held, NightlyNumbers.School(skolkod: try #require(Skolkod(1000)))]
        numbers.runs = 41
        numbers.lastSuccess = 1_795_417_201
        numbers.ledgerBytes = 65_536
        return numbers
    }

    @Test func `a conversion's numbers`() throws {
        let parsed = try Parsed(MetricsText(try ModelReport.make()).text())
        let expected = [
            "csnfil_run_exit_status": 1, "csnfil_run_duration_seconds": 1,
            // date --date 2026-11-23T08:00:01+01:00 +%s
            "csnfil_run_finished_timestamp_seconds": 1_795_417_201, "csnfil_run_inputs": 2, "csnfil_rows_read": 1_246,
            "csnfil_rows_sent": 1_230, "csnfil_rows_held": 9, "csnfil_rows_dropped": 5, "csnfil_rows_ignored": 2,
            "csnfil_held_students": 4, "csnfil_held_units": 5, "csnfil_held_records": 9, "csnfil_findings_error": 4,
            "csnfil_findings_warning": 0, "csnfil_findings_information": 2, "csnfil_internal_faults": 0,
            "csnfil_written_files{skolkod=\"1000\"}": 1, "csnfil_written_files{skolkod=\"1234\"}": 1,
            "csnfil_written_records{skolkod=\"1000\"}": 615, "csnfil_written_records{skolkod=\"1234\"}": 615,
            "csnfil_written_students{skolkod=\"1000\"}": 201, "csnfil_written_students{skolkod=\"1234\"}": 201,
            "csnfil_written_bytes{skolkod=\"1000\"}": 90_000, "csnfil_written_bytes{skolkod=\"1234\"}": 90_000,
        ]
        #expect(parsed.values == expected)
    }

    @Test func `a scheduled run's numbers are added`() throws {
        let without = try Parsed(MetricsText(try ModelReport.make()).text())
        let text = MetricsText(try ModelReport.make { $0.nightly = try Self.nightly() }).text()
        let added = try Parsed(text).values.filter { without.values[$0.key] == nil }
        let expected = [
            "csnfil_nightly_runs": 41, "csnfil_ledger_bytes": 65_536,
            "csnfil_nightly_last_success_timestamp_seconds": 1_795_417_201,
            "csnfil_outbox_files_waiting{skolkod=\"1000\"}": 0, "csnfil_outbox_files_waiting{skolkod=\"1234\"}": 2,
            "csnfil_queue_reading_days{skolkod=\"1000\"}": 0, "csnfil_queue_reading_days{skolkod=\"1234\"}": 6,
            "csnfil_school_held{skolkod=\"1000\"}": 0, "csnfil_school_held{skolkod=\"1234\"}": 1,
            "csnfil_school_students_held{skolkod=\"1000\"}": 0, "csnfil_school_students_held{skolkod=\"1234\"}": 3,
            "csnfil_oldest_unconfirmed_seconds{skolkod=\"1234\"}": 90_000,
        ]
        #expect(added == expected)
    }

    @Test func `several files of a school are added up`() throws {
        let report = try ModelReport.make { report in
            var second = report.files[0]
            second.readingDay = second.readingDay + 1
            second.records = 5
            report.files.append(second)
        }
        let parsed = try Parsed(MetricsText(report).text())
        #expect(parsed.values["csnfil_written_files{skolkod=\"1234\"}"] == 2)
        #expect(parsed.values["csnfil_written_records{skolkod=\"1234\"}"] == 620)
    }

    @Test func `a run without files and without a clock leaves its lines out`() throws {
        let report = try ModelReport.make {
            $0.files = []
            $0.run.finished = ""
        }
        let names = try Parsed(MetricsText(report).text()).families
        #expect(names.count == 14)
        #expect(!names.contains { $0.contains("written") || $0.contains("timestamp") })
    }

    /// `date --date TIME +%s`
    @Test(arguments: [
        ("1970-01-01T01:00:00+01:00", 0), ("2026-07-01T00:00:00+02:00", 1_782_856_800),
        ("2026-10-25T02:30:00+02:00", 1_792_888_200), ("2026-10-25T02:30:00+01:00", 1_792_891_800),
        ("2026-01-01T00:00:00-03:30", 1_767_238_200),
    ]) func `times become seconds`(text: String, seconds: Int) {
        #expect(MetricsText.seconds(text) == seconds)
    }

    @Test(arguments: ["", "2026-11-23T08:00:01Z", "2026-11-23T08:00:01+0100 ", "2026-11-23T08:00:61+01:00"])
    func `anything else is no time`(text: String) {
        #expect(MetricsText.seconds(text) == nil)
    }
}
