import CSN
import CSNRules
import Findings
import Foundation
import Testing

@testable import Reports

@Suite("Findings in words")
struct WordingTests {
    private func report(_ findings: [(Finding, [Parameter])]) throws -> RunReport {
        try ModelReport.make { report in
            report.findings = FindingList()
            for (finding, parameters) in findings { report.findings.add(finding, parameters) }
        }
    }

    private func diagnostics(_ report: RunReport, _ language: Language = .en, jobs: Int = 1) -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        MachineReport(report, in: language).diagnostics(jobs: jobs) { blocks.append($0) }
        return blocks
    }

    private func objects(_ report: RunReport, _ language: Language = .en) throws -> [[String: Any]] {
        try diagnostics(report, language).flatMap(\.self).split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        }
    }

    /// The sentence as ``Text`` fills it.
    private func expected(_ rule: RuleName, _ values: [String: String], _ language: Language) throws -> String {
        let text = try #require(Catalogue.shared.rule(named: rule)?.messages[0].text)
        return text.filled(in: language, values)
    }

    @Test(
        "Every sentence of the catalogue, taken apart and put together, is the sentence", arguments: Language.allCases)
    func sentences(language: Language) {
        for (rule, sentences) in zip(Catalogue.shared.rules, RuleSentences.all(in: language)) {
            let texts = rule.messages.map(\.text) + [rule.remedy]
            for (text, sentence) in zip(texts, sentences.messages + [sentences.remedy]) {
                let filled = sentence.parts.map { part in
                    switch part {
                    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
                    case .slot(let slot): "<\(slot.name)>"
                    }
                }.joined()
                #expect(filled == text.filled(in: language) { "<\($0)>" })
            }
        }
    }

    @Test(
        "A sentence that ends in the middle of a name stays as it is",
        arguments: ["", "{", "}", "a {b", "{a}{b", "{a} {b}", "{}", "}{a}{"])
    func braces(text: String) {
        let filled = Sentence(text).parts.map { part in
            switch part {
            case .text(let bytes): String(decoding: bytes, as: UTF8.self)
            case .slot(let slot): "<\(slot.name)>"
            }
        }.joined()
        #expect(filled == Text(sv: text, en: text).filled(in: .sv) { "<\($0)>" })
    }

    @Test(
        "Whatever a cell holds stands in the sentence and the value",
        arguments: [
            "\"quoted\"", "back\\slash", "\u{0}\u{1F}\t\r\n", "{startdatum}", "{value}", "{", "}", "å”“🎓",
            "\u{2028}\u{7F}",
            "", String(repeating: "\"", count: 400),
        ], Language.allCases)
    func hardValues(value: String, language: Language) throws {
        let values = ["value": value, "startdatum": "2026-08-17"]
        let report = try report([
            (
                try ModelReport.finding("end-before-start", .error, .hold, line: 1, column: 2, field: .slutdatum),
                [Parameter("value", value), Parameter("startdatum", "2026-08-17")]
            )
        ])
        let object = try #require(try objects(report, language).first)
        #expect(object["value"] as? String == value)
        #expect(object["message"] as? String == (try expected("end-before-start", values, language)))
    }

    @Test("Without parameters the value is null, and blank in the sentence; other names stay for a test to find")
    func noParameters() throws {
        let report = try report([(try ModelReport.finding("end-before-start", .error, .hold, line: 1), [])])
        let object = try #require(try objects(report).first)
        #expect(object["value"] is NSNull && object["became"] is NSNull)
        let message = try #require(object["message"] as? String)
        #expect(message == (try expected("end-before-start", ["value": ""], .en)))
        #expect(message.contains("{startdatum}"))
    }

    @Test("Of a name given twice the last counts, and its English words are taken for English")
    func names() throws {
        let parameters = [
            Parameter("value", "first"), Parameter("value", "last"), Parameter("startdatum", "sedan"),
            Parameter("startdatumEnglish", "since"),
        ]
        let report = try report([(try ModelReport.finding("end-before-start", .error, .hold, line: 1), parameters)])
        for (language, word) in [(Language.sv, "sedan"), (.en, "since")] {
            let object = try #require(try objects(report, language).first)
            #expect(
                object["message"] as? String
                    == (try expected("end-before-start", ["value": "last", "startdatum": word], language)))
        }
    }

    @Test("A value that may be a name is hidden until three students' rows hold it", arguments: [2, 3])
    func nameLike(students: Int) throws {
        let report = try report(
            try (0..<students).map { number in
                let finding = try ModelReport.finding(
                    "end-before-start", .error, .hold, line: UInt32(number + 1),
                    student: 199_001_019_000 + UInt64(number))
                return (finding, [Parameter("value", "Vilse", .nameLike), Parameter("startdatum", "x")])
            })
        for object in try objects(report) {
            #expect(object["value"] as? String == (students == 3 ? "Vilse" : "****"))
            let message = try #require(object["message"] as? String)
            #expect(message.contains("**** (not shown, may be a name)") == (students == 2))
            #expect(message.contains("Vilse") == (students == 3))
        }
    }

    @Test("Protected identity holds under every key of the student, whichever of them is listed")
    func protectedAliases() throws {
        for listed in [ModelReport.erik, ModelReport.erikByID] {
            var report = try report(
                try [ModelReport.erik, ModelReport.erikByID].map { student in
                    (
                        try ModelReport.finding("end-before-start", .error, .hold, line: 1, student: student),
                        [Parameter("value", "197201209983", .personal)]
                    )
                })
            report.protected = [listed]
            for object in try objects(report) {
                #expect(object["value"] as? String == Masking.protected)
                #expect((object["student"] as? [String: Any])?["personnummer"] as? String == Masking.protected)
            }
        }
    }

    @Test("A student's number is masked as everywhere")
    func personnummer() throws {
        let report = try report([
            (try ModelReport.finding("end-before-start", .error, .hold, line: 1, student: ModelReport.graded), [])
        ])
        let student = try #require(try objects(report).first?["student"] as? [String: Any])
        #expect(student["personnummer"] as? String == Personnummer(digits: ModelReport.graded)?.masked)
    }

    @Test("Any number of threads makes the same lines in the same order", arguments: [999, 1_000, 1_001, 4_500])
    func threads(count: Int) throws {
        let report = try report(
            try (0..<count).map { number in
                let finding = try ModelReport.finding(
                    "end-before-start", .error, .hold, line: UInt32(count - number),
                    student: 199_001_019_000 + UInt64(number % 700))
                return (finding, [Parameter("value", "\(number)"), Parameter("startdatum", "x")])
            })
        let one = diagnostics(report)
        #expect(one.flatMap(\.self).count { $0 == UInt8(ascii: "\n") } == count)
        #expect(one.allSatisfy { $0.last == UInt8(ascii: "\n") })
        for jobs in [0, 2, 3, 16] { #expect(diagnostics(report, jobs: jobs) == one, "\(jobs)") }
    }

    @Test("No finding makes no line")
    func none() throws { #expect(diagnostics(try report([])).isEmpty) }

    @Test("Sorted as a plain comparison sorts")
    func order() throws {
        // Steps that have no divisor in common with the number of choices go through all of them.
        let rules: [RuleName] = ["end-before-start", "unit-held", "not-started-date"]
        let lines: [UInt32] = [0, 1, 2, 65_535, 65_536, .max]
        let report = try report(
            try (0..<2_000).map { number in
                let finding = try ModelReport.finding(
                    rules[number * 7 % 3], .info, .none, line: lines[number / 3 * 5 % 6],
                    input: UInt16(number / 18 % 3), column: UInt16(number / 54 % 4))
                return (finding, [Parameter("value", "\(9_999 - number)")])
            })
        let sorted = SortedFindings(report)
        let found = (0..<sorted.count).map { sorted.finding($0) }
        func key(_ finding: Finding) -> (String, UInt32, UInt16, String) {
            let column = report.columnName(of: finding.place)
            return (report.path(of: finding.place), finding.place.line, finding.rule, column ?? "")
        }
        func value(_ finding: Finding) -> String { report.findings.parameters(of: finding)[0].value }
        for (one, next) in zip(found, found.dropFirst()) {
            #expect(key(one) <= key(next))
            if key(one) == key(next) { #expect(value(one) < value(next)) }
        }
        #expect(Set(found.map(value)).count == 2_000)
    }

    @Test("Findings are counted by rule, and those that hold once more")
    func counts() throws {
        let report = try ModelReport.make()
        let findings = report.findings.findings
        #expect(report.counts.byRule == findings.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 })
        #expect(
            report.counts.heldByRule
                == findings.filter { $0.action == .hold }.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 })
        #expect(FindingCounts([]).byRule.isEmpty)
    }

    @Test("Bytes are made harmless as texts are, from where they begin")
    func harmless() throws {
        let scalars = (0...0x2FFF).compactMap { Unicode.Scalar($0) } + ["\u{1F393}", "\u{E0001}", "\u{FEFF}"]
        for scalar in scalars {
            let text = "\u{C2}x\(scalar)y"
            var bytes = [0x1B] + Array(text.utf8)
            bytes.makeHarmlessForTerminals(from: 1)
            #expect(bytes == [0x1B] + Array(text.forTerminal.utf8), "\(scalar.value)")
        }
    }
}
