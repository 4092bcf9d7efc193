import CSN
import Documents
import Foundation
import Testing
import Uploads

@Suite struct LayoutTests {
    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Shipped.folder)/\(name).yaml", encoding: .utf8)
    }

    private func problem(_ name: String, _ old: String, _ new: String) throws -> DocumentProblem {
        let original = try text(name)
        let broken = original.replacing(old, with: new, maxReplacements: 1)
        #expect(broken != original)
        let result = Result { () throws(DocumentProblem) in
            try Layout.read(path: "\(Shipped.folder)/\(name).yaml", bytes: Array(broken.utf8))
        }
        let expectedLine = original.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains(old.split(separator: "\n").first ?? "") }
        switch result {
        case .success: throw Accepted(change: new)
        case .failure(let problem):
            #expect(problem.line == (expectedLine ?? -1) + 1, "\(problem.text.en)")
            return problem
        }
    }

    private struct Accepted: Error { let change: String }

    @Test(arguments: [
        ("lineEnd: crlf", "lineEnd: cr"), ("encoding: iso-8859-1", "encoding: ebcdic"),
        ("encoding: iso-8859-1", "encoding: utf-8"), ("extension: txt", "extension: ../x"),
        ("recordLength: 73", "recordLength: 74"), ("recordLength: 73", "recordlength: 73"),
        ("{field: niva, position: 34", "{field: niva, position: 33"),
        ("{field: niva, position: 34", "{field: niva, position: 35"),
        ("{field: niva,", "{field: level,"), ("{field: niva,", "{field: poang,"),
        ("position: 34, length: 2", "position: 34, length: 1"), ("position: 36, length: 8", "position: 36, length: 7"),
        ("length: 2, form: code", "length: 2, form: digits"), ("length: 2, form: code", "length: 2, form: blob"),
        ("length: 2, form: code}", "length: 2, form: code, values: {SFI: SF}}"),
        ("length: 2, form: code}", "length: 2, form: code, values: {GR: GY}}"),
        ("length: 2, form: code}", "length: 2, form: code, values: {GR: \"\"}}"),
        ("{field: skolkod, position: 1, length: 4", "{field: skolkod, position: 0, length: 4"),
    ])
    func mistakesByPositionAreToldWithTheirLine(_ old: String, _ new: String) throws {
        let problem = try problem("komvux-fixed", old, new)
        #expect(problem.column > 0)
        #expect(problem.text.sv != problem.text.en)
    }

    @Test(arguments: [
        ("encoding: utf-8", "encoding: iso-8859-1"), ("root: komvuxrapport", "root: komvux rapport"),
        ("root: komvuxrapport", "root: 1komvux"), ("schema: komvux.xsd", "schema: ../komvux.xsd"),
        ("namespace: urn:csnfil:komvux:1", "namespace: \"a b\""), ("    - niva", "    - nivå"),
        ("    - niva", "    - {field: niva, element: kurskod, values: {GR: G}, x: 1}"),
    ])
    func mistakesInXMLAreToldWithTheirLine(_ old: String, _ new: String) throws {
        #expect(try problem("komvux", old, new).column > 0)
    }

    @Test func aFieldThatIsNotThereIsNamed() throws {
        let broken = try text("komvux").replacing("    - niva\n", with: "")
        let problem = #expect(throws: DocumentProblem.self) {
            try Layout.read(path: "x.yaml", bytes: Array(broken.utf8))
        }
        #expect(problem?.text.en.contains("niva") == true)
    }

    /// Another layout is another data file: positions, words and names in it are what is written and read.
    @Test func anotherLayoutIsOnlyData() throws {
        var generator = RecordGenerator(seed: 7)
        let records = generator.records(50)
        let fixed = try text("komvux-fixed").replacing("recordLength: 73", with: "recordLength: 76")
            .replacing("position: 66, length: 8, form: date", with: "position: 69, length: 8, form: date")
            .replacing(
                "{field: betyg, position: 65, length: 1, form: code}",
                with: "{field: betyg, position: 65, length: 4, form: code, values: {A: AAAA, \"-\": STRK}}"
            )
            .replacing("lineEnd: crlf", with: "lineEnd: lf")
        let layout = try Layout.read(path: "own.yaml", bytes: Array(fixed.utf8))
        #expect(layout.name == "own")
        let bytes = try written(records, layout, generator.courses)
        #expect(bytes.count % 77 == 0)
        let file = try ReadFile(bytes, layout, generator.courses)
        let courses = generator.courses
        #expect(file.reading.problems == [])
        #expect(file.records.map { described($0.record, courses) } == records.map { described($0, courses) })
    }

    @Test func otherNamesInXML() throws {
        var generator = RecordGenerator(seed: 8)
        let records = generator.records(50)
        let xml = try text("komvux").replacing("urn:csnfil:komvux:1", with: "urn:other")
            .replacing("    - kurskod", with: "    - {field: kurskod, element: kod}")
            .replacing("    - registrering\n", with: "")
            .replacing("    - kursdel", with: "    - {field: registrering, values: {J: ja, N: nej}}\n    - kursdel")
        let layout = try Layout.read(path: "own.yaml", bytes: Array(xml.utf8))
        let bytes = try written(records, layout, generator.courses)
        #expect(String(decoding: bytes, as: UTF8.self).contains("</kod>\n        <registrering>ja</registrering>"))
        let file = try ReadFile(bytes, layout, generator.courses, validates: false)
        let courses = generator.courses
        #expect(file.reading.problems == [])
        #expect(file.records.map { described($0.record, courses) } == records.map { described($0, courses) })
    }

    @Test func theShippedLayoutsSayWhoseReadingTheyAre() throws {
        for name in ["komvux.yaml", "komvux.xsd", "komvux-fixed.yaml"] {
            let text = try String(contentsOfFile: "\(Shipped.folder)/\(name)", encoding: .utf8)
            #expect(text.prefix(700).contains("csnfils egen tolkning"))
            #expect(text.prefix(900).contains("csnfil's own reading"))
        }
    }

    @Test func aLayoutIsToldByContent() throws {
        let layouts = try [Shipped.layout("komvux"), Shipped.layout("komvux-fixed")]
        let folder = try Folder()
        let line = FieldReadingTests.line()
        for (text, name) in [
            (FieldReadingTests.xml(), "komvux"), ("\u{FEFF}" + FieldReadingTests.xml(), "komvux"),
            ("\(line)\r\n", "komvux-fixed"), ("x\r\n\(line)\n\(line)\r\n", "komvux-fixed"), ("a;b;c\n", nil), ("", nil),
        ] as [(String, String?)] {
            let path = try folder.write("f", text)
            #expect(try Layout.detect(path: path, among: layouts)?.name == name)
        }
    }

    @Test(arguments: [
        "<xs:import namespace=\"urn:x\" schemaLocation=\"http://127.0.0.1:9/x.xsd\"/>",
        "<xs:include schemaLocation=\"other.xsd\"/>",
    ])
    func aSchemaThatNamesOthersIsRefused(_ element: String) throws {
        let folder = try Folder()
        let schema = try String(contentsOfFile: Shipped.schema, encoding: .utf8)
        let path = try folder.write("komvux.yaml", try text("komvux"))
        let mark = "  <xs:element name=\"komvuxrapport\">"
        _ = try folder.write("komvux.xsd", schema.replacing(mark, with: element + mark))
        let layout = try Layout.read(path: path)
        #expect(throws: DocumentProblem.self) { try UploadReader(layout: layout, find: CourseTable([]).finder()) }
    }

    @Test func aSchemaWithAMistakeIsToldWithItsLine() throws {
        let folder = try Folder()
        let schema = try String(contentsOfFile: Shipped.schema, encoding: .utf8)
        let path = try folder.write("komvux.yaml", try text("komvux"))
        _ = try folder.write("komvux.xsd", schema.replacing("type=\"skolkod\"", with: "type=\"nothing\""))
        let layout = try Layout.read(path: path)
        let problem = #expect(throws: DocumentProblem.self) {
            try UploadReader(layout: layout, find: CourseTable([]).finder())
        }
        #expect((problem?.line ?? 0) > 10)
    }
}
