import Exports
import Foundation
import Profiles
import Testing

/// Which values of an XML export become which cells of which rows.
@Suite struct XMLRowTests {
    let bench: XMLBench

    init() throws { bench = try XMLBench() }

    @Test("Elements, attributes and nested elements, with line and number of the row")
    func places() throws {
        let profile = try bench.profile(
            columns: "personnummer: \"@p\"\n  kurskod: kod\n  startdatum: tid/from\n  slutdatum: tid/@till")
        let document = """
            <?xml version="1.0"?>
            <r>
              <kurs p="1"><kod>A</kod><tid till="9"><from>8</from></tid></kurs>
              <kurs
                p="2"><kod/></kurs>
            </r>
            """
        let rows = try bench.rows(Array(document.utf8), profile)
        #expect(
            rows == [
                XMLBench.Row(
                    line: 3, ordinal: 1, cells: [.personnummer: "1", .kurskod: "A", .startdatum: "8", .slutdatum: "9"]),
                XMLBench.Row(line: 5, ordinal: 2, cells: [.personnummer: "2", .kurskod: ""]),
            ])
    }

    @Test("Text in pieces is one text, and blanks around it go")
    func text() throws {
        let kept = try bench.cells(
            """
            <r><kurs><k>
               A<!-- no -->B<![CDATA[<C]]>&amp;&#229;&#xD;
            </k><p>1<x>no</x>2</p><s>\u{A0} 3 \u{A0}</s><e> 4 5 </e></kurs></r>
            """)
        #expect(kept == [[.kurskod: "AB<C&å", .personnummer: "12", .startdatum: "3", .slutdatum: "4 5"]])
    }

    @Test("Names are compared as headers are: case, å ä ö and prefixes do not count")
    func names() throws {
        let profile = try bench.profile(
            columns: "personnummer: Värde\n  kurskod: Kurskod\n  startdatum: s\n  slutdatum: e")
        let document = "<n:R xmlns:n=\"x\"><n:Kurs><n:VÄRDE>1</n:VÄRDE><n:kurs-kod>A</n:kurs-kod></n:Kurs></n:R>"
        #expect(try bench.cells(document, profile) == [[.personnummer: "1", .kurskod: "A"]])
        // A prefix that is not declared is against the rules of namespaces, not of XML.
        #expect(try bench.cells("<r><kurs><n:k>A</n:k></kurs></r>") == [[.kurskod: "A"]])
    }

    @Test("xsi:nil and empty elements are blank; a missing one is none")
    func blanks() throws {
        let instance = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        let document = """
            <r \(instance)><kurs><k xsi:nil="true"/><p xsi:nil="1">x</p><s></s></kurs>
            <kurs><k xsi:nil="false">A</k><p nil="true">1</p><e> </e></kurs></r>
            """
        #expect(
            try bench.cells(document) == [
                [.kurskod: "", .personnummer: "", .startdatum: ""],
                [.kurskod: "A", .personnummer: "1", .slutdatum: ""],
            ])
    }

    @Test("An element that occurs more than once", arguments: [("all", "A | B"), ("first", "A"), ("last", "B")])
    func repeated(kind: String, expected: String) throws {
        let profile = try bench.profile(repeated: kind)
        let document = "<r><kurs><k/><k>A</k><k> A</k><k>B</k><k/></kurs><kurs><k>C</k><k>C</k></kurs></r>"
        #expect(try bench.cells(document, profile) == [[.kurskod: expected], [.kurskod: "C"]])
    }

    @Test("Part of a value is not the value")
    func repeatedParts() throws {
        let document = "<r><kurs><k>AB</k><k>A</k><k>B</k><k>A</k><k>AB</k></kurs></r>"
        #expect(try bench.cells(document) == [[.kurskod: "AB | A | B"]])
    }

    // MARK: - Values around rows

    @Test("A value around rows stands for the rows behind it until its element ends")
    func inherited() throws {
        let profile = try bench.profile(
            columns:
                "personnummer: [pnr, \"@pnr\"]\n  studentid: elev/@id\n  kurskod: k\n  startdatum: s\n  slutdatum: e")
        let document = """
            <r>
              <elev id="a" pnr="1"><kurs><k>A</k></kurs><kurs><k>B</k></kurs></elev>
              <elev><kurs><k>C</k></kurs><pnr>3</pnr><kurs><k>D</k></kurs></elev>
              <elev id="c"><pnr>4</pnr></elev>
              <elev><kurs><k>E</k><pnr>5</pnr></kurs><pnr>6</pnr></elev>
              <kurs><k>F</k></kurs>
            </r>
            """
        #expect(
            try bench.cells(document, profile) == [
                [.kurskod: "A", .personnummer: "1", .studentid: "a"],
                [.kurskod: "B", .personnummer: "1", .studentid: "a"],
                [.kurskod: "C"],
                [.kurskod: "D", .personnummer: "3"],
                [.kurskod: "E", .personnummer: "5"],
                [.kurskod: "F"],
            ])
    }

    @Test("The innermost element around the row goes before those around it, and the row before all")
    func innermost() throws {
        let profile = try bench.profile(columns: "personnummer: \"@p\"\n  kurskod: k\n  startdatum: s\n  slutdatum: e")
        let document = """
            <r p="1"><kurs><k>A</k></kurs><elev p="2"><kurs><k>B</k></kurs><kurs p="3"><k>C</k></kurs></elev>
            <kurs><k>D</k></kurs></r>
            """
        #expect(try bench.cells(document, profile).map { $0[.personnummer] } == ["1", "2", "3", "1"])
    }

    @Test("A value inside another element before the row: civicno/value")
    func deeper() throws {
        let profile = try bench.profile(
            columns: "personnummer: civicno/value\n  kurskod: k\n  startdatum: s\n  slutdatum: e")
        let document = """
            <r><elev><civicno><value>1</value></civicno><kurs><k>A</k></kurs></elev>
            <elev><civicno/><kurs><k>B</k></kurs></elev>
            <elev><other><civicno><value>3</value></civicno></other><kurs><k>C</k></kurs></elev></r>
            """
        #expect(
            try bench.cells(document, profile) == [
                [.kurskod: "A", .personnummer: "1"], [.kurskod: "B"], [.kurskod: "C"],
            ])
    }

    @Test("A heading between rows replaces the one before; two before a row are repeated")
    func headings() throws {
        let document = """
            <r><p>1</p><kurs><k>A</k></kurs><p>2</p><kurs><k>B</k></kurs><p/><kurs><k>C</k></kurs>
            <p>4</p><p>5</p><kurs><k>D</k></kurs></r>
            """
        #expect(try bench.cells(document).map { $0[.personnummer] } == ["1", "2", "", "4 | 5"])
        #expect(
            try bench.cells(document, bench.profile(repeated: "first")).map { $0[.personnummer] }
                == ["1", "2", "", "4"])
    }

    // MARK: - More than one path

    @Test("Two paths of one column in one row are an error that names both")
    func ambiguous() throws {
        let profile = try bench.profile(
            columns: "personnummer: p\n  kurskod: [k, kod]\n  startdatum: s\n  slutdatum: e")
        #expect(try bench.cells("<r><kurs><k>A</k></kurs><kurs><kod>B</kod></kurs></r>", profile).count == 2)
        let problem = try bench.problem("<r><kurs><k>A</k></kurs>\n<kurs><k>B</k>\n<kod>B</kod></kurs></r>", profile)
        let expected = ExportProblem.xmlAmbiguous(
            path: bench.folder.path + "/export.txt", line: 3, column: "k", first: "r/kurs/k", second: "r/kurs/kod")
        #expect(problem == expected)
        let around = "<r><elev><p>1</p><x><p>2</p></x><kurs><x><p>3</p></x><p>4</p></kurs></elev></r>"
        let inside = try #require(try bench.problem(around))
        #expect(inside.text.en.contains("both r/elev/kurs/x/p and r/elev/kurs/p fit “p”"))
    }

    @Test("Ranked: the first of the profile's order that is not blank")
    func ranked() throws {
        let profile = try bench.profile(
            columns: "personnummer: p\n  kurskod: {headers: [k, kod], ranked: true}\n  startdatum: s\n  slutdatum: e")
        let document = """
            <r><kurs><kod>B</kod><k>A</k></kurs><kurs><k>A</k><kod>B</kod></kurs><kurs><k/><kod>B</kod></kurs>
            <kurs><kod>B</kod><k/></kurs></r>
            """
        #expect(try bench.cells(document, profile).map { $0[.kurskod] } == ["A", "A", "B", "B"])
    }

    @Test("A longer path keeps its value from a shorter one of another column")
    func longerPath() throws {
        let profile = try bench.profile(
            columns: "skola: skola/kod\n  personnummer: p\n  kurskod: kod\n  startdatum: s\n  slutdatum: e")
        let document = "<r><kurs><skola><kod>1</kod></skola><kod>A</kod></kurs></r>"
        #expect(try bench.cells(document, profile) == [[.skola: "1", .kurskod: "A"]])
    }

    @Test("A row in a row is an error; a longer path tells them apart")
    func nested() throws {
        let document = "<r><kurs><k>A</k>\n<kurs><k>B</k></kurs></kurs></r>"
        let problem = try bench.problem(document)
        #expect(
            problem
                == .xmlNestedRow(
                    path: bench.folder.path + "/export.txt", line: 2, element: "r/kurs/kurs", outer: 1))
        #expect(try bench.cells(document, bench.profile(row: "kurs/kurs")) == [[.kurskod: "B"]])
    }

    // MARK: - Pieces

    @Test("The same rows whatever the pieces", arguments: [1, 2, 3, 7, 64, 1_000])
    func pieces(block: Int) throws {
        var document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r a=\"x>y\"><!-- <kurs> -->\n"
        for number in 0..<40 {
            document += "<kurs p='\(number) > 3'><k>Å&amp;\(number)&#228;<![CDATA[<k>]]></k>\n<e>ö</e></kurs>"
        }
        document += "</r>\n<!-- end -->\n"
        let profile = try bench.profile(columns: "personnummer: \"@p\"\n  kurskod: k\n  startdatum: s\n  slutdatum: e")
        let whole = try bench.rows(Array(document.utf8), profile)
        #expect(whole.count == 40)
        #expect(
            whole.last
                == XMLBench.Row(
                    line: 42, ordinal: 40, cells: [.personnummer: "39 > 3", .kurskod: "Å&39ä<k>", .slutdatum: "ö"]))
        #expect(try bench.rows(Array(document.utf8), profile, target: block, block: block) == whole)
    }

    @Test("Portions are numbered and their lengths sum to the input")
    func portions() throws {
        let document = "<r>" + String(repeating: "<kurs><k>A</k></kurs>\n", count: 5_000) + "</r>"
        let input = try bench.input(Array(document.utf8), bench.profile())
        var cursor = try XMLRowCursor(input, target: 10_000, block: 1_000)
        var numbers: [Int] = []
        var length = 0
        while let portion = try cursor.next() {
            numbers.append(portion.number)
            length += portion.length
        }
        #expect(numbers.count > 9 && numbers == Array(numbers.indices))
        #expect(length == document.utf8.count)
    }
}
