import CSN
import Findings

/// `provning-dates`: a passed examination begins and ends on the day of its grade, started.
///
/// Its turn comes before every other repair: it says what the dates of such a row mean, so that no other rule judges
/// the ones that were planned.
enum ProvningDates: RecordRule {
    static let name: RuleName = "provning-dates"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.startdatum, .slutdatum, .registrering, .betygsdatum)
    static let turn = Turn(.repair, 5)
    static let concerns: RecordTraits = .mark
    static let inputs = FieldSet(.startdatum, .slutdatum, .registrering, .betyg, .betygsdatum)

    /// Whether the row already says what is to be reported.
    static func isRight(started: Bool, start: Day, end: Day, betygsdatum: Day) -> Bool {
        started && start == betygsdatum && end == betygsdatum
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.marks.contains(.examination), let start = record.startdatum, let end = record.slutdatum,
            let date = record.betygsdatum,
            Examination.outcome(of: record.betyg, on: date, today: context.today) == .passed
        else { return }
        let parameters = [
            Parameter(Parameter.became, date.description), Parameter("startdatum", start.description),
            Parameter("slutdatum", end.description),
        ]
        switch Examination.doubt(about: record, context) {
        case .reportedAsStudied: context.report(1, on: &record, at: .betygsdatum, parameters)
        case .showsStudies: context.report(2, on: &record, at: .betygsdatum, parameters)
        case nil:
            if isRight(started: record.registrering, start: start, end: end, betygsdatum: date) { return }
            guard context.report(0, on: &record, at: .betygsdatum, value: date.description, parameters) == .repair
            else {
                return
            }
            record.startdatum = date
            record.slutdatum = date
            // The one J that csnfil writes: the handbook asks for it, and nobody gets aid for an examination.
            record.registrering = true
        }
    }

    static let title = Text(
        sv: "En godkänd prövning börjar och slutar på betygsdatum.",
        en: "A passed examination begins and ends on the date of its grade.")
    static let explanation = Text(
        sv: """
            En prövning görs utan studier. Den rapporteras med samma start- och slutdatum som betygsdatum, som påbörjad \
            och med betyg. Visar raden studier (påbörjad, med ett slutdatum efter startdatum), eller har kursen redan \
            rapporterats som läst vid den tiden, går det inte att veta vad som är sant och raden hålls tillbaka.
            """,
        en: """
            An examination is done without studying. It is reported with its start and end on the date of the grade, \
            as started and with the grade. Where the row shows studies (started, ending after it starts), or the \
            course has been reported as studied at that time, nobody can tell what is true and the row is held.
            """)
    static let remedy = Text(
        sv: """
            Kontrollera i skolans system om den studerande läste kursen eller bara gjorde prövning. Läste den \
            studerande kursen ska raden inte vara märkt som prövning.
            """,
        en: """
            Check in the school's system whether the student read the course or only took the examination. If the \
            student read the course, the row is not to be marked as an examination.
            """)
    static let messages = [
        Message.repair(
            sv:
                "prövning: startdatum {startdatum} och slutdatum {slutdatum} skrivs som betygsdatum {became}, påbörjad J",
            en:
                "examination: startdatum {startdatum} and slutdatum {slutdatum} are written as betygsdatum {became}, started J"
        ),
        Message.hold(
            sv: "märkt som prövning ({became}), men kursen är rapporterad som läst vid den tiden",
            en: "marked as an examination ({became}), but the course has been reported as studied at that time"),
        Message.hold(
            sv: "märkt som prövning ({became}), men raden visar studier: påbörjad, {startdatum} till {slutdatum}",
            en: "marked as an examination ({became}), but the row shows studies: started, {startdatum} to {slutdatum}"),
    ]
    static let source = Source.handbook(
        "Du rapporterar då kurskod, poäng, samma start- och slutdatum, att kursen är påbörjad samt betyg och datum för betyg."
    )
    private static let row = ["provning": "J", "betyg": "C", "betygsdatum": "2026-10-05"]
    static let broken = Example(row.merging(["registrering": "N"]) { $1 })
    static let satisfied = Example(row.merging(["startdatum": "2026-10-05", "slutdatum": "2026-10-05"]) { $1 })
}
