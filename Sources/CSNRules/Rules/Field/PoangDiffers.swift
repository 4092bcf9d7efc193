import CSN
import Findings

/// `poang-differs`: not the national course's points, on a course read as a whole.
enum PoangDiffers: FieldRule {
    static let name: RuleName = "poang-differs"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.poang, .kurskod, .kursdel)
    static let turn = Turn(.check, 200)
    static let inputs = FieldSet(.poang, .kurskod, .kursdel)

    /// Whether points other than the course's stand on the whole course. A part has its own points, which
    /// `poang-parts` adds up.
    static func breaks(_ points: Int, national: Int?, kursdel: Kursdel) -> Bool {
        kursdel.isWhole && national != nil && national != points
    }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let points = candidate.poang, let kursdel = candidate.kursdel, let course = candidate.course else {
            return
        }
        let national = context.facts(of: course).points
        guard let national, breaks(points, national: national, kursdel: kursdel) else { return }
        context.report(
            on: &candidate, at: .poang, value: String(points),
            [
                Parameter("national", String(national)),
                Parameter("kurskod", context.settings.courses[course].code),
            ])
    }

    static let title = Text(
        sv: "Poängen är inte kursens.",
        en: "The points are not the course's.")
    static let explanation = Text(
        sv: """
            På en kurs som läses som helhet (1:1) står andra poäng än registret har för kursen. CSN räknar ut \
            studiernas omfattning av poängen, så fel poäng ger fel studiestöd. Är det en delkurs som rektorn har \
            beslutat om kan poängen vara rätt; skolan kan då lägga in den som delkurs i sin courses.csv.
            """,
        en: """
            A course read as a whole (1:1) has other points than the register has for it. CSN works out the extent of \
            the studies from the points, so wrong points give wrong aid. Where it is a delkurs that the rektor has \
            decided the points may be right; the school can then add it as a delkurs to its courses.csv.
            """)
    static let remedy = Text(
        sv: "Rätta poängen i skolans system, eller kursdelen om den studerande bara läser en del av kursen.",
        en: "Mend the points in the school's system, or the kursdel if the student reads only a part of the course.")
    static let messages = [
        Message.send(
            .warning,
            sv: "poäng {value} på hela kursen {kurskod}, som ger {national} poäng",
            en: "poäng {value} on the whole course {kurskod}, which gives {national} points")
    ]
    static let source = Source.handbook(
        """
        Vi behöver uppgifter om hur många verksamhets- eller gymnasiepoäng en kurs ger rätt till för varje separat \
        kurs som den studerande är antagen till.
        """)
    static let broken = Example(["poang": "99"])
    static let satisfied = Example(["poang": "50", "kursdel": "12"])
}
