import CSN
import Findings

/// `niva-differs`: not the national course's level. PU is `niva-retired`'s.
enum NivaDiffers: FieldRule {
    static let name: RuleName = "niva-differs"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.niva, .kurskod)
    static let turn = Turn(.check, 240)
    static let inputs = FieldSet(.niva, .kurskod)

    /// Whether the level is another than the course's, as the register or else the form of the code tells it.
    static func breaks(_ niva: Niva, facts: CourseFacts) -> Bool {
        guard !NivaRetired.breaks(niva), let national = facts.nationalNiva else { return false }
        return niva != national
    }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let niva = candidate.niva, let course = candidate.course else { return }
        let facts = context.facts(of: course)
        guard breaks(niva, facts: facts) else { return }
        context.report(
            on: &candidate, at: .niva, value: niva.code,
            [
                Parameter("national", facts.nationalNiva?.code ?? ""),
                Parameter("kurskod", context.settings.courses[course].code),
            ])
    }

    static let title = Text(
        sv: "Nivån är inte kursens.",
        en: "The level is not the course's.")
    static let explanation = Text(
        sv: """
            Kurskoden säger en annan nivå än raden. CSN räknar samman poängen för varje nivå, så fel nivå ger fel \
            omfattning. Raden skickas som den är.
            """,
        en: """
            The course code says another level than the row. CSN adds up the points of each level, so a wrong level \
            gives a wrong extent. The row is sent as it is.
            """)
    static let remedy = Text(
        sv: "Rätta nivån, eller kurskoden om det är den som är fel, i skolans system.",
        en: "Mend the level, or the course code if that is what is wrong, in the school's system.")
    static let messages = [
        Message.send(
            .warning,
            sv: "nivå {value} på {kurskod}, som är en kurs på {national}",
            en: "nivå {value} on {kurskod}, which is a course on {national}")
    ]
    static let source = Source.handbook(
        """
        Vi räknar alltså samman den totala poängen per nivå och tittar sedan på hur många veckor den studerande läser \
        genom att utgå från det tidigaste startdatumet och det senaste slutdatumet på kurserna.
        """)
    static let broken = Example(["niva": "GR"])
    static let satisfied = Example(["kurskod": "GRNMAT2", "poang": "600", "niva": "GR"])
}

extension CourseFacts {
    /// The course's level: as the register or the school says it, else as the form of its code tells.
    var nationalNiva: Niva? { niva ?? family?.niva }
}
