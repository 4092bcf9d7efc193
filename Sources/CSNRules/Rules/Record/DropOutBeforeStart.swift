import CSN
import Findings

/// `drop-out-before-start`: a single course that was not started is a 99 on its startdatum.
enum DropOutBeforeStart: RecordRule {
    static let name: RuleName = "drop-out-before-start"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum, .startdatum, .registrering)
    static let turn = Turn(.repair, 80)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum, .startdatum, .registrering)

    /// Whether a 99 on that day is moved to the start: forwards only, and only on a course that was not started.
    static func moves(_ date: Day, start: Day, isStarted: Bool) -> Bool { !isStarted && date < start }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        // In a finished file the date is wrong as it stands: event-date-outside-course says so.
        guard !context.isCheck, let start = record.startdatum else { return }
        for index in record.events.indices {
            guard record.events[index].orsak == .dropOut, let date = record.events[index].date,
                moves(date, start: start, isStarted: record.registrering)
            else { continue }
            let action = context.report(
                on: &record, at: .handelsedatum, from: record.events[index].origin, value: date.description,
                [Parameter(Parameter.became, start.description)])
            if action == .repair { record.events[index].date = start }
        }
    }

    static let title = Text(
        sv: "Avbrottet är daterat före kursens start.",
        en: "The drop-out is dated before the course's start.")
    static let explanation = Text(
        sv: """
            Den som lämnar en kurs innan den börjat har inte påbörjat den. CSN vill då ha avbrott (99) med kursens \
            startdatum som händelsedatum, och csnfil skriver det. Ett avbrott flyttas aldrig till en tidigare dag.
            """,
        en: """
            Who leaves a course before it began has not started it. CSN then wants a drop-out (99) with the course's \
            start date as event date, and csnfil writes that. A drop-out is never moved to an earlier day.
            """)
    static let remedy = Text(
        sv: "Sätt avbrottets datum till kursens startdatum i skolans system, om startdatum stämmer.",
        en:
            "Set the date of the drop-out to the course's start date in the school's system, if the start date is right."
    )
    static let messages = [
        Message.repair(
            sv: "händelsedatum {value} för 99 är före kursens start: startdatum {became} gäller i stället",
            en: "händelsedatum {value} of the 99 is before the course's start: startdatum {became} takes its place")
    ]
    static let source = Source.handbook(
        "Om den studerande inte påbörjar en kurs är händelsedatum samma datum som kursens startdatum.")
    static let broken = Example(
        ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-08-10"], ["kurskod": "ENGENG05"])
    static let satisfied = Example(
        ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-08-17"], ["kurskod": "ENGENG05"])
}
