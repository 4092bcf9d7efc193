import CSN
import Findings

/// `grade-without-date` ○: a grade has a betygsdatum.
enum GradeWithoutDate: RecordRule {
    static let name: RuleName = "grade-without-date"
    static let standing = Standing.own
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .betygsdatum)
    static let turn = Turn(.check, 210)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .betygsdatum)

    /// Whether a grade stands without its date.
    static func breaks(betyg: Betyg?, betygsdatum: Day?) -> Bool { betyg != nil && betygsdatum == nil }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard breaks(betyg: record.betyg, betygsdatum: record.betygsdatum) else { return }
        context.report(on: &record, at: .betygsdatum, [Parameter("betyg", record.betyg?.code ?? "")])
    }

    static let title = Text(
        sv: "Betyget saknar betygsdatum.",
        en: "The grade has no date.")
    static let explanation = Text(
        sv: """
            CSN prövar studieresultat efter när betyget sattes, och ett E betyder olika saker före och efter den 1 juli \
            2012. Ett betyg utan betygsdatum skickas därför inte.
            """,
        en: """
            CSN judges results by when the grade was given, and an E means different things before and after 1 July \
            2012. A grade without its date is therefore not sent.
            """)
    static let remedy = Text(
        sv: "Sätt betygsdatum i skolans system. Finns det där, ta med kolumnen i exporten.",
        en: "Set the date of the grade in the school's system. If it is there, include its column in the export.")
    static let messages = [
        Message.hold(
            sv: "betyg {betyg} saknar betygsdatum; sätt det i skolans system",
            en: "betyg {betyg} has no betygsdatum; set it in the school's system")
    ]
    static let source = Source.own(
        Text(
            sv: "Handboken nämner alltid betyg tillsammans med datum för betyg; utan datum går betyget inte att pröva.",
            en: "The handbook always names a grade with its date; without the date the grade cannot be judged."))
    static let broken = Example(["slutdatum": "2026-11-20", "betyg": "C"])
    static let satisfied = Example(["slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-20"])
}
