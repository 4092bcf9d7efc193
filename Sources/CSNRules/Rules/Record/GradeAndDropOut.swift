import CSN
import Findings

/// `grade-and-drop-out`: a course with both a grade and a 99.
enum GradeAndDropOut: RecordRule {
    static let name: RuleName = "grade-and-drop-out"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .meddelandeorsak)
    static let turn = Turn(.check, 290)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .meddelandeorsak)

    /// Whether the grade speaks against a drop-out. A "-" says itself that the student was not graded.
    static func breaks(_ betyg: Betyg) -> Bool { betyg != .notGraded }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let betyg = record.betyg, breaks(betyg),
            let event = record.events.first(where: { $0.orsak == .dropOut })
        else { return }
        context.report(
            on: &record, at: .betyg, from: event.origin, value: betyg.code,
            [Parameter("date", event.date?.description ?? "–")])
    }

    static let title = Text(
        sv: "Kursen har både betyg och avbrott.",
        en: "The course has both a grade and a drop-out.")
    static let explanation = Text(
        sv: """
            Den som avbrutit en kurs får sällan betyg på den. Ibland stämmer båda (ett F till den som slutat komma), \
            men ofta har det ena blivit kvar av misstag. Raden skickas som den är.
            """,
        en: """
            Who has broken a course off is seldom graded on it. Sometimes both are right (an F for who stopped \
            coming), but often one of them was left there by mistake. The row is sent as it is.
            """)
    static let remedy = Text(
        sv: "Ta bort avbrottet om den studerande fullföljde kursen, annars betyget, i skolans system.",
        en: "Remove the drop-out if the student completed the course, else the grade, in the school's system.")
    static let messages = [
        Message.send(
            .warning,
            sv: "betyg {value} på en kurs med avbrott (99) den {date}; vilket gäller?",
            en: "betyg {value} on a course with a drop-out (99) on {date}; which is right?")
    ]
    static let source = Source.own(
        Text(
            sv: "Ett avbrott och ett betyg på samma kurs ger CSN två besked om hur studierna slutade.",
            en: "A drop-out and a grade on the same course tell CSN two things about how the studies ended."))
    private static let row = [
        "slutdatum": "2026-11-20", "meddelandeorsak": "99", "handelsedatum": "2026-10-12",
    ]
    static let broken = Example(row.merging(["betyg": "F", "betygsdatum": "2026-11-20"]) { $1 })
    static let satisfied = Example(row)
}
