import CSN
import Findings

/// `grade-before-start` ○: betygsdatum must not be before startdatum.
enum GradeBeforeStart: RecordRule {
    static let name: RuleName = "grade-before-start"
    static let standing = Standing.own
    static let heading = Heading.record
    static let fields = FieldSet(.startdatum, .betygsdatum)
    static let turn = Turn(.check, 230)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.startdatum, .betygsdatum)

    /// Whether the dates break the rule.
    static func breaks(start: Day, betygsdatum: Day) -> Bool { betygsdatum < start }

    /// Whether a record breaks it: asked by `started-before-course` too, which says nothing then.
    static func applies(to record: Record) -> Bool {
        guard let start = record.startdatum, let date = record.betygsdatum else { return false }
        return breaks(start: start, betygsdatum: date)
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard applies(to: record) else { return }
        context.report(
            on: &record, at: .betygsdatum, value: record.betygsdatum?.description ?? "",
            [Parameter("startdatum", record.startdatum?.description ?? "")])
    }

    static let title = Text(
        sv: "Betygsdatum är före startdatum.",
        en: "The date of the grade is before the start date.")
    static let explanation = Text(
        sv: """
            Ett betyg kan inte sättas innan den studerande har börjat kursen. Antingen är ett av datumen fel, eller så \
            hör betyget till en tidigare omgång av kursen, eller så är raden en prövning som inte är märkt som en.
            """,
        en: """
            A grade cannot be given before the student has begun the course. Either one of the dates is wrong, or the \
            grade belongs to an earlier round of the course, or the row is an examination that is not marked as one.
            """)
    static let remedy = Text(
        sv: "Rätta startdatum eller betygsdatum i skolans system, eller märk raden som prövning om den är det.",
        en: """
            Mend the start date or the date of the grade in the school's system, or mark the row as an examination if \
            it is one.
            """)
    static let messages = [
        Message.hold(
            sv: "betygsdatum {value} är före startdatum {startdatum}",
            en: "betygsdatum {value} is before startdatum {startdatum}")
    ]
    static let source = Source.own(
        Text(
            sv: "Det går inte att veta vilket av datumen som är rätt, och båda avgör vad den studerande får för stöd.",
            en: "Nobody can tell which of the dates is right, and both decide what aid the student gets."))
    static let broken = Example(["slutdatum": "2026-08-17", "betyg": "C", "betygsdatum": "2026-08-16"])
    static let satisfied = Example(["slutdatum": "2026-08-17", "betyg": "C", "betygsdatum": "2026-08-17"])
}
