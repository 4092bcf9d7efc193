import CSNRules
import Findings
import Foundation
import Reports
import Testing

@testable import Pipeline

/// `docs/rules.md` and `docs/regler.md` are written from the catalogue.
@Suite("The reference of all rules")
struct RuleReferenceTests {
    private static func page(_ language: Language) -> (name: String, text: String) {
        (
            language == .sv ? "docs/regler.md" : "docs/rules.md",
            RuleReference(in: language, policies: RulesQuery.policies).text()
        )
    }

    /// Written anew with CSNFIL_WRITE_DOCS=1 in the environment.
    @Test("The page in the repository is what the catalogue says", arguments: Language.allCases)
    func isFresh(_ language: Language) throws {
        let page = Self.page(language)
        let file = URL(filePath: repository).appending(path: page.name)
        if ProcessInfo.processInfo.environment["CSNFIL_WRITE_DOCS"] == "1" {
            try Data(page.text.utf8).write(to: file)
        }
        let stored = try String(contentsOf: file, encoding: .utf8)
        #expect(
            stored == page.text,
            """
            \(page.name) is not what the catalogue says any more. Write it anew: \
            CSNFIL_WRITE_DOCS=1 swift test --filter RuleReferenceTests
            """)
    }

    @Test("Every rule has its section with all that it says", arguments: Language.allCases)
    func holdsEverything(_ language: Language) throws {
        let sections = Self.page(language).text.split(separator: "\n### ").dropFirst()
        #expect(sections.count == Catalogue.shared.rules.count)
        for rule in Catalogue.shared.rules {
            let section = try #require(sections.first { $0.hasPrefix("\(rule.name)\n") }, "\(rule.name)")
            for text in [rule.title, rule.explanation, rule.remedy] + rule.messages.map(\.text) {
                #expect(section.contains(text[language]), "\(rule.name): \(text[language])")
            }
            for (slot, value) in rule.broken.rows.flatMap(\.self) {
                let shown =
                    value.isEmpty
                    ? (language == .sv ? "(tomt)" : "(blank)") : (language == .sv ? "”\(value)”" : "“\(value)”")
                #expect(section.contains("\(slot) \(shown)"), "\(rule.name): \(slot)")
            }
            for companion in rule.companions { #expect(section.contains("#\(companion))"), "\(rule.name)") }
            #expect(section.contains("**: \(rule.since)\n"), "\(rule.name)")
            switch rule.source {
            case .handbook(let sentence), .refusals(let sentence): #expect(section.contains(sentence))
            case .own(let reason): #expect(section.contains(reason[language]))
            }
            for word in RulesQuery.policies(rule) { #expect(section.contains("`\(word)`"), "\(rule.name): \(word)") }
            if !rule.standing.mark.isEmpty { #expect(section.contains("\n\(rule.standing.mark) **"), "\(rule.name)") }
        }
    }

    @Test("What a configuration may not say of a rule is not offered", arguments: Language.allCases)
    func immovable(_ language: Language) throws {
        let text = Self.page(language).text
        let section = try #require(text.split(separator: "\n### ").first { $0.hasPrefix("end-before-start\n") })
        #expect(!section.contains("`warning`") && !section.contains("`info`"))
    }

    @Test("Names that have changed stand in a table of their own", arguments: Language.allCases)
    func changedNames(_ language: Language) {
        let text = RuleReference(in: language, of: ChangedNames.catalogue, policies: { _ in [] }).text()
        #expect(text.contains("| `renamed-once` | "))
        #expect(text.contains("[`a-rule`](#a-rule)"))
        #expect(text.contains("| `no-more` | "))
        #expect(text.contains(ChangedNames.NoMore.reason[language]))
        #expect(!Self.page(language).text.contains("renamed-once"))
    }
}
