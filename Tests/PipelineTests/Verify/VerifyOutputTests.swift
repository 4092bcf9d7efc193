import Foundation
import Findings
import Reports
import Testing

/// What programs read of `csnfil verify`.
@Suite struct VerifyOutputTests {
    /// Names and texts with everything that XML cannot hold as it is.
    private static let nasty = "a<b>&\"c'\u{1}\u{FFFE}]]>\né"

    private var report: VerifyReport {
        var differs = VerifyReport.Result(name: VerifyOutputTests.nasty, layout: "komvux", status: .differs)
        differs.differences = [
            FileDifference(
                file: VerifyOutputTests.nasty, line: 3, column: 1, expected: VerifyOutputTests.nasty, found: nil)
        ]
        differs.more = 4
        let failed = VerifyReport.Result(
            name: "two", layout: nil, status: .noCase,
            message: Text(sv: VerifyOutputTests.nasty, en: VerifyOutputTests.nasty))
        let same = VerifyReport.Result(name: "three", layout: "komvux", status: .same)
        return VerifyReport(
            program: RunReport.Program(name: "csnfil", version: "0"), isRecording: false,
            results: [differs, failed, same])
    }

    @Test func `JUnit is well-formed and counts every case and layout`() throws {
        let cases = try CaseFolder()
        try cases.write("junit.xml", report.junit())
        func ask(_ path: String) throws -> String {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["xmllint", "--nonet", "--xpath", path, cases.path("junit.xml")]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
            return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
        #expect(try ask("count(//testcase)") == "3")
        #expect(try ask("count(//testcase[failure])") == "2")
        #expect(try ask("string(/testsuites/@failures)") == "2")
        #expect(try ask("string(/testsuites/testsuite/@tests)") == "3")
        #expect(try ask("string(//testcase[3]/@classname)") == "three")
        #expect(try ask("string(//testcase[1]/@classname)") == "a<b>&\"c'\u{FFFD}\u{FFFD}]]>\né")
    }

    @Test func `the JUnit file of a run is one test case for each case and layout`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one", description: "title: t\nnow: 2026-11-23T12:00\n")
        _ = try cases.verify(update: true)
        let report = try cases.verify(junit: "junit.xml")
        #expect(try cases.read("junit.xml") == report.junit())
        #expect(report.junit().contains("tests=\"2\" failures=\"0\""))
        #expect(report.junit().contains("<testcase classname=\"one\" name=\"komvux-fixed\"/>"))
    }

    @Test func `the JSON object has cases, differences and counts`() throws {
        struct Object: Decodable {
            struct Difference: Decodable {
                var file: String
                var line: Int?
                var expected: String?
                var found: String?
            }
            struct Case: Decodable {
                var name: String
                var layout: String?
                var status: String
                var differences: [Difference]
                var moreDifferences: Int
            }
            var schemaVersion: Int
            var program: [String: String]
            var cases: [Case]
            var counts: [String: Int]
        }
        let object = try JSONDecoder().decode(Object.self, from: Data(report.json(in: .en)))
        #expect(object.schemaVersion == 1 && object.program == ["name": "csnfil", "version": "0"])
        #expect(object.cases.map(\.status) == ["differs", "no-case", "same"])
        #expect(object.cases.map(\.layout) == ["komvux", nil, "komvux"])
        #expect(object.cases[0].differences.map(\.expected) == [VerifyOutputTests.nasty])
        #expect(object.cases[0].differences.map(\.found) == [nil])
        #expect(object.cases[0].moreDifferences == 4)
        #expect(object.counts["cases"] == 3 && object.counts["differs"] == 1 && object.counts["recorded"] == 0)
    }

    @Test(arguments: Language.allCases)
    func `nothing of a case steers the terminal`(language: Language) {
        let text = VerifyText(report, in: language).text()
        #expect(!text.contains("\u{1}"))
        #expect(text.contains(language == .sv ? "2 av 3 är inte som väntat." : "2 of 3 are not as expected."))
    }
}
