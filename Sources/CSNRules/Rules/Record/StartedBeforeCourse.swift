import CSN
import Findings

/// `started-before-course`: no J before the course's startdatum.
enum StartedBeforeCourse: RecordRule {
    static let name: RuleName = "started-before-course"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.registrering, .startdatum)
    // Above the rules about 81 and 99, which ask whether the course was started.
    static let turn = Turn(.repair, 35)
    static let inputs = FieldSet(.registrering, .startdatum)

    /// Which message fits a J on a course with that start: the course has not begun, or it has but the J comes from
    /// an export made before it did; nil when the J stands.
    static func message(start: Day, exported: Day?, today: Day) -> Int? {
        start > today ? 0 : start > (exported ?? today) ? 1 : nil
    }

    /// The same, knowing what was reported: a J that came from an export of the right day once is not taken back by
    /// an older one; and one that stood in an export from before the start, and so was written as N, is said when it
    /// is sent for the first time.
    private static func message(for record: Record, _ context: RuleContext) -> Int? {
        guard record.registrering, let start = record.startdatum else { return nil }
        let earlier = context.earlier(like: record)
        let wasReported = earlier?.reported.registrering ?? false
        switch message(start: start, exported: record.fields.exportDay, today: context.today) {
        case 1: return wasReported ? nil : 1
        case nil: return earlier?.hadStartTooEarly == true && !wasReported ? 2 : nil
        case let message: return message
        }
    }

    /// Whether the record's J is none yet.
    static func breaks(_ record: Record, _ context: RuleContext) -> Bool {
        message(for: record, context).map { messages[$0].action == .repair } ?? false
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.registrering, let start = record.startdatum, let message = message(for: record, context),
            !isHeldForGrade(record, context)
        else { return }
        let action = context.report(
            message, on: &record, at: .registrering, value: "J",
            [
                Parameter(Parameter.became, "N"), Parameter("startdatum", start.description),
                Parameter("exported", (record.fields.exportDay ?? context.today).description),
            ])
        if action == .repair { record.registrering = false }
    }

    /// Whether a grade shows that it is startdatum which is wrong. grade-before-start holds the record then, or
    /// provning-dates sets the date right; where a configuration lets it go, the J must not.
    private static func isHeldForGrade(_ record: Record, _ context: RuleContext) -> Bool {
        guard GradeBeforeStart.applies(to: record) else { return false }
        return context.isCheck || record.marks.contains(.examination)
            || context.effect(of: GradeBeforeStart.self, 0).action == .hold
    }

    static let title = Text(
        sv: "Kursen sägs vara påbörjad innan den har börjat.",
        en: "The course is said to be started before it began.")
    static let explanation = Text(
        sv: """
            Påbörjad (J) är ett intyg från skolan och skickas aldrig före kursens startdatum. Ett J på en kurs som \
            inte har börjat skrivs som N. När kursen har börjat gäller J bara ur en export från startdatum eller \
            senare: ett J som fanns i exporten dessförinnan är förifyllt och intygar ingenting. Står det kvar sedan \
            kursen har börjat skickas det, och csnfil säger en gång att det fanns där redan före starten.
            """,
        en: """
            Started (J) is a certificate given by the school and never sent before the course's start date. A J on a \
            course that has not begun is written as N. Once it has begun, J stands only from an export made on the \
            start date or later: a J that was in the export before that is prefilled and certifies nothing. Where it \
            still stands once the course has begun it is sent, and csnfil says once that it was there before the start.
            """)
    static let remedy = Text(
        sv: """
            Gör en ny export när kursen har börjat och skolan vet att den studerande har påbörjat den. Är startdatum \
            fel, rätta det i skolans system.
            """,
        en: """
            Export again once the course has begun and the school knows that the student has started it. If the start \
            date is wrong, mend it in the school's system.
            """)
    static let messages = [
        Message.repair(
            .warning,
            sv: "påbörjad {value} på en kurs som börjar först {startdatum}: skrivs som {became}",
            en: "started {value} on a course that begins only on {startdatum}: written as {became}"),
        Message.repair(
            .warning,
            sv: """
                påbörjad {value} är förifyllt: exporten gjordes {exported}, före kursens start {startdatum}; skrivs \
                som {became}
                """,
            en: """
                started {value} is prefilled: the export was made on {exported}, before the course's start \
                {startdatum}; written as {became}
                """),
        Message.send(
            .warning,
            sv: """
                påbörjad {value} stod i exporten redan före kursens start {startdatum} och skickas nu: se efter att \
                skolan har intygat starten och att systemet inte har fyllt i den
                """,
            en: """
                started {value} stood in the export before the course's start {startdatum} and is now sent: see that \
                the school has certified the start and the system has not filled it in
                """),
    ]
    static let source = Source.handbook("Du ska aldrig skicka uppgiften om påbörjade studier före kursstart.")
    static let broken = Example([:], today: "2026-08-14")
    static let satisfied = Example([:], today: "2026-08-17")
}
