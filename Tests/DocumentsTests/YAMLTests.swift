import Documents
import Findings
import Testing

@Suite struct YAMLTests {
    private func read(_ text: String) throws -> YAMLNode {
        try YAMLNode.read(path: "f.yaml", bytes: Array(text.utf8))
    }

    private func problem(_ text: String, _ use: (YAMLNode) throws -> Void) throws -> DocumentProblem {
        try #require(throws: DocumentProblem.self) { try use(read(text)) }
    }

    @Test func keepsScalarsAsWritten() throws {
        let mapping = try read("a: 0114\nb: no\nc: 1:3\nd: \"null\"\ne: 'å'\n").mapping()
        #expect(try mapping.required("a").string() == "0114")
        #expect(try mapping.required("b").string() == "no")
        #expect(try mapping.required("b").bool() == false)
        #expect(try mapping.required("c").string() == "1:3")
        #expect(try mapping.required("d").string() == "null")
        #expect(try mapping.required("e").string() == "å")
        #expect(mapping.entries.map(\.key) == ["a", "b", "c", "d", "e"])
    }

    @Test func placesCountCharacters() throws {
        let value = try read("\u{FEFF}räksmörgås:\n  åäö: [x, ö, z]\n").mapping().required("räksmörgås")
        let list = try value.mapping().required("åäö")
        #expect((list.line, list.column) == (2, 8))
        let items = try list.list()
        #expect(items.map(\.column) == [9, 12, 15])
        #expect(try list.strings() == ["x", "ö", "z"])
    }

    @Test func unknownKeyNamesTheNearest() throws {
        let problem = try problem("name: x\nfeilds: y\n") { _ = try $0.mapping(allowing: ["name", "fields"]) }
        #expect((problem.line, problem.column) == (2, 1))
        #expect(problem.sentence(in: .en) == "f.yaml:2:1: Unknown key “feilds”. Did you mean “fields”?")
        #expect(problem.sentence(in: .sv) == "f.yaml:2:1: Okänd nyckel ”feilds”. Menades ”fields”?")
    }

    @Test func unknownKeyWithoutNeighbourListsTheAllowed() throws {
        let problem = try problem("zzz: x\n") { _ = try $0.mapping(allowing: ["name", "fields"]) }
        #expect(problem.text.en == "Unknown key “zzz”. What may stand here: name, fields.")
    }

    @Test func duplicateKeysAreRefused() throws {
        let problem = try problem("a: 1\nb: 2\na: 3\n") { _ = $0 }
        #expect(problem.line == 1)
        #expect(problem.text.en.contains("“a” stands twice"))
    }

    @Test(arguments: [("a: 0", 0), ("a: 10", 10)]) func numbersOnTheEdge(_ text: String, _ number: Int) throws {
        #expect(try read(text).mapping().required("a").int(in: 0...10) == number)
    }

    @Test(arguments: ["a: -1", "a: 11", "a: x", "a: 1.0", "a: [1]", "a: \"1\""])
    func noSuchNumber(_ text: String) throws {
        let problem = try problem(text) { _ = try $0.mapping().required("a").int(in: 0...10) }
        #expect((problem.line, problem.column) == (1, 4))
        #expect(problem.text.en.hasPrefix("Expected a whole number from 0 to 10, but here stands "))
    }

    @Test(arguments: [
        ("true", true), ("yes", true), ("ja", true), ("Ja", true), ("false", false), ("no", false), ("nej", false),
    ])
    func yesAndNo(_ word: String, _ value: Bool) throws { #expect(try read(word).bool() == value) }

    @Test(arguments: ["on", "1", "\"ja\"", "y", "[ja]"]) func neitherYesNorNo(_ word: String) throws {
        #expect(throws: DocumentProblem.self) { try read(word).bool() }
    }

    @Test func missingAndEmptyValues() throws {
        let mapping = try read("a:\nb: ~\nc: x\n").mapping()
        #expect(mapping["a"]?.isNull == true)
        #expect(mapping.optional("b") == nil)
        #expect(mapping.optional("zz") == nil)
        let empty = try #require(throws: DocumentProblem.self) { try mapping.required("b") }
        #expect((empty.line, empty.column) == (2, 1))
        let missing = try #require(throws: DocumentProblem.self) { try mapping.required("zz") }
        #expect(missing.text.en == "The key “zz” is missing here.")
    }

    @Test func wordsAmong() throws {
        #expect(try read("csv").word(among: ["csv", "xml"]) == "csv")
        let problem = try problem("cvs") { _ = try $0.word(among: ["csv", "xml"]) }
        #expect(problem.text.en == "Expected one of the words csv, xml, but here stands “cvs”. Did you mean “csv”?")
    }

    @Test func kinds() throws {
        let mapping = try read("a: x\nb: [x]\nc: {d: e}\nf: ''\n").mapping()
        let kinds = mapping.entries.map { [$0.value.isScalar, $0.value.isList, $0.value.isMapping, $0.value.isNull] }
        #expect(
            kinds == [
                [true, false, false, false], [false, true, false, false], [false, false, true, false],
                [true, false, false, false],
            ])
    }

    @Test(arguments: [
        ("a: [1, 2\n", 2), ("a: b: c\n", 1), ("a: 1\n\tb: 2\n", 2), ("a: &x 1\nb: *x\n", 1), ("a: *x\n", 1),
        ("a: 1\n---\nb: 2\n", 2), ("a: \u{1}\n", 1),
    ])
    func brokenFilesNameTheirLine(_ text: String, _ line: Int) throws {
        #expect(try problem(text) { _ = $0 }.line == line)
    }

    @Test func deepNestingIsRefused() throws {
        let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        #expect(try problem(deep) { _ = $0 }.text.en == "Too many levels are nested here.")
    }

    @Test func anEmptyFileIsNothing() throws {
        #expect(try read("").isNull)
        #expect(try read("# only a comment\n").isNull)
    }

    @Test func invalidBytesNameTheirPlace() throws {
        let bytes = Array("a: b\nå: ".utf8) + [0xE5, 0x0A]
        let problem = try #require(throws: DocumentProblem.self) { try YAMLNode.read(path: "f", bytes: bytes) }
        #expect((problem.line, problem.column) == (2, 4))
    }

    @Test func aMissingFileSaysWhy() throws {
        let problem = try #require(throws: DocumentProblem.self) { try YAMLNode.read(path: "/nonexistent/x.yaml") }
        #expect(problem.sentence(in: .en) == "/nonexistent/x.yaml: The file cannot be read: No such file or directory.")
    }
}

@Suite struct NearestNamesTests {
    @Test(arguments: [
        ("kurskdo", ["kurskod"]), ("KURSKOD", ["kurskod"]), ("kurskodd", ["kurskod"]), ("urskod", ["kurskod"]),
        ("betgy", ["betyg"]), ("zzzzz", []), ("b", []), ("", []), ("betygsdatm", ["betygsdatum"]),
    ])
    func near(_ name: String, _ names: [String]) {
        #expect(nearestNames(to: name, among: ["kurskod", "betyg", "betygsdatum", "po"]) == names)
    }

    @Test func nearestFirstAndNoMoreThanAsked() {
        let names = ["abcdxx", "abcdeg", "abcdef", "abcdeh"]
        #expect(nearestNames(to: "abcdef", among: names) == ["abcdef", "abcdeg", "abcdeh"])
        #expect(nearestNames(to: "abcdef", among: names, limit: 1) == ["abcdef"])
    }
}
