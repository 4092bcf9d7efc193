import CSN
import Findings

/// `early-grade-end-date`: who is graded before the planned end has ended on the day of the grade.
enum EarlyGradeEndDate: RecordRule {
    static let name: RuleName = "early-grade-end-date"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.slutdatum, .betyg, .betygsdatum)
    static let turn = Turn(.repair, 260)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(
        .startdatum, .slutdatum, .betyg, .betygsdatum, .kursdel, .meddelandeorsak, .handelsedatum)

    /// Shortening a course by more days than this is said as a warning: then one of the dates may be wrong.
    static let mostDaysUnremarked = 28

    /// Whether such a grade ends a course. X goes on another period, Z waits for something, - is no grade.
    static func ends(_ betyg: Betyg) -> Bool {
        switch betyg {
        case .a, .b, .c, .d, .e, .f, .g, .i, .v, .m: true
        case .x, .z, .notGraded: false
        }
    }

    /// Whether a grade of that day came before the planned end.
    static func isEarly(_ betygsdatum: Day, start: Day, end: Day, today: Day) -> Bool {
        start <= betygsdatum && betygsdatum < end && betygsdatum <= today
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        // The dates of an examination are `provning-dates`' to judge.
        guard !record.marks.contains(.examination), let betyg = record.betyg, ends(betyg),
            let date = record.betygsdatum, let start = record.startdatum,
            let end = record.slutdatum, isEarly(date, start: start, end: end, today: context.today),
            record.kursdel?.isLast == true,
            // Something happened after the grade, or nobody knows when: then the studies went on.
            record.events.allSatisfy({ $0.date.map { $0 <= date } ?? false })
        else { return }
        let days = end - date
        let action = context.report(
            days > mostDaysUnremarked ? 1 : 0, on: &record, at: .slutdatum, value: end.description,
            [
                Parameter(Parameter.became, date.description), Parameter("betyg", betyg.code),
                Parameter("days", "\(days)"),
            ])
        if action == .repair { record.slutdatum = date }
    }

    static let title = Text(
        sv: "Betyget är satt före kursens slutdatum.",
        en: "The grade was given before the end of the course.")
    static let explanation = Text(
        sv: """
            Den som får betyg tidigare än planerat är klar med kursen den dagen, och då ska slutdatum vara samma dag \
            som betygsdatum. csnfil skriver det när betyget avslutar kursen (A–F, G, I, V, M på hela kursen eller dess \
            sista del) och ingenting har hänt på kursen efter betyget. Blir kursen mer än 28 dagar kortare är det en \
            varning, för då kan ett av datumen vara fel.
            """,
        en: """
            Who is graded earlier than planned is through with the course that day, and its end date is then the date \
            of the grade. csnfil writes that where the grade ends the course (A–F, G, I, V, M on the whole course or \
            its last part) and nothing has happened on the course after the grade. If the course becomes more than 28 \
            days shorter it is a warning, because one of the dates may be wrong.
            """)
    static let remedy = Text(
        sv: "Sätt slutdatum till betygsdatum i skolans system, eller rätta betygsdatum om det är fel.",
        en: "Set the end date to the date of the grade in the school's system, or mend the latter if it is wrong.")
    static let messages = [
        Message.repair(
            sv: "betyg {betyg} före slutdatum {value}: slutdatum skrivs som betygsdatum {became}",
            en: "betyg {betyg} before slutdatum {value}: slutdatum is written as betygsdatum {became}"),
        Message.repair(
            .warning,
            sv:
                "betyg {betyg} {days} dagar före slutdatum {value}: slutdatum skrivs som betygsdatum {became}; stämmer det?",
            en:
                "betyg {betyg} {days} days before slutdatum {value}: slutdatum is written as betygsdatum {became}; is it so?"
        ),
    ]
    static let source = Source.handbook(
        "Du ska ändra slutdatum till samma dag som betygsdatum om den studerande får betyg i en kurs tidigare än planerat."
    )
    static let broken = Example(["betyg": "C", "betygsdatum": "2026-11-20"])
    static let satisfied = Example(["slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-20"])
}
