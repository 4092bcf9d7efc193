import CSN
import Findings

/// `ungraded-course-graded`: a grade on a course that is never graded is left out, with its date. Its turn comes before
/// `betyg-value`: nobody is asked to mend the spelling of a grade that does not go.
enum UngradedCourseGraded: FieldRule {
    static let name: RuleName = "ungraded-course-graded"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.kurskod, .betyg, .betygsdatum)
    static let turn = Turn(.drop, 200)
    static let inputs = FieldSet(.kurskod)

    /// Whether the grade is one too many. `hasGrade`: one stands there, readable or not.
    static func breaks(isUngraded: Bool, hasGrade: Bool) -> Bool { isUngraded && hasGrade }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        let isUnreadable = candidate.failed.contains(.betyg)
        // In a finished file an unreadable grade is CSN's reason to refuse it, whatever the course.
        guard candidate.betyg != nil || isUnreadable, !(isUnreadable && context.isCheck),
            breaks(isUngraded: context.facts(of: candidate.course).isUngraded, hasGrade: true)
        else { return }
        let action = context.report(
            isUnreadable ? 1 : 0, on: &candidate, at: .betyg, value: candidate.betyg?.code ?? "")
        guard action == .drop else { return }
        candidate.betyg = nil
        candidate.betygsdatum = nil
        candidate.failed.subtract(FieldSet(.betyg, .betygsdatum))
    }

    static let title = Text(
        sv: "Betyg på en kurs som inte betygsätts.",
        en: "A grade on a course that is not graded.")
    static let explanation = Text(
        sv: """
            Orienteringskurser och individuella kurser betygsätts inte; CSN räknar dem som godkända när de är slutförda. \
            csnfil känner dem på registret eller på skolans egen kurslista, aldrig på namnet, och skickar varken \
            betyget eller betygsdatum.
            """,
        en: """
            Orientation courses and individual courses are not graded; CSN counts them as passed when they are \
            completed. csnfil knows them by the register or by the school's own list of courses, never by name, and \
            sends neither the grade nor its date.
            """)
    static let remedy = Text(
        sv: """
            Ta bort betyget i skolans system. Är det en vanlig kurs som betygsätts, rätta kurskoden eller skolans \
            kurslista.
            """,
        en: """
            Remove the grade in the school's system. If it is an ordinary course that is graded, mend the course code \
            or the school's list of courses.
            """)
    static let messages = [
        Message.drop(
            sv: "betyg {value} skickas inte: kursen betygsätts inte",
            en: "betyg {value} is not sent: the course is not graded"),
        Message.drop(
            sv: "det som står som betyg går inte att läsa och skickas inte: kursen betygsätts inte",
            en: "what stands as the grade cannot be read and is not sent: the course is not graded"),
    ]
    static let source = Source.handbook(
        "Du ska inte rapportera betyg på orienteringskurser och individuella kurser, eftersom dessa kurser inte betygsätts."
    )
    private static let course = ["kurskod": "GRNORI21B", "niva": "GR", "slutdatum": "2026-11-20"]
    static let broken = Example(course.merging(["betyg": "C", "betygsdatum": "2026-11-20"]) { $1 })
    static let satisfied = Example(course)
}
