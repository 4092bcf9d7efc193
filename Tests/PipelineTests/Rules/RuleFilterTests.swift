import CSN
import CSNRules
import Findings
import Foundation
import Reports
import Testing

@testable import Pipeline

/// `csnfil rules`: filters, forms, and what is said of a word that cannot stand there.
@Suite("rules: what is listed")
struct RuleFilterTests {
    private func ask(_ query: RulesQuery, _ language: String = "en", format: String? = nil) throws -> String {
        var options = TypedOptions()
        options.language = language
        options.format = format
        let surroundings = Surroundings(
            environment: [:], workingFolder: "/", executable: "", processors: 1,
            now: try #require(Moment("2026-11-23T12:00")))
        return try query.answer(options, in: surroundings)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func names(_ query: RulesQuery) throws -> [String] {
        let rules = try #require(try object(ask(query, format: "json"))["rules"] as? [[String: Any]])
        return rules.compactMap { $0["name"] as? String }
    }

    private func expected(_ isWanted: (any Rule.Type) -> Bool) -> [String] {
        Catalogue.shared.rules.filter(isWanted).map { $0.name.text }
    }

    @Test("By what a rule can come to", arguments: ["hold", "repair", "drop"])
    func byAction(_ action: String) throws {
        let found = try names(RulesQuery(action: action))
        #expect(found == expected { rule in rule.messages.contains { $0.action.word == action } })
        #expect(!found.isEmpty && found.count < Catalogue.shared.rules.count)
    }

    @Test("By the level of what is sent as it is", arguments: ["warning", "info"])
    func byLevel(_ level: String) throws {
        let found = try names(RulesQuery(action: level))
        #expect(found == expected { rule in rule.messages.contains { $0.action == .none && $0.level.word == level } })
        #expect(!found.isEmpty)
    }

    @Test("By field, with å ä ö or without", arguments: [("niva", "nivå"), ("poang", "Poäng"), ("betyg", "betyg")])
    func byField(_ name: String, _ swedish: String) throws {
        let field = try #require(Field(name: name))
        let found = try names(RulesQuery(field: name))
        #expect(found == expected { $0.fields.contains(field) } && !found.isEmpty)
        #expect(try names(RulesQuery(field: swedish)) == found)
    }

    @Test("By table, and by several at once", arguments: Heading.allCases)
    func byHeading(_ heading: Heading) throws {
        let found = try names(RulesQuery(heading: heading.rawValue))
        #expect(found == expected { $0.heading == heading } && !found.isEmpty)
        let both = try names(RulesQuery(field: "slutdatum", heading: heading.rawValue))
        #expect(both == expected { $0.heading == heading && $0.fields.contains(.slutdatum) })
    }

    @Test("The text lists what the JSON does", arguments: ["sv", "en"])
    func text(_ language: String) throws {
        let query = RulesQuery(action: "drop", heading: "record")
        let wanted = try names(query)
        let text = try ask(query, language)
        // Two characters of each line are the rule's mark.
        let lines = text.split(separator: "\n").map { $0.dropFirst(2) }
        for rule in Catalogue.shared.rules {
            let isListed = lines.contains { $0.hasPrefix("\(rule.name) ") }
            #expect(isListed == wanted.contains(rule.name.text), "\(rule.name)")
        }
        #expect(text.contains(language == "sv" ? "Fälten i en post" : "Fields of one record"))
    }

    @Test("Nothing fits: that is said, and is an empty list")
    func nothing() throws {
        let query = RulesQuery(action: "drop", field: "skolkod", heading: "file")
        #expect(try names(query) == [])
        #expect(try ask(query) == "No rule fits.\n")
    }

    @Test(
        "A word that cannot stand there names what could",
        arguments: [
            (RulesQuery(action: "holds"), "hold"), (RulesQuery(action: "quite else"), "hold, repair, drop"),
            (RulesQuery(field: "slutdatm"), "slutdatum"), (RulesQuery(heading: "recrod"), "record"),
            (RulesQuery(heading: "x"), "reading, field, record, unit, file"),
            (RulesQuery(name: "end-befor-start"), "“end-before-start”"), (RulesQuery(name: ""), "lists them all"),
        ] as [(RulesQuery, String)])
    func wrongWord(_ query: RulesQuery, _ says: String) throws {
        let failure = try #require(throws: RunFailure.self) { _ = try ask(query) }
        #expect(failure.status == .usage)
        #expect(failure.problems.first?.text.en.contains(says) == true, "\(failure.problems)")
    }

    @Test("JSON says all that is known of a rule")
    func everything() throws {
        let text = try ask(RulesQuery(name: "not-started-all"), format: "json")
        let rule = try #require((try object(text)["rules"] as? [[String: Any]])?.first)
        #expect(
            Set(rule.keys) == [
                "name", "mark", "heading", "outcomes", "fields", "title", "explanation", "remedy", "messages", "source",
                "broken", "satisfied", "companions", "policies", "since", "formerNames",
            ])
        let broken = try #require(rule["broken"] as? [String: Any])
        let rows = try #require(broken["rows"] as? [[String: String]])
        let own = try #require(Catalogue.shared.rule(named: "not-started-all"))
        #expect(rows == own.broken.rows && broken["today"] as? String == own.broken.today)
    }
}
