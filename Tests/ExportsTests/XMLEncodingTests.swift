import Documents
import Exports
import Foundation
import Profiles
import Testing

/// In which encoding an XML export is read, and why.
@Suite struct XMLEncodingTests {
    let bench: XMLBench

    init() throws { bench = try XMLBench() }

    private static func document(_ declaration: String) -> String {
        declaration + "<r><kurs><k>Räksmörgås – å</k><ärende/></kurs></r>"
    }

    private func kurskod(_ bytes: [UInt8], encoding: String = "detect") throws -> String? {
        try bench.rows(bytes, bench.profile(encoding: encoding)).first?.cells[.kurskod]
    }

    private func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
        Array(try #require(text.data(using: encoding)))
    }

    private func conclusion(_ bytes: [UInt8]) throws -> XMLEncoding {
        let source = try bench.folder.source(bytes)
        return try #require(try XMLEncoding(of: source, InputSurvey(of: source), nil))
    }

    @Test("UTF-8 with and without declaration and mark")
    func utf8() throws {
        let text = "Räksmörgås – å"
        for declaration in ["", "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding = 'utf-8'?>\n"] {
            let bytes = Array(Self.document(declaration).utf8)
            #expect(try kurskod(bytes) == text)
            #expect(try kurskod([0xEF, 0xBB, 0xBF] + bytes) == text)
        }
    }

    @Test("UTF-16 with its mark, whatever the declaration says")
    func utf16() throws {
        for declaration in [
            "", "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
        ] {
            let text = Self.document(declaration)
            #expect(try kurskod([0xFF, 0xFE] + bytes(text, .utf16LittleEndian)) == "Räksmörgås – å")
            #expect(try kurskod([0xFE, 0xFF] + bytes(text, .utf16BigEndian)) == "Räksmörgås – å")
        }
    }

    @Test("A single-byte encoding that is declared")
    func declared() throws {
        let declaration = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>"
        #expect(try kurskod(bytes(Self.document(declaration), .windowsCP1252)) == "Räksmörgås – å")
        let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><kurs><k>Är</k></kurs></r>"
        let found = try conclusion(bytes(latin, .isoLatin1))
        #expect(found.encoding == .latin1)
        #expect(found.evidence?.en == "ISO-8859-1: the file's XML declaration says so.")
        #expect(try kurskod(bytes(latin, .isoLatin1)) == "Är")
    }

    @Test("Latin-1 without a declaration, and with one that is not true")
    func undeclared() throws {
        let text = "<r><kurs><k>Kärnämnen på Åsö</k></kurs></r>"
        #expect(try kurskod(bytes(text, .isoLatin1)) == "Kärnämnen på Åsö")
        let wrong = try bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text, .isoLatin1)
        #expect(try kurskod(wrong) == "Kärnämnen på Åsö")
        #expect(try #require(try conclusion(wrong).evidence?.en).hasSuffix("says UTF-8, which is not true."))
        let dash = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><r><kurs><k>Åsö – Ängö</k></kurs></r>"
        #expect(try conclusion(bytes(dash, .windowsCP1252)).encoding == .windows1252)
        #expect(try kurskod(bytes(dash, .windowsCP1252)) == "Åsö – Ängö")
    }

    @Test("The profile's encoding where the file says nothing")
    func ofProfile() throws {
        let text: [UInt8] = Array("<r><kurs><k>".utf8) + [0x8F] + Array("</k></kurs></r>".utf8)
        #expect(try kurskod(text, encoding: "CP850") == "Å")
        let declared = Array("<?xml version=\"1.0\" encoding=\"macintosh\"?>".utf8) + text
        #expect(try kurskod(declared, encoding: "CP850") == "è")
    }

    @Test("An encoding that is not read")
    func unknown() throws {
        let text = "<?xml version=\"1.0\" encoding=\"EBCDIC-FI-SE\"?><r/>"
        let source = try bench.folder.source(Array(text.utf8))
        #expect(throws: ExportProblem.xmlEncoding(path: source.path, name: "EBCDIC-FI-SE")) {
            try XMLEncoding(of: source, InputSurvey(of: source), nil)
        }
    }

    @Test("Blanks before the declaration are passed over, and lines still count from the file's first")
    func blanksBefore() throws {
        let text = "\r\n \n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r><kurs><k>A</k></kurs></r>"
        let rows = try bench.rows(Array(text.utf8), bench.profile())
        #expect(rows == [XMLBench.Row(line: 4, ordinal: 1, cells: [.kurskod: "A"])])
    }
}
