import CSN
import CSNRules
import Documents
import Findings
import Foundation
import Testing

@testable import Pipeline

/// A folder that lives as long as the value.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "csnfil-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, with the folders it lies in.
    func write(_ name: String, _ text: String) throws {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
}

@Suite("csnfil.yaml")
struct ConfigurationTests {
    private func read(
        _ yaml: String, path: String = "csnfil.yaml", environment: [String: String] = [:]
    ) throws -> Configuration {
        try Configuration.read(YAMLNode.read(path: path, bytes: Array(yaml.utf8)), environment: environment)
    }

    private func failure(_ yaml: String, environment: [String: String] = [:]) -> RunFailure? {
        do {
            _ = try read(yaml, environment: environment)
            return nil
        } catch { return error as? RunFailure }
    }

    @Test("Every key is read")
    func everything() throws {
        let scratch = try ScratchFolder()
        for folder in ["in", "maps", "state"] { try scratch.write("\(folder)/x", "") }
        try scratch.write("own.yaml", "")
        let configuration = try read(
            """
            schools:
              - skolkod: 1234
                name: Vuxenskolan
                ids: [VUX, 1280]
                form: komvux
                system: schoolsoft-list
                started: {status: [Pågående], grade: yes}
                complete: no
                codePatterns: '(.+)VUXFLEX'
                contact: Expeditionen
              - skolkod: 1000
            inbox: in
            outbox: ut
            archive: /tmp
            ledger: state/csnfil.sqlite
            mappings: maps
            layout: own.yaml
            absenceCodes: off
            rules:
              kursdel-range: hold
              personnummer-check-digit: warning
              not-started-date: error
            hold: student
            language: en
            retentionDays: 500
            noReadingDays: [2026-12-28, 2027-01-04]
            """, path: "\(scratch.path)/csnfil.yaml")
        let school = try #require(configuration.schools.first)
        #expect(configuration.schools.map(\.skolkod.number) == [1234, 1000])
        #expect(school.name == "Vuxenskolan" && school.contact == "Expeditionen")
        #expect(school.ids == ["VUX", "1280"])
        #expect(school.form == "komvux" && school.system == "schoolsoft-list")
        #expect(school.started.statuses == ["Pågående"] && school.started.byGrade)
        #expect(!school.isComplete)
        #expect(configuration.schools.last?.isComplete == true)
        #expect(school.codePatterns == ["(.+)VUXFLEX"])
        #expect(configuration.inbox == "\(scratch.path)/in")
        #expect(configuration.outbox == "\(scratch.path)/ut")
        #expect(configuration.archive == "/tmp")
        #expect(configuration.ledger == "\(scratch.path)/state/csnfil.sqlite")
        #expect(configuration.mappings == "\(scratch.path)/maps")
        #expect(configuration.layout == "\(scratch.path)/own.yaml")
        #expect(!configuration.sendsAbsenceCodes)
        #expect(configuration.holdScope == .student && configuration.language == .en)
        #expect(configuration.retentionDays == 500)
        #expect(configuration.noReadingDays.map(\.description).sorted() == ["2026-12-28", "2027-01-04"])
        func policy(_ rule: RuleName) -> RulePolicy? {
            Catalogue.shared.number(of: rule).flatMap { configuration.policies[$0] }
        }
        #expect(policy("kursdel-range") == .hold)
        #expect(policy("personnummer-check-digit") == .warning)
        #expect(policy("not-started-date") == .hold)
    }

    @Test("An empty file says nothing", arguments: ["", "# only a comment\n", "schools:\nrules:\n"])
    func empty(yaml: String) throws {
        let configuration = try read(yaml)
        #expect(configuration.schools.isEmpty && configuration.policies.isEmpty)
        #expect(configuration.retentionDays == 400 && configuration.sendsAbsenceCodes)
    }

    /// The place of the refusal is marked with ▸.
    @Test(
        "What cannot be is refused at its place",
        arguments: [
            ("a list", "▸- schools\n", "nycklar med värden"),
            ("unknown key", "hold: unit\n▸holds: unit\n", "Menades ”hold”"),
            ("unknown school key", "schools:\n  - skolkod: 1234\n    ▸idn: [A]\n", "Menades ”ids”"),
            ("unknown started key", "schools:\n  - skolkod: 1234\n    started: {▸statsu: [A]}\n", "Menades ”status”"),
            ("no skolkod", "schools:\n  - ▸name: A\n", "skolkod"),
            ("skolkod too low", "schools:\n  - skolkod: ▸999\n", "1000"),
            ("skolkod too high", "schools:\n  - skolkod: ▸2000\n", "1999"),
            ("skolkod in quotes", "schools:\n  - skolkod: ▸'1234'\n", "heltal"),
            ("skolkod twice", "schools:\n  - skolkod: 1234\n  - ▸skolkod: 1234\n", "rad 2"),
            (
                "id of two schools",
                "schools:\n  - {skolkod: 1234, ids: [A]}\n  - {skolkod: 1235, ids: [B, ▸a]}\n", "skola 1234"
            ),
            ("id twice", "schools:\n  - {skolkod: 1234, ids: [A  b, ▸a B]}\n", "skola 1234"),
            ("form not offered", "schools:\n  - {skolkod: 1234, form: ▸gymnasium}\n", "komvux"),
            ("complete no word", "schools:\n  - {skolkod: 1234, complete: ▸maybe}\n", "ja eller nej"),
            ("broken pattern", "schools:\n  - {skolkod: 1234, codePatterns: [▸'(a']}\n", "reguljärt uttryck"),
            ("pattern without group", "schools:\n  - {skolkod: 1234, codePatterns: ▸'a'}\n", "exakt en grupp"),
            ("pattern with two groups", "schools:\n  - {skolkod: 1234, codePatterns: ▸'(a)(b)'}\n", "har 2"),
            ("schools no list", "schools: ▸1234\n", "en lista"),
            ("inbox missing", "inbox: ▸nowhere/at/all\n", "finns inte"),
            ("outbox in a missing folder", "outbox: ▸nowhere/out\n", "Mappen nowhere finns inte"),
            ("ledger is a folder", "ledger: ▸/tmp\n", "ingen fil"),
            ("archive is a file", "archive: ▸/etc/hostname\n", "ingen mapp"),
            ("mappings missing", "mappings: ▸nowhere\n", "finns inte"),
            ("layout file missing", "layout: ▸nowhere.yaml\n", "finns inte"),
            ("absenceCodes no word", "absenceCodes: ▸no\n", "file, off"),
            ("hold no word", "hold: ▸units\n", "Menades ”unit”"),
            ("language no word", "language: ▸se\n", "sv, en"),
            ("retentionDays no number", "retentionDays: ▸a year\n", "heltal"),
            ("retentionDays too low", "retentionDays: ▸0\n", "1"),
            ("no such day", "noReadingDays:\n  - 2026-12-28\n  - ▸2026-02-29\n", "en dag"),
            ("unknown rule", "rules:\n  ▸end-before-strat: hold\n", "Menades ”end-before-start”"),
            ("unknown level", "rules:\n  end-before-start: ▸warn\n", "warning"),
            ("● lowered", "rules:\n  end-before-start: ▸warning\n", "●"),
            ("● lowered to info", "rules: {kursdel-range: ▸info}\n", "●"),
            ("firm ○ lowered", "rules: {internal-fault: ▸info}\n", "någon post"),
            ("nothing to repair", "rules: {end-before-start: ▸repair}\n", "rätta"),
            ("nothing to drop", "rules: {end-before-start: ▸drop}\n", "utelämna"),
            ("nobody to hold", "rules: {unit-held: ▸hold}\n", "inte om en post"),
            ("key twice", "▸hold: unit\nhold: file\n", "två gånger"),
        ] as [(String, String, String)])
    func refused(name: String, marked: String, says: String) throws {
        let before = try #require(marked.firstRange(of: "▸"))
        let lines = marked[..<before.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        let place = "csnfil.yaml:\(lines.count):\((lines.last?.count ?? 0) + 1)"
        let yaml = marked.replacing("▸", with: "")
        let failure: RunFailure?
        do {
            let node = try YAMLNode.read(path: "csnfil.yaml", bytes: Array(yaml.utf8))
            _ = try Configuration.read(node)
            failure = nil
        } catch let problem as DocumentProblem {
            failure = RunFailure(.unusable, [RunFailure.Problem(problem)])
        } catch {
            failure = error as? RunFailure
        }
        let refused = try #require(failure, "\(name) was taken")
        #expect(refused.status == .unusable)
        #expect(refused.problems.map(\.place) == [place])
        #expect(refused.problems.first?.text.sv.contains(says) == true, "\(refused.problems.first?.text.sv ?? "")")
        #expect(refused.problems.first?.text.en.isEmpty == false)
    }

    @Test("All that is wrong is said at once, in the order of the keys")
    func severalProblems() {
        let failure = failure("hold: all\nlanguage: de\nrules:\n  end-before-start: info\n  nothing: hold\n")
        #expect(
            failure?.problems.map(\.place) == [
                "csnfil.yaml:4:21", "csnfil.yaml:5:3", "csnfil.yaml:1:7", "csnfil.yaml:2:11",
            ])
    }

    @Test("A variable of the environment takes the place of its key")
    func environment() throws {
        let configuration = try read(
            "hold: unit\nlanguage: sv\nretentionDays: 10\nledger: a\nnoReadingDays: [2026-12-28]\n",
            environment: [
                "CSNFIL_HOLD": "file", "CSNFIL_RETENTION_DAYS": "20", "CSNFIL_LEDGER": "b/c",
                "CSNFIL_NO_READING_DAYS": "2027-01-04,2027-01-05", "CSNFIL_ABSENCE_CODES": "off", "CSNFIL_LAYOUT": "",
            ])
        #expect(configuration.holdScope == .file && configuration.language == .sv)
        #expect(configuration.retentionDays == 20 && configuration.ledger == "b/c")
        #expect(configuration.noReadingDays.count == 2 && !configuration.sendsAbsenceCodes)
        #expect(configuration.layout == nil)
    }

    @Test(
        "A variable with a value that cannot be is refused by its name",
        arguments: [
            ("CSNFIL_HOLD", "units"), ("CSNFIL_LANGUAGE", "de"), ("CSNFIL_RETENTION_DAYS", "0"),
            ("CSNFIL_NO_READING_DAYS", "2026-02-29"), ("CSNFIL_ABSENCE_CODES", "on"),
        ])
    func refusedVariable(name: String, value: String) {
        #expect(failure("", environment: [name: value])?.problems.map(\.place) == [name])
    }

    @Test("A file that is not there is refused by its name")
    func missing() {
        #expect { try Configuration.read(path: "nowhere.yaml") } throws: { error in
            (error as? RunFailure)?.problems.map(\.place) == ["nowhere.yaml"]
        }
    }
}

@Suite("The schema of csnfil.yaml")
struct ConfigurationSchemaTests {
    private var path: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/csnfil.schema.json")
    }

    @Test("docs/csnfil.schema.json is what the reader takes")
    func current() throws {
        if ProcessInfo.processInfo.environment["CSNFIL_WRITE_DOCS"] == "1" {
            try ConfigurationSchema.json().write(to: path, atomically: true, encoding: .utf8)
        }
        let file = try String(contentsOf: path, encoding: .utf8)
        #expect(
            file == ConfigurationSchema.json(),
            "stale: CSNFIL_WRITE_DOCS=1 swift test --filter ConfigurationSchemaTests writes it anew")
    }

    @Test("What the schema lists for a rule is taken by the reader, what it does not list is refused")
    func rules() throws {
        let schema = try JSONSerialization.jsonObject(with: Data(ConfigurationSchema.json().utf8)) as? [String: Any]
        let properties = try #require(schema?["properties"] as? [String: [String: Any]])
        let rules = try #require(properties["rules"]?["properties"] as? [String: [String: Any]])
        #expect(!rules.isEmpty)
        for rule in Catalogue.shared.rules {
            let listed = rules[rule.name.text]?["enum"] as? [String] ?? []
            for word in ["error", "hold", "repair", "drop", "warning", "info"] {
                let yaml = "rules: {\(rule.name): \(word)}"
                let node = try YAMLNode.read(path: "csnfil.yaml", bytes: Array(yaml.utf8))
                let isTaken = (try? Configuration.read(node)) != nil
                #expect(isTaken == listed.contains(word), "\(yaml)")
            }
        }
    }
}
