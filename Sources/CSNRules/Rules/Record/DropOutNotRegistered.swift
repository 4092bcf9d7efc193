import CSN
import Findings

/// `drop-out-not-registered` ○: who drops out after the start has started.
enum DropOutNotRegistered: RecordRule {
    static let name: RuleName = "drop-out-not-registered"
    static let standing = Standing.own
    static let heading = Heading.record
    static let fields = FieldSet(.registrering, .meddelandeorsak, .handelsedatum, .startdatum)
    static let turn = Turn(.repair, 90)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.registrering, .meddelandeorsak, .handelsedatum, .startdatum)

    /// Whether a 99 on that day contradicts the record.
    static func breaks(_ date: Day, start: Day, isStarted: Bool) -> Bool { !isStarted && date > start }

    /// The record's 99 that contradicts it; nil when none does.
    static func event(of record: Record) -> Event? {
        guard let start = record.startdatum else { return nil }
        return record.events.first { event in
            guard event.orsak == .dropOut, let date = event.date else { return false }
            return breaks(date, start: start, isStarted: record.registrering)
        }
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let start = record.startdatum, let event = event(of: record) else { return }
        // Where the school has certified the start before, the export has only lost it.
        let wasStarted = context.earlier(like: record)?.reported.registrering ?? false
        let action = context.report(
            wasStarted ? 0 : 1, on: &record, at: .registrering, from: event.origin, value: "N",
            [
                Parameter(Parameter.became, "J"), Parameter("date", event.date?.description ?? ""),
                Parameter("startdatum", start.description),
            ])
        if action == .repair { record.registrering = true }
    }

    static let title = Text(
        sv: "Avbrott på en kurs som inte är påbörjad.",
        en: "A drop-out from a course that is not started.")
    static let explanation = Text(
        sv: """
            Ett avbrott efter kursens start förutsätter att den studerande började. Har skolan redan intygat det för \
            CSN skrivs J; annars kan bara skolan säga om den studerande började eller inte.
            """,
        en: """
            A drop-out after the course's start presumes that the student did start. Where the school has already \
            certified that to CSN, J is written; otherwise only the school can say whether the student started or not.
            """)
    static let remedy = Text(
        sv: """
            Började den studerande: registrera kursen som påbörjad i skolans system. Började hen inte: sätt \
            avbrottets datum till kursens startdatum.
            """,
        en: """
            If the student did start: register the course as started in the school's system. If not: set the date of \
            the drop-out to the course's start date.
            """)
    static let messages = [
        Message.repair(
            sv: """
                avbrott {date} på en kurs som exporten inte säger är påbörjad; CSN har redan fått {became}, som gäller
                """,
            en: """
                drop-out {date} from a course that the export does not say is started; CSN already has {became}, \
                which stands
                """),
        Message.hold(
            sv: """
                avbrott {date}, efter startdatum {startdatum}, på en kurs som inte är påbörjad: började den \
                studerande eller inte?
                """,
            en: """
                drop-out {date}, after startdatum {startdatum}, from a course that is not started: did the student \
                start or not?
                """),
    ]
    static let source = Source.handbook(
        "Vid studiestarten av varje kurs ska du bekräfta att den studerande påbörjat kursen.")
    static let broken = Example(
        ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-10-09"])
    static let satisfied = Example(
        ["registrering": "J", "meddelandeorsak": "99", "handelsedatum": "2026-10-09"])
}
