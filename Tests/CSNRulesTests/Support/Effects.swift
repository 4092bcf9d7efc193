import Findings

@testable import CSNRules

extension RuleSettings {
    /// Sets the configuration's word on a rule.
    mutating func set(_ rule: any Rule.Type, to policy: RulePolicy) {
        guard let number = Catalogue.shared.number(of: rule.name) else { return }
        policies[number] = policy
    }
}

extension Judgement {
    /// The level and action of each finding, in order.
    var effects: [Effect] { findings.findings.map { Effect(level: $0.level, action: $0.action) } }

    /// What a finding comes to.
    struct Effect: Hashable {
        var level: Level
        var action: Action

        static let hold = Effect(level: .error, action: .hold)
        /// An error in a finished file.
        static let error = Effect(level: .error, action: .none)
        static let warning = Effect(level: .warning, action: .none)
        static let info = Effect(level: .info, action: .none)
        static func repair(_ level: Level) -> Effect { Effect(level: level, action: .repair) }
        static func drop(_ level: Level) -> Effect { Effect(level: level, action: .drop) }
    }

    /// The findings of one rule, by what they come to.
    func effects(of name: RuleName) -> [Effect] {
        zip(found, effects).filter { $0.0.rule == name }.map(\.1)
    }

    /// The same; nil where any rule but that one and `unit-held` spoke.
    func only(_ name: RuleName) -> [Effect]? {
        rules.subtracting([name, UnitHeld.name]).isEmpty ? effects(of: name) : nil
    }
}
