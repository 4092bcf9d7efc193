import Documents
import Profiles
import Testing

@Suite struct SampleReadingTests {
    private func read(_ sample: String, container: String = "{kind: csv, delimiter: semicolon}") throws -> Profile {
        let text = """
            profile: 1
            system: x
            title: x
            basis: {known: x}
            container: \(container)
            columns:
              personnummer: [Pnr, Personnummer]
              kurskod: {headers: Kod}
              startdatum: Start
              slutdatum: Slut
              registrering: {headers: "Påbörjad", words: {N: Nej, J: [Reg, Ja]}}
            leaveOut: [{headers: Skolform, values: [SV], reason: x}]
            sample:
            \(sample.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))

            """
        return try Profile.read(YAMLNode.read(path: "p.yaml", bytes: Array(text.utf8)), name: "p")
    }

    @Test func columnsAreThoseOfTheProfileOrSayWhatTheyHold() throws {
        let profile = try read(
            """
            file: a.csv
            columns: [Pnr, {header: Skolform, text: VUX}, Pabörjad, {header: Namn, holds: name}, {header: Kod, text: ""}]
            """)
        let shape = try #require(profile.sample)
        #expect(shape.columns.map(\.header) == ["Pnr", "Skolform", "Pabörjad", "Namn", "Kod"])
        #expect(shape.columns.map(\.slot) == [.personnummer, nil, .registrering, nil, .kurskod])
        #expect(shape.columns.map(\.text) == [nil, "VUX", nil, nil, ""])
        #expect(shape.columns.map(\.filler) == [nil, nil, nil, .name, nil])
        #expect(shape.columns.map(\.leaveOut) == [nil, 0, nil, nil, nil])
        #expect(shape.encoding == .utf8 && !shape.usesCRLF && shape.personnummer == .mixed && shape.elements == nil)
    }

    @Test func theFirstWordOfAValueIsWritten() throws {
        let words = try #require(try read("file: a\ncolumns: [Pnr]").sample).words
        #expect(words == [.registrering: ["J": "Reg", "N": "Nej"]])
    }

    @Test(arguments: [
        ("columns: [Pnr]", "file"), ("file: a", "columns"), ("file: a\ncolumns: []", "empty"),
        ("file: a\ncolumns: [Namn]", "no header of columns"), ("file: a\ncolumns: [{header: Namn}]", "text or holds"),
        ("file: a\ncolumns: [{header: Namn, holds: nam}]", "nam"),
        ("file: a\ncolumns: [Pnr]\nencoding: latin", "latin"),
        ("file: a\ncolumns: [Pnr]\nroot: x", "Only XML"), ("file: a\ncolumns: [Pnr]\npersons: x", "persons"),
        ("file: a\ncolumns: [Pnr]\nlineEnds: lf", "lineEnd"),
    ])
    func mistakesAreSaidWithTheirPlace(sample: String, word: String) throws {
        let problem = try #require(throws: DocumentProblem.self) { try read(sample) }
        #expect(problem.text.en.contains(word), "\(problem.text.en)")
        #expect(problem.line >= 13)
    }

    @Test func aProfileWithoutOneHasNoSample() throws {
        let text =
            "profile: 1\nsystem: x\ntitle: x\nbasis: {}\ncontainer: {kind: csv, delimiter: tab}\n"
            + "columns: {personnummer: a, kurskod: b, startdatum: c, slutdatum: d}\n"
        #expect(try Profile.read(YAMLNode.read(path: "p", bytes: Array(text.utf8)), name: "p").sample == nil)
    }
}
