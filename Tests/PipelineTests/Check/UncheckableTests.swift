import Foundation
import Testing

/// `check` where there is no finished file to judge, and where convert has made it.
@Suite("check: what is no finished file, and what convert wrote")
struct UncheckableTests {
    struct Input: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        /// What the message has to say.
        var says: String
        var testDescription: String { name }
    }

    static let inputs = [
        Input(
            name: "export.csv", text: "Personnummer;Kurskod;Startdatum;Slutdatum\n", says: "csnfil convert"),
        Input(name: "readme.pdf", text: "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", says: "--layout"),
        Input(name: "empty.xml", text: "", says: "--layout"),
    ]

    @Test("A file of no layout ends the run with 2 and says what to do", arguments: inputs)
    func noLayout(_ input: Input) throws {
        let place = try Workplace()
        try place.write(input.name, input.text)
        let ending = try place.check([input.name])
        #expect(ending.status == 2)
        #expect(ending.said.contains(input.name) && ending.said.contains(input.says), "\(ending.said)")
        #expect(ending.findings == [])
    }

    /// Every upload file that is expected of a sample case. SamplesTests hold that convert writes just these.
    static let expected: [String] = {
        let samples = repository + "/Samples"
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: samples)) ?? []
        // A run that must fail has a message instead of a file.
        return all.filter {
            $0.contains("/expected/") && ($0.hasSuffix(".xml") || $0.hasSuffix(".txt")) && !$0.hasSuffix("/message.txt")
        }.sorted()
    }()

    @Test("There are files of both layouts to check")
    func bothLayouts() {
        #expect(Self.expected.contains { $0.hasSuffix(".xml") } && Self.expected.contains { $0.hasSuffix(".txt") })
    }

    @Test("What convert writes of a sample case passes", arguments: expected)
    func sample(_ path: String) throws {
        var place = try Workplace()
        let folder = repository + "/Samples/" + path.components(separatedBy: "/expected/")[0]
        let lines = try String(contentsOfFile: folder + "/case.yaml", encoding: .utf8).split(separator: "\n")
        let now = try #require(lines.first { $0.hasPrefix("now: ") })
        place.now = String(now.dropFirst(5))
        let ending = try place.check([repository + "/Samples/" + path]) { options in
            let configuration = folder + "/csnfil.yaml"
            if FileManager.default.fileExists(atPath: configuration) { options.config = configuration }
            // A school's own approved courses.
            let mappings = folder + "/mappings"
            if FileManager.default.fileExists(atPath: mappings) { options.mappings.insert(mappings, at: 0) }
        }
        #expect(ending.status == 0, "\(ending.findings)")
        #expect(ending.findings.allSatisfy { $0.level != "error" })
    }
}
