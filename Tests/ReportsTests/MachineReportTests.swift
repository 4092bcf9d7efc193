import CSN
import CSNRules
import Findings
import Foundation
import Testing

@testable import Reports

@Suite("Output for programs")
struct MachineReportTests {
    private func lines(_ report: RunReport, _ language: Language = .en) -> [String] {
        var bytes: [UInt8] = []
        MachineReport(report, in: language).diagnostics { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func summary(_ report: RunReport) -> String {
        String(decoding: MachineReport(report, in: .en).summary(), as: UTF8.self)
    }

    @Test("The object of a run is as recorded")
    func goldenSummary() throws { try expectGolden(summary(try ModelReport.make()), "summary.json") }

    @Test("The lines of findings are as recorded")
    func goldenDiagnostics() throws {
        try expectGolden(lines(try ModelReport.make()).map { $0 + "\n" }.joined(), "diagnostics.jsonl")
    }

    @Test("Foundation reads the object of a run")
    func summaryParses() throws {
        let object = try object(summary(try ModelReport.make()))
        #expect(object["schemaVersion"] as? Int == 1)
        let rows = try #require(object["rows"] as? [String: Int])
        #expect(rows == ["read": 1_246, "sent": 1_230, "held": 9, "dropped": 5, "ignored": 2])
        let held = try #require(object["held"] as? [String: Any])
        #expect(held["byRule"] as? [String: Int] == ["end-before-start": 2, "personnummer-check-digit": 2])
        let diagnostics = try #require(object["diagnostics"] as? [String: Any])
        #expect(diagnostics["error"] as? Int == 4)
        #expect(diagnostics["info"] as? Int == 2)
        #expect(diagnostics["repair"] as? Int == 1)
        #expect(object["notChecked"] as? [String: Int] == ["not-started-date": 3])
        let because = object["notCheckedBecause"] as? [String: [String: Int]]
        #expect(because == ["not-started-date": ["startdatum": 2, "anotherRecord": 1]])
        let next = try #require(object["next"] as? [[String: Any]])
        #expect(next.map { $0["path"] as? String } == ["1000/1000_2026-11-23.xml", "1234/1234_2026-11-24.xml"])
        // Monday's file from Saturday on, because Friday's reading is over; Tuesday's from Tuesday.
        #expect(next.map { $0["uploadFrom"] as? String } == ["2026-11-21T00:00", "2026-11-24T00:00"])
        #expect(next.map { $0["uploadBefore"] as? String } == ["2026-11-23T17:00", "2026-11-24T17:00"])
    }

    @Test("A check counts the rows of its files as what they would send")
    func checkedRows() throws {
        let report = try ModelReport.make { report in
            report.purpose = .check
            report.rows = RowFates()
        }
        let rows = try object(summary(report))["rows"] as? [String: Int]
        #expect(rows == ["read": 1_246, "sent": 1_246, "held": 0, "dropped": 0, "ignored": 0])
    }

    @Test("A student's key is the ledger's number where there is one, in every output")
    func ledgerKeys() throws {
        let report = try ModelReport.make { $0.studentNames = [ModelReport.erik: "17"] }
        let keys = try lines(report).compactMap { try object($0)["student"] as? [String: Any] }
            .compactMap { $0["key"] as? String }
        let before = try lines(try ModelReport.make()).compactMap { try object($0)["student"] as? [String: Any] }
            .compactMap { $0["key"] as? String }
        // The key by the export's own id is the same student's.
        #expect(before.contains("s1") && keys.contains("17"))
        #expect(zip(before, keys).allSatisfy { ($0 == $1) != ($1 == "17") })
        #expect(Set(keys).count == Set(before).count)
        #expect(TextReport(report, in: .en).text().contains("19720120-**** (17)"))
    }

    @Test("The keys stand in the order of the contract")
    func keyOrder() throws {
        func keys(_ text: String) -> [String] { text.matches(of: /"(\w+)":/).map { String($0.1) } }
        let line = try #require(lines(try ModelReport.make()).first { $0.contains(#""student":null"#) })
        #expect(
            keys(line) == [
                "rule", "level", "action", "file", "line", "column", "element", "field", "value", "became", "student",
                "skolkod", "kurskod", "message", "help", "suggestions",
            ])
        let top = summary(try ModelReport.make()).matches(of: /\n  "(\w+)":/).map { String($0.1) }
        #expect(
            top == [
                "schemaVersion", "program", "run", "inputs", "files", "rows", "held", "diagnostics", "notChecked",
                "notCheckedBecause", "internalFaults", "forecast", "next",
            ])
    }

    @Test("Sorted by file, line and rule, whatever order the findings came in")
    func order() throws {
        let report = try ModelReport.make()
        let places = try lines(report).map { line in
            let object = try object(line)
            return "\(object["file"] as? String ?? "") \(object["line"] as? Int ?? 0)"
        }
        #expect(
            places == [
                "exports/a.xml 2", "exports/a.xml 3", "exports/b.csv 7", "exports/b.csv 9", "exports/b.csv 11",
                "exports/b.csv 20",
            ])
        let turned = try ModelReport.make { report in
            var list = FindingList()
            for finding in report.findings.findings.reversed() {
                list.add(finding, report.findings.parameters(of: finding))
            }
            report.findings = list
        }
        #expect(lines(turned) == lines(report))
    }

    @Test("Findings at one place are sorted by what is shown of their value")
    func tie() throws {
        let report = try ModelReport.make { report in
            report.findings = FindingList()
            for value in ["2026-03-01", "2026-01-01", "2026-02-01"] {
                report.findings.add(
                    try ModelReport.finding("end-before-start", .error, .hold, line: 5, column: 2),
                    [Parameter("value", value), Parameter("startdatum", "2026-08-17")])
            }
        }
        let values = try lines(report).map { try object($0)["value"] as? String }
        #expect(values == ["2026-01-01", "2026-02-01", "2026-03-01"])
    }

    @Test("A student has one key, whichever row it is known from")
    func studentKeys() throws {
        let students = try lines(try ModelReport.make()).map { try object($0)["student"] as? [String: String] }
        #expect(students.map { $0?["key"] } == ["s1", "s2", "s2", "s3", nil, "s2"])
        #expect(
            students.map { $0?["personnummer"] } == [
                "19950505-****", "19720120-****", "19720120-****", "********-****", nil, "19720120-****",
            ])
    }

    @Test("A finding in XML names its path of elements, any other none")
    func elements() throws {
        let elements = try lines(try ModelReport.make()).map { try object($0)["element"] as? String }
        #expect(elements == ["course/end", "course/personid", nil, nil, nil, nil])
    }

    @Test("Every text survives the way through JSON")
    func escaping() throws {
        let hard = "\"\\\u{0}\u{1F}\n\r\t/åäö🎓\u{2028}\u{7F}"
        var writer = JSONWriter(isIndented: false)
        writer.object { $0.string(hard, hard) }
        #expect(try object(writer.text)[hard] as? String == hard)
    }

    @Test("Empty arrays and objects stay on their line")
    func empty() {
        var writer = JSONWriter(isIndented: true)
        writer.object {
            $0.array("a") { _ in }
            $0.object("o") { _ in }
        }
        #expect(writer.text == "{\n  \"a\": [],\n  \"o\": {}\n}")
    }
}
