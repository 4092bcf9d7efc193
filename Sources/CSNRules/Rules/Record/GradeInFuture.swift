import CSN
import Findings

/// `grade-in-future`: a grade whose date has not come is left out until that day, with its date.
enum GradeInFuture: RecordRule {
    static let name: RuleName = "grade-in-future"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .betygsdatum)
    static let turn = Turn(.drop, 240)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .betygsdatum)

    /// Whether the day of the grade has not come.
    static func breaks(betygsdatum: Day, today: Day) -> Bool { betygsdatum > today }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let betyg = record.betyg, let date = record.betygsdatum, breaks(betygsdatum: date, today: context.today)
        else { return }
        let action = context.report(
            on: &record, at: .betygsdatum, value: date.description, [Parameter("betyg", betyg.code)])
        guard action == .drop else { return }
        record.betyg = nil
        record.betygsdatum = nil
    }

    static let title = Text(
        sv: "Betygsdatum har inte kommit än.",
        en: "The date of the grade has not come yet.")
    static let explanation = Text(
        sv: """
            Ett betyg rapporteras när kursen är avslutad och betyget är satt. Står ett senare datum än i dag skickas \
            kursen utan betyg, och betyget tas med i en fil som görs den dagen eller senare.
            """,
        en: """
            A grade is reported when the course is completed and the grade given. Where a later date than today \
            stands, the course is sent without the grade, and the grade goes into a file made on that day or later.
            """)
    static let remedy = Text(
        sv: "Rätta betygsdatum om det är fel; annars gör om exporten när dagen har kommit.",
        en: "Mend the date of the grade if it is wrong; otherwise export again when the day has come.")
    static let messages = [
        Message.drop(
            .warning,
            sv: "betyg {betyg} med betygsdatum {value} skickas först den dagen",
            en: "betyg {betyg} with betygsdatum {value} is not sent before that day")
    ]
    static let source = Source.handbook("När en kurs är avslutad ska du rapportera betyget till CSN.")
    static let broken = Example(["slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-24"])
    static let satisfied = Example(["slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-23"])
}
