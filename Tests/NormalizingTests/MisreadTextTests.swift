import CSN
import Profiles
import Testing

@testable import Normalizing

/// UTF-8 that was read as ISO-8859-1 or Windows-1252 and written again.
@Suite struct MisreadTextTests {
    @Test(arguments: [
        ("GodkÃ¤nt", "Godkänt"), ("FÃ–SPER01", "FÖSPER01"), ("FÃ\u{96}SPER01", "FÖSPER01"), ("Ã…", "Å"),
        ("Ã\u{85}", "Å"), ("â€“", "–"), ("Ã¥Ã¤Ã¶", "åäö"), ("ÃƒÂ¤", "Ã¤"),
    ])
    func isUndone(text: String, meant: String) { #expect(MisreadText.undone(text) == meant) }

    @Test(arguments: ["", "A", "Godkänt", "FÖSPER01", "Ã", "Ã¤ å", "漢", "Ãx"])
    func whatIsNotMisread(text: String) { #expect(MisreadText.undone(text) == nil) }

    @Test func wordsAreTriedOnceMore() throws {
        let bench = try RowBench([.betyg, .niva], profile: [.niva: "words: {GR: Grundnivå}"])
        for _ in 1...2 {
            let row = bench.read([.betyg: "Icke godkÃ¤nt", .niva: "GrundnivÃ¥"])
            #expect(row.candidate.betyg == .i && row.candidate.niva == .gr && row.outcome(.betyg) == nil)
        }
        #expect(bench.read([.betyg: "OkÃ¤nt"]).outcome(.betyg) == .failed(.notAllowed))
    }

    @Test func codesAreTriedOnceMoreAndItIsSaid() throws {
        let files = ["schools/1003/courses.csv": "local;kurskod\nFÖRÅK;KEMKEM01\nÅÄÖ1;ÅÄÖ1\n"]
        let bench = try RowBench([.kurskod], files: files)
        for (text, code) in [("FÃ–RÃ…K", "KEMKEM01"), ("Ã…Ã„Ã–1", "ÅÄÖ1")] {
            let row = bench.read([.kurskod: text])
            #expect(row.code == code && row.outcome(.kurskod) == .repaired(.misread))
            #expect(row.notes.first { $0.field == .kurskod }?.became == code)
        }
        #expect(bench.read([.kurskod: "FÖRÅK"]).outcome(.kurskod) == nil)
        #expect(bench.read([.kurskod: "FÃ–RÃ„K"]).outcome(.kurskod) == .failed(.unknown))
    }

    @Test func schoolsAreTriedOnceMore() throws {
        let bench = try RowBench(
            [.skola], files: ["schools/schools.csv": "id;skolkod\nMalmö Norra;1003\n"], school: nil)
        #expect(bench.read([.skola: "MalmÃ¶ Norra"]).candidate.skolkod?.number == 1003)
        #expect(bench.read([.skola: "MalmÃ¥ Norra"]).outcome(.skolkod) == .failed(.unknown))
    }
}
