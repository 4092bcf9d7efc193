import CSN
import Findings

/// `retired-course-code`: the national course is not in force on the first day.
enum RetiredCourseCode: FieldRule {
    static let name: RuleName = "retired-course-code"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.kurskod, .startdatum)
    static let turn = Turn(.check, 130)
    static let inputs = FieldSet(.kurskod, .startdatum)

    /// Which message fits a course in force from the one day to the other, both included; nil when it is in force on
    /// `start`. An end that is not known bounds nothing.
    static func message(from: Day?, to: Day?, start: Day) -> Int? {
        if let to, start > to { return 0 }
        if let from, start < from { return 1 }
        return nil
    }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let course = candidate.course, let start = candidate.startdatum else { return }
        let facts = context.facts(of: course)
        guard let message = message(from: facts.validFrom, to: facts.validTo, start: start) else { return }
        context.report(
            message, on: &candidate, at: .kurskod, value: context.settings.courses[course].code,
            [
                Parameter("startdatum", start.description),
                Parameter("last", facts.validTo?.description ?? "–"),
                Parameter("first", facts.validFrom?.description ?? "–"),
            ])
    }

    static let title = Text(
        sv: "Kurskoden gäller inte på startdatum.",
        en: "The course code is not in force on the start date.")
    static let explanation = Text(
        sv: """
            Nationella kurser gäller under en viss tid; Gy11-kurserna till exempel till och med 2030-06-30 och de \
            flesta av Gy25:s nivåer från 2025-07-01. Börjar en kurs utanför tiden är antingen koden eller startdatum \
            fel. Raden skickas som den är.
            """,
        en: """
            National courses are in force for a time; those of Gy11 to 2030-06-30, for example, and most of Gy25's \
            levels from 2025-07-01. Where a course begins outside it, either the code or the start date is wrong. The \
            row is sent as it is.
            """)
    static let remedy = Text(
        sv: "Byt till den kod som gäller nu, eller rätta startdatum, i skolans system.",
        en: "Change to the code that is in force now, or mend the start date, in the school's system.")
    static let messages = [
        Message.send(
            .warning,
            sv: "kurskod {value} gällde till och med {last}, men kursen börjar {startdatum}",
            en: "kurskod {value} was in force to {last}, but the course begins on {startdatum}"),
        Message.send(
            .warning,
            sv: "kurskod {value} gäller först från {first}, men kursen börjar {startdatum}",
            en: "kurskod {value} is in force only from {first}, but the course begins on {startdatum}"),
    ]
    static let source = Source.own(
        Text(
            sv: "CSN vill ha de kurskoder som Skolverket har fastställt, och en indragen kod är inte längre en sådan.",
            en: "CSN wants the course codes that Skolverket has set, and a withdrawn one no longer is such a code."))
    static let broken = Example(
        ["startdatum": "2030-07-01", "slutdatum": "2030-12-20", "registrering": "N"], today: "2030-06-03")
    static let satisfied = Example(
        ["startdatum": "2030-06-30", "slutdatum": "2030-12-20", "registrering": "N"], today: "2030-06-03")
}
