import Foundation
import Testing

/// Exports in XML, from bytes to upload files.
@Suite("convert: exports in XML")
struct XMLConversionTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    private static func course(_ changes: [String: String] = [:]) -> String {
        let names = [
            "studentid", "class", "socialnumber", "fname", "lname", "course", "points", "teacher", "printdate",
            "startdate", "enddate", "status", "grade", "gradedate", "code",
        ]
        let values = [
            "studentid": "2101", "socialnumber": "19910118-9802", "fname": "Åsa", "lname": "Norrby",
            "course": "Engelska 5", "points": "100", "printdate": "2026-11-23", "startdate": "2026-08-17",
            "enddate": "2026-12-18", "status": "2", "code": "ENGENG05",
        ].merging(changes) { $1 }
        let elements = names.map { "  <\($0)>\(values[$0] ?? "")</\($0)>\n" }.joined()
        return "<studentprogramcourse>\n\(elements)</studentprogramcourse>\n"
    }

    private static func document(_ courses: [String]) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<studentprogramcourses>\n\(courses.joined())</studentprogramcourses>\n"
    }

    private func convert(_ file: String, jobs: Int = 2, out: String = "out") throws -> Workplace.Ending {
        try place.convert([file], out: out) {
            $0.school = "1003"
            $0.jobs = jobs
        }
    }

    /// The sample of the same system's text export says the same as XML: the files must be the same.
    @Test("The same files as from the text export with the same content")
    func asText() throws {
        let sample = repository + "/Samples/schoolsoft/clean"
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: sample).first { $0.hasSuffix(".txt") })
        let text = String(decoding: try Data(contentsOf: URL(filePath: sample + "/" + name)), as: UTF8.self)
        var lines = text.drop { $0 == "\u{FEFF}" }.split(whereSeparator: \.isNewline).map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        let headers = lines.removeFirst()
        let rows = lines.map { cells in
            let elements = zip(headers, cells).map { "<\($0)>\($1.replacing("&", with: "&amp;"))</\($0)>" }
            return "<studentprogramcourse>\(elements.joined())</studentprogramcourse>\n"
        }
        try place.write("csnfil.yaml", Array(Data(contentsOf: URL(filePath: sample + "/csnfil.yaml"))))
        try place.write("export.xml", Self.document(rows))
        try place.write("export.txt", text)
        let ending = try convert("export.xml")
        #expect(try place.uploads().count == 1, "\(ending.said)")
        let fromText = try convert("export.txt", out: "text")
        #expect(try place.uploads() == place.uploads("text"))
        #expect(ending.status == fromText.status)
        #expect(try place.rows() == place.rows("text"))
    }

    @Test("Findings name file, line, and the element by its XPath")
    func findings() throws {
        let courses = [
            Self.course(),
            Self.course(["socialnumber": "19840430-9943", "studentid": "2102", "enddate": "2026-13-01"]),
        ]
        try place.write("export.xml", Self.document(courses))
        let ending = try convert("export.xml")
        let finding = try #require(ending.findings.first { $0.field == "slutdatum" }, "\(ending.findings)")
        #expect(finding.line == 20 && finding.column == "enddate" && finding.value == "2026-13-01")
        #expect(finding.element == "(//studentprogramcourse)[2]/enddate")
        let unused = try #require(ending.findings.first { $0.rule == "unknown-column" })
        #expect(unused.message.contains("class, fname, lname, teacher"), "\(unused.message)")
        #expect(ending.said.contains("export.xml:20"), "\(ending.said)")
    }

    @Test("The same files whatever the number of jobs")
    func jobs() throws {
        let people = ["19910118-9802", "19840430-9943", "19720120-9983"]
        let courses = (0..<6_000).map { number in
            Self.course([
                "studentid": "\(number % 3)", "socialnumber": people[number % 3], "code": "OKÄND\(number % 40)",
            ])
        }
        try place.write("export.xml", Self.document(courses + [Self.course()]))
        let one = try convert("export.xml", jobs: 1, out: "one")
        let three = try convert("export.xml", jobs: 3, out: "three")
        #expect(one.findings.count > 1_000 && one.findings == three.findings)
        #expect(try place.uploads("one") == place.uploads("three"))
        #expect(try place.rows("one") == place.rows("three"))
    }

    @Test("XML that no profile knows: its rows and names are said")
    func unknown() throws {
        try place.write(
            "export.xml", "<bok><lista><post><namn>A</namn><telefon>1</telefon></post><post id=\"2\"/></lista></bok>")
        let ending = try convert("export.xml")
        #expect(ending.status == 2)
        #expect(
            ending.said.contains("the element bok/lista/post with ”namn”, ”telefon”, ”@id”"), "\(ending.said)")
    }

    @Test("A needed element that is missing is named")
    func missing() throws {
        try place.write("export.xml", Self.document([Self.course().replacing("code>", with: "kod>")]))
        let ending = try convert("export.xml")
        #expect(ending.status == 2)
        #expect(ending.said.contains("header-missing") && ending.said.contains("kurskod"), "\(ending.said)")
    }

    @Test("XML that is broken behind its beginning ends the run, and nothing is written")
    func broken() throws {
        let courses = (0..<3_000).map { _ in Self.course() }
        try place.write("export.xml", String(Self.document(courses).dropLast(200)))
        let ending = try convert("export.xml")
        #expect(ending.status == 2)
        #expect(ending.said.contains("the file ends inside studentprogramcourses"), "\(ending.said)")
        #expect(try place.uploads().isEmpty)
    }
}
