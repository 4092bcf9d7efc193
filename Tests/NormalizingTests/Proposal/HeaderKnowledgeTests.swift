import Documents
import Profiles
import Testing

@testable import Normalizing

@Suite struct HeaderKnowledgeTests {
    private func best(_ header: String, files: [String: String] = [:]) throws -> String? {
        let knowledge = try ScratchMappings(files).read { try HeaderKnowledge(folders: $0, profiles: []) }
        let found = knowledge.evidence(for: header)
        guard let most = found.values.map(\.points).max() else { return nil }
        return found.filter { $0.value.points == most }.map { $0.key?.name ?? "-" }.sorted().joined(separator: " ")
    }

    @Test(arguments: [
        ("Elevens personnr", "personnummer"), ("Kursens kod", "kurskod"), ("Startdag", "startdatum"),
        ("Slutdag", "slutdatum"), ("Betygsatt", "betygsdatum"), ("P?b?rjad", "registrering"),
        ("Kurskodd", "kurskod"), ("Startdattum", "startdatum"), ("Förnamn", "-"), ("Skolenhetskod", "-"),
        ("Kommunkod", "-"), ("Vårterminens startdatum", "startdatum"), ("Skolans CSN-nummer", "skolkod"),
    ])
    func headersAreKnown(header: String, slot: String) throws { #expect(try best(header) == slot) }

    @Test(arguments: ["Fält 7", "", "–", "X1", "Övrigt"]) func othersAreNot(header: String) throws {
        #expect(try best(header) == nil)
    }

    @Test func piecesStandInTheirOrder() throws {
        let files = ["national/headers.csv": "slot;header\nkurskod;*kurs*kod*\nslutdatum;*tom\n"]
        #expect(try best("Kursens nya kod", files: files) == "kurskod")
        #expect(try best("Kod för kurs", files: files) == nil)
        #expect(try best("Läses tom", files: files) == "slutdatum")
        #expect(try best("Tomma rader", files: files) == nil)
    }

    @Test(arguments: [
        ("startdag;Start\n", "2:1", "no slot"), ("startdatum;–\n", "2:12", "missing"), ("-;**\n", "2:3", "missing"),
    ])
    func mistakesAreRefused(row: String, place: String, says: String) throws {
        let files = ["national/headers.csv": "slot;header\n" + row]
        do {
            _ = try ScratchMappings(files).read { try HeaderKnowledge(folders: $0, profiles: []) }
            Issue.record("not refused")
        } catch let problem as DocumentProblem {
            #expect("\(problem.line):\(problem.column)" == place && problem.text.en.contains(says))
        }
    }
}
