import CSN
import Foundation
import Pipeline
import Reports
import Testing

/// `csnfil detect`: what a file is, by which profile, and what to do where none fits.
@Suite struct DetectTests {
    private let place: CaseFolder

    init() throws { place = try CaseFolder() }

    private func detect(
        _ paths: [String], system: String? = nil, mappings: [String] = [], format: String? = nil,
        language: String = "en"
    ) throws -> Invocation.Outcome {
        var options = TypedOptions()
        options.paths = paths.map { place.path($0) }
        options.system = system
        options.mappings = mappings.map { place.path($0) }
        options.format = format
        options.language = language
        return Invocation(options, in: try place.surroundings()).detect()
    }

    private func text(_ outcome: Invocation.Outcome) -> String { String(decoding: outcome.output, as: UTF8.self) }

    /// The parts of `--format json` that are looked at.
    private struct Object: Decodable {
        struct Container: Decodable {
            var kind: String
            var delimiter: String?
            var quote: String?
            var row: String?
        }
        struct Column: Decodable {
            var slot: String
            var needed: Bool
            var header: String?
            var claims: [String]
        }
        struct Reading: Decodable {
            var profile: String
            var system: String
            var known: String
            var ours: String
            var container: Container
            var encoding: String
            var headerLine: Int?
            var columnsFound: Int
            var columnsOfProfile: Int
            var columns: [Column]
            var unused: [String]
        }
        struct File: Decodable {
            var path: String
            var recognised: Bool
            var kind: String
            var encodingEvidence: String?
            var readings: [Reading]
            var otherProfiles: [String]
            var distinctions: [String]
            var nearest: Reading?
            var problem: String?
            var next: String?
        }
        var schemaVersion: Int
        var program: [String: String]
        var files: [File]
    }

    private func object(_ outcome: Invocation.Outcome) throws -> Object {
        try JSONDecoder().decode(Object.self, from: Data(outcome.output))
    }

    private let export = "\(CaseFolder.header);Grupp\n\(CaseFolder.row);A\n"

    // MARK: - Recognised

    @Test func `a recognised file is described whole`() throws {
        try place.write("export.csv", "\u{FEFF}\n" + export)
        let outcome = try detect(["export.csv"], format: "json")
        #expect(outcome.status == 0 && outcome.error.isEmpty)
        let object = try object(outcome)
        #expect(object.schemaVersion == 1 && object.program["name"] == "csnfil")
        let file = try #require(object.files.first)
        #expect(file.recognised && file.kind == "text" && file.problem == nil && file.next == nil)
        #expect(file.encodingEvidence?.contains("BOM") == true)
        let reading = try #require(file.readings.first)
        #expect(file.readings.count == 1)
        #expect(reading.profile == "schoolsoft-list" && reading.system == "SchoolSoft")
        #expect(!reading.ours.isEmpty)
        #expect(reading.container.kind == "delimited" && reading.container.delimiter == ";")
        #expect(reading.container.quote == "\"")
        #expect(reading.encoding == "UTF-8" && reading.headerLine == 2)
        #expect(reading.columnsFound == 9)
        #expect(reading.columnsOfProfile == reading.columns.count)
        let taken = reading.columns.filter { $0.header != nil }.map { "\($0.slot)=\($0.header ?? "")" }
        #expect(taken.count == 9 && taken.contains("registrering=Påbörjad") && taken.contains("skola=Skola"))
        let needed = reading.columns.filter(\.needed).map(\.slot)
        #expect(needed == ["personnummer", "kurskod", "startdatum", "slutdatum", "skola"])
        #expect(reading.unused == ["Grupp"])
    }

    @Test(arguments: ["sv", "en"])
    func `a person reads the same`(language: String) throws {
        try place.write("export.csv", export)
        let outcome = try detect(["export.csv"], language: language)
        #expect(outcome.status == 0)
        let text = text(outcome)
        let isSwedish = language == "sv"
        #expect(
            text.contains(isSwedish ? "SchoolSoft, profilen schoolsoft-list" : "SchoolSoft, profile schoolsoft-list"))
        #expect(text.contains(isSwedish ? "semikolon mellan cellerna" : "semicolons between the cells"))
        #expect(text.contains("registrering ← ”Påbörjad”\n"))
        #expect(text.contains(isSwedish ? "← ”Kurskod” (behövs)\n" : "← ”Kurskod” (needed)\n"))
        #expect(text.contains(isSwedish ? "används inte: Grupp\n" : "not used: Grupp\n"))
        #expect(text.contains(isSwedish ? "csnfils egen tolkning: " : "csnfil's own reading: "))
    }

    @Test func `nothing is written, and nothing of a student is shown`() throws {
        try place.write("export.csv", export)
        let before = try FileManager.default.subpathsOfDirectory(atPath: place.folder.path)
        for format in ["text", "json"] {
            let text = text(try detect(["export.csv"], format: format))
            #expect(!text.contains("9983") && !text.contains("KEMKEM01"))
        }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: place.folder.path) == before)
    }

    // MARK: - Not recognised

    @Test func `where a needed column is missing the nearest profile says which`() throws {
        try place.write("export.csv", export.replacing("Slutdatum", with: "Sista dag"))
        let outcome = try detect(["export.csv"], format: "json")
        #expect(outcome.status == 2)
        let file = try #require(try object(outcome).files.first)
        #expect(!file.recognised && file.readings.isEmpty)
        #expect(file.nearest?.profile == "schoolsoft-list")
        let missing = file.nearest?.columns.filter { $0.needed && $0.header == nil }.map(\.slot)
        #expect(missing == ["slutdatum"])
        #expect(file.problem?.contains("[header-missing]") == true)
        #expect(file.next?.contains("csnfil profile \(place.path("export.csv")) --name") == true)
        #expect(text(try detect(["export.csv"])).contains("missing and needed: slutdatum (Slutdatum"))
    }

    @Test func `two headers for one field are both named`() throws {
        try place.write("export.csv", "\(CaseFolder.header);Kurskod\n\(CaseFolder.row);x\n")
        let outcome = try detect(["export.csv"])
        #expect(outcome.status == 2)
        #expect(text(outcome).contains("several headers for kurskod: ”Kurskod”, ”Kurskod”"))
    }

    @Test(arguments: [("%PDF-1.7\n", "pdf"), ("<html><body>", "html"), ("PK\u{3}\u{4}xxxx", "zip"), ("", "empty")])
    func `another kind of file is named, and there is no profile to propose`(content: String, kind: String) throws {
        try place.write("export.csv", content)
        let outcome = try detect(["export.csv"], format: "json")
        #expect(outcome.status == 2)
        let file = try #require(try object(outcome).files.first)
        #expect(file.kind == kind && !file.recognised && file.next == nil)
        #expect(file.problem?.contains("[export-not-readable]") == true)
    }

    @Test func `a file without headers is not shown`() throws {
        try place.write("export.csv", "19720120-9983;Anna;Andersson\n19720120-9983;Anna;Andersson\n")
        let outcome = try detect(["export.csv"])
        #expect(outcome.status == 2)
        #expect(!text(outcome).contains("Anna") && !text(outcome).contains("9983"))
        #expect(text(outcome).contains("3 cells that look like values"))
    }

    // MARK: - Several files

    @Test func `what a folder holds besides exports does not matter, what was named does`() throws {
        try place.write("in/export.csv", export)
        try place.write("in/notes.txt", "nothing\n")
        try place.write("in/case.yaml", "x")
        let outcome = try detect(["in"], format: "json")
        #expect(outcome.status == 0)
        #expect(try object(outcome).files.map(\.recognised) == [true, false])
        #expect(try detect(["in/export.csv", "in/notes.txt"]).status == 2)
        try place.remove("in/export.csv")
        #expect(try detect(["in"]).status == 2)
    }

    @Test func `a path that is not there is named`() throws {
        let outcome = try detect(["nowhere.csv"])
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.error.hasPrefix(place.path("nowhere.csv")))
    }

    // MARK: - Other shapes of text

    @Test func `the header's line is said behind a preamble`() throws {
        try place.write("m/systems/a.yaml", profile("one").replacing("comma}", with: "comma, preamble: 3}"))
        try place.write("export.csv", "Export,2026-11-23\n\nKomvux\n" + own)
        let reading = try #require(
            try object(detect(["export.csv"], mappings: ["m"], format: "json")).files.first?.readings.first)
        #expect(reading.profile == "a" && reading.headerLine == 4)
    }

    @Test func `columns by position are shown with their place`() throws {
        var text = profile("one").replacing("comma}", with: "comma, header: none, cells: 6}")
        for (place, name) in ["Sk", "Pn", "Ku", "Fr", "Ti", "Re"].enumerated() {
            text = text.replacing(": \(name)\n", with: ": {position: \(place + 1)}\n")
                .replacing("{headers: \(name)", with: "{position: \(place + 1)")
        }
        try place.write("m/systems/a.yaml", text)
        try place.write("export.csv", String(own.split(separator: "\n")[1]) + "\n")
        let outcome = try detect(["export.csv"], mappings: ["m"], format: "json")
        #expect(outcome.status == 0, "\(outcome.error)")
        let reading = try #require(try object(outcome).files.first?.readings.first)
        #expect(reading.headerLine == nil && reading.columnsFound == 6 && reading.unused.isEmpty)
        let said = self.text(try detect(["export.csv"], mappings: ["m"]))
        #expect(said.contains("no headers: columns go by position"))
        #expect(!said.contains("9983"))
    }

    // MARK: - Several profiles

    private func profile(_ title: String, words: String = "", dates: String = "") -> String {
        """
        profile: 1
        system: Eget
        title: \(title)
        basis: {ours: all of it}
        container: {kind: csv, delimiter: comma}
        columns:
          skolkod: Sk
          personnummer: Pn
          kurskod: Ku
          startdatum: {headers: Fr\(dates)}
          slutdatum: Ti
          registrering: {headers: Re\(words)}

        """
    }

    private let own = "Sk,Pn,Ku,Fr,Ti,Re\n1003,19720120-9983,KEMKEM01,2026-08-17,2026-10-16,X\n"

    @Test func `two profiles that read a file alike are both named, by detect and by convert`() throws {
        try place.write("m/systems/a.yaml", profile("one"))
        try place.write("m/systems/b.yaml", profile("other"))
        try place.write("export.csv", own)
        let outcome = try detect(["export.csv"], mappings: ["m"], format: "json")
        #expect(outcome.status == 0)
        let file = try #require(try object(outcome).files.first)
        #expect(file.readings.map(\.profile) == ["a"] && file.otherProfiles == ["b"])
        var options = TypedOptions()
        options.paths = [place.path("export.csv")]
        options.mappings = [place.path("m")]
        options.out = place.path("out")
        options.language = "en"
        options.now = "2026-11-23T12:00"
        let converted = Invocation(options, in: try place.surroundings()).convert()
        #expect(text(converted).contains("read alike by the profiles: b\n"))
        options.format = "json"
        let json = Invocation(options, in: try place.surroundings()).convert()
        #expect(text(json).contains("\"otherProfiles\": [\n        \"b\"\n      ]"))
    }

    @Test func `two that fit equally and read it differently are told apart, and one is to be chosen`() throws {
        try place.write("m/systems/a.yaml", profile("one", words: ", words: {J: X}", dates: ", dates: iso"))
        try place.write("m/systems/b.yaml", profile("other", words: ", words: {N: X}", dates: ", dates: compact"))
        try place.write("export.csv", own)
        let outcome = try detect(["export.csv"], mappings: ["m"], format: "json")
        #expect(outcome.status == 2)
        let file = try #require(try object(outcome).files.first)
        #expect(!file.recognised && file.readings.map(\.profile) == ["a", "b"])
        #expect(
            file.distinctions == ["startdatum, dates: a iso; b compact", "registrering, words: a ”X” = J; b ”X” = N"])
        let path = place.path("export.csv")
        #expect(
            file.next?.hasSuffix("csnfil convert \(path) --system a or csnfil convert \(path) --system b") == true)
        #expect(try detect(["export.csv"], system: "b", mappings: ["m"]).status == 0)
        var options = TypedOptions()
        options.paths = [path]
        options.mappings = [place.path("m")]
        options.out = place.path("out")
        options.language = "en"
        let converted = Invocation(options, in: try place.surroundings()).convert()
        #expect(converted.status == 2)
        #expect(converted.error.contains("--system a or --system b"))
        #expect(converted.error.contains("csnfil detect"))
    }
}
