import CSN
import CSNRules
import DeliveryLedger

/// Which study periods a run is about, once the rules have said what they are: those that its days choose, and those of
/// which an earlier run reported something that the days chose.
struct ChosenUnits: Sendable {
    let selection: UnitSelection
    /// Whether a student's course was reported with a day that chooses.
    let wasReported: @Sendable (StudentKey?, Record) -> Bool
    /// The student of the ledger.
    let key: @Sendable (StudentIdentity) -> StudentKey?

    /// Every one.
    static let all = ChosenUnits(selection: .all, wasReported: { _, _ in false }, key: { _ in nil })

    /// Whether the run is about all.
    var isEverything: Bool { selection == .all }

    /// Whether a study period is chosen, by what is reported of it; one of which nothing is, by what was left out.
    func holds(_ unit: JudgedUnit, of student: StudentKey?) -> Bool {
        let reported = unit.present
        let records = reported.isEmpty ? unit.records : reported
        return selection.holds(records) || records.contains { wasReported(student, $0) }
    }

    /// Whether a study period turned out to be none that the run is about. One that is held was said to be so.
    func leavesOut(_ unit: JudgedUnit, of student: StudentIdentity, isHeld: Bool) -> Bool {
        !isEverything && !isHeld && !holds(unit, of: key(student))
    }
}
