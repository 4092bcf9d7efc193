import CSN
import Findings

/// `corrected-grade`: of records that differ only in their grade the one with the later date counts.
enum CorrectedGrade: UnitRule {
    static let name: RuleName = "corrected-grade"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.betyg, .betygsdatum)
    static let turn = Turn(.drop, 20)
    static let inputs: FieldSet = []

    /// Whether a grade was given later than another; a record without one comes before any that has one.
    static func isLater(_ date: Day?, than other: Day?) -> Bool {
        guard let date else { return false }
        return other.map { $0 < date } ?? true
    }

    /// Whether two records differ in nothing but grade and grade date, as the export has them: an end date that was
    /// moved to the day of a grade is no difference.
    static func differOnlyInGrade(_ left: Record, _ right: Record) -> Bool {
        left.fields.isSameCourse(as: right.fields) && left.asRead.hasSameContentButGrade(as: right.asRead)
            && left.events.count == right.events.count
            && zip(left.events, right.events).allSatisfy { $0.orsak == $1.orsak && $0.date == $1.date }
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        // In a finished file both lines would be read: `conflicting-records` says so.
        guard !context.isCheck, unit.hasCourseTwice else { return }
        var isTaken = Array(repeating: false, count: unit.records.count)
        for first in unit.records.indices where !isTaken[first] && !unit.records[first].isDropped {
            let group = unit.records.indices.filter {
                $0 >= first && !unit.records[$0].isDropped
                    && ($0 == first || differOnlyInGrade(unit.records[first], unit.records[$0]))
            }
            guard group.count > 1 else { continue }
            for index in group { isTaken[index] = true }
            if group.allSatisfy({ unit.records[$0].failed.isEmpty && !unit.records[$0].isHeld }) {
                decide(group, in: &unit, &context)
            } else {
                context.countNotChecked(because: unit.failed(in: group))
            }
        }
    }

    private static func decide(_ group: [Int], in unit: inout UnitRecords, _ context: inout RuleContext) {
        let records = unit.records
        func date(_ index: Int) -> Day? { records[index].betyg == nil ? nil : records[index].betygsdatum }
        let last = group.filter { index in !group.contains { isLater(date($0), than: date(index)) } }
        guard let winner = last.first else { return }
        for index in last where last.count > 1 {
            guard let other = last.first(where: { $0 != index }) else { continue }
            report(2, index, beside: other, in: &unit, &context)
        }
        guard last.count == 1 else { return }
        for index in group where index != winner {
            let action = report(records[index].betyg == nil ? 1 : 0, index, beside: winner, in: &unit, &context)
            if action == .drop { unit.records[index].isDropped = true }
        }
    }

    @discardableResult
    private static func report(
        _ message: Int, _ index: Int, beside other: Int, in unit: inout UnitRecords, _ context: inout RuleContext
    ) -> Action {
        let record = unit.records[index]
        let (betyg, date) = (unit.records[other].betyg?.code ?? "", unit.records[other].betygsdatum?.description ?? "")
        return context.report(
            message, on: &unit.records[index], at: .betyg, value: record.betyg?.code ?? "",
            [
                Parameter("betygsdatum", record.betygsdatum?.description ?? ""), Parameter("other", betyg),
                Parameter("otherDate", date), Parameter("line", String(unit.records[other].fields.origin.line)),
            ])
    }

    static let title = Text(
        sv: "Två rader skiljer sig bara i betyg och betygsdatum.",
        en: "Two rows differ only in grade and grade date.")
    static let explanation = Text(
        sv: """
            När ett betyg har rättats eller höjts lämnar flera system ut både det gamla och det nya. Då gäller raden \
            med det senare betygsdatumet, och en rad med betyg före en utan; den andra utelämnas. Har raderna olika \
            betyg samma dag går det inte att veta vilket som gäller, och de hålls tillbaka.
            """,
        en: """
            When a grade has been corrected or raised, several systems export both the old one and the new. Then the \
            row with the later grade date counts, and a row with a grade before one without; the other is left out. \
            Where the rows have different grades of one day nobody can tell which counts, and they are held.
            """)
    static let remedy = Text(
        sv: "Ta bort det ersatta betyget i skolans system, eller rätta betygsdatum på det som gäller.",
        en: "Remove the replaced grade in the school's system, or mend the date of the one that counts.")
    static let messages = [
        Message.drop(
            sv: "betyg {value} ({betygsdatum}) är ersatt av {other} ({otherDate}) på rad {line} och skickas inte",
            en: "betyg {value} ({betygsdatum}) is replaced by {other} ({otherDate}) on line {line} and is not sent"),
        Message.drop(
            sv: "raden utan betyg är ersatt av rad {line} med betyg {other} ({otherDate}) och skickas inte",
            en: "the row without a grade is replaced by line {line} with betyg {other} ({otherDate}) and is not sent"),
        Message.hold(
            sv: "betyg {value} här och {other} på rad {line} har samma betygsdatum {betygsdatum}: vilket gäller?",
            en: "betyg {value} here and {other} on line {line} have the same betygsdatum {betygsdatum}: which counts?"),
    ]
    static let source = Source.own(
        Text(
            sv: "En kurs har ett betyg i CSN:s fil; det senast satta är det som gäller.",
            en: "A course has one grade in CSN's file; the one given last is the one that counts."))
    private static let row = ["slutdatum": "2026-11-10"]
    static let broken = Example(
        row.merging(["betyg": "F", "betygsdatum": "2026-11-10"]) { $1 },
        row.merging(["betyg": "E", "betygsdatum": "2026-11-20"]) { $1 })
    static let satisfied = Example(row.merging(["betyg": "E", "betygsdatum": "2026-11-20"]) { $1 })
}
