import CSN
import Documents
import Foundation
import Testing

@testable import Profiles

@Suite struct ProfileSchemaTests {
    private static func file(_ name: String) -> URL { ShippedProfilesTests.root.appending(path: "docs/\(name)") }

    /// Written anew with CSNFIL_WRITE_DOCS=1 in the environment.
    @Test func theFileIsWhatTheReaderTakes() throws {
        let file = Self.file("profile.schema.json")
        if ProcessInfo.processInfo.environment["CSNFIL_WRITE_DOCS"] == "1" {
            try Data(ProfileSchema.json().utf8).write(to: file)
        }
        let stored = try String(contentsOf: file, encoding: .utf8)
        #expect(
            try stored == ProfileSchema.json(),
            """
            docs/profile.schema.json is not what the reader takes any more. Write it anew: \
            CSNFIL_WRITE_DOCS=1 swift test --filter ProfileSchemaTests
            """)
    }

    private func schema(_ path: String...) throws -> [String: Any] {
        let data = Data(try ProfileSchema.json().utf8)
        var node = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        for key in path {
            let properties = try #require(node["properties"] as? [String: Any])
            node = try #require(properties[key] as? [String: Any])
        }
        return node
    }

    private func keys(_ node: [String: Any]) -> [String] { (node["properties"] as? [String: Any] ?? [:]).keys.sorted() }

    /// The reader must take each key of the schema and no other: what it says of a wrong key lists those it takes.
    @Test(arguments: [
        ([String](), "zzzzzzzz: 1\n"), (["basis"], "basis: {zzzzzzzz: 1}\n"),
        (["container"], "container: {zzzzzzzz: 1}\n"), (["columns"], "columns: {zzzzzzzz: 1}\n"),
    ])
    func keysAreThoseOfTheReader(path: [String], text: String) throws {
        let whole =
            "profile: 1\nsystem: x\ntitle: x\nbasis: {}\ncontainer: {kind: csv, delimiter: tab}\ncolumns: {}\n"
        let lines = whole.split(separator: "\n").filter { path.isEmpty || !$0.hasPrefix("\(path[0]):") }
        let yaml = lines.joined(separator: "\n") + "\n" + text
        let columns = "columns: {personnummer: a, kurskod: b, startdatum: c, slutdatum: d}"
        let complete = path == ["columns"] ? yaml : yaml.replacing("columns: {}", with: columns)
        let problem = try #require(throws: DocumentProblem.self) {
            try Profile.read(YAMLNode.read(path: "p", bytes: Array(complete.utf8)), name: "p")
        }
        let list = try #require(problem.text.en.split(separator: "What may stand here: ").last)
        let taken = list.dropLast().split(separator: ", ").map(String.init).sorted()
        var node = try schema()
        for key in path { node = try #require((node["properties"] as? [String: Any])?[key] as? [String: Any]) }
        #expect(keys(node) == taken)
        #expect(node["additionalProperties"] as? Bool == false)
    }

    @Test func eachSlotSaysWhatItCanBeReadBy() throws {
        for slot in Slot.allCases {
            let node = try schema("columns", slot.name)
            #expect(node["description"] as? String == slot.meaning)
            let forms = try #require(node["anyOf"] as? [[String: Any]])
            let properties = try #require(forms.last?["properties"] as? [String: [String: Any]])
            #expect((properties["dates"] != nil) == (slot.content == .date))
            #expect((properties["scale"] != nil) == slot.isGrade)
            #expect(properties["words"].map { keys($0) } ?? [] == slot.values.sorted())
        }
    }

    /// A profile with everything that the schema offers is one that the reader takes.
    @Test func whatTheSchemaOffersTheReaderTakes() throws {
        var text = "profile: 1\nsystem: x\ntitle: x\nbasis: {known: x, ours: x}\nrecords: courses\nform: komvux\n"
        text += "container: {kind: csv, delimiter: [tab, semicolon, comma, \"|\"], quote: none, header: row, "
        text += "preamble: 100, groups: \"Klass: *\", joins: x}\n"
        text += "school: {file: \"{skola}.csv\"}\npersons: q\nomits: protected\nknownBy: [x, y]\n"
        text += "terms: {spring: [01-01, 06-30], autumn: [07-01, 12-31]}\ncolumns:\n"
        for slot in Slot.allCases {
            text += "  \(slot.name): {headers: [\(slot.name)], required: true, ranked: false"
            if slot.content == .date {
                let forms = DateForm.allCases.filter { slot.canBeRead(as: $0) }
                text += ", dates: [\(forms.map(\.rawValue).joined(separator: ", "))]"
            }
            if slot.isGrade { text += ", scale: [\(GradeScale.names.joined(separator: ", "))]" }
            if !slot.values.isEmpty {
                text += ", words: {" + slot.values.map { "\"\($0)\": [x\($0)]" }.joined(separator: ", ") + "}"
            }
            text += "}\n"
        }
        text += "leaveOut: [{headers: x, values: [a], reason: x}]\n"
        text += "sample:\n  file: x\n  encoding: cp850\n  lineEnd: crlf\n  personnummer: short\n  columns:\n"
        text += "    - personnummer\n    - {header: x, text: a}\n"
        for filler in SampleShape.Filler.names { text += "    - {header: y, holds: \(filler)}\n" }
        for encoding in ["detect"] + TextEncoding.allCases.map(\.name) {
            let yaml = text + "encoding: \(encoding)\n"
            let profile = try Profile.read(YAMLNode.read(path: "p", bytes: Array(yaml.utf8)), name: "p")
            #expect(profile.columns.count == Slot.allCases.count)
            #expect(encoding == "detect" ? profile.encoding == nil : profile.encoding?.name == encoding)
        }
    }

    /// The page that tells people of the format names everything that the reader takes.
    @Test func thePageNamesEverything() throws {
        let page = try String(contentsOf: Self.file("profiles.md"), encoding: .utf8)
        for slot in Slot.allCases {
            #expect(page.contains("| `\(slot.name)` |"), "\(slot)")
            for value in slot.values where !value.isEmpty { #expect(page.contains("`\(value)`"), "\(slot) \(value)") }
        }
        for form in DateForm.allCases { #expect(page.contains("| `\(form.rawValue)` |"), "\(form)") }
        let keys =
            ProfileKey.names + BasisKey.names + ContainerKey.names + ColumnKey.names + LeaveOutKey.names
            + SampleKey.names + SampleColumnKey.names + SampleParentKey.names + SampleShape.Filler.names
            + SampleEncoding.names + PersonnummerSpelling.names
            + SchoolKey.names + TermKey.names + GradeScale.names + Profile.Records.names
        for key in keys { #expect(page.contains("`\(key)`"), "\(key)") }
        for encoding in TextEncoding.allCases { #expect(page.contains(encoding.name)) }
    }
}
