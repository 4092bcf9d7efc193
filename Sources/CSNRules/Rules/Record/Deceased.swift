import CSN
import Findings

/// `deceased`: no event of a student who has died.
enum Deceased: RecordRule {
    static let name: RuleName = "deceased"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.drop, 350)
    static let concerns: RecordTraits = .event
    static let inputs: FieldSet = []

    /// Whether an event is not to be reported because the student has died.
    static func breaks(_ reason: EventReason, marks: Marks) -> Bool { reason == .death || marks.contains(.deceased) }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        var dropped: Set<Int> = []
        for index in record.events.indices {
            let event = record.events[index]
            guard breaks(event.reason, marks: record.marks) else { continue }
            let action = context.report(
                on: &record, at: .meddelandeorsak, from: event.origin,
                value: event.orsak.map { String($0.rawValue) } ?? "–",
                [Parameter("date", event.date?.description ?? "–")])
            if action == .drop { dropped.insert(index) }
        }
        record.dropEvents(at: dropped)
    }

    static let title = Text(
        sv: "Händelser för en studerande som har avlidit ska inte rapporteras.",
        en: "Events of a student who has died are not to be reported.")
    static let explanation = Text(
        sv: """
            CSN får veta av Skatteverket att en studerande har avlidit. Rapporterar skolan ett avbrott skickar CSN \
            ett brev om det till den studerande eller vårdnadshavaren, och det ska undvikas. Händelsen tas inte med.
            """,
        en: """
            CSN learns from Skatteverket that a student has died. If the school reports a drop-out, CSN sends a letter \
            about it to the student or the guardian, which is to be avoided. The event is left out.
            """)
    static let remedy = Text(
        sv: "Ingenting behöver göras. Är uppgiften om dödsfallet fel, rätta den i skolans system.",
        en: "Nothing needs to be done. If what is said of the death is wrong, mend it in the school's system.")
    static let messages = [
        Message.drop(
            sv: "händelse {value} den {date} för en studerande som har avlidit: rapporteras inte",
            en: "event {value} on {date} of a student who has died: not to be reported")
    ]
    static let source = Source.handbook(
        "Du ska inte rapportera studieavbrott för en studerande om avbrottet beror på att hen har avlidit.")
    static let broken = Example(
        ["meddelandeorsak": "99", "handelsedatum": "2026-10-09", "handelseorsak": "avliden"])
    static let satisfied = Example(["meddelandeorsak": "99", "handelsedatum": "2026-10-09"])
}
