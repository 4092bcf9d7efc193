import CSN
import Findings

/// `not-started-date` ●: the händelsedatum of an 81 is the course's startdatum.
enum NotStartedDate: RecordRule {
    static let name: RuleName = "not-started-date"
    static let standing = Standing.refusal
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum, .startdatum)
    static let turn = Turn(.repair, 60)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum, .startdatum)

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let start = record.startdatum else { return }
        for index in record.events.indices {
            guard record.events[index].orsak == .notStarted, let date = record.events[index].date, date != start else {
                continue
            }
            // With J the two contradict each other, and nobody but the school knows which is true.
            let action = context.report(
                record.registrering ? 1 : 0, on: &record, at: .handelsedatum, from: record.events[index].origin,
                value: date.description, [Parameter(Parameter.became, start.description)])
            if action == .repair { record.events[index].date = start }
        }
    }

    static let title = Text(
        sv: "Händelsedatum för ”ej påbörjat studierna” (81) är inte kursens startdatum.",
        en: "The event date of “not started” (81) is not the course's start date.")
    static let explanation = Text(
        sv: """
            CSN kräver att händelsedatum vid 81 är samma dag som kursens startdatum. På en rad som inte är påbörjad \
            skriver csnfil därför startdatum; säger raden samtidigt att kursen är påbörjad hålls den tillbaka.
            """,
        en: """
            CSN demands that the event date of an 81 is the course's start date. On a row that is not started csnfil \
            therefore writes the start date; where the row also says that the course was started it is held.
            """)
    static let remedy = Text(
        sv: "Sätt händelsedatum till kursens startdatum, eller ta bort 81 om den studerande började.",
        en: "Set the event date to the course's start date, or remove the 81 if the student did start.")
    static let messages = [
        Message.repair(
            sv: "händelsedatum {value} för 81 skrivs som kursens startdatum {became}",
            en: "händelsedatum {value} of the 81 is written as the course's startdatum {became}"),
        Message.hold(
            sv: "händelsedatum {value} för 81 är inte startdatum {became}, och kursen sägs vara påbörjad",
            en: "händelsedatum {value} of the 81 is not startdatum {became}, and the course is said to be started"),
    ]
    static let source = Source.refusals(
        "Om meddelandeorsaken är 81 ska händelsedatum vara detsamma som startdatumet på kursen.")
    static let broken = Example(
        ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-20"])
    static let satisfied = Example(
        ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-17"])
}
