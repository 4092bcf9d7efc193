import CSN
import Documents
import Findings
import Testing

@testable import Profiles

@Suite struct ProfileReadingTests {
    /// A profile that holds everything, with one line or more in place of another.
    private static let whole = """
        profile: 1
        system: Exempel
        title: en lista
        basis: {known: rubriker, ours: resten}
        records: courses
        form: komvux
        container:
          kind: csv
          delimiter: [semicolon, tab]
          quote: none
        encoding: cp850
        columns:
          skola: Skola
          personnummer: Personnummer
          kurskod: [Kurskod, Kod]
          startdatum:
            headers: [Startdatum, From]
            ranked: ja
            dates: [iso, short]
          slutdatum: Slutdatum
          niva:
            headers: Skolform
            required: true
            words: {GR: [Grund, G], "": KV}
        leaveOut:
          - headers: Kategori
            values: [SV, SFI]
            reason: svenska för invandrare
        """

    private func read(_ text: String) throws -> Profile {
        try Profile.read(YAMLNode.read(path: "p.yaml", bytes: Array(text.utf8)), name: "p")
    }

    @Test func readsEverything() throws {
        let profile = try read(Self.whole)
        #expect(profile.name == "p" && profile.system == "Exempel" && profile.title == "en lista")
        #expect(profile.basis.known == "rubriker" && profile.basis.ours == "resten")
        #expect(profile.container.dialects.map(\.delimiter) == [0x3B, 0x09])
        #expect(profile.container.dialects.allSatisfy { $0.quote == nil })
        #expect(profile.encoding == .cp850)
        #expect(profile.columns.count == 6)
        let start = try #require(profile.columns[.startdatum])
        #expect(start.headers == ["Startdatum", "From"] && start.isRanked && start.isRequired)
        #expect(start.dates == [.iso, .short])
        #expect(profile.columns[.slutdatum]?.dates == DateForm.usual)
        #expect(profile.columns[.skola]?.isRequired == false)
        let level = try #require(profile.columns[.niva])
        #expect(level.isRequired && !level.isRanked && level.words == ["Grund": "GR", "G": "GR", "KV": ""])
        let rule = try #require(profile.leavesOut.first)
        #expect(rule.headers == ["Kategori"] && rule.values == ["SV", "SFI"])
        #expect(rule.reason == "svenska för invandrare")
    }

    @Test func whatIsNotSaidIsUsual() throws {
        var text = Self.whole
        for line in ["records: courses\n", "form: komvux\n", "  quote: none\n", "encoding: cp850\n"] {
            let range = try #require(text.range(of: line))
            text.removeSubrange(range)
        }
        let profile = try read(text)
        #expect(profile.encoding == nil)
        #expect(profile.container.dialects.allSatisfy { $0.quote == UInt8(ascii: "\"") })
        #expect(try read(Self.whole.replacing("cp850", with: "detect")).encoding == nil)
    }

    /// A line of the profile, what stands there instead, and where the mistake is said to be.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var line: String
        var instead: String
        var place: (line: Int, column: Int)
        var says: String
        var testDescription: String { instead }
    }

    @Test(arguments: [
        Mistake(line: "profile: 1", instead: "profile: 2", place: (1, 10), says: "from 1 to 1"),
        Mistake(line: "profile: 1", instead: "profile: one", place: (1, 10), says: "whole number"),
        Mistake(line: "profile: 1\n", instead: "", place: (1, 1), says: "“profile” is missing"),
        Mistake(line: "system: Exempel", instead: "sistem: Exempel", place: (2, 1), says: "Did you mean “system”?"),
        Mistake(line: "system: Exempel", instead: "system: [a, b]", place: (2, 9), says: "Expected a text"),
        Mistake(line: "title: en lista", instead: "title:", place: (3, 1), says: "“title” has no value"),
        Mistake(line: "{known: rubriker,", instead: "{knwon: rubriker,", place: (4, 9), says: "Did you mean “known”?"),
        Mistake(
            line: "records: courses", instead: "records: absence", place: (5, 10), says: "one of the words courses"),
        Mistake(line: "form: komvux", instead: "form: yh", place: (6, 7), says: "one of the words komvux"),
        Mistake(line: "kind: csv", instead: "kind: pdf", place: (8, 9), says: "one of the words csv, xml"),
        Mistake(line: "[semicolon, tab]", instead: "[semicolon, tabb]", place: (9, 26), says: "“tabb”"),
        Mistake(line: "[semicolon, tab]", instead: "x", place: (9, 14), says: "punctuation"),
        Mistake(line: "[semicolon, tab]", instead: "\" \"", place: (9, 14), says: "punctuation"),
        Mistake(line: "[semicolon, tab]", instead: "[]", place: (9, 14), says: "list is empty"),
        Mistake(line: "quote: none", instead: "quote: \"''\"", place: (10, 10), says: "punctuation"),
        Mistake(line: "quote: none", instead: "quote: ;", place: (9, 15), says: "are the same"),
        Mistake(line: "encoding: cp850", instead: "encoding: ebcdic", place: (11, 11), says: "Windows-1252"),
        Mistake(line: "  skola: Skola", instead: "  skolan: Skola", place: (13, 3), says: "Did you mean “skola”?"),
        Mistake(line: "  skola: Skola", instead: "  skola: {}", place: (13, 10), says: "“headers” is missing"),
        Mistake(line: "  skola: Skola", instead: "  skola: \"???\"", place: (13, 10), says: "header with letters"),
        Mistake(line: "  skola: Skola", instead: "  skola: []", place: (13, 10), says: "list is empty"),
        Mistake(line: "  skola: Skola", instead: "  skola: [Skola, Kod]", place: (15, 22), says: "for skola already"),
        Mistake(
            line: "  skola: Skola", instead: "  skola: Påbörjad\n  registrering: pBRjad", place: (14, 17),
            says: "for skola already"),
        Mistake(
            line: "  skola: Skola", instead: "  skola: {headers: Skola, dates: iso}", place: (13, 34),
            says: "skola is no date"),
        Mistake(
            line: "  skola: Skola", instead: "  skola: {headers: Skola, words: {J: x}}", place: (13, 34),
            says: "not read by words"),
        Mistake(
            line: "  skola: Skola", instead: "  skola: {headers: Skola, header: x}", place: (13, 27),
            says: "Did you mean “headers”?"),
        Mistake(line: "[Kurskod, Kod]", instead: "[Kurskod, kurs-kod]", place: (15, 22), says: "for kurskod already"),
        Mistake(line: "  personnummer: Personnummer\n", instead: "", place: (13, 3), says: "personnummer is missing"),
        Mistake(line: "  slutdatum: Slutdatum\n", instead: "", place: (13, 3), says: "slutdatum is missing"),
        Mistake(
            line: "  slutdatum: Slutdatum", instead: "  slutdatum: {headers: Slutdatum, required: nej}",
            place: (20, 45), says: "always needed"),
        Mistake(line: "ranked: ja", instead: "ranked: kanske", place: (18, 13), says: "Expected yes or no"),
        Mistake(line: "[iso, short]", instead: "[iso, shrt]", place: (19, 18), says: "Did you mean “short”?"),
        Mistake(line: "[iso, short]", instead: "[]", place: (19, 12), says: "list is empty"),
        Mistake(line: "{GR: [Grund, G]", instead: "{GRUND: [Grund, G]", place: (24, 13), says: "GR, GY, PU"),
        Mistake(line: "\"\": KV", instead: "GY: grund", place: (24, 33), says: "“grund” stands already"),
        Mistake(line: "    values: [SV, SFI]", instead: "    value: [SV, SFI]", place: (27, 5), says: "“values”"),
        Mistake(line: "    reason: svenska för invandrare", instead: "", place: (26, 5), says: "“reason” is missing"),
    ])
    func refuses(mistake: Mistake) throws {
        let range = try #require(Self.whole.range(of: mistake.line))
        let text = Self.whole.replacingCharacters(in: range, with: mistake.instead)
        let problem = try #require(throws: DocumentProblem.self) { try read(text) }
        #expect("\(problem.line):\(problem.column)" == "\(mistake.place.line):\(mistake.place.column)")
        #expect(problem.text.en.contains(mistake.says), "\(problem.text.en)")
        #expect(problem.text.sv != problem.text.en && problem.path == "p.yaml")
    }

    @Test func everySlotHasAFieldOrAMeaningOfItsOwn() {
        for field in Field.allCases {
            #expect(Slot(field).name == field.name && Slot(field).field == field)
        }
        for slot in Slot.allCases {
            #expect(Slot(name: slot.name) == slot)
            #expect(Set(slot.values).count == slot.values.count)
        }
        #expect(Slot(name: "kurs") == nil)
        #expect(Slot.skola.field == .skolkod && Slot.status.field == nil)
    }
}
