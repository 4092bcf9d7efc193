import CSN
import Findings

/// `drop-out-while-ill`: no drop-out while the student is ill full time.
enum DropOutWhileIll: RecordRule {
    static let name: RuleName = "drop-out-while-ill"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.drop, 340)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak)

    /// Which message fits an event for that reason: left out, or held because the extent is not known; nil when the
    /// event is sent.
    static func message(_ orsak: Meddelandeorsak, for reason: EventReason) -> Int? {
        guard !orsak.isAbsence else { return nil }
        switch reason {
        case .illFullTime: return 0
        case .illUnknownExtent: return 1
        case .none, .leave, .illPartTime, .death: return nil
        }
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        context.dropEvents(of: &record) { orsak, event in message(orsak, for: event.reason) }
    }

    static let title = Text(
        sv: "Avbrott för den som är sjuk på heltid ska inte rapporteras.",
        en: "A drop-out of somebody who is ill full time is not to be reported.")
    static let explanation = Text(
        sv: """
            Så länge den studerande är sjuk, eller vårdar barn eller närstående, på heltid rapporteras varken avbrott \
            (99) eller ej påbörjade studier (81). Är hen sjuk på deltid skickas händelsen. Säger exporten inte i \
            vilken omfattning går det inte att veta vilket som gäller.
            """,
        en: """
            As long as the student is ill, or cares for a child or a relative, full time neither a drop-out (99) nor \
            studies not started (81) are reported. For part-time illness the event is sent. Where the export does not \
            say to what extent, nobody can tell which holds.
            """)
    static let remedy = Text(
        sv: """
            Ange i orsaken om det är heltid eller deltid. Avslutar den studerande studierna när hen är frisk: ta bort \
            sjukdomen som orsak i skolans system, så rapporteras avbrottet.
            """,
        en: """
            Say in the reason whether it is full time or part time. If the student leaves once well: remove the \
            illness as the reason in the school's system, and the drop-out is reported.
            """)
    static let messages = [
        Message.drop(
            .warning,
            sv: """
                {value} den {date} för en studerande som är sjuk eller vårdar någon på heltid: tas inte med, men måste \
                rapporteras om hen slutar när hen är frisk
                """,
            en: """
                {value} on {date} of a student who is ill or cares for somebody full time: left out, but it must be \
                reported if the student leaves once well
                """),
        Message.hold(
            sv: """
                {value} den {date} på grund av sjukdom eller vård, men exporten säger inte om det är heltid (rapporteras \
                inte) eller deltid (rapporteras)
                """,
            en: """
                {value} on {date} because of illness or care, but the export does not say whether full time (not to \
                be reported) or part time (to be reported)
                """),
    ]
    static let source = Source.handbook(
        """
        Du ska inte rapportera ändrad omfattning eller avbrott så länge den studerande är sjuk, hemma för vård av barn \
        eller hemma för vård av närstående på heltid.
        """)
    static let broken = Example(
        ["meddelandeorsak": "99", "handelsedatum": "2026-10-09", "handelseorsak": "sjukdom heltid"])
    static let satisfied = Example(
        ["meddelandeorsak": "99", "handelsedatum": "2026-10-09", "handelseorsak": "sjukdom deltid"])
}
