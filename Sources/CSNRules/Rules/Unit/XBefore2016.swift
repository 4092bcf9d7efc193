import CSN
import Findings

/// `x-before-2016`: a basic course that was reported with X before 2016-07-01 and has been passed since.
///
/// The page asks when the X was *reported*; an export says when it was given. That the day of the X stands for the day
/// of the report is our reading.
enum XBefore2016: StudentRule {
    static let name: RuleName = "x-before-2016"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.betyg, .betygsdatum)
    // The course and what it was passed as lie in several study periods, so it asks the whole student.
    static let turn = Turn(.check, 75)
    static let concerns: RecordTraits = .grade
    static let inputs: FieldSet = []

    /// 2016-07-01.
    static let formEnds = Day(number: 16_983)

    /// Whether such a grade may need CSN's form.
    static func breaks(_ betyg: Betyg, on date: Day) -> Bool { betyg == .x && date < formEnds }

    static func apply(to student: inout StudentRecords, _ context: inout RuleContext) {
        for unit in student.units.indices {
            for index in student.units[unit].present where student.units[unit].records[index].betyg == .x {
                let record = student.units[unit].records[index]
                guard record.failed.isDisjoint(with: fields), let betyg = record.betyg, let date = record.betygsdatum,
                    record.niva == .gr, breaks(betyg, on: date), let pass = firstPass(of: record, in: student)
                else { continue }
                context.report(
                    on: &student.units[unit].records[index], at: .betyg, value: betyg.code,
                    [
                        Parameter("date", date.description), Parameter("other", pass.betyg?.code ?? ""),
                        Parameter("otherDate", pass.betygsdatum?.description ?? ""),
                    ] + Parameter.line(of: pass.fields.origin, seenFrom: record.fields.origin))
            }
        }
    }

    /// The first record on which the course was passed after the day of the X.
    private static func firstPass(of record: Record, in student: StudentRecords) -> Record? {
        guard let date = record.betygsdatum, record.course != nil else { return nil }
        let passes = student.units.flatMap { unit in unit.present.map { unit.records[$0] } }.filter { other in
            guard let betyg = other.betyg, let day = other.betygsdatum else { return false }
            return other.course == record.course && date < day && betyg.isPass(on: day)
        }
        return passes.min { ($0.betygsdatum?.number ?? 0) < ($1.betygsdatum?.number ?? 0) }
    }

    static let title = Text(
        sv: "Ett X från tiden före den 1 juli 2016 på en kurs som senare är godkänd.",
        en: "An X from before 1 July 2016 on a course that has been passed since.")
    static let explanation = Text(
        sv: """
            Har en kurs på grundläggande nivå rapporterats med X före den 1 juli 2016 och är den godkänd senare, ska X \
            ändras i skolans system. Går det inte behöver CSN en blankett, som finns på deras sida om \
            studeranderapportering för komvux. csnfil går efter betygsdatum, för exporten säger inte när X \
            rapporterades. Raderna skickas som de är.
            """,
        en: """
            Where a course on basic level was reported with X before 1 July 2016 and has been passed since, the X is to \
            be changed in the school's system. Where that cannot be done CSN needs a form, which is on its page about \
            reporting from komvux. csnfil goes by the date of the grade, because the export does not say when the X was \
            reported. The rows are sent as they are.
            """)
    static let remedy = Text(
        sv: "Ändra X i skolans system. Går det inte, skicka CSN:s blankett för X före den 1 juli 2016.",
        en: "Change the X in the school's system. If that is not possible, send CSN's form for X before 1 July 2016.")
    static let messages = [
        Message.send(
            .warning,
            sv: "betyg {value} från {date}, och kursen är godkänd med {other} ({otherDate}) på rad {line}",
            en: "betyg {value} of {date}, and the course is passed with {other} ({otherDate}) on line {line}")
    ]
    static let source = Source.handbook(
        """
        Det ska du göra om den studerande vid ett senare tillfälle har fått ett godkänt betyg på samma kurs och du inte \
        kan ändra det rapporterade betyget i ditt eget system.
        """)
    private static let course = ["kurskod": "GRNMAT2", "poang": "600", "niva": "GR"]
    private static func row(_ start: String, _ betyg: String, _ date: String) -> [String: String] {
        course.merging(["startdatum": start, "slutdatum": date, "betyg": betyg, "betygsdatum": date]) { $1 }
    }
    static let broken = Example(
        row("2016-01-11", "X", "2016-06-30"), row("2016-08-15", "E", "2016-12-16"), today: "2016-12-19")
    static let satisfied = Example(
        row("2016-01-11", "X", "2016-07-01"), row("2016-08-15", "E", "2016-12-16"), today: "2016-12-19")
}
