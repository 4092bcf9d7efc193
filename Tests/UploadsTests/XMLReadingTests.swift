import CSN
import Testing
import Uploads

@Suite struct XMLReadingTests {
    private func read(_ text: String) throws -> ReadFile { try read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) throws -> ReadFile {
        try ReadFile(bytes, Shipped.layout("komvux"), CourseTable([]))
    }

    private func kinds(_ file: ReadFile) -> [LayoutProblem.Kind] { file.reading.problems.map(\.kind) }

    @Test func placesAreTheElements() throws {
        let text = FieldReadingTests.xml(.niva, "XX")
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("<niva>") }
        let file = try read(text)
        let record = try #require(file.records.first)
        #expect(record.notes.map(\.line) == [try #require(line) + 1])
        #expect(record.record.fields.origin.line == 6)
        let layout = try Shipped.layout("komvux")
        #expect(layout.place(of: .niva) == .element("/komvuxrapport/skola/studerande/kurs/niva"))
        #expect(
            layout.place(of: .handelsedatum)
                == .element("/komvuxrapport/skola/studerande/kurs/handelse/handelsedatum"))
    }

    @Test func blanksAroundAValueAreNotPartOfIt() throws {
        let file = try read(FieldReadingTests.xml(.niva, "\n  GY \t"))
        #expect(file.reading.problems == [])
        #expect(file.records.first?.record.niva == .gy)
    }

    @Test func entitiesOfXMLAndCDATAAreText() throws {
        for value in ["A&amp;B&#60;C", "<![CDATA[A&B<C]]>", "A<!-- x -->&amp;B&lt;C"] {
            let file = try read(FieldReadingTests.xml(.kurskod, value))
            #expect(file.reading.problems == [])
            let index = try #require(file.records.first?.record.course)
            #expect(file.courses[index].code == "A&B<C")
        }
    }

    @Test func aMissingNumberIsSaidOnceForAStudent() throws {
        let course = try #require(FieldReadingTests.xml().split(separator: "<kurs>").last).split(separator: "</kurs>")[
            0]
        let text = FieldReadingTests.xml(.personnummer, "")
            .replacing("</kurs>", with: "</kurs><kurs>\(course)</kurs>")
        let file = try read(text)
        #expect(file.records.map { $0.notes.map(\.note.field) } == [[.personnummer], []])
        #expect(file.records.allSatisfy { $0.record.failed.contains(.personnummer) })
        #expect(file.reading.problems == [])
    }

    @Test(arguments: [
        ("<kursdel>11</kursdel>\n", "<kursdel>11</kursdel><kursdel>12</kursdel>\n", LayoutProblem.Kind.element),
        ("<niva>GR</niva>", "<niva><b>GR</b></niva>", .element),
        ("<betyg>A</betyg>", "<betyg xmlns=\"urn:x\">A</betyg>", .element),
        ("</studerande>", "x</studerande>", .schema),
        ("</skola>", "</skola><skola><skolkod>1235</skolkod></skola>", .severalSchools),
        ("<betyg>A</betyg>", "<betyg></betyg>", .schema),
        ("</betyg>", "</betyd>", .malformed), ("</komvuxrapport>", "", .malformed),
        ("UTF-8", "ISO-8859-1", .encoding), ("MATMAT01a", "MAT&nbsp;1", .malformed),
        ("MATMAT01a", "MAT\u{1}", .controlCharacter),
    ])
    func whatIsWrongWithTheFormIsSaidOnce(_ old: String, _ new: String, _ kind: LayoutProblem.Kind) throws {
        let text = FieldReadingTests.xml()
        let file = try read(text.replacing(old, with: new, maxReplacements: 1))
        #expect(kinds(file) == [kind] || (kind == .element && kinds(file).first == .element))
        #expect(file.reading.problems.allSatisfy { $0.line > 0 })
    }

    @Test func bytesThatAreNotUTF8() throws {
        var bytes = Array(FieldReadingTests.xml().utf8)
        let index = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("MATMAT".utf8)) })
        bytes[index] = 0xE5
        #expect(try kinds(read(bytes)) == [.encoding])
    }

    @Test func aFileInUTF16IsRefused() throws {
        let text = FieldReadingTests.xml().replacing("UTF-8", with: "UTF-16")
        var bytes: [UInt8] = [0xFF, 0xFE]
        for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(try kinds(read(bytes)) == [.encoding])
    }

    @Test(arguments: ["", "   ", "<", "<a/>", "\u{0}"])
    func whatIsNoSuchFile(_ text: String) throws {
        let file = try read(text)
        #expect(file.reading.problemCount >= 1)
        #expect(file.records.isEmpty)
    }

    // MARK: Hostile files

    private let bomb = """
        <?xml version="1.0"?>
        <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
        <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>
        <komvuxrapport xmlns="urn:csnfil:komvux:1"><skola><skolkod>&f;</skolkod></skola></komvuxrapport>
        """

    @Test func anEntityBombEndsAtItsDeclaration() throws {
        let file = try read(bomb)
        #expect(kinds(file) == [.documentType])
        #expect(file.reading.problems.first?.line == 2)
        #expect(file.records.isEmpty)
    }

    @Test(arguments: [
        "SYSTEM \"file:///etc/passwd\"", "SYSTEM \"http://127.0.0.1:9/x.dtd\"", "[<!ENTITY a SYSTEM \"/etc/passwd\">]",
    ])
    func nothingOutsideTheFileIsRead(_ declaration: String) throws {
        let file = try read(
            FieldReadingTests.xml(.kurskod, "&a;").replacing(
                "<komvuxrapport", with: "<!DOCTYPE x \(declaration)><komvuxrapport"))
        #expect(kinds(file) == [.documentType])
        #expect(file.records.isEmpty)
    }

    @Test func aSchemaLocationInTheFileIsNotFollowed() throws {
        let location =
            "<komvuxrapport xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
            + "xsi:schemaLocation=\"urn:csnfil:komvux:1 /nowhere/else.xsd\""
        let file = try read(FieldReadingTests.xml(.niva, "XX").replacing("<komvuxrapport", with: location))
        #expect(file.records.flatMap(\.notes).map(\.note.outcome) == [.failed(.notAllowed)])
        #expect(file.reading.problems == [])
    }

    @Test func deepNestingEnds() throws {
        let depth = 200_000
        let file = try read(String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth))
        #expect(kinds(file).contains(.malformed))
    }

    @Test func anEndlessValueIsNotKept() throws {
        let file = try read(FieldReadingTests.xml(.kurskod, String(repeating: "A", count: 5_000_000)))
        let note = try #require(file.records.first?.notes.first)
        #expect(note.note.outcome == .failed(.tooLong))
        #expect(note.note.value.utf8.count <= 1_024)
    }

    @Test func problemsAreCountedButNotAllKept() throws {
        let strangers = String(repeating: "<x/>\n", count: 5_000)
        let file = try read(FieldReadingTests.xml().replacing("<betyg>", with: strangers + "<betyg>"))
        #expect(file.reading.problemCount >= 5_000)
        #expect(file.reading.problems.count == UploadReading.greatestProblemCount)
    }

    @Test func whatTheCallerThrowsEndsTheReading() throws {
        struct Enough: Error {}
        var generator = RecordGenerator(seed: 1)
        let layout = try Shipped.layout("komvux")
        let folder = try Folder()
        let path = try folder.write("f", written(generator.records(500), layout, generator.courses))
        var count = 0
        #expect(throws: Enough.self) {
            _ = try UploadReader(layout: layout, find: generator.courses.finder()).read(path: path) { _ in
                count += 1
                if count == 3 { throw Enough() }
            }
        }
        #expect(count == 3)
    }
}
