import CSN
import Findings
import Testing

@testable import CSNRules

/// What people read of each rule's breaking example, in both languages.
struct CatalogueTextTests {
    /// A finding as it is read: the sentence, then what to do, with its parameters filled in.
    private struct Said {
        var rule: RuleName
        var sentence: String
        var remedy: String
    }

    private func said(in language: Language) throws -> [Said] {
        var all: [Said] = []
        for name in CatalogueTests.withExample {
            let rule = try #require(Catalogue.shared.rule(named: name))
            let judgement = try Judgement(rule.broken, judgesFile: rule is any FileRule.Type) {
                $0.sendsAbsenceCodes = name != AbsenceCode.name
            }
            let sentences = judgement.sentences(in: language)
            for (finding, sentence) in zip(judgement.findings.findings, sentences) {
                guard let own = Catalogue.shared.rule(finding.rule), own.name == name else { continue }
                let values = Dictionary(
                    judgement.findings.parameters(of: finding).map { ($0.name, Masking.shown($0)) },
                    uniquingKeysWith: { $1 })
                let remedy = own.remedy.filled(in: language) { parameter in
                    switch parameter {
                    case "field", "column": Field(rawValue: finding.field)?.swedish ?? "-"
                    default: values[parameter]
                    }
                }
                all.append(Said(rule: name, sentence: sentence, remedy: remedy))
            }
        }
        return all
    }

    @Test(arguments: Language.allCases)
    func everyExampleIsSaid(_ language: Language) throws {
        #expect(Set(try said(in: language).map(\.rule)) == Set(CatalogueTests.withExample))
    }

    /// Of two rules; one rule may say the same of two of its example's rows.
    @Test(arguments: Language.allCases)
    func noTwoRulesSayTheSame(_ language: Language) throws {
        var rules: [String: RuleName] = [:]
        for said in try said(in: language) {
            let before = rules.updateValue(said.rule, forKey: said.sentence)
            #expect(before == nil || before == said.rule, "\(before?.text ?? "") and \(said.rule): \(said.sentence)")
        }
    }

    @Test func noTwoLanguagesSayTheSame() throws {
        for (swedish, english) in zip(try said(in: .sv), try said(in: .en)) {
            #expect(swedish.sentence != english.sentence, "\(swedish.rule)")
            #expect(swedish.remedy != english.remedy, "\(swedish.rule)")
        }
    }

    /// A finding ends in whole sentences that say what to do, with nothing left open.
    @Test(arguments: Language.allCases)
    func eachEndsInWhatToDo(_ language: Language) throws {
        for said in try said(in: language) {
            #expect(said.remedy.count > 20, "\(said.rule): \(said.remedy)")
            #expect(said.remedy.hasSuffix("."), "\(said.rule): \(said.remedy)")
            #expect(said.remedy.first?.isLowercase == false, "\(said.rule): \(said.remedy)")
            #expect(!said.remedy.contains("{") && !said.remedy.contains("}"), "\(said.rule): \(said.remedy)")
            #expect(!said.remedy.contains("””") && !said.remedy.contains("“”"), "\(said.rule): \(said.remedy)")
            // The sentence itself is no place for it: the remedy stands behind.
            #expect(said.sentence != said.remedy)
        }
    }

    /// Those without an example end so too.
    @Test(arguments: CatalogueTests.names, Language.allCases)
    func everyRemedyIsWholeSentences(_ name: RuleName, _ language: Language) throws {
        let remedy = try #require(Catalogue.shared.rule(named: name)).remedy[language]
        #expect(remedy.hasSuffix("."), "\(remedy)")
        #expect(remedy.first?.isLowercase == false, "\(remedy)")
    }

    @Test(arguments: CatalogueTests.names)
    func versionIsANumber(_ name: RuleName) throws {
        let since = try #require(Catalogue.shared.rule(named: name)).since
        #expect(since.wholeMatch(of: /[0-9]+\.[0-9]+(\.[0-9]+)?/) != nil, "\(since)")
    }

    // MARK: - Names of before

    /// No two rules have or had the same name, and what replaced a rule is there.
    @Test func everyNameThatWasIsUnique() {
        let catalogue = Catalogue.shared
        let names =
            catalogue.rules.map { $0.name } + catalogue.rules.flatMap { $0.formerNames }
            + catalogue.retired.map { $0.name }
        #expect(Set(names).count == names.count)
        for rule in catalogue.retired {
            for name in rule.replacements { #expect(catalogue.rule(named: name) != nil, "\(rule.name): \(name)") }
        }
    }

    private enum Renamed: ReadingRule {
        static let name: RuleName = "renamed"
        static let formerNames: [RuleName] = ["before", "long-before"]
        static let standing = Standing.advice
        static let heading = Heading.reading
        static let fields: FieldSet = []
        static let title = Text(sv: "", en: "")
        static let explanation = title
        static let remedy = title
        static let messages: [Message] = []
        static let source = Source.own(title)
        static let broken = Example()
        static let satisfied = Example()
    }

    private enum Gone: RetiredRule {
        static let name: RuleName = "gone"
        static let replacements: [RuleName] = ["renamed"]
        static let reason = Text(sv: "Därför.", en: "Therefore.")
        static let until = "2.0"
    }

    @Test func aNameMeansWhatItMeant() throws {
        let catalogue = Catalogue([Renamed.self], retired: [Gone.self])
        for name in ["before", "long-before"] as [RuleName] {
            guard case .renamed(let rule, number: 0) = catalogue.meaning(of: name) else {
                Issue.record("\(name) is not known")
                continue
            }
            #expect(rule.name == "renamed")
            // Only whoever asks for what a person typed finds it.
            #expect(catalogue.rule(named: name) == nil)
        }
        guard case .rule(_, number: 0) = catalogue.meaning(of: "renamed") else { return #expect(Bool(false)) }
        guard case .retired(let rule) = catalogue.meaning(of: "gone") else { return #expect(Bool(false)) }
        #expect(rule.replacements == ["renamed"])
        #expect(catalogue.rules.count == 1 && catalogue.number(of: "gone") == nil)
        if catalogue.meaning(of: "never") != nil { Issue.record("a name that nobody had means something") }
    }
}
