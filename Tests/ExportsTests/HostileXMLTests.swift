import Exports
import Foundation
import Profiles
import Testing

/// XML that is broken, cut off, or meant to harm.
@Suite struct HostileXMLTests {
    let bench: XMLBench
    private let path: String

    init() throws {
        bench = try XMLBench()
        path = bench.folder.path + "/export.txt"
    }

    @Test("Not well-formed: libxml2's reason, line and column")
    func malformed() throws {
        let problem = try #require(try bench.problem("<r>\n<kurs><k>A</p></kurs></r>"))
        guard case .xmlMalformed(path, line: 2, _, let reason) = problem else {
            Issue.record("\(problem)")
            return
        }
        #expect(reason.contains("Opening and ending tag mismatch: k"))
        #expect(problem.text.en.contains("\(path):2:"))
        for document in [
            "<r><kurs><k>A & B</k></kurs></r>", "<r><kurs><k>&okand;</k></kurs></r>", "<r/><r/>", "<r a='1' a='2'/>",
            "<r><kurs><k>\u{1}</k></kurs></r>", "<r>]]></r>",
        ] {
            guard case .xmlMalformed = try #require(try bench.problem(document)) else {
                Issue.record("\(document)")
                continue
            }
        }
    }

    @Test("Bytes that are no UTF-8 in a UTF-8 file")
    func damaged() throws {
        let good = String(repeating: "<kurs><k>å</k></kurs>", count: 20)
        let document = Array("<r>\(good)<kurs><k>".utf8) + [0xFF] + Array("</k></kurs></r>".utf8)
        #expect {
            _ = try bench.rows(document, bench.profile())
        } throws: { error in
            guard case .xmlMalformed(_, line: 1, _, let reason) = error as? ExportProblem else { return false }
            return reason.contains("not proper UTF-8")
        }
    }

    @Test("Cut off anywhere: every beginning of a document is told from a whole one")
    func cutShort() throws {
        let document = Array(
            "<?xml version=\"1.0\"?>\n<r>\n<kurs p=\"1\"><k>Å&amp;<![CDATA[x]]></k><!-- c --></kurs>\n</r>".utf8)
        let profile = try bench.profile()
        #expect(try bench.rows(document, profile).count == 1)
        for count in 1..<document.count {
            #expect(throws: ExportProblem.self, "\(count)") { try bench.rows(Array(document[..<count]), profile) }
        }
        let problem = try bench.problem("<r>\n<kurs><k>A</k></kurs>\n<kurs><k>B</k>")
        #expect(problem == .xmlCutShort(path: path, line: 3, element: "r/kurs"))
        #expect(try bench.problem("<r><kurs><k>AB") == .xmlCutShort(path: path, line: 1, element: "r/kurs/k"))
        #expect(try bench.problem("<r><kurs><k>A</k") == .xmlCutShort(path: path, line: 1, element: "r/kurs/k"))
        #expect(try bench.problem("<r><kurs a=\"b") == .xmlCutShort(path: path, line: 1, element: "r"))
    }

    @Test("At most 64 levels")
    func depth() throws {
        func document(_ levels: Int) -> String {
            let inner = levels - 3
            return "<r>\n<kurs>" + String(repeating: "<a>", count: inner) + "<k>A</k>"
                + String(repeating: "</a>", count: inner) + "</kurs></r>"
        }
        #expect(try bench.cells(document(64)) == [[.kurskod: "A"]])
        #expect(try bench.problem(document(65)) == .xmlTooDeep(path: path, line: 2, limit: 64))
        #expect(
            try bench.problem(String(repeating: "<a>", count: 1_000_000)) == .xmlTooDeep(path: path, line: 1, limit: 64)
        )
    }

    @Test("Nothing outside the file is opened")
    func external() throws {
        let secret = try bench.folder.file(Array("hemligt".utf8), named: "secret.txt")
        let documents = [
            "<!DOCTYPE r SYSTEM \"\(secret)\"><r/>",
            "<!DOCTYPE r PUBLIC \"x\" \"http://127.0.0.1:9/x.dtd\"><r/>",
            "<!DOCTYPE r [<!ENTITY x SYSTEM \"\(secret)\">]><r><kurs><k>&x;</k></kurs></r>",
            "<!DOCTYPE r [<!ENTITY x PUBLIC \"x\" \"\(secret)\">]><r/>",
            "<!DOCTYPE r [<!ENTITY % x SYSTEM \"\(secret)\"> %x;]><r/>",
            "<!DOCTYPE r [<!ENTITY % x \"<!ENTITY y 'z'>\"> %x;]><r><kurs><k>&y;</k></kurs></r>",
            "<!DOCTYPE r [<!NOTATION n SYSTEM \"n\"><!ENTITY x SYSTEM \"\(secret)\" NDATA n>]><r/>",
        ]
        for document in documents {
            guard case .xmlExternal(path, line: 1, _) = try #require(try bench.problem(document), "\(document)") else {
                Issue.record("\(document)")
                continue
            }
        }
    }

    @Test("Entities of the document itself are read")
    func entities() throws {
        let document = """
            <!DOCTYPE r [<!ENTITY aring "&#229;"><!ENTITY ort "&aring;s">]>
            <r><kurs><k>p&aring; &ort;!</k><p>&ort;</p></kurs><kurs><k>&ort;</k></kurs></r>
            """
        #expect(
            try bench.cells(document) == [[.kurskod: "på ås!", .personnummer: "ås"], [.kurskod: "ås"]])
        let attribute = try bench.profile(
            columns: "personnummer: p\n  kurskod: \"@k\"\n  startdatum: s\n  slutdatum: e")
        #expect(
            try bench.cells("<!DOCTYPE r [<!ENTITY a \"x\">]><r><kurs k=\"&a;&amp;&#38;&a;\"/></r>", attribute)
                == [[.kurskod: "x&&x"]])
        let element = "<!DOCTYPE r [<!ENTITY a \"<k>x</k>\">]><r><kurs>&a;</kurs><kurs>&a;</kurs></r>"
        #expect(try bench.cells(element) == [[.kurskod: "x"], [.kurskod: "x"]])
        // Default values of a document type are not values of the export.
        let standing = "<!DOCTYPE r [<!ATTLIST kurs k CDATA \"x\">]><r><kurs/></r>"
        #expect(try bench.cells(standing, attribute) == [[:]])
    }

    private static func bomb(_ levels: Int, of last: String) -> String {
        var declarations = "<!ENTITY e0 \"\(last)\">"
        for level in 1...levels {
            let references = String(repeating: "&e\(level - 1);", count: 10)
            declarations += "<!ENTITY e\(level) \"\(references)\">"
        }
        return "<!DOCTYPE r [\(declarations)]>"
    }

    @Test("Entities that become a billion", .timeLimit(.minutes(1)))
    func bombs() throws {
        let bomb = Self.bomb(12, of: "ha")
        let quadratic = "<!DOCTYPE r [<!ENTITY a \"\(String(repeating: "x", count: 50_000))\">]>"
        for document in [
            bomb + "<r><kurs><k>&e12;</k></kurs></r>", bomb + "<r><other>&e12;</other></r>",
            bomb + "<r><kurs k=\"&e12;\"/></r>",
            quadratic + "<r>" + String(repeating: "<kurs><k>&a;</k></kurs>", count: 5_000) + "</r>",
            quadratic + "<r>" + String(repeating: "<kurs k='&a;'/>", count: 5_000) + "</r>",
            "<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><r><kurs><k>&a;</k></kurs></r>",
            "<!DOCTYPE r [" + (0..<100_000).map { "<!ENTITY e\($0) \"0123456789\">" }.joined() + "]><r/>",
        ] {
            let problem = try #require(try bench.problem(document))
            if case .xmlEntities = problem { continue }
            Issue.record("\(problem)")
        }
    }

    @Test("At most so many paths")
    func names() throws {
        let limits = XMLLimits(paths: 10)
        func document(_ names: Int) -> String {
            "<r><kurs>" + (1...names).map { "<a\($0)/>" }.joined() + "</kurs></r>"
        }
        #expect(try bench.problem(document(8), limits: limits) == nil)
        #expect(
            try bench.problem(document(9), limits: limits) == .xmlTooManyNames(path: path, line: 1, limit: 10))
        let many = "<r>" + (0..<20_000).map { "<a\($0)/>" }.joined() + "</r>"
        #expect(try bench.problem(many) == .xmlTooManyNames(path: path, line: 1, limit: 4_096))
    }

    @Test("At most so long a value, and a row")
    func lengths() throws {
        let limits = XMLLimits(value: 10, row: 25)
        func document(_ count: Int) -> String { "<r><kurs><k>\(String(repeating: "x", count: count))</k></kurs></r>" }
        #expect(try bench.problem(document(10), limits: limits) == nil)
        #expect(
            try bench.problem(document(11), limits: limits)
                == .xmlValueTooLong(path: path, line: 1, element: "r/kurs/k", limit: 10))
        let ten = String(repeating: "x", count: 10)
        let full = "<r>\n<kurs>\n<k>\(ten)</k><p>\(ten)</p><e>12345</e></kurs></r>"
        #expect(try bench.problem(full, limits: limits) == nil)
        let over = full.replacing("12345", with: "123456")
        #expect(try bench.problem(over, limits: limits) == .xmlRowTooLong(path: path, line: 2, limit: 25))
        let repeated = "<r><kurs><k>12345</k><k>123</k></kurs></r>"
        #expect(
            try bench.problem(repeated, limits: limits)
                == .xmlValueTooLong(path: path, line: 1, element: "r/kurs/k", limit: 10))
        // Around rows as well.
        let around = "<r><k>12345</k><k>123</k><kurs/></r>"
        #expect(
            try bench.problem(around, limits: limits)
                == .xmlValueTooLong(path: path, line: 1, element: "r/k", limit: 10))
    }

    @Test("Text and comments that no column wants may be long, and an attribute that a column wants may not")
    func longAndUnwanted() throws {
        let long = String(repeating: "å ", count: 4 << 20)
        #expect(try bench.cells("<r><x>\(long)</x><kurs><x>\(long)</x><k>A</k></kurs></r>") == [[.kurskod: "A"]])
        let attribute = try bench.profile(
            columns: "personnummer: p\n  kurskod: \"@k\"\n  startdatum: s\n  slutdatum: e")
        let document = "<r><kurs k=\"\(String(repeating: "x", count: 70_000))\"/></r>"
        guard case .xmlValueTooLong = try bench.problem(document, attribute) else {
            Issue.record("a long attribute was taken")
            return
        }
    }
}
