import CSN
import Findings

/// `started-while-ill`: who was ill at the start has not started.
enum StartedWhileIll: RecordRule {
    static let name: RuleName = "started-while-ill"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.registrering, .startdatum, .meddelandeorsak, .handelsedatum)
    // Above the rules about 99, and so above the drops too, which take away the events that tell of the illness.
    static let turn = Turn(.drop, 75)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.registrering, .startdatum, .meddelandeorsak, .handelsedatum)

    /// The event that says that the student was ill, or cared for somebody, when the course began: on or before the
    /// start, and not ended by then. A 32 says that the student is back.
    static func illness(in events: [Event], at start: Day) -> Event? {
        events.first { event in
            guard let orsak = event.orsak, orsak != .absenceEnds, let date = event.date, date <= start,
                isIllness(event.reason)
            else { return false }
            return orsak != .absenceBegins
                || !events.contains { end in
                    end.orsak == .absenceEnds && end.date.map { $0 >= date && $0 <= start } ?? false
                }
        }
    }

    /// Whether the reason is illness or care, to whatever extent.
    static func isIllness(_ reason: EventReason) -> Bool {
        switch reason {
        case .illFullTime, .illPartTime, .illUnknownExtent: true
        case .none, .leave, .death: false
        }
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        // A J from before the course's start is started-before-course's.
        guard record.registrering, !record.events.isEmpty, let start = record.startdatum,
            let event = illness(in: record.events, at: start), !StartedBeforeCourse.breaks(record, context),
            context.delivered(like: record)?.registrering != true
        else { return }
        let action = context.report(
            on: &record, at: .registrering, from: event.origin, value: "J",
            [
                Parameter(Parameter.became, "N"), Parameter("date", event.date?.description ?? ""),
                Parameter("startdatum", start.description),
            ])
        if action == .repair { record.registrering = false }
    }

    static let title = Text(
        sv: "Kursen sägs vara påbörjad av någon som var sjuk vid starten.",
        en: "The course is said to be started by somebody who was ill at its start.")
    static let explanation = Text(
        sv: """
            Den som är sjuk, eller vårdar barn eller närstående, när kursen börjar rapporteras som påbörjad först när \
            hen börjar studera. Säger exporten J fastän en sådan händelse är daterad startdatum eller tidigare, och \
            CSN inte redan har J, skrivs N.
            """,
        en: """
            Who is ill, or cares for a child or a relative, when the course begins is reported as started only once \
            the student begins to study. Where the export says J although such an event is dated on the start date or \
            earlier, and CSN does not have J already, N is written.
            """)
    static let remedy = Text(
        sv: """
            När den studerande har börjat: sätt hens egen första dag som startdatum i skolans system, eller ta bort \
            sjukhändelsen om hen var frisk vid starten.
            """,
        en: """
            Once the student has begun: set the student's own first day as start date in the school's system, or \
            remove the illness if the student was well at the start.
            """)
    static let messages = [
        Message.repair(
            .warning,
            sv: """
                påbörjad {value}, men sjukdom eller vård sedan {date} när kursen började {startdatum}: skrivs som \
                {became} tills den studerande har börjat
                """,
            en: """
                started {value}, but illness or care since {date} when the course began {startdatum}: written as \
                {became} until the student has begun
                """)
    ]
    static let source = Source.handbook(
        """
        Om den studerande är sjuk, vårdar barn eller vårdar närstående vid studiestarten ska du inte rapportera att \
        hen påbörjat sina studier.
        """)
    static let broken = Example(
        ["meddelandeorsak": "99", "handelsedatum": "2026-08-17", "handelseorsak": "sjukdom deltid"],
        ["kurskod": "ENGENG05"])
    static let satisfied = Example(
        ["meddelandeorsak": "99", "handelsedatum": "2026-08-18", "handelseorsak": "sjukdom deltid"],
        ["kurskod": "ENGENG05"])
}
