import CSN
import Findings

/// `poang-missing`: blank points are taken from the register when the course is there and undivided.
enum PoangMissing: FieldRule {
    static let name: RuleName = "poang-missing"
    static let standing = Standing.repairOrHold
    static let heading = Heading.field
    static let fields = FieldSet(.poang)
    static let turn = Turn(.repair, 190)
    static let inputs = FieldSet(.poang, .kurskod, .kursdel)

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard candidate.poang == nil, let course = candidate.course, let kursdel = candidate.kursdel else { return }
        let code = Parameter("kurskod", context.settings.courses[course].code)
        guard kursdel.isWhole else {
            context.report(1, on: &candidate, at: .poang, [code, Parameter("kursdel", String(kursdel.number))])
            return
        }
        guard let points = context.facts(of: course).points else {
            context.report(2, on: &candidate, at: .poang, [code])
            return
        }
        let action = context.report(
            0, on: &candidate, at: .poang, [Parameter(Parameter.became, String(points)), code])
        if action == .repair { candidate.poang = points }
    }

    static let title = Text(
        sv: "Poäng saknas.",
        en: "The points are missing.")
    static let explanation = Text(
        sv: """
            Läser den studerande hela kursen (1:1) och registret har kursens poäng skrivs de. Hur poängen fördelas på \
            delarna av en delad kurs, och vad en lokal kurs ger, vet bara skolan.
            """,
        en: """
            Where the student reads the whole course (1:1) and the register has its points, those are written. How the \
            points are spread over the parts of a divided course, and what a local course gives, only the school \
            knows.
            """)
    static let remedy = Text(
        sv: "Fyll i poängen för kursen, eller för den del den studerande läser, i skolans system.",
        en: "Fill in the points of the course, or of the part that the student reads, in the school's system.")
    static let messages = [
        Message.repair(
            sv: "poäng är tomt och skrivs {became}, som registret har för {kurskod}",
            en: "poäng is blank and is written {became}, which the register has for {kurskod}"),
        Message.hold(
            sv: "poäng är tomt, och {kurskod} läses i delar ({kursdel}); fyll i hur många poäng delen ger",
            en: "poäng is blank, and {kurskod} is read in parts ({kursdel}); fill in how many points the part gives"),
        Message.hold(
            sv: "poäng är tomt, och registret har ingen poäng för {kurskod}; fyll i den i skolans system",
            en: "poäng is blank, and the register has no points for {kurskod}; fill them in in the school's system"),
    ]
    static let source = Source.handbook(
        """
        Vi behöver uppgifter om hur många verksamhets- eller gymnasiepoäng en kurs ger rätt till för varje separat \
        kurs som den studerande är antagen till.
        """)
    static let broken = Example(["poang": ""])
    static let satisfied = Example(["poang": "100"])
}
