import CSN
import Findings

/// `file-span` ●: from the first to the last date of a file at most 365 days.
///
/// In `check` about a finished file. In a conversion about everything of one school that is to be sent, before it is
/// planned: then it says that several files, on several days, are needed.
enum FileSpan: FileRule {
    static let name: RuleName = "file-span"
    static let standing = Standing.refusal
    static let heading = Heading.file
    static let fields = FieldSet(.startdatum, .slutdatum, .handelsedatum, .betygsdatum)
    static let turn = Turn(.check, 10)
    static let inputs: FieldSet = []

    /// How the span of a finished file stands to the limit.
    enum Verdict {
        case fits
        /// Exactly 365 days apart: right if CSN counts one of the ends, a day too long if it counts both.
        case onTheEdge
        case tooLong
    }

    /// The verdict on a file from a first to a last day.
    static func verdict(first: Day, last: Day) -> Verdict {
        let days = last - first + 1
        if days <= UnitShape.mostDays { return .fits }
        return days == UnitShape.mostDays + 1 ? .onTheEdge : .tooLong
    }

    static func apply(to file: inout FileFacts, _ context: inout RuleContext) {
        guard let first = file.firstDate, let last = file.lastDate else { return }
        let verdict = verdict(first: first, last: last)
        guard verdict != .fits else { return }
        let parameters = [
            Parameter("first", first.description), Parameter("last", last.description),
            Parameter("days", String(last - first + 1)),
        ]
        if !context.isCheck {
            // A single unit that is too long has a finding of its own.
            if file.unitCount > 1 { context.reportFile(3, school: file.schools.first, parameters) }
        } else if file.isOneUnitException {
            let isSaid = context.hasSaid(LateDateAlone.name) || context.hasSaid(CourseOverAYear.name)
            if !isSaid { context.reportFile(2, parameters) }
        } else {
            context.reportFile(verdict == .onTheEdge ? 1 : 0, parameters)
        }
    }

    static let title = Text(
        sv: "Filen spänner över mer än 365 dagar.",
        en: "The file spans more than 365 days.")
    static let explanation = Text(
        sv: """
            CSN tar inte emot en fil där det är mer än 365 dagar från den första till den sista dagen. csnfil räknar \
            alla datum som skrivs (start, slut, händelse, betyg) och delar vid behov upp skolans uppgifter på flera \
            filer, en för varje läsdag, med båda ändarna räknade. En dag mer än så är en varning i en färdig fil, för \
            handboken säger inte hur dagarna räknas.
            """,
        en: """
            CSN refuses a file in which more than 365 days lie from the first to the last day. csnfil counts every \
            date that is written (start, end, event, grade) and divides a school's records over several files where \
            needed, one for each reading day, both ends counted. One day more is a warning in a finished file, because \
            the handbook does not say how the days are counted.
            """)
    static let remedy = Text(
        sv: """
            Gör filen med csnfil, som delar upp den. Spänner den längre än väntat är ofta årtalet fel i något datum: se \
            efter vilken rad som har det första eller det sista.
            """,
        en: """
            Make the file with csnfil, which divides it. If it spans more than expected, the year of some date is \
            often wrong: see which row has the first or the last one.
            """)
    static let messages = [
        Message.hold(
            sv: "filen spänner över {days} dagar, {first} till {last}; CSN tar emot högst 365",
            en: "the file spans {days} days, {first} to {last}; CSN takes at most 365"),
        Message.send(
            .warning,
            sv: "filen spänner över {days} dagar med båda ändarna räknade, {first} till {last}: på gränsen för CSN",
            en: "the file spans {days} days with both ends counted, {first} to {last}: on the edge of what CSN takes"),
        Message.send(
            .warning,
            sv: "filens enda studieperiod spänner över {days} dagar, {first} till {last}, och går inte att dela",
            en: "the only study period of the file spans {days} days, {first} to {last}, and cannot be divided"),
        Message.send(
            .info,
            sv:
                "skolans uppgifter spänner över {days} dagar, {first} till {last}, och skickas i flera filer på olika dagar",
            en: "the school's records span {days} days, {first} to {last}, and go in several files on different days"),
    ]
    static let source = Source.refusals("Intervallet mellan första och sista dag i filen ska vara max 365 dagar.")
    static let broken = Example([:], ["startdatum": "2025-08-18", "slutdatum": "2025-12-19"])
    static let satisfied = Example([:], ["startdatum": "2026-01-12", "slutdatum": "2026-06-05"])
}
