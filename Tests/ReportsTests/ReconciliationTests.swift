import CSN
import CSNRules
import Findings
import Foundation
import Testing

@testable import Reports

@Suite struct ReconciliationTests {
    private typealias Counts = Reconciliation.Counts

    private static func counts(_ change: (inout Counts) -> Void) -> Counts {
        var counts = Counts()
        change(&counts)
        counts.rows = counts.sent + counts.held + counts.dropped + counts.copies
        return counts
    }

    /// A school with two courses, of which one has a name that is to be escaped, and rows whose school is not known.
    private static func model(_ change: (inout Reconciliation) throws -> Void = { _ in }) throws -> RunReport {
        let maths = Reconciliation.Course(kurskod: "MATMAT01a", name: "Matematik <1a> & \"mer\"")
        let formula = Reconciliation.Course(kurskod: "=1+2", isKnown: false)
        var school = Reconciliation.School(
            skolkod: Skolkod(1234),
            lines: [
                Reconciliation.Line(
                    course: maths, grade: .given(.m), counts: counts { ($0.withCSN, $0.copies) = (7, 1) }),
                Reconciliation.Line(
                    course: maths, grade: .given(.notGraded), counts: counts { ($0.uploaded, $0.dropped) = (3, 2) }),
                Reconciliation.Line(course: formula, grade: .unclear, counts: counts { $0.held = 4 }),
            ])
        school.reasons = [Reconciliation.Reason(rule: try ModelReport.number("betyg-value"), rows: 3)]
        school.heldWithOthers = 1
        (school.filesToUpload, school.filesToBeRead) = (2, 1)
        let lost = Reconciliation.School(
            skolkod: nil,
            lines: [
                Reconciliation.Line(
                    course: Reconciliation.Course(kurskod: nil, isKnown: false), grade: .none,
                    counts: counts { $0.held = 1 })
            ])
        var reconciliation = Reconciliation(
            schools: [school, lost], rowsOutside: 1_200, rowsLeftOut: 2, rowsRead: 1_220)
        try change(&reconciliation)
        return try ModelReport.make { report in
            let days = try #require(Day(iso: "2025-08-01"))...(try #require(Day(iso: "2026-01-15")))
            report.migration = MigrationPlan(days: days, basis: .grade)
            report.inputs[0].path = "exports/<betyg> 19900101-9802.csv"
            report.reconciliation = reconciliation
        }
    }

    private func file(_ name: String, of report: RunReport, in language: Language = .sv) throws -> String {
        let files = ReconciliationFiles(report, in: language).contents
        return String(decoding: try #require(files.first { $0.name == name }).bytes, as: UTF8.self)
    }

    @Test func `a run that reconciles nothing has no files`() throws {
        #expect(ReconciliationFiles(try ModelReport.make(), in: .sv).contents.isEmpty)
    }

    @Test func `the spreadsheet has a mark, semicolons and no formula`() throws {
        let text = try file(ReconciliationFiles.table, of: try Self.model())
        #expect(
            text == """
                \u{FEFF}Skolkod;Kurskod;Kursens namn;Betyg;I exporten;Skickas;hos CSN;uppladdade;väntar;Hålls tillbaka;\
                Utelämnas;Dubbletter;Poster\r
                1234;MATMAT01a;"Matematik <1a> & ""mer""\";MVG (M);8;7;7;0;0;0;0;1;0\r
                1234;MATMAT01a;"Matematik <1a> & ""mer""\";ej betygssatt (-);5;3;0;3;0;0;2;0;0\r
                1234;'=1+2 (kan inte skickas);;oläsligt betyg;4;0;0;0;0;4;0;0;0\r
                ;(oläslig kod);;inget betyg;1;0;0;0;0;1;0;0;0\r

                """)
    }

    @Test(arguments: ["=1", "+1", "-1", "@a", "\t1", "\r1", "＝1"])
    func `a cell that a spreadsheet would run begins with an apostrophe`(cell: String) {
        var text = SpreadsheetText()
        text.row([.text(cell), .text("a" + cell), .number(-1)])
        let cells = String(decoding: text.bytes.dropFirst(3).dropLast(2), as: UTF8.self).replacing("\"", with: "")
        #expect(cells == "'\(cell);a\(cell);-1")
    }

    @Test(arguments: Language.allCases)
    func `the page is well-formed, and escapes what came from files`(language: Language) throws {
        let page = try file(ReconciliationFiles.page, of: try Self.model(), in: language)
        #expect(page.contains("Matematik &lt;1a&gt; &amp; &quot;mer&quot;"))
        #expect(page.contains("&lt;betyg&gt; 19900101-****.csv"))
        #expect(!page.contains("19900101-9802"))
        #expect(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"))
        let path = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString).html").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try page.write(toFile: path, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xmllint", "--noout", "--nonet", path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func `each school has its part, its sum and its reasons`() throws {
        let page = try file(ReconciliationFiles.page, of: try Self.model())
        #expect(page.components(separatedBy: "<section>").count == 3)
        #expect(page.components(separatedBy: "Avstämd av").count == 3)
        #expect(
            page.contains("17 rader i exporten = 10 skickas + 4 hålls tillbaka + 2 utelämnas + 1 dubbletter"))
        #expect(page.contains("<td class=\"number\">3</td><td>"))
        #expect(page.contains("[betyg-value]"))
        #expect(
            page.contains("1\u{A0}220 lästa rader = 18 i avstämningen + 1\u{A0}200 utanför valda studieperioder + 2"))
        #expect(page.contains("sha256 b0"))
    }

    @Test func `the title says how far it has come`() throws {
        func title(_ change: (inout Counts) -> Void) -> String {
            var school = Reconciliation.School(
                skolkod: Skolkod(1234),
                lines: [
                    Reconciliation.Line(
                        course: Reconciliation.Course(kurskod: "A"), grade: .none, counts: Self.counts(change))
                ])
            (school.filesToUpload, school.filesToBeRead) = (1, 2)
            return ReconciliationWords(.sv).title(school.stage, [school])
        }
        #expect(title { _ in } == "Avstämning: inga rader hör till valet")
        #expect(title { $0.rehearsed = 1 } == "Avstämning av en övning: ingenting är skickat")
        let ongoing = "Avstämning så här långt: 1 fil att ladda upp, 2 filer uppladdade men inte inlästa"
        #expect(title { ($0.waiting, $0.withCSN) = (1, 1) } == ongoing)
        #expect(title { $0.uploaded = 1 } == ongoing)
        #expect(title { $0.held = 1 } == "Avstämning: alla filer är inlästa, 1 rad hålls tillbaka")
        #expect(title { $0.withCSN = 1 } == "Avstämning: klar")
        #expect(title { ($0.withCSN, $0.dropped, $0.copies) = (1, 1, 1) } == "Avstämning: klar")
    }

    @Test func `a short table stands on the terminal, of a long one the sums`() throws {
        let short = TextReport(try Self.model(), in: .sv).text()
        #expect(short.contains("MATMAT01a MVG (M)"))
        #expect(short.contains("Skola 1234"))
        #expect(short.contains("out/report/reconciliation.html"))
        let long = try Self.model { reconciliation in
            let line = reconciliation.schools[0].lines[0]
            for _ in 1...ReconciliationText.longestTable { reconciliation.schools[0].lines.append(line) }
        }
        #expect(!TextReport(long, in: .sv).text().contains("MATMAT01a MVG (M)"))
        #expect(TextReport(long, in: .sv).text().contains("Skola 1234"))
    }

    @Test func `the summary has the sums`() throws {
        let summary = String(decoding: MachineReport(try Self.model(), in: .sv).summary(), as: UTF8.self)
        for line in [
            "\"rows\": 18,", "\"sent\": 10,", "\"withCSN\": 7,", "\"uploaded\": 3,", "\"waiting\": 0,", "\"held\": 5,",
            "\"dropped\": 2,", "\"copies\": 1,", "\"outside\": 1200,", "\"leftOut\": 2,", "\"read\": 1220",
        ] {
            #expect(summary.contains(line), "\(line)")
        }
        let other = String(decoding: MachineReport(try ModelReport.make(), in: .sv).summary(), as: UTF8.self)
        #expect(!other.contains("reconciliation"))
    }
}
