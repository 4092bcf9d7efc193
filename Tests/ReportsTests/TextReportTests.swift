import CSN
import CSNRules
import Findings
import Testing

@testable import Reports

@Suite("Text for people")
struct TextReportTests {
    @Test("The text is as recorded", arguments: Language.allCases)
    func golden(language: Language) throws {
        var report = try ModelReport.make()
        report.characterColumn = { $0.place.line == 7 ? 37 : nil }
        try expectGolden(TextReport(report, in: language).text(), "run.\(language.rawValue).txt")
    }

    @Test("The text of a check is as recorded", arguments: Language.allCases)
    func goldenCheck(language: Language) throws {
        let report = try ModelReport.make { report in
            report.purpose = .check
            report.files = []
            report.held = RunReport.Held()
            report.reportPath = nil
        }
        try expectGolden(TextReport(report, in: language).text(), "check.\(language.rawValue).txt")
    }

    @Test("A line of another export names the export")
    func lineOfAnotherExport() throws {
        let report = try ModelReport.make { report in
            report.findings = FindingList()
            for input in [0, 1] as [UInt16] {
                let place = Parameter(Parameter.lineInput, "\(1 - input)")
                report.findings.add(
                    try ModelReport.finding("duplicate-record", .info, .drop, line: 4, input: input),
                    [Parameter("line", "7")] + (input == 0 ? [place] : []))
            }
        }
        let (sv, en) = (TextReport(report, in: .sv).text(), TextReport(report, in: .en).text())
        let other = report.inputs[1].path
        #expect(sv.contains("samma uppgifter som på rad 7 i \(other): kopian"))
        #expect(en.contains("the same as line 7 of \(other): the copy"))
        #expect(sv.contains("samma uppgifter som på rad 7: kopian"))
    }

    @Test("Nothing personal and nothing hidden gets through")
    func masking() throws {
        let report = try ModelReport.make()
        var lines: [UInt8] = []
        MachineReport(report, in: .sv).diagnostics { lines += $0 }
        let outputs =
            Language.allCases.map { TextReport(report, in: $0).text() } + [
                String(decoding: lines, as: UTF8.self),
                String(decoding: MachineReport(report, in: .sv).summary(), as: UTF8.self),
            ]
        for output in outputs {
            for secret in ["9983", "9802", "9816", "Lindström", "Erik", "19900101", "199001"] {
                #expect(!output.contains(secret), "\(secret)")
            }
        }
        #expect(outputs[0].contains("19720120-****"))
    }

    @Test("--show-personnummer shows numbers, but none of a protected student and nothing hidden")
    func inClear() throws {
        let report = try ModelReport.make()
        let text = TextReport(report, in: .sv, TextReport.Options(showsPersonnummer: true)).text()
        #expect(text.contains("197201209983"))
        #expect(text.contains("19720120-9983"))
        for secret in ["9802", "19900101", "Lindström", "Erik"] { #expect(!text.contains(secret), "\(secret)") }
    }

    @Test("A hundred findings of a rule are shown, the others counted")
    func cap() throws {
        for (count, more) in [(100, nil), (101, "och 1 till"), (1_350, "och 1\u{A0}250 till")] as [(Int, String?)] {
            let report = try ModelReport.make { report in
                report.findings = FindingList()
                for line in 1...count {
                    report.findings.add(
                        try ModelReport.finding("end-before-start", .error, .hold, line: UInt32(line), column: 2),
                        [Parameter("value", "2026-08-01"), Parameter("startdatum", "2026-08-17")])
                }
            }
            let text = TextReport(report, in: .sv).findings()
            #expect(text.matches(of: /fel: \[end-before-start\]/).count == 100)
            #expect(text.contains(" till; alla står i out/report/diagnostics.jsonl") == (more != nil))
            if let more { #expect(text.contains(more)) }
        }
    }

    @Test("A night without news says so, one with news does not", arguments: [0, 1, 2], [0, 1])
    func delivery(waiting: Int, new: Int) throws {
        let report = try ModelReport.make { report in
            report.findings = FindingList()
            report.held = RunReport.Held()
            report.rows.held = 0
            report.files.removeLast(2 - waiting)
            report.delivery = RunReport.Delivery()
            report.delivery?.newFiles = new
        }
        let words = [
            ("Ingenting har ändrats sedan det som CSN redan har.", "Nothing has changed since what CSN has already."),
            ("Inget nytt; filen som väntar är densamma.", "Nothing new; the file that waits is the same."),
            ("Inget nytt; filerna som väntar är desamma.", "Nothing new; the files that wait are the same."),
        ]
        for (number, (swedish, english)) in words.enumerated() {
            let isSaid = new == 0 && number == waiting
            #expect(TextReport(report, in: .sv).text().contains("Klart. " + swedish) == isSaid)
            #expect(TextReport(report, in: .en).text().contains("Done. " + english) == isSaid)
        }
        let first = report.filesToUpload.first.map { "csnfil outbox sent \($0.path)\n" }
        for language in Language.allCases {
            let text = TextReport(report, in: language).text()
            #expect(text.contains("csnfil outbox sent") == (first != nil))
            if let first { #expect(text.contains(first)) }
        }
        #expect(report.exitStatus == .success)
    }

    @Test("What could not be written after the files were in place changes the status, not the text")
    func undone() throws {
        var report = try ModelReport.make()
        let text = TextReport(report, in: .sv).text()
        #expect(report.exitStatus == .findings)
        report.undone = [RunReport.Undone(place: "arkiv", Text(sv: "Går inte.", en: "Cannot."))]
        #expect(report.exitStatus == .inputOutput)
        #expect(TextReport(report, in: .sv).text() == text)
        report.internalFaults = 1
        #expect(report.exitStatus == .fault)
    }

    @Test("Quiet leaves out information and notices, not errors")
    func quiet() throws {
        let text = TextReport(try ModelReport.make(), in: .sv, TextReport.Options(isQuiet: true)).text()
        #expect(!text.contains("info:"))
        #expect(!text.contains("En äldre fil"))
        #expect(text.contains("fel: [end-before-start]"))
    }

    @Test("Colour changes nothing but the colour")
    func colour() throws {
        let report = try ModelReport.make()
        let plain = TextReport(report, in: .sv).text()
        let coloured = TextReport(report, in: .sv, TextReport.Options(isColoured: true)).text()
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.contains("\u{1B}[1;31m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test("What steers a terminal is made visible")
    func terminal() {
        #expect("a\u{1B}[2Jb\u{7}".forTerminal == "a␛[2Jb␇")
        #expect("å\u{9B}\u{202E}x\u{2066}\u{7F}".forTerminal == "å\u{FFFD}\u{FFFD}x\u{FFFD}\u{FFFD}")
        #expect("Lindström 🎓".forTerminal == "Lindström 🎓")
    }

    @Test("A cell with control characters cannot steer the terminal from inside a finding")
    func hostileCell() throws {
        let report = try ModelReport.make { report in
            report.findings = FindingList()
            report.findings.add(
                try ModelReport.finding("end-before-start", .error, .hold, line: 1),
                [Parameter("value", "\u{1B}]0;x\u{7}"), Parameter("startdatum", "\r")])
        }
        let text = TextReport(report, in: .en).text()
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }

    @Test("Days, hours and numbers in words")
    func words() throws {
        let monday = try #require(Day(iso: "2026-11-23"))
        let sunday = try #require(Day(iso: "2027-02-28"))
        let swedish = PlainWords(language: .sv)
        let english = PlainWords(language: .en)
        #expect(swedish.day(monday) == "måndag 23 november 2026")
        #expect(english.day(sunday) == "Sunday 28 February 2027")
        let five = try #require(Moment("2026-11-23T17:00"))
        #expect(swedish.moment(five) == "måndag 23 november 2026 kl. 17.00")
        #expect(english.moment(five) == "Monday 23 November 2026, 17:00")
        #expect(
            [0, 999, 1_000, 1_234_567].map { swedish.number($0) } == ["0", "999", "1\u{A0}000", "1\u{A0}234\u{A0}567"])
        #expect(english.number(1_000) == "1,000")
        #expect(english.records(1) == "1 record" && english.records(2) == "2 records")
    }
}

@Suite("Exit status")
struct ExitStatusTests {
    private func report(_ change: (inout RunReport) throws -> Void) throws -> Reports.ExitStatus {
        try ModelReport.make { report in
            report.findings = FindingList()
            report.rows.held = 0
            report.held = RunReport.Held()
            try change(&report)
        }.exitStatus
    }

    private func add(_ level: Level, _ action: Action, to report: inout RunReport) throws {
        report.findings.add(try ModelReport.finding("end-before-start", level, action, line: 1), [])
    }

    @Test("0 when all is in a file, whatever was said as warning or information")
    func success() throws {
        #expect(try report { _ in } == .success)
        #expect(
            try report {
                try add(.warning, .none, to: &$0); try add(.info, .drop, to: &$0)
            } == .success)
    }

    @Test("1 when somebody is held or an error was found; with --strict a warning is enough")
    func findings() throws {
        #expect(try report { $0.rows.held = 1 } == .findings)
        #expect(try report { $0.held.records = 1 } == .findings)
        #expect(try report { try add(.error, .none, to: &$0) } == .findings)
        #expect(
            try report {
                try add(.warning, .none, to: &$0); $0.isStrict = true
            } == .findings)
        #expect(
            try report {
                try add(.info, .none, to: &$0); $0.isStrict = true
            } == .success)
    }

    @Test("70 after a fault of ours, whatever else there is")
    func fault() throws {
        #expect(
            try report {
                $0.internalFaults = 1; $0.rows.held = 3
            } == .fault)
    }
}
