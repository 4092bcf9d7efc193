import CSN

/// How often each rule could not be asked, because something that it needs had failed already, and what that was. A
/// result of its own: a rule that was not asked has not said that all is well.
public struct NotChecked: Sendable, Equatable {
    /// For each rule of the catalogue its counts: one a field, and one more for ``Reason/anotherRecord``.
    private var counts: [Int]

    /// Why a rule was not asked.
    public enum Reason: Sendable, Hashable {
        /// The field of the same record failed.
        case field(Field)
        /// The rule looks at several records of a student, and one of them had failed.
        case anotherRecord
    }

    private static let reasons: [Reason] = Field.allCases.map { .field($0) } + [.anotherRecord]

    /// Nothing counted.
    ///
    /// - Parameter rules: how many rules the catalogue has.
    public init(rules: Int) { counts = Array(repeating: 0, count: rules * NotChecked.reasons.count) }

    /// Counts that a rule was not asked. Of several failed fields the record's first is the reason, so that each time
    /// has one.
    ///
    /// - Parameters:
    ///   - rule: its number in the catalogue.
    ///   - failed: what it needs and had failed; empty when that is in another record.
    public mutating func count(_ rule: Int, because failed: FieldSet) {
        let field = failed.rawValue.trailingZeroBitCount
        counts[rule * NotChecked.reasons.count + min(field, NotChecked.reasons.count - 1)] += 1
    }

    /// How often a rule was not asked, by its number in the catalogue.
    public subscript(rule: Int) -> Int { slice(of: rule).reduce(0, +) }

    /// How often each rule was not asked, by its number in the catalogue.
    public var totals: [Int] { (0..<counts.count / NotChecked.reasons.count).map { self[$0] } }

    /// Why a rule was not asked, with how often: in the order of the record's fields.
    public func reasons(of rule: Int) -> [(reason: Reason, count: Int)] {
        zip(NotChecked.reasons, slice(of: rule)).filter { $0.1 > 0 }.map { (reason: $0.0, count: $0.1) }
    }

    private func slice(of rule: Int) -> ArraySlice<Int> {
        let width = NotChecked.reasons.count
        guard rule >= 0, (rule + 1) * width <= counts.count else { return [] }
        return counts[rule * width..<(rule + 1) * width]
    }

    /// Adds another count over the same catalogue to this one.
    public static func += (left: inout NotChecked, right: NotChecked) {
        for index in left.counts.indices where index < right.counts.count { left.counts[index] += right.counts[index] }
    }
}

extension NotChecked {
    /// Nothing counted, for the catalogue that the build found.
    public init() { self.init(rules: Catalogue.shared.rules.count) }
}
