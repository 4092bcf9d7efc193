import CSN
import Findings

/// `not-started-all`: when every course of a unit is explicitly not started, each takes 81.
///
/// A student rule, because a course of another unit may overlap in time where its end is not known.
enum NotStartedAll: StudentRule {
    static let name: RuleName = "not-started-all"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.repair, 50)
    static let concerns: RecordTraits = .event
    static let inputs: FieldSet = []

    /// Whether every record says N *and* has a not-started event. N alone never counts: it is an admission. A grade
    /// speaks against it, and 81 beside a grade could not be sent.
    static func saysNothingStarted(_ records: [Record]) -> Bool {
        !records.isEmpty && records.allSatisfy { !$0.registrering && $0.saysNotStarted && $0.betyg == nil }
    }

    /// Whether two records may have a day in common; where an end is not known they may.
    static func mayOverlap(_ left: Record, _ right: Record) -> Bool {
        guard let start = left.startdatum, let otherStart = right.startdatum else { return true }
        return (right.slutdatum.map { start <= $0 } ?? true) && (left.slutdatum.map { otherStart <= $0 } ?? true)
    }

    static func apply(to student: inout StudentRecords, _ context: inout RuleContext) {
        for unit in student.units.indices
        where student.units[unit].records.contains(where: { hasDropOut($0) != nil }) {
            let present = student.units[unit].present.map { student.units[unit].records[$0] }
            guard saysNothingStarted(present), present.contains(where: { hasDropOut($0) != nil }) else { continue }
            let failed = present.reduce(into: FieldSet()) { $0.formUnion($1.failed) }
                .intersection(NotStartedPartly.needed.union(.init(.registrering)))
            guard failed.isEmpty else {
                context.countNotChecked(because: failed)
                continue
            }
            if isStarted(duringAnyOf: present, student, context) { continue }
            for index in student.units[unit].present { write81(on: &student.units[unit].records[index], &context) }
        }
    }

    /// Whether the student has started a course at the same time, as the export or CSN has it.
    private static func isStarted(duringAnyOf unit: [Record], _ student: StudentRecords, _ context: RuleContext) -> Bool
    {
        let others =
            student.units.flatMap(\.records).filter { !$0.isDropped }.map { context.earlier.completed($0) }
            + context.earlier.all.map(\.reported)
        return others.contains { other in other.registrering && unit.contains { mayOverlap($0, other) } }
    }

    /// The 99 that says that the course was not started; nil when the record has none.
    private static func hasDropOut(_ record: Record) -> Int? {
        record.events.firstIndex { $0.orsak == .dropOut && $0.saysNotStarted(from: record.startdatum) }
    }

    private static func write81(on record: inout Record, _ context: inout RuleContext) {
        guard let event = hasDropOut(record) else { return }
        let action = context.report(
            on: &record, at: .meddelandeorsak, from: record.events[event].origin, value: "99",
            [Parameter(Parameter.became, "81")])
        if action == .repair { record.change(event: event, to: .notStarted) }
    }

    static let title = Text(
        sv: "Ingen av periodens kurser är påbörjad: 81 i stället för 99.",
        en: "No course of the period was started: 81 instead of 99.")
    static let explanation = Text(
        sv: """
            Har den studerande inte påbörjat några studier alls rapporteras ej påbörjat studierna (81) på varje kurs. \
            csnfil skriver 81 när varje kurs i perioden uttryckligen är ej påbörjad (81, eller 99 på kursens \
            startdatum) och N, när ingen kurs som pågår samtidigt är påbörjad och när CSN inte har någon som påbörjad. \
            N utan händelse räknas aldrig: det är en antagning.
            """,
        en: """
            Where the student has started no studies at all, not started (81) is reported on every course. csnfil \
            writes 81 when every course of the period is explicitly not started (81, or 99 on its start date) and N, \
            when no course at the same time is started and when CSN has none as started. N without an event never \
            counts: it is an admission.
            """)
    static let remedy = Text(
        sv:
            "Registrera ej påbörjat studierna (81) på kurserna i skolans system. Har den studerande börjat någon av dem, registrera det.",
        en:
            "Register not started (81) on the courses in the school's system. If the student has started any, register that."
    )
    static let messages = [
        Message.repair(
            sv: "{value} på startdatum skrivs som {became}: ingen av periodens kurser är påbörjad",
            en: "{value} on the start date is written as {became}: no course of the period was started")
    ]
    static let source = Source.handbook(
        "Om den studerande inte påbörjar några studier alls ska du rapportera Ej påbörjat studierna (kod 81).")
    private static let row = ["registrering": "N", "handelsedatum": "2026-08-17"]
    static let broken = Example(row.merging(["meddelandeorsak": "99"]) { $1 })
    static let satisfied = Example(row.merging(["meddelandeorsak": "81"]) { $1 })
}
