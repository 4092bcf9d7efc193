import CSN
import Findings

/// `absence-too-early`: an absence that lasts is reported once it is 15 days old.
enum AbsenceTooEarly: RecordRule {
    static let name: RuleName = "absence-too-early"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.drop, 140)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum)

    /// Whether an absence that began on that day and lasts is not to be reported yet.
    static func isTooEarly(_ begin: Day, today: Day) -> Bool { today - begin < Absence.reportableDays }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.hasAbsence else { return }
        var dropped: Set<Int> = []
        for index in record.events.indices {
            let event = record.events[index]
            guard event.orsak == .absenceBegins, let begin = event.date,
                isTooEarly(begin, today: context.today), !isEnded(begin, record.events)
            else { continue }
            let action = context.report(
                on: &record, at: .handelsedatum, from: event.origin, value: begin.description,
                [Parameter("due", (begin + Absence.reportableDays).description)])
            if action == .drop { dropped.insert(index) }
        }
        record.dropEvents(at: dropped)
    }

    private static func isEnded(_ begin: Day, _ events: [Event]) -> Bool {
        events.contains { event in event.orsak == .absenceEnds && event.date.map { $0 >= begin } ?? false }
    }

    static let title = Text(
        sv: "Frånvaron har ännu inte varat 15 dagar.",
        en: "The absence has not lasted 15 days yet.")
    static let explanation = Text(
        sv: """
            Frånvaro rapporteras när den har varat minst 15 kalenderdagar i följd. En pågående frånvaro som är kortare \
            tas med först när de 15 dagarna har gått.
            """,
        en: """
            An absence is reported when it lasted at least 15 calendar days in a row. One that lasts and is shorter is \
            taken along only when the 15 days are full.
            """)
    static let remedy = Text(
        sv: "Ingenting behöver göras: frånvaron tas med av sig själv från den dag som meddelandet nämner.",
        en: "Nothing needs to be done: the absence is taken along by itself from the day that the message names.")
    static let messages = [
        Message.drop(
            sv: "frånvaro (31) sedan {value} har inte varat 15 dagar: tas med tidigast {due}, om den varar då",
            en:
                "absence (31) since {value} has not lasted 15 days: taken along on {due} at the earliest, if it still lasts"
        )
    ]
    static let source = Source.handbook(
        """
        Du ska rapportera Hel frånvaro börjar/inte studieaktiv (kod 31) om den studerande är frånvarande i minst 15 \
        kalenderdagar i följd.
        """)
    static let broken = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-11-09"])
    static let satisfied = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-11-08"])
}
