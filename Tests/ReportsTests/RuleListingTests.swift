import CSNRules
import Findings
import Foundation
import Testing

@testable import Reports

@Suite("The rule catalogue for people and programs")
struct RuleListingTests {
    @Test(
        "Every rule stands once in the table, and no line is longer than 100 characters", arguments: Language.allCases)
    func table(language: Language) {
        let lines = RuleListing(in: language, policies: { _ in ["hold", "warning"] }).table().split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 100 })
        for rule in Catalogue.shared.rules {
            let own = lines.filter { $0.dropFirst(2).hasPrefix(rule.name.text + " ") }
            #expect(own.count == 1, "\(rule.name)")
            #expect(own.first?.first == (rule.standing.mark.first ?? " "), "\(rule.name)")
        }
    }

    @Test("A filter keeps what it names and nothing else")
    func filter() {
        func names(_ filter: RuleListing.Filter) -> Set<String> {
            let text = RuleListing(in: .en, policies: { _ in [] }).table(filter)
            return Set(Catalogue.shared.rules.map { $0.name.text }.filter { text.contains(" \($0) ") })
        }
        #expect(names(.init(field: .slutdatum)).contains("end-before-start"))
        #expect(!names(.init(field: .betyg)).contains("end-before-start"))
        #expect(names(.init(heading: .unit)).contains("unit-held"))
        #expect(!names(.init(heading: .unit)).contains("end-before-start"))
        let repairs = names(.init(outcome: .repair))
        #expect(repairs.contains("not-started-date") && !repairs.contains("end-before-start"))
        #expect(names(.init(outcome: .repair, field: .poang, heading: .unit)).isEmpty)
    }

    @Test("An explanation holds all that a rule says, in lines that fit", arguments: Language.allCases)
    func explanation(language: Language) {
        for rule in Catalogue.shared.rules {
            let text = RuleListing(in: language, policies: { _ in ["hold", "warning"] }).explanation(of: rule)
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(rule.name)")
            for part in [rule.title, rule.explanation, rule.remedy] + rule.messages.map(\.text) {
                let wanted = part[language].split(whereSeparator: \.isWhitespace).joined(separator: " ")
                #expect(words.contains(wanted), "\(rule.name): \(wanted)")
            }
        }
    }

    @Test("Foundation reads the catalogue's JSON: every rule, both languages")
    func json() throws {
        let text = RuleListing(in: .en, policies: { _ in ["hold"] }).json()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let rules = try #require(object["rules"] as? [[String: Any]])
        #expect(rules.map { $0["name"] as? String } == Catalogue.shared.rules.map { $0.name.text })
        for rule in rules {
            let title = try #require(rule["title"] as? [String: String])
            #expect(Set(title.keys) == ["sv", "en"])
        }
    }
}
