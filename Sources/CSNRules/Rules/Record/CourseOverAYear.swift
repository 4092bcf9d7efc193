import CSN
import Findings

/// `course-over-a-year` ●: slutdatum at most 365 days after startdatum.
enum CourseOverAYear: RecordRule {
    static let name: RuleName = "course-over-a-year"
    static let standing = Standing.refusal
    static let heading = Heading.record
    static let fields = FieldSet(.startdatum, .slutdatum)
    static let turn = Turn(.check, 20)
    static let inputs = FieldSet(.startdatum, .slutdatum)

    /// How many days CSN lets lie between the first and the last day of a file.
    static let mostDays = 365

    /// Which message fits a course that ends so many days after it starts; nil for none.
    static func message(daysApart days: Int) -> Int? {
        days > mostDays ? 0 : days == mostDays ? 1 : nil
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let start = record.startdatum, let end = record.slutdatum, let message = message(daysApart: end - start)
        else { return }
        context.report(
            message, on: &record, at: .slutdatum, value: end.description,
            [Parameter("startdatum", start.description), Parameter("days", String(end - start))])
    }

    static let title = Text(
        sv: "Kursen är längre än ett år.",
        en: "The course is longer than a year.")
    static let explanation = Text(
        sv: """
            Från första till sista datum i en fil får det vara högst 365 dagar, så en kurs som är längre ryms inte i \
            någon fil. Är det exakt 365 dagar mellan startdatum och slutdatum (366 dagar med båda inräknade) är det \
            oklart om CSN tar emot filen: kursens studieperiod får då en egen fil, så att ingen annan drabbas.
            """,
        en: """
            From the first to the last date in a file there may be at most 365 days, so a longer course fits no file. \
            With exactly 365 days between startdatum and slutdatum (366 days counting both) it is unclear whether CSN \
            takes the file: the course's study period then gets a file of its own, so that nobody else is harmed.
            """)
    static let remedy = Text(
        sv: """
            Dela kursen på två studieperioder i skolans system: kursdel 1:2 för den första och 2:2 för den andra, \
            var och en med egna datum. Är årtalet i ett av datumen fel, rätta det.
            """,
        en: """
            Divide the course over two study periods in the school's system: course part 1:2 for the first and 2:2 \
            for the second, each with its own dates. If the year of one of the dates is wrong, mend it.
            """)
    static let messages = [
        Message.hold(
            sv: """
                slutdatum {value} är {days} dagar efter startdatum {startdatum}, CSN tar emot högst 365: dela kursen \
                i kursdel 1:2 och 2:2
                """,
            en: """
                slutdatum {value} is {days} days after startdatum {startdatum}, CSN takes at most 365: divide the \
                course into kursdel 1:2 and 2:2
                """),
        Message.send(
            .warning,
            sv: """
                slutdatum {value} är exakt {days} dagar efter startdatum {startdatum}: det är oklart om CSN tar emot \
                filen, så den får inte innehålla något annat än den här studieperioden
                """,
            en: """
                slutdatum {value} is exactly {days} days after startdatum {startdatum}: it is unclear whether CSN \
                takes the file, so it must hold nothing but this study period
                """),
    ]
    static let source = Source.refusals("Intervallet mellan första och sista dag i filen ska vara max 365 dagar.")
    static let broken = Example(["slutdatum": "2027-08-18"])
    static let satisfied = Example(["slutdatum": "2027-08-16"])
}
