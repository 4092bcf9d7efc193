import CSN
import Findings
import Testing

@testable import CSNRules

/// What holds for every rule of the catalogue, whoever adds one.
struct CatalogueTests {
    static let rules = Catalogue.shared.rules
    /// Rules whose cause rows of cells can hold. The others are about the export as a file or the row as a whole.
    static let withExample = rules.filter { !$0.broken.rows.isEmpty }.map { $0.name }
    static let names = rules.map { $0.name }

    private func rule(_ name: RuleName) throws -> any Rule.Type { try #require(Catalogue.shared.rule(named: name)) }

    @Test func namesAreUniqueAndSorted() {
        #expect(Self.names == Set(Self.names).sorted())
    }

    @Test(arguments: names)
    func nameIsTheTypesNameInKebabCase(_ name: RuleName) throws {
        let type = String(describing: try rule(name))
        // A capital letter begins a word, and so does the first digit of a number.
        var kebab = ""
        for letter in type {
            let beginsWord = letter.isUppercase || (letter.isNumber && kebab.last?.isNumber == false)
            kebab += (beginsWord && !kebab.isEmpty ? "-" : "") + letter.lowercased()
        }
        #expect(name.text == kebab)
    }

    @Test(arguments: names)
    func titleIsOneSentenceInBothLanguages(_ name: RuleName) throws {
        let title = try rule(name).title
        for language in Language.allCases {
            let text = title[language]
            #expect(text.hasSuffix("."), "\(text)")
            #expect(text.count { $0 == "." } == 1, "\(text)")
            #expect(text.first?.isLowercase == false, "\(text)")
            #expect(!text.contains("{"), "\(text)")
        }
        #expect(title.sv != title.en)
    }

    @Test(arguments: names)
    func everyTextIsThereInBothLanguages(_ name: RuleName) throws {
        let rule = try rule(name)
        #expect(!rule.messages.isEmpty)
        for text in [rule.explanation, rule.remedy] + rule.messages.map(\.text) {
            #expect(!text.sv.isEmpty && !text.en.isEmpty)
            #expect(text.sv != text.en)
        }
    }

    @Test func noTwoMessagesAreEqual() {
        for language in Language.allCases {
            var rules: [String: RuleName] = [:]
            for rule in Self.rules {
                for message in rule.messages {
                    let before = rules.updateValue(rule.name, forKey: message.text[language])
                    #expect(before == nil, "\(before?.text ?? "") and \(rule.name) both say \(message.text[language])")
                }
            }
        }
    }

    @Test(arguments: names)
    func companionsAreRules(_ name: RuleName) throws {
        for companion in try rule(name).companions { #expect(Catalogue.shared.rule(named: companion) != nil) }
    }

    // MARK: - Sources

    @Test(arguments: names)
    func sourceIsASentenceOfTheHandbookOrSaysWhy(_ name: RuleName) throws {
        switch try rule(name).source {
        case .handbook(let sentence), .refusals(let sentence):
            #expect(try Handbook.sentences().contains(sentence), "\(sentence)")
        case .own(let reason):
            #expect(!reason.sv.isEmpty && !reason.en.isEmpty && reason.sv != reason.en)
        }
    }

    @Test func sentencesAreSortedAndAllUsed() throws {
        let sentences = try Handbook.sentences()
        #expect(sentences == sentences.sorted())
        let used = Set(
            Self.rules.compactMap { rule in
                switch rule.source {
                case .handbook(let sentence), .refusals(let sentence): sentence
                case .own: nil
                }
            })
        #expect(Set(sentences) == used)
    }

    // MARK: - Examples

    /// A rule's breaking example in the run in which the rule speaks: absence-code is silent where 31 and 32 are sent.
    private func broken(_ name: RuleName) throws -> Judgement {
        let rule = try rule(name)
        return try Judgement(rule.broken, judgesFile: rule is any FileRule.Type) {
            $0.sendsAbsenceCodes = name != AbsenceCode.name
        }
    }

    /// Only what is about the file or the whole row can be without an example.
    @Test(arguments: names)
    func everyRuleOfCellsHasExamples(_ name: RuleName) throws {
        let rule = try rule(name)
        if rule is any ReadingRule.Type || rule is any FileRule.Type || rule.heading == .reading { return }
        #expect(!rule.broken.rows.isEmpty)
        #expect(!rule.satisfied.rows.isEmpty)
    }

    @Test func theModelRowBreaksNothing() throws {
        let judgement = try Judgement(Example([:]))
        #expect(judgement.found == [])
        #expect(judgement.records.count == 1)
    }

    @Test(arguments: withExample)
    func brokenExampleBreaksTheRuleAndNoOther(_ name: RuleName) throws {
        let rule = try rule(name)
        let spoke = try broken(name).rules
        #expect(spoke.contains(name))
        #expect(spoke.subtracting(rule.companions + [name, UnitHeld.name]) == [])
        for companion in rule.companions { #expect(spoke.contains(companion), "\(companion) is silent") }
    }

    @Test(arguments: withExample)
    func satisfiedExampleBreaksNothing(_ name: RuleName) throws {
        let rule = try rule(name)
        #expect(try Judgement(rule.satisfied, judgesFile: rule is any FileRule.Type).found == [])
    }

    @Test(arguments: withExample, Language.allCases)
    func sentencesOfTheBrokenExampleAreFilled(_ name: RuleName, _ language: Language) throws {
        let judgement = try broken(name)
        for sentence in judgement.sentences(in: language) {
            #expect(!sentence.contains("{") && !sentence.contains("}"), "\(sentence)")
            #expect(!sentence.contains("””") && !sentence.contains("“”") && !sentence.contains("  "), "\(sentence)")
        }
        for finding in judgement.findings.findings {
            for parameter in judgement.findings.parameters(of: finding) where isNamed(parameter, by: finding) {
                #expect(!parameter.value.isEmpty, "\(parameter.name)")
            }
        }
    }

    private func isNamed(_ parameter: Parameter, by finding: Finding) -> Bool {
        let text = Catalogue.shared.rule(finding.rule)?.messages[Int(finding.variant)].text
        return Language.allCases.contains { text?[$0].contains("{\(parameter.name)}") == true }
    }

    // MARK: - Claims

    private static let noteRules = rules.compactMap { $0 as? any NoteRule.Type }

    private func claimants(_ field: Field, _ outcome: FieldNote.Outcome, _ purpose: RuleSettings.Purpose) -> [RuleName]
    {
        Self.noteRules.filter { $0.claims(field, outcome, in: purpose) }.map { $0.name }
    }

    @Test(arguments: RuleSettings.Purpose.allCases)
    func everyNoteHasAtMostOneRule(_ purpose: RuleSettings.Purpose) {
        let outcomes =
            FieldProblem.allCases.map { FieldNote.Outcome.failed($0) }
            + FieldRepair.allCases.map { FieldNote.Outcome.repaired($0) }
        for field in Field.allCases {
            for outcome in outcomes {
                let claimants = claimants(field, outcome, purpose)
                #expect(claimants.count <= 1, "\(field.name) \(outcome): \(claimants)")
            }
        }
    }

    /// What can be wrong with any cell, whatever its field.
    @Test(arguments: Field.allCases, RuleSettings.Purpose.allCases)
    func whatAnyCellCanHaveIsClaimed(_ field: Field, _ purpose: RuleSettings.Purpose) {
        #expect(claimants(field, .failed(.cellCount), purpose) == [RowCellCount.name])
        #expect(claimants(field, .failed(.cutShort), purpose) == [RowCutShort.name])
        #expect(claimants(field, .failed(.invalidBytes), purpose) == [InvalidBytes.name])
        if field != .kurskod {
            let problem: FieldProblem = Field.withWords.contains(field) ? .notAllowed : .format
            #expect(claimants(field, .failed(problem), purpose).count == 1)
            #expect(claimants(field, .failed(.missing), purpose).count == 1)
        }
    }
}

extension Field {
    /// Fields whose values are words of a list.
    fileprivate static let withWords: Set<Field> = [
        .fardighetstraning, .omfattning, .niva, .uppdragsutbildning, .traineejobb, .registrering, .meddelandeorsak,
        .betyg,
    ]
}
