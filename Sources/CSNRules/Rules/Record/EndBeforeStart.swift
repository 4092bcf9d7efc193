import CSN
import Findings

/// `end-before-start` ●: slutdatum must not be before startdatum.
enum EndBeforeStart: RecordRule {
    static let name: RuleName = "end-before-start"
    static let standing = Standing.refusal
    static let heading = Heading.record
    static let fields = FieldSet(.startdatum, .slutdatum)
    static let turn = Turn(.check, 10)
    static let inputs = FieldSet(.startdatum, .slutdatum)

    /// Whether the dates break the rule.
    static func breaks(start: Day, end: Day) -> Bool { end < start }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let start = record.startdatum, let end = record.slutdatum, breaks(start: start, end: end) else { return }
        context.report(
            on: &record, at: .slutdatum, value: end.description, [Parameter("startdatum", start.description)])
    }

    static let title = Text(
        sv: "Slutdatum är före startdatum.",
        en: "The end date is before the start date.")
    static let explanation = Text(
        sv: "En kurs kan sluta samma dag som den börjar, men inte tidigare. CSN tar inte emot filen annars.",
        en: "A course may end on the day it begins, but not earlier. CSN refuses the file otherwise.")
    static let remedy = Text(
        sv: "Rätta kursens start- eller slutdatum i skolans system; ofta är årtalet fel i ett av dem.",
        en: "Mend the course's start or end date in the school's system; often the year is wrong in one of them.")
    static let messages = [
        Message.hold(
            sv: "slutdatum {value} är före startdatum {startdatum}",
            en: "slutdatum {value} is before startdatum {startdatum}")
    ]
    static let source = Source.refusals("Slutdatumet måste vara senare än eller lika med startdatumet.")
    static let broken = Example(["slutdatum": "2026-08-16"])
    static let satisfied = Example(["slutdatum": "2026-08-17"])
}
