import CSN
import Findings

/// `date-without-grade`: a betygsdatum without a grade is left out.
enum DateWithoutGrade: RecordRule {
    static let name: RuleName = "date-without-grade"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .betygsdatum)
    static let turn = Turn(.drop, 220)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .betygsdatum)

    /// Whether a date stands without a grade.
    static func breaks(betyg: Betyg?, betygsdatum: Day?) -> Bool { betyg == nil && betygsdatum != nil }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard breaks(betyg: record.betyg, betygsdatum: record.betygsdatum) else { return }
        let action = context.report(on: &record, at: .betygsdatum, value: record.betygsdatum?.description ?? "")
        if action == .drop { record.betygsdatum = nil }
    }

    static let title = Text(
        sv: "Betygsdatum utan betyg.",
        en: "A grade date without a grade.")
    static let explanation = Text(
        sv: """
            Är betyget tomt är kursen inte betygsatt, och då finns inget datum att rapportera. I flera system blir \
            datumet kvar när ett betyg låses upp.
            """,
        en: """
            Where the grade is blank the course is not graded, and there is no date to report. In several systems the \
            date stays behind when a grade is unlocked.
            """)
    static let remedy = Text(
        sv: "Ingenting behöver göras. Ska kursen ha ett betyg, sätt det i skolans system.",
        en: "Nothing needs doing. If the course is to have a grade, set it in the school's system.")
    static let messages = [
        Message.drop(
            sv: "betygsdatum {value} skickas inte: raden har inget betyg",
            en: "betygsdatum {value} is not sent: the row has no grade")
    ]
    static let source = Source.handbook(
        "Blanksteg = Om fältet är tomt innebär det att kursen ej är betygsatt.")
    static let broken = Example(["slutdatum": "2026-11-20", "betygsdatum": "2026-11-20"])
    static let satisfied = Example(["slutdatum": "2026-11-20"])
}
