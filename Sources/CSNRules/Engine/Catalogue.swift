import CSN
import Findings

/// Every rule there is, sorted by name. A rule's number is its index here.
public struct Catalogue: Sendable {
    /// The catalogue that the build found.
    public static let shared = Catalogue(Catalogue.listed)

    /// The rules by name; a rule's number is its index.
    public let rules: [any Rule.Type]
    private let numbers: [RuleName: UInt16]

    init(_ rules: [any Rule.Type]) {
        self.rules = rules
        numbers = Dictionary(
            rules.enumerated().map { ($0.element.name, UInt16($0.offset)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The rule with a number; nil when there is none.
    public func rule(_ number: UInt16) -> (any Rule.Type)? {
        rules.indices.contains(Int(number)) ? rules[Int(number)] : nil
    }

    /// The number of the rule of that name; nil when there is none.
    public func number(of name: RuleName) -> UInt16? { numbers[name] }

    /// The rule of that name; nil when there is none.
    public func rule(named name: RuleName) -> (any Rule.Type)? { numbers[name].flatMap { rule($0) } }

    /// For what is judged, each field and each outcome the number of the rule that turns such a note into a finding.
    static let claims: [NoteKey: UInt16] = {
        var claims: [NoteKey: UInt16] = [:]
        let outcomes =
            FieldProblem.allCases.map { FieldNote.Outcome.failed($0) }
            + FieldRepair.allCases.map { FieldNote.Outcome.repaired($0) }
        for (number, rule) in shared.rules.enumerated() {
            guard let rule = rule as? any NoteRule.Type else { continue }
            for purpose in RuleSettings.Purpose.allCases {
                for field in Field.allCases {
                    for outcome in outcomes where rule.claims(field, outcome, in: purpose) {
                        claims[NoteKey(purpose: purpose, field: field, outcome: outcome)] = UInt16(number)
                    }
                }
            }
        }
        return claims
    }()

    struct NoteKey: Hashable {
        var purpose: RuleSettings.Purpose
        var field: Field
        var outcome: FieldNote.Outcome
    }
}

/// Each stage's rules in order, as direct calls; its functions are written by the build from the files under `Rules/`.
enum RulePass {}
