import CSN
import Findings

/// `kursdel-missing`: a blank kursdel is 1:1 on a delkurs, or when start and end lie in one calendar half-year; else
/// the part is unknown. What the export says of the whole course goes before the half-years.
enum KursdelMissing: FieldRule {
    static let name: RuleName = "kursdel-missing"
    static let standing = Standing.repairOrHold
    static let heading = Heading.field
    static let fields = FieldSet(.kursdel)
    static let turn = Turn(.repair, 170)
    static let inputs = FieldSet(.kursdel, .startdatum, .slutdatum)

    /// Whether the course fits into one study period.
    static func isOnePeriod(start: Day, end: Day) -> Bool { start.halfYear == end.halfYear }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard candidate.kursdel == nil, let start = candidate.startdatum, let end = candidate.slutdatum else { return }
        let whole = Parameter(Parameter.became, String(Kursdel.whole.number))
        let action: Action
        if let course = candidate.course, context.facts(of: course).isDelkurs {
            let code = Parameter("kurskod", context.settings.courses[course].code)
            action = context.report(1, on: &candidate, at: .kursdel, [whole, code])
        } else if candidate.marks.contains(.readInParts) {
            action = context.report(3, on: &candidate, at: .kursdel)
        } else if candidate.marks.contains(.wholeCourse) {
            action = context.report(4, on: &candidate, at: .kursdel, [whole])
        } else if isOnePeriod(start: start, end: end) {
            action = context.report(0, on: &candidate, at: .kursdel, [whole])
        } else {
            action = context.report(
                2, on: &candidate, at: .kursdel,
                [Parameter("startdatum", start.description), Parameter("slutdatum", end.description)])
        }
        if action == .repair { candidate.kursdel = .whole }
    }

    static let title = Text(
        sv: "Kursdel saknas.",
        en: "The course part is missing.")
    static let explanation = Text(
        sv: """
            Många exporter har ingen kolumn för kursdel. En delkurs är alltid 1:1, och en kurs som börjar och slutar i \
            samma kalenderhalvår ryms i en studieperiod och skrivs som 1:1. Går den över ett halvårsskifte kan den \
            vara delad, och det vet bara skolan. Säger exporten att kursen fortsätter, eller hur många poäng hela \
            kursen har, så avgör det.
            """,
        en: """
            Many exports have no column for the course part. A delkurs is always 1:1, and a course that begins and \
            ends in one calendar half-year fits into one study period and is written as 1:1. Where it goes on into \
            another half-year it may be divided, which only the school knows. Where the export says that the course \
            goes on, or how many points the whole course has, that decides.
            """)
    static let remedy = Text(
        sv: """
            Fyll i kursdel i skolans system: 1:1 för en hel kurs, 1:2 och 2:2 för en kurs som delas på två \
            studieperioder.
            """,
        en: """
            Fill in the course part in the school's system: 1:1 for a whole course, 1:2 and 2:2 for a course divided \
            over two study periods.
            """)
    static let messages = [
        Message.repair(
            sv: "kursdel är tom och skrivs {became}: kursen börjar och slutar i samma halvår",
            en: "kursdel is blank and is written {became}: the course begins and ends in one half-year"),
        Message.repair(
            sv: "kursdel är tom och skrivs {became}: {kurskod} är en delkurs",
            en: "kursdel is blank and is written {became}: {kurskod} is a delkurs"),
        Message.hold(
            sv: """
                kursdel är tom, och kursen går från {startdatum} till {slutdatum}, över ett halvårsskifte; fyll i \
                vilken del det är
                """,
            en: """
                kursdel is blank, and the course goes from {startdatum} to {slutdatum}, over two half-years; fill in \
                which part it is
                """),
        Message.hold(
            sv: """
                kursdel är tom, och kursen läses i delar: den fortsätter efter det här tillfället, eller tillfället \
                ger färre poäng än kursen; fyll i vilken del det är
                """,
            en: """
                kursdel is blank, and the course is read in parts: it goes on after this occasion, or the occasion \
                gives fewer points than the course; fill in which part it is
                """),
        Message.repair(
            sv: "kursdel är tom och skrivs {became}: tillfället ger kursens alla poäng",
            en: "kursdel is blank and is written {became}: the occasion gives all points of the course"),
    ]
    static let source = Source.handbook(
        "Beteckningen Del av kurs visar om en och samma kurs är fördelad över en eller flera studieperioder.")
    static let broken = Example(["kursdel": ""])
    static let satisfied = Example(["kursdel": "11"])
}
