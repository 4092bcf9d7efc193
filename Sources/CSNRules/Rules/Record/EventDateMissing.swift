import CSN
import Findings

/// `event-date-missing` ○: a meddelandeorsak has a händelsedatum, and the other way round.
enum EventDateMissing: RecordRule {
    static let name: RuleName = "event-date-missing"
    static let standing = Standing.own
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.check, 30)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum)

    /// Which message fits: a kind without a date, or a date without a kind; nil for none.
    static func message(orsak: Meddelandeorsak?, date: Day?) -> Int? {
        switch (orsak, date) {
        case (.some, nil): 0
        case (nil, .some): 1
        default: nil
        }
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        for event in record.events {
            guard let message = message(orsak: event.orsak, date: event.date) else { continue }
            if let orsak = event.orsak {
                context.report(
                    message, on: &record, at: .handelsedatum, from: event.origin,
                    [Parameter("code", String(orsak.rawValue))])
            } else if let date = event.date {
                context.report(
                    message, on: &record, at: .meddelandeorsak, from: event.origin,
                    [Parameter("date", date.description)])
            }
        }
    }

    static let title = Text(
        sv: "Meddelandeorsak och händelsedatum står inte tillsammans.",
        en: "The reason code and the event date do not stand together.")
    static let explanation = Text(
        sv: """
            En händelse är en meddelandeorsak (31, 32, 81 eller 99) och dagen då den inträffade. Saknas det ena går \
            det inte att veta vad som har hänt eller när, och csnfil gissar inte.
            """,
        en: """
            An event is a reason code (31, 32, 81 or 99) and the day it happened. With one of them missing nobody can \
            tell what happened or when, and csnfil does not guess.
            """)
    static let remedy = Text(
        sv: """
            Fyll i det som saknas i skolans system: datumet för händelsen, eller vad som hände den dagen. Har inget \
            hänt, ta bort det som står kvar.
            """,
        en: """
            Fill in what is missing in the school's system: the date of the event, or what happened on that day. If \
            nothing happened, remove what is left.
            """)
    static let messages = [
        Message.hold(
            sv: "meddelandeorsak {code} saknar händelsedatum",
            en: "meddelandeorsak {code} has no händelsedatum"),
        Message.hold(
            sv: "händelsedatum {date} saknar meddelandeorsak",
            en: "händelsedatum {date} has no meddelandeorsak"),
    ]
    static let source = Source.handbook(
        """
        När du rapporterar en ändring ska du fylla i ett händelsedatum, det vill säga det datum när den studerande gör \
        förändringen i sina studier.
        """)
    static let broken = Example(["meddelandeorsak": "99"])
    static let satisfied = Example(["meddelandeorsak": "99", "handelsedatum": "2026-10-09"])
}
