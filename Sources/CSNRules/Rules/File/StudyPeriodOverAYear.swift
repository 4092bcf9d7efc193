import CSN
import Findings

/// `study-period-over-a-year`: a unit alone is longer than a file may span and is divided. A unit rule, whose turn comes
/// when the unit's own rules are through.
enum StudyPeriodOverAYear: UnitRule {
    static let name: RuleName = "study-period-over-a-year"
    static let standing = Standing.advice
    static let heading = Heading.file
    static let fields = FieldSet(.startdatum, .slutdatum, .handelsedatum, .betygsdatum)
    static let turn = Turn(.check, 220)
    static let inputs: FieldSet = []

    /// Whether the unit is to be divided. Not for a course that is itself over a year: `course-over-a-year` holds it.
    static func breaks(_ records: [Record]) -> Bool {
        UnitShape.of(records) == .overLimit
            && !records.contains { !$0.isDropped && UnitShape.isCourseOverAYear($0) }
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        // A finished file is not divided any more: `file-span` judges it. What is held is not planned.
        guard !context.isCheck, !unit.isHeld, breaks(unit.records), let index = unit.present.first else { return }
        var span = UnitShape.Span()
        for record in unit.records where !record.isDropped { record.forEachDate { span.take($0) } }
        context.report(
            on: &unit.records[index], at: nil,
            [
                Parameter("first", span.first?.description ?? ""), Parameter("last", span.last?.description ?? ""),
                Parameter("days", String(span.days)),
            ])
    }

    static let title = Text(
        sv: "Studieperioden är längre än en fil får spänna över.",
        en: "The study period is longer than a file may span.")
    static let explanation = Text(
        sv: """
            Kurser som överlappar varandra i tiden hör till samma studieperiod och rapporteras i samma fil. Blir \
            perioden längre än 365 dagar går det inte, och csnfil delar den vid halvårsskiften efter kursernas \
            startdatum. Delarna skickas i var sin fil på olika läsdagar, den som pågår i dag först.
            """,
        en: """
            Courses that overlap in time belong to one study period and are reported in one file. Where the period is \
            longer than 365 days that is not possible, and csnfil divides it at half-years of the courses' start \
            dates. The parts go in files of their own on different reading days, the one that holds today first.
            """)
    static let remedy = Text(
        sv: """
            Kontrollera kursernas datum; ofta är ett slutdatum satt långt fram för säkerhets skull. Stämmer datumen \
            behöver ingenting göras.
            """,
        en: """
            Check the courses' dates; often an end date is set far ahead to be on the safe side. If the dates are \
            right, nothing needs doing.
            """)
    static let messages = [
        Message.send(
            .warning,
            sv: "studieperioden är {days} dagar, {first} till {last}, och delas på flera filer",
            en: "the study period is {days} days, {first} to {last}, and is divided over several files")
    ]
    static let source = Source.own(
        Text(
            sv: "Handboken vill ha hela studieperioden på en gång och högst 365 dagar i en fil; båda går inte här.",
            en: "The handbook wants a study period at once and at most 365 days in a file; here it cannot have both."))
    static let broken = Example(
        ["startdatum": "2026-01-12"], ["kurskod": "ENGENG05", "slutdatum": "2027-01-12"])
    static let satisfied = Example(
        ["startdatum": "2026-01-12"], ["kurskod": "ENGENG05", "slutdatum": "2027-01-11"])
}
