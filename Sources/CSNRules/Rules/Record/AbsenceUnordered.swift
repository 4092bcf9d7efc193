import CSN
import Findings

/// `absence-unordered`: a 32 ends nothing that began, neither here nor in what CSN has.
enum AbsenceUnordered: UnitRule {
    static let name: RuleName = "absence-unordered"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    // It asks the whole unit, because an absence that began on one course may end on another. Before the checks of the
    // catalogue's table of units: it stands in the table of records.
    static let turn = Turn(.check, 6)
    static let concerns: RecordTraits = .event
    static let inputs: FieldSet = []

    /// What must be known of every record before anybody can tell what began.
    static let needed = FieldSet(.meddelandeorsak, .handelsedatum)

    /// The days of the 32 before which no 31 stands that is not already ended.
    static func unordered(_ events: [Event]) -> Set<Day> {
        var distinct: [Event] = []
        for event in events where !distinct.contains(where: { $0.orsak == event.orsak && $0.date == event.date }) {
            distinct.append(event)
        }
        return Set(
            Absence.all(in: distinct).filter { $0.begin == nil }.compactMap { $0.end.flatMap { distinct[$0].date } })
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        let present = unit.present
        guard present.contains(where: { unit.records[$0].events.contains { $0.orsak == .absenceEnds } }) else { return }
        guard present.allSatisfy({ unit.records[$0].failed.isDisjoint(with: needed) }) else {
            return context.countNotChecked()
        }
        let days = unordered(present.flatMap { unit.records[$0].events } + begun(context))
        for index in present where !days.isEmpty {
            for event in unit.records[index].events {
                guard event.orsak == .absenceEnds, let date = event.date, days.contains(date) else { continue }
                context.report(
                    on: &unit.records[index], at: .handelsedatum, from: event.origin, value: date.description)
            }
        }
    }

    /// The beginnings of absences that were reported of the student. Not their ends, which the export may have mended.
    private static func begun(_ context: RuleContext) -> [Event] {
        context.earlier.all.flatMap { $0.reported.events.filter { $0.orsak == .absenceBegins } }
    }

    static let title = Text(
        sv: "Frånvaron slutar utan att ha börjat.",
        en: "The absence ends without having begun.")
    static let explanation = Text(
        sv: """
            32 talar om att den studerande är tillbaka efter en hel frånvaro som rapporterats med 31. Här finns inget \
            tidigare 31, varken i exporten eller i det som redan är rapporterat, som inte redan är avslutat.
            """,
        en: """
            A 32 says that the student is back after a full absence that was reported with a 31. Here is no earlier \
            31, neither in the export nor in what has been reported, that is not ended already.
            """)
    static let remedy = Text(
        sv: "Registrera frånvarons första dag (31) i skolans system, eller ta bort 32.",
        en: "Register the first day of the absence (31) in the school's system, or remove the 32.")
    static let messages = [
        Message.send(
            .warning,
            sv: "32 den {value} utan ett tidigare 31: när började frånvaron?",
            en: "32 on {value} without an earlier 31: when did the absence begin?")
    ]
    static let source = Source.handbook(
        "Du ska rapportera Hel frånvaro upphör/studieaktiv igen (kod 32) när den studerande åter studerar.")
    static let broken = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "32", "handelsedatum": "2026-10-01"])
    static let satisfied = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"],
        ["personnummer": "20080101-9803", "meddelandeorsak": "32", "handelsedatum": "2026-10-01"])
}
