import CSN
import Findings

/// What a configuration says of one rule.
public enum RulePolicy: String, Sendable, CaseIterable {
    case hold
    case repair
    case drop
    case warning
    case info
}

/// How a run wants its rules: everything that is the same for all records of the run.
public struct RuleSettings: Sendable {
    /// What is judged.
    public enum Purpose: Sendable, CaseIterable {
        /// An export on its way to a file: repairs and drops are carried out.
        case convert
        /// A finished file: nothing is changed, ● and ○ are errors, all else is advice.
        case check
    }

    /// What is judged.
    public var purpose: Purpose
    /// The day of the run.
    public var today: Day
    /// `absenceCodes: file`: 31 and 32 are sent; `off`: left out and listed.
    public var sendsAbsenceCodes: Bool
    /// `--strict`: warnings hold.
    public var isStrict: Bool
    /// Only ● and ○ are asked: for the read-back of what was just written, where advice has been given already.
    public var asksRefusalsOnly = false
    /// The configuration's word on single rules, by catalogue number.
    public var policies: [UInt16: RulePolicy]
    /// The courses that candidates point to.
    public var courses: CourseTable
    /// What CSN already has.
    public var delivered: any EarlierDelivery
    /// The export's column (from 0) that a field was read from, by input; nil where there is none.
    public var column: @Sendable (_ input: UInt16, _ field: Field) -> Int?
    /// Which school system an input comes from, the same number for the same system; nil for what lies in no input.
    public var system: @Sendable (_ input: UInt16) -> Int?
    /// Up to three codes or ids that could have been meant.
    public var suggestions: @Sendable (_ field: Field, _ value: String) -> [String]

    /// Settings of a run; the defaults are those of a run without a configuration.
    public init(
        purpose: Purpose, today: Day, courses: CourseTable, delivered: any EarlierDelivery = NothingDelivered(),
        sendsAbsenceCodes: Bool = true, isStrict: Bool = false, policies: [UInt16: RulePolicy] = [:],
        column: @escaping @Sendable (UInt16, Field) -> Int? = { _, _ in nil },
        system: @escaping @Sendable (UInt16) -> Int? = { _ in nil },
        suggestions: @escaping @Sendable (Field, String) -> [String] = { _, _ in [] }
    ) {
        self.purpose = purpose
        self.today = today
        self.courses = courses
        self.delivered = delivered
        self.sendsAbsenceCodes = sendsAbsenceCodes
        self.isStrict = isStrict
        self.policies = policies
        self.column = column
        self.system = system
        self.suggestions = suggestions
    }
}

extension RuleSettings {
    /// Whether two rows come from exports of two school systems: a school that has changed systems, or has two.
    func areOfTwoSystems(_ left: RowOrigin, _ right: RowOrigin) -> Bool {
        guard left.input != right.input, let one = system(left.input), let other = system(right.input) else {
            return false
        }
        return one != other
    }

    /// Whether the configuration lets a rule's hold be sent.
    func isLowered(_ number: UInt16, _ standing: Standing) -> Bool {
        guard standing.canBeLowered, let policy = policies[number] else { return false }
        return policy == .warning || policy == .info
    }
}
