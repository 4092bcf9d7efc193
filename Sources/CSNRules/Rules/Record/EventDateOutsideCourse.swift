import CSN
import Findings

/// `event-date-outside-course` ●: the händelsedatum of an 81 or 99 lies within the course, first and last day included.
enum EventDateOutsideCourse: RecordRule {
    static let name: RuleName = "event-date-outside-course"
    static let standing = Standing.refusal
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum, .startdatum, .slutdatum)
    static let turn = Turn(.check, 40)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum, .startdatum, .slutdatum)

    /// Whether the date breaks the rule; false for 31 and 32, which are the period's and not the course's.
    static func breaks(_ orsak: Meddelandeorsak, on date: Day, start: Day, end: Day) -> Bool {
        !orsak.isAbsence && (date < start || date > end)
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let start = record.startdatum, let end = record.slutdatum else { return }
        for event in record.events {
            guard let orsak = event.orsak, let date = event.date, breaks(orsak, on: date, start: start, end: end) else {
                continue
            }
            context.report(
                on: &record, at: .handelsedatum, from: event.origin, value: date.description,
                [
                    Parameter("code", String(orsak.rawValue)), Parameter("startdatum", start.description),
                    Parameter("slutdatum", end.description),
                ])
        }
    }

    static let title = Text(
        sv: "Händelsedatum ligger utanför kursens tid.",
        en: "The event date lies outside the course's time.")
    static let explanation = Text(
        sv: """
            Vid 81 och 99 ska händelsedatum ligga mellan kursens startdatum och slutdatum; båda dagarna räknas med. \
            CSN tar inte emot filen annars.
            """,
        en: """
            With 81 and 99 the event date must lie between the course's start date and end date, both days included. \
            CSN refuses the file otherwise.
            """)
    static let remedy = Text(
        sv: """
            Rätta händelsedatum, eller kursens start- eller slutdatum, i skolans system. Den som avbröt efter kursens \
            slut har inte avbrutit kursen: ta då bort avbrottet.
            """,
        en: """
            Mend the event date, or the course's start or end date, in the school's system. Who left after the end of \
            the course did not break it off: then remove the drop-out.
            """)
    static let messages = [
        Message.hold(
            sv: "händelsedatum {value} för {code} ligger utanför kursens tid {startdatum}–{slutdatum}",
            en: "händelsedatum {value} of the {code} lies outside the course's time {startdatum}–{slutdatum}")
    ]
    static let source = Source.refusals(
        """
        Om du rapporterar en meddelandeorsak (99 eller 81) ska händelsedatum vara mellan eller lika med start- och \
        slutdatum.
        """)
    static let broken = Example(["meddelandeorsak": "99", "handelsedatum": "2026-12-19"])
    static let satisfied = Example(["meddelandeorsak": "99", "handelsedatum": "2026-12-18"])
}
