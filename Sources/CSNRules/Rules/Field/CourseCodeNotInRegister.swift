import CSN
import Findings

/// `course-code-not-in-register`: of a national family's form, but not in our register, which has known holes.
enum CourseCodeNotInRegister: FieldRule {
    static let name: RuleName = "course-code-not-in-register"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.kurskod)
    static let turn = Turn(.check, 120)
    static let inputs = FieldSet(.kurskod)

    /// Whether nothing but the form of the code speaks for it. A local course that the school has approved has no
    /// national form to speak of, and a code without one is `unknown-course-code`'s.
    static func breaks(_ facts: CourseFacts) -> Bool { !facts.isInRegister && facts.family != nil }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let course = candidate.course, breaks(context.facts(of: course)) else { return }
        context.report(on: &candidate, at: .kurskod, value: context.settings.courses[course].code)
    }

    static let title = Text(
        sv: "Kurskoden har en nationell kods form men finns inte i csnfils register.",
        en: "The course code has the form of a national one but is not in csnfil's register.")
    static let explanation = Text(
        sv: """
            Registret har kända luckor: grundläggande kurser från 2025 (VGR…), komvuxarbete, individuella kurser. \
            Koden skickas därför som den är, men csnfil kan inte se om den är felskriven och vet varken kursens poäng \
            eller nivå.
            """,
        en: """
            The register has known holes: basic courses from 2025 on (VGR…), komvuxarbete, individual courses. The \
            code is therefore sent as it is, but csnfil cannot see whether it is mistyped and knows neither the \
            course's points nor its level.
            """)
    static let remedy = Text(
        sv: """
            Kontrollera koden mot Skolverkets kurskoder. Är den rätt kan skolan lägga in den med poäng och nivå i sin \
            courses.csv, så slutar varningen.
            """,
        en: """
            Check the code against Skolverket's course codes. If it is right the school can add it with points and \
            level to its courses.csv, and the warning ends.
            """)
    static let messages = [
        Message.send(
            .warning,
            sv: "kurskod {value} har en nationell kods form men finns inte i registret; kontrollera att den är rätt",
            en: "kurskod {value} has the form of a national code but is not in the register; check that it is right")
    ]
    static let source = Source.handbook("Med kurskod menas de nationella kurskoder som Skolverket har fastställt.")
    static let broken = Example(["kurskod": "VGRSVE1", "niva": "GR"])
    static let satisfied = Example(["kurskod": "GRNMAT2", "poang": "600", "niva": "GR"])
}
