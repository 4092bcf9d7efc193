import CSN
import Findings

/// Every rule there is, sorted by name. A rule's number is its index here.
public struct Catalogue: Sendable {
    /// The catalogue that the build found.
    public static let shared = Catalogue(Catalogue.listed, retired: Catalogue.listedAsRetired)

    /// The rules by name; a rule's number is its index.
    public let rules: [any Rule.Type]
    /// The rules that are no more, by name.
    public let retired: [any RetiredRule.Type]
    private let numbers: [RuleName: UInt16]
    private let formerly: [RuleName: UInt16]

    /// A catalogue of these rules.
    ///
    /// - Parameters:
    ///   - rules: sorted by name, each name once.
    ///   - retired: rules that are no more.
    public init(_ rules: [any Rule.Type], retired: [any RetiredRule.Type] = []) {
        self.rules = rules
        self.retired = retired
        let numbered = rules.enumerated().map { (rule: $0.element, number: UInt16($0.offset)) }
        numbers = Dictionary(numbered.map { ($0.rule.name, $0.number) }, uniquingKeysWith: { first, _ in first })
        formerly = Dictionary(
            numbered.flatMap { entry in entry.rule.formerNames.map { ($0, entry.number) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The rule with a number; nil when there is none.
    public func rule(_ number: UInt16) -> (any Rule.Type)? {
        rules.indices.contains(Int(number)) ? rules[Int(number)] : nil
    }

    /// The number of the rule that has that name today; nil when there is none.
    public func number(of name: RuleName) -> UInt16? { numbers[name] }

    /// The rule that has that name today; nil when there is none.
    public func rule(named name: RuleName) -> (any Rule.Type)? { numbers[name].flatMap { rule($0) } }

    /// What a name that somebody typed stands for, today's names and those of before.
    public enum Meaning: Sendable {
        /// A rule by its own name.
        case rule(any Rule.Type, number: UInt16)
        /// A rule by a name that it had before.
        case renamed(any Rule.Type, number: UInt16)
        /// A rule that is no more.
        case retired(any RetiredRule.Type)
    }

    /// What a name stands for; nil when no rule ever had it.
    public func meaning(of name: RuleName) -> Meaning? {
        if let number = numbers[name], let rule = rule(number) { return .rule(rule, number: number) }
        if let number = formerly[name], let rule = rule(number) { return .renamed(rule, number: number) }
        return retired.first { $0.name == name }.map { .retired($0) }
    }

    /// For what is judged, each field and each outcome the number of the rule that turns such a note into a finding.
    static let claims: [NoteKey: Claim] = {
        var claims: [NoteKey: Claim] = [:]
        let outcomes =
            FieldProblem.allCases.map { FieldNote.Outcome.failed($0) }
            + FieldRepair.allCases.map { FieldNote.Outcome.repaired($0) }
        for (number, rule) in shared.rules.enumerated() {
            guard let rule = rule as? any NoteRule.Type else { continue }
            for purpose in RuleSettings.Purpose.allCases {
                for field in Field.allCases {
                    for outcome in outcomes where rule.claims(field, outcome, in: purpose) {
                        claims[NoteKey(purpose: purpose, field: field, outcome: outcome)] = Claim(
                            number: UInt16(number), rule: rule)
                    }
                }
            }
        }
        return claims
    }()

    /// A rule about notes, with its number.
    struct Claim {
        var number: UInt16
        var rule: any NoteRule.Type
    }

    struct NoteKey: Hashable {
        var purpose: RuleSettings.Purpose
        var field: Field
        var outcome: FieldNote.Outcome
    }
}

/// Each stage's rules in order, as direct calls; its functions are written by the build from the files under `Rules/`.
enum RulePass {}
