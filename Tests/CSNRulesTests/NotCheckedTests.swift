import CSN
import Findings
import Testing

@testable import CSNRules

/// "Not checked" is a result of its own: counted per rule, with the field that had failed.
struct NotCheckedTests {
    private func judged(_ example: Example) throws -> (judgement: Judgement, reasons: [RuleName: [Field?: Int]]) {
        let judgement = try Judgement(example)
        var reasons: [RuleName: [Field?: Int]] = [:]
        for (number, rule) in Catalogue.shared.rules.enumerated() {
            for (reason, count) in judgement.reasons.reasons(of: number) {
                switch reason {
                case .field(let field): reasons[rule.name, default: [:]][field] = count
                case .anotherRecord: reasons[rule.name, default: [:]][Field?.none] = count
                }
            }
        }
        return (judgement, reasons)
    }

    /// The rules of one row or record, which say themselves what they need.
    private static let oneRecord = Catalogue.shared.rules.compactMap { rule -> (any TurnRule.Type)? in
        rule is any FieldRule.Type || rule is any RecordRule.Type ? rule as? any TurnRule.Type : nil
    }

    /// The one cause has one finding, and every rule that needs the startdatum is counted with it as the reason.
    @Test func oneBadStartdatum() throws {
        let (judgement, reasons) = try judged(Example(["startdatum": "2026-06-31"]))
        #expect(judgement.found.filter { $0.rule != UnitHeld.name }.map(\.rule) == ["date-format"])
        let needing = Set(Self.oneRecord.filter { $0.inputs.contains(.startdatum) }.map { $0.name })
        #expect(needing.isSuperset(of: ["end-before-start", "course-over-a-year", "not-started-date"]))
        #expect(Set(reasons.keys) == needing)
        for name in needing { #expect(reasons[name] == [.startdatum: 1], "\(name)") }
        #expect(judgement.notChecked.filter { $0.value > 0 } == reasons.mapValues { $0.values.reduce(0) { $0 + $1 } })
    }

    @Test func aRowWithoutFaultsIsCheckedByAll() throws {
        #expect(try judged(Example([:])).reasons == [:])
    }

    /// Each time has one reason, the record's first field: the counts sum up.
    @Test func ofTwoFailedFieldsTheFirstIsTheReason() throws {
        let (judgement, reasons) = try judged(Example(["startdatum": "x", "slutdatum": "y"]))
        #expect(reasons["end-before-start"] == [.startdatum: 1])
        #expect(judgement.notChecked["end-before-start"] == 1)
    }

    @Test func everyRowIsCounted() throws {
        let broken = ["startdatum": "2026-06-31"]
        let other = ["startdatum": "2026-06-31", "kurskod": "SVESVE02"]
        let (_, reasons) = try judged(Example(broken, other))
        #expect(reasons["end-before-start"] == [.startdatum: 2])
    }

    /// A rule over several records names what had failed in one of them.
    @Test func aUnitsRuleNamesTheFieldOfTheOtherRecord() throws {
        let (_, reasons) = try judged(
            Example(
                ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-17"],
                ["kurskod": "SVESVE02", "meddelandeorsak": "99", "handelsedatum": "2026-02-30"]))
        #expect(reasons["not-started-partly"] == [.handelsedatum: 1])
    }

    @Test func countsAreAdded() {
        var left = NotChecked(rules: 3)
        left.count(1, because: FieldSet(.slutdatum, .betyg))
        var right = NotChecked(rules: 3)
        right.count(1, because: FieldSet(.slutdatum))
        right.count(1, because: [])
        right.count(2, because: FieldSet(.betygsdatum))
        left += right
        #expect(left.totals == [0, 3, 1])
        #expect(left.reasons(of: 1).map(\.reason) == [.field(.slutdatum), .anotherRecord])
        #expect(left.reasons(of: 1).map(\.count) == [2, 1])
        #expect(left.reasons(of: 2).map(\.reason) == [.field(.betygsdatum)])
        // What is beyond the catalogue was never counted.
        #expect(left[3] == 0 && left[-1] == 0)
    }
}
