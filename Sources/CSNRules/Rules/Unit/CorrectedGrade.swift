import CSN
import Findings

/// `corrected-grade`: of records that differ only in their grade the one with the later date counts.
enum CorrectedGrade: UnitRule {
    static let name: RuleName = "corrected-grade"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.betyg, .betygsdatum)
    static let turn = Turn(.drop, 20)
    static let concerns: RecordTraits = .repetition
    static let inputs: FieldSet = []

    /// Whether a grade was given later than another; a record without one comes before any that has one.
    static func isLater(_ date: Day?, than other: Day?) -> Bool {
        guard let date else { return false }
        return other.map { $0 < date } ?? true
    }

    /// Whether two records differ in nothing but grade and grade date, as the export has them: an end date that was
    /// moved to the day of a grade is no difference.
    ///
    /// - Parameter isOfTwoSystems: the records come from two school systems, where one has been told of the grade.
    static func differOnlyInGrade(_ left: Record, _ right: Record, isOfTwoSystems: Bool = false) -> Bool {
        guard left.fields.isSameCourse(as: right.fields), left.events.count == right.events.count,
            zip(left.events, right.events).allSatisfy({ $0.orsak == $1.orsak && $0.date == $1.date })
        else { return false }
        return left.asRead.hasSameContentButGrade(as: right.asRead)
            || (isOfTwoSystems && (endsEarly(left, before: right) || endsEarly(right, before: left)))
    }

    /// Whether the one record is what the other becomes when it is graded early: the handbook has the end date moved to
    /// the day of the grade, and the one school system has done so already.
    private static func endsEarly(_ graded: Record, before ungraded: Record) -> Bool {
        guard ungraded.betyg == nil, ungraded.asRead.betyg == nil, let betyg = graded.asRead.betyg,
            EarlyGradeEndDate.ends(betyg), graded.kursdel?.isLast == true, let end = graded.asRead.slutdatum,
            end == graded.asRead.betygsdatum, let planned = ungraded.asRead.slutdatum, end < planned
        else { return false }
        var moved = ungraded.asRead
        moved.slutdatum = end
        return moved.hasSameContentButGrade(as: graded.asRead)
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        // In a finished file both lines would be read: `conflicting-records` says so.
        guard !context.isCheck, unit.hasCourseTwice else { return }
        var isTaken = Array(repeating: false, count: unit.records.count)
        for first in unit.records.indices where !isTaken[first] && !unit.records[first].isDropped {
            let group = unit.records.indices.filter {
                $0 >= first && !unit.records[$0].isDropped
                    && ($0 == first || differOnlyInGrade(unit.records[first], unit.records[$0], context))
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

    private static func differOnlyInGrade(_ left: Record, _ right: Record, _ context: RuleContext) -> Bool {
        let isOfTwo = context.settings.areOfTwoSystems(left.fields.origin, right.fields.origin)
        return differOnlyInGrade(left, right, isOfTwoSystems: isOfTwo)
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
            let (own, other) = (records[index].fields.origin, records[winner].fields.origin)
            let ungraded = context.settings.areOfTwoSystems(own, other) ? 3 : 1
            let action = report(records[index].betyg == nil ? ungraded : 0, index, beside: winner, in: &unit, &context)
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
                Parameter("otherDate", date),
            ] + Parameter.line(of: unit.records[other].fields.origin, seenFrom: record.fields.origin))
    }

    static let title = Text(
        sv: "Två rader skiljer sig bara i betyg och betygsdatum.",
        en: "Two rows differ only in grade and grade date.")
    static let explanation = Text(
        sv: """
            När ett betyg har rättats eller höjts lämnar flera system ut både det gamla och det nya. Då gäller raden \
            med det senare betygsdatumet, och en rad med betyg före en utan; den andra utelämnas. Har raderna olika \
            betyg samma dag går det inte att veta vilket som gäller, och de hålls tillbaka. Står betyget bara i det \
            ena av två skolsystem gäller det, även om det systemet redan har flyttat slutdatum till betygsdatum: ett \
            satt betyg är ett beslut, en tom ruta är det inte. Det är en varning, så att någon ser efter.
            """,
        en: """
            When a grade has been corrected or raised, several systems export both the old one and the new. Then the \
            row with the later grade date counts, and a row with a grade before one without; the other is left out. \
            Where the rows have different grades of one day nobody can tell which counts, and they are held. A grade \
            that stands in only one of two school systems counts, also where that system has moved the end date to the \
            day of the grade: a grade is a decision, a blank is none. It is a warning, so that somebody looks.
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
        Message.drop(
            .warning,
            sv: """
                här saknas betyget {other} ({otherDate}) som står på rad {line}: det skickas; är det fel, ta bort det \
                där, annars för in det här
                """,
            en: """
                betyg {other} ({otherDate}) of line {line} is missing here and is sent; if it is wrong, remove it \
                there, otherwise enter it here
                """),
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
