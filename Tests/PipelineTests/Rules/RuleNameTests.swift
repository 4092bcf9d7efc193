import CSN
import CSNRules
import Documents
import Findings
import Foundation
import Reports
import Testing

@testable import Pipeline

/// Names of rules live long: one that was in somebody's configuration goes on being understood.
@Suite("Names of rules that have changed")
struct RuleNameTests {
    private static func surroundings() throws(RunFailure) -> Surroundings {
        guard let now = Moment("2026-11-23T12:00") else { throw RunFailure(.fault, Text(sv: "", en: "")) }
        return Surroundings(environment: [:], workingFolder: "/", executable: "", processors: 1, now: now)
    }

    private func ask(
        _ name: String, _ language: String = "en", format: String? = nil
    ) throws(RunFailure) -> String {
        var options = TypedOptions()
        options.language = language
        options.format = format
        return try RulesQuery(name: name, catalogue: ChangedNames.catalogue).answer(options, in: Self.surroundings())
    }

    private func configuration(_ yaml: String) throws -> Configuration {
        try Configuration.read(
            YAMLNode.read(path: "csnfil.yaml", bytes: Array(yaml.utf8)), catalogue: ChangedNames.catalogue)
    }

    @Test("A rule is explained under each name that it had, and today's name is said")
    func renamed() throws {
        let today = try ask("a-rule")
        for name in ["renamed-once", "the-first-name"] {
            let before = try ask(name)
            #expect(before == "The rule “\(name)” is now called “a-rule”.\n\n" + today)
            #expect(try ask(name, "sv").hasPrefix("Regeln ”\(name)” heter numera ”a-rule”.\n"))
            #expect(try ask(name, format: "json") == ask("a-rule", format: "json"))
        }
        #expect(today.contains("renamed-once, the-first-name"))
    }

    @Test("A rule that is no more says why and what replaced it")
    func retired() throws {
        #expect(
            try ask("no-more")
                == "The rule “no-more” is no more (since version 2.0). CSN does not ask for it any more. "
                + "Instead: “a-rule”.\n")
        let json = try JSONSerialization.jsonObject(with: Data(ask("no-more", format: "json").utf8)) as? [String: Any]
        let retired = try #require(json?["retired"] as? [[String: Any]])
        #expect(retired.map { $0["name"] as? String } == ["no-more"])
        #expect(retired.first?["replacements"] as? [String] == ["a-rule"])
        #expect((json?["rules"] as? [Any])?.isEmpty == true)
    }

    @Test("A name near an old one is suggested; a strange one is an error")
    func unknown() throws {
        for (typed, meant) in [("a-rul", "“a-rule”"), ("renamed-onec", "“renamed-once”"), ("no-mor", "“no-more”")] {
            let failure = try #require(throws: RunFailure.self) { _ = try ask(typed) }
            #expect(failure.status == .usage)
            #expect(failure.problems.first?.text.en.contains(meant) == true, "\(failure.problems)")
        }
        let failure = try #require(throws: RunFailure.self) { _ = try ask("quite-another-thing") }
        #expect(failure.problems.first?.text.en.contains("lists them all") == true)
    }

    @Test("A configuration may use an old name, and is told today's with its line")
    func configured() throws {
        let old = try configuration("rules:\n  the-first-name: info\n")
        let today = try configuration("rules:\n  a-rule: info\n")
        #expect(old.policies == today.policies && old.policies == [0: .info])
        #expect(
            old.notices.map(\.en) == ["csnfil.yaml:2: The rule “the-first-name” is now called “a-rule”."])
        #expect(today.notices == [])
    }

    @Test("What a configuration says of a rule that is no more does nothing and is said")
    func configuredRetired() throws {
        let read = try configuration("rules:\n  no-more: hold\n")
        #expect(read.policies == [:])
        #expect(read.notices.count == 1)
        #expect(read.notices.first?.sv.hasPrefix("csnfil.yaml:2: Regeln ”no-more” finns inte längre") == true)
    }

    @Test("One rule under two of its names is an error, and so is an unknown name, each with its line")
    func refused() throws {
        for (yaml, place, says) in [
            ("rules:\n  a-rule: info\n  renamed-once: warning\n", "csnfil.yaml:3:3", "twice"),
            ("rules:\n  a-rule: info\n  a-ruel: warning\n", "csnfil.yaml:3:3", "“a-rule”"),
        ] {
            let failure = try #require(throws: RunFailure.self) { _ = try configuration(yaml) }
            #expect(failure.problems.map(\.place) == [place])
            #expect(failure.problems.first?.text.en.contains(says) == true, "\(failure.problems)")
        }
    }

    @Test("A run says what its configuration has to be told")
    func notices() throws {
        let place = try Workplace()
        let export = try place.write(
            "export.csv", "personnummer;kurskod;startdatum;slutdatum\n19900101-9802;SVESVE01;2026-08-17;2026-12-18\n")
        let file = try place.write("file.xml", try FinishedFile(Breakage.records, .xml).bytes)
        // No rule of the shipped catalogue has another name yet: the notice is put in by hand.
        let notice = Text(sv: "nytt namn", en: "new name")
        func settings(_ path: String) throws -> RunSettings {
            var settings = RunSettings(
                paths: [path], mappingFolders: [repository + "/Mappings"], now: try #require(Moment(place.now)))
            settings.configuration.notices = [notice]
            return settings
        }
        let checked = try Checking.run(CheckRequest(settings: settings(file)), progress: NoProgress())
        #expect(checked.notices.contains(notice))
        let converted = try Conversion.run(
            ConvertRequest(
                settings: settings(export), out: place.path("out"), system: everySlot, school: Skolkod(1003)),
            progress: NoProgress())
        #expect(converted.notices.contains(notice))
    }
}
