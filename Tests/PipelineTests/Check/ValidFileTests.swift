import Foundation
import Testing

/// One valid file of each kind gives nothing.
@Suite("Valid files")
struct ValidFileTests {
    @Test("A valid finished file of each layout passes without a word", arguments: FinishedFile.Form.allCases)
    func finished(_ form: FinishedFile.Form) throws {
        let place = try Workplace()
        // 31 and 32 are advised about wherever they stand: CSN's page contradicts itself.
        let records = Breakage.records.filter { $0["meddelandeorsak"] != "31" }
        try #require(records.count == Breakage.records.count - 1)
        try place.write(form.fileName, try FinishedFile(records, form).bytes)
        let checked = try place.check([form.fileName])
        #expect(checked.status == 0 && checked.findings == [], "\(checked.said)")
        #expect(checked.said.contains("CSN would not refuse"), "\(checked.said)")
    }

    /// The clean case of each system: nothing is held, nothing is doubtful. What is said is what its export lacks and
    /// csnfil fills in, or does not use.
    static let cleanCases: [String] = {
        let samples = repository + "/Samples"
        let systems = (try? FileManager.default.contentsOfDirectory(atPath: samples)) ?? []
        return systems.filter { FileManager.default.fileExists(atPath: "\(samples)/\($0)/clean/expected/komvux") }
            .sorted()
    }()

    @Test("There is a clean case of every system") func thereAreCases() { #expect(Self.cleanCases.count >= 14) }

    @Test("A valid export of each system gives neither a hold nor a warning", arguments: cleanCases)
    func export(_ system: String) throws {
        let path = "\(repository)/Samples/\(system)/clean/expected/komvux/diagnostics.jsonl"
        let findings = try Diagnostic.all(in: Data(contentsOf: URL(filePath: path)))
        #expect(findings.allSatisfy { $0.level == "info" && $0.action != "hold" && $0.action != "drop" }, "\(findings)")
    }
}

/// What a check says a finding means.
@Suite("check: refused, not sent, advice")
struct CheckVerdictTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func check(_ changes: [Int: [String: String]], _ form: FinishedFile.Form = .fixed) throws
        -> Workplace.Ending
    {
        var records = Breakage.records.filter { $0["meddelandeorsak"] != "31" }
        for (record, words) in changes { records[record].merge(words) { $1 } }
        try place.write(form.fileName, try FinishedFile(records, form).bytes)
        return try place.check([form.fileName])
    }

    private static let refused = ["slutdatum": "2026-08-16"]
    private static let notSent = ["personnummer": "198807039817"]

    @Test("● is what CSN would refuse, with the position in the record", arguments: FinishedFile.Form.allCases)
    func refused(_ form: FinishedFile.Form) throws {
        let ending = try check([1: Self.refused], form)
        #expect(ending.status == 1)
        #expect(ending.said.contains("[end-before-start] 1 – ● CSN would refuse the file"), "\(ending.said)")
        #expect(ending.said.contains("CSN would refuse the file: 1 error in 5 records."), "\(ending.said)")
        #expect(ending.said.contains("1 × ● CSN would refuse the file"))
        #expect(ending.said.contains(form == .fixed ? "slutdatum (44–51)" : "column “slutdatum”"), "\(ending.said)")
    }

    @Test("○ is what csnfil would not send")
    func notSent() throws {
        let ending = try check([3: Self.notSent])
        #expect(ending.status == 1)
        #expect(
            ending.said.contains("[personnummer-check-digit] 1 – ○ csnfil would not send the file"), "\(ending.said)")
        #expect(ending.said.contains("csnfil would not send the file: 1 error in 5 records."), "\(ending.said)")
        #expect(!ending.said.contains("●"))
    }

    @Test("All else is advice and changes nothing; a ● rule may advise too")
    func advice() throws {
        // Exactly 365 days apart: course-over-a-year is ●, but this is its warning.
        var records = [Breakage.records[1]]
        records[0].merge(["slutdatum": "2027-08-17"]) { $1 }
        try place.write("file.txt", try FinishedFile(records, .fixed).bytes)
        let ending = try place.check(["file.txt"])
        #expect(ending.status == 0, "\(ending.said)")
        #expect(ending.rules.contains("course-over-a-year"))
        #expect(ending.said.contains("advice: look at it"), "\(ending.said)")
        #expect(!ending.said.contains("●") && !ending.said.contains("○"), "\(ending.said)")
    }

    @Test("What CSN would refuse is said before what csnfil would not send")
    func order() throws {
        let ending = try check([0: ["slutdatum": "2026-08-16"], 3: Self.notSent])
        let refused = try #require(ending.said.range(of: "● CSN would refuse the file"))
        let notSent = try #require(ending.said.range(of: "○ csnfil would not send the file"))
        #expect(refused.lowerBound < notSent.lowerBound)
        #expect(ending.said.contains("CSN would refuse the file: 2 errors in 5 records."), "\(ending.said)")
    }
}
