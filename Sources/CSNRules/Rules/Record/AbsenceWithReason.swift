import CSN
import Findings

/// `absence-with-reason`: leave, illness and care are no absence to report.
enum AbsenceWithReason: RecordRule {
    static let name: RuleName = "absence-with-reason"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.drop, 150)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum)

    /// Whether an absence for that reason is not to be reported.
    static func isExcused(_ reason: EventReason) -> Bool {
        switch reason {
        case .leave, .illFullTime, .illPartTime, .illUnknownExtent: true
        case .none, .death: false
        }
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.hasAbsence else { return }
        var dropped: Set<Int> = []
        for absence in Absence.all(in: record.events) {
            let events = absence.events.map { record.events[$0] }
            guard let first = events.first, let date = first.date,
                let reason = events.map(\.reason).first(where: isExcused)
            else { continue }
            let action = context.report(
                reason == .leave ? 0 : 1, on: &record, at: .meddelandeorsak, from: first.origin,
                value: String(first.orsak?.rawValue ?? 0), [Parameter("date", date.description)])
            if action == .drop { dropped.formUnion(absence.events) }
        }
        record.dropEvents(at: dropped)
    }

    static let title = Text(
        sv: "Ledighet, sjukdom och vård ska inte rapporteras som frånvaro.",
        en: "Leave, illness and care are not to be reported as absence.")
    static let explanation = Text(
        sv: """
            Frånvaro (31 och 32) rapporteras inte när skolan har beviljat ledighet, och inte när den studerande är \
            sjuk eller vårdar barn eller närstående. Varken början eller slutet på sådan frånvaro tas med.
            """,
        en: """
            Absence (31 and 32) is not reported for leave that the school granted, nor when the student is ill or \
            cares for a child or a relative. Neither beginning nor end of such an absence is taken along.
            """)
    static let remedy = Text(
        sv: "Ta bort frånvarohändelsen i skolans system, eller rätta orsaken om den inte stämmer.",
        en: "Remove the absence event in the school's system, or mend its reason if that is not right.")
    static let messages = [
        Message.drop(
            .warning,
            sv: "frånvaro {value} den {date} är ledighet som skolan har beviljat: rapporteras inte",
            en: "absence {value} on {date} is leave granted by the school: not to be reported"),
        Message.drop(
            .warning,
            sv: "frånvaro {value} den {date} beror på sjukdom eller vård: rapporteras inte",
            en: "absence {value} on {date} is due to illness or care: not to be reported"),
    ]
    static let source = Source.handbook("Om den studerande är sjuk, vårdar barn eller närstående.")
    static let broken = Example(
        [
            "personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-09-01",
            "handelseorsak": "ledighet",
        ])
    static let satisfied = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"])
}
