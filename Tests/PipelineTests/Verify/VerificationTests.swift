import Foundation
@testable import Pipeline
import Reports
import Testing

/// `csnfil verify` over folders of a vendor's own.
@Suite struct VerificationTests {
    @Test func `a case without expected files fails and says how to record it`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("deep/inside/one")
        let report = try cases.verify()
        #expect(report.exitStatus == .findings)
        #expect(report.results.map(\.name) == ["deep/inside/one"])
        #expect(report.results.map(\.status) == [.notRecorded])
        let advice = try #require(report.results.first?.message)
        #expect(advice.en.contains("csnfil verify --update \(cases.path("deep/inside/one"))"))
    }

    @Test func `what was recorded is as expected, also where the folder itself is the case`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        let recorded = try cases.verify("one", update: true)
        #expect(recorded.exitStatus == .success)
        #expect(recorded.results.map(\.name) == ["one"])
        #expect(recorded.results.first?.changes.map(\.kind) == [.written, .written])
        #expect(
            try cases.expected(of: "one") == ["komvux/1003/1003_2026-11-23.xml", "komvux/diagnostics.jsonl"])
        #expect(try cases.verify("one").results.map(\.status) == [.same])
        #expect(try cases.verify("one", update: true).results.map(\.status) == [.same])
    }

    @Test func `a migration is about its days, with an outbox and a ledger of its own`() throws {
        let cases = try CaseFolder()
        let header = CaseFolder.header + ";Betyg;Betygsdatum"
        let graded = "1003;19720120-9983;KEMKEM01;1:1;100;GY;2026-01-12;2026-06-05;J;C;2026-06-05"
        let other = "1003;19900117-9846;KEMKEM01;1:1;100;GY;2026-01-12;2026-07-03;J;C;2026-07-03"
        let description = "title: t\nnow: 2026-11-23T12:00\nlayouts: komvux-fixed\ncommand: migrate\n"
        try cases.writeCase(
            "one", description: description + "from: 2026-06-01\nto: 2026-06-30\nfirstDay: 2026-11-25\n",
            export: "\(header)\n\(graded)\n\(other)\n")
        try cases.write("one/csnfil.yaml", "outbox: outbox\nledger: ledger.sqlite\n")
        #expect(try cases.verify(update: true).exitStatus == .success)
        let file = "komvux-fixed/1003/1003_2026-11-25.txt"
        #expect(try cases.expected(of: "one") == [file, "komvux-fixed/diagnostics.jsonl"])
        let sent = try cases.read("one/expected/\(file)")
        #expect(sent.contains("197201209983") && !sent.contains("199001179846"))
        #expect(try cases.verify().results.map(\.status) == [.same])
        let names = try FileManager.default.contentsOfDirectory(atPath: cases.path("one"))
        #expect(names.sorted() == ["case.yaml", "csnfil.yaml", "expected", "export.csv"])
    }

    @Test func `a difference names file and line, expected and found`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        _ = try cases.verify(update: true)
        let file = "one/expected/komvux/1003/1003_2026-11-23.xml"
        let text = try cases.read(file)
        try cases.write(file, text.replacing("<kursdel>12", with: "<kursdel>22"))
        let report = try cases.verify()
        let difference = try #require(report.results.first?.differences.first)
        #expect(report.results.first?.differences.count == 1)
        #expect(difference.file == "1003/1003_2026-11-23.xml")
        #expect(difference.line == text.split(separator: "\n").firstIndex { $0.contains("<kursdel>") }.map { $0 + 1 })
        #expect(difference.column == "        <kursdel>".count + 1)
        #expect(difference.expected?.contains("<kursdel>22") == true)
        #expect(difference.found?.contains("<kursdel>12") == true)
        let outcome = try cases.call([""])
        #expect(outcome.status == 1)
        #expect(String(decoding: outcome.output, as: UTF8.self).contains("1003/1003_2026-11-23.xml:9:18:\n"))
    }

    @Test func `recording changes what differs, removes what is not expected any more, and says so`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        _ = try cases.verify(update: true)
        try cases.write("one/expected/komvux/1003/1003_2026-11-23.xml", "other")
        try cases.write("one/expected/komvux/1009/1009_2026-11-23.xml", "gone")
        try cases.write("one/expected/komvux-fixed/diagnostics.jsonl", "gone")
        let before = try cases.verify()
        #expect(before.results.map(\.status) == [.differs, .notListed])
        let report = try cases.verify(update: true)
        #expect(report.exitStatus == .success)
        let changes = report.results.flatMap(\.changes).map { "\($0.kind) \($0.file)" }
        #expect(
            changes == [
                "changed expected/komvux/1003/1003_2026-11-23.xml", "removed expected/komvux/1009/1009_2026-11-23.xml",
                "removed expected/komvux-fixed/diagnostics.jsonl",
            ])
        #expect(
            try cases.expected(of: "one") == ["komvux/1003/1003_2026-11-23.xml", "komvux/diagnostics.jsonl"])
        #expect(!FileManager.default.fileExists(atPath: cases.path("one/expected/komvux-fixed")))
        #expect(try cases.verify().exitStatus == .success)
    }

    @Test func `a missing and an unexpected file differ`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        _ = try cases.verify(update: true)
        try cases.remove("one/expected/komvux/1003/1003_2026-11-23.xml")
        try cases.write("one/expected/komvux/1004/1004_2026-11-23.xml", "")
        let differences = try #require(try cases.verify().results.first?.differences)
        #expect(differences.map(\.file) == ["1003/1003_2026-11-23.xml", "1004/1004_2026-11-23.xml"])
        #expect(differences.map { $0.expected == nil } == [true, false])
        #expect(differences.map { $0.found == nil } == [false, true])
    }

    @Test func `an export that a profile recognises needs a case`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        _ = try cases.verify(update: true)
        try cases.write("two/notes.txt", "Nothing that anybody would take for an export.\n")
        #expect(try cases.verify().exitStatus == .success)
        try cases.write("two/export.csv", "\(CaseFolder.header)\n\(CaseFolder.row)\n")
        let report = try cases.verify()
        #expect(report.results.map(\.name) == ["one", "two"])
        #expect(report.results.map(\.status) == [.same, .noCase])
        #expect(report.results.last?.message?.en.hasPrefix("export.csv:") == true)
        #expect(try cases.verify(update: true).exitStatus == .findings)
    }

    @Test(arguments: [("%PDF-1.7\n", "PDF"), ("<!doctype html><html>API PARTNER ERROR</html>", "HTML")])
    func `a case may expect that nothing can be written, and why`(content: String, word: String) throws {
        let cases = try CaseFolder()
        try cases.writeCase("bad", description: CaseFolder.description, export: content)
        let refused = try cases.verify()
        #expect(refused.results.map(\.status) == [.notConverted])
        #expect(try cases.verify(update: true).exitStatus == .findings)
        try cases.writeCase("bad", description: CaseFolder.description + "status: 2\n", export: content)
        #expect(try cases.verify().results.map(\.status) == [.notRecorded])
        _ = try cases.verify(update: true)
        #expect(try cases.expected(of: "bad") == ["komvux/message.txt"])
        let message = try cases.read("bad/expected/komvux/message.txt")
        #expect(message.contains("export.csv lästes inte: [export-not-readable]") && message.contains(word))
        #expect(!message.contains(cases.folder.path))
        #expect(try cases.verify().exitStatus == .success)
        try cases.write("bad/expected/komvux/message.txt", message.replacing("lästes", with: "läste"))
        #expect(try cases.verify().results.map(\.status) == [.differs])
        try cases.writeCase("bad", description: CaseFolder.description + "status: 2\n")
        #expect(try cases.verify().results.map(\.status) == [.notConverted])
    }

    @Test(arguments: [(0, VerifyReport.Status.same), (1, .notConverted)])
    func `the exit status is compared where the case says it`(status: Int, outcome: VerifyReport.Status) throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        _ = try cases.verify(update: true)
        try cases.writeCase("one", description: CaseFolder.description + "status: \(status)\n")
        #expect(try cases.verify().results.map(\.status) == [outcome])
    }

    @Test(arguments: [(1, VerifyReport.Status.same), (0, .notConverted), (2, .notConverted)])
    func `the rows are counted where the case says how many`(rows: Int, outcome: VerifyReport.Status) throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        _ = try cases.verify(update: true)
        try cases.writeCase("one", description: CaseFolder.description + "rows: \(rows)\n")
        #expect(try cases.verify().results.map(\.status) == [outcome])
    }

    @Test func `a case's own mappings and profiles are used without a configuration`() throws {
        let cases = try CaseFolder()
        let profile = """
            profile: 1
            system: Eget
            title: a vendor's own list
            basis: {ours: all of it}
            container: {kind: csv, delimiter: comma}
            columns:
              skolkod: Sk
              personnummer: Pn
              kurskod: Ku
              startdatum: Fr
              slutdatum: Ti
            """
        let export = "Sk,Pn,Ku,Fr,Ti\n1003,19720120-9983,KEMKEM01,2026-08-17,2026-10-16\n"
        try cases.writeCase("one", export: export)
        #expect(try cases.verify().results.map(\.status) == [.notConverted])
        try cases.write("one/mappings/systems/eget.yaml", profile + "\n")
        #expect(try cases.verify(update: true).results.map(\.status) == [.recorded])
    }

    @Test func `no case at all ends with 2`() throws {
        let cases = try CaseFolder()
        try cases.write("notes.txt", "nothing")
        #expect(try cases.call([""]).status == 2)
        #expect(try cases.call(["nowhere"]).status == 2)
    }

    @Test func `what it converts into is private and gone afterwards`() throws {
        let path: String
        do {
            let folder = try TemporaryFolder()
            path = folder.path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            try Data().write(to: URL(filePath: path + "/file"))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
