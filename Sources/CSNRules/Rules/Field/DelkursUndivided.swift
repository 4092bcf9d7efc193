import CSN
import Findings

/// `delkurs-undivided`: a delkurs, national (GRNMATA–D) or the school's own, is reported as 1:1.
/// A blank kursdel is `kursdel-missing`'s.
enum DelkursUndivided: FieldRule {
    static let name: RuleName = "delkurs-undivided"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.kursdel, .kurskod)
    static let turn = Turn(.repair, 140)
    static let inputs = FieldSet(.kurskod, .kursdel)

    /// Whether a course of that kind needs another kursdel.
    static func breaks(isDelkurs: Bool, kursdel: Kursdel) -> Bool { isDelkurs && !kursdel.isWhole }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let kursdel = candidate.kursdel, let course = candidate.course,
            breaks(isDelkurs: context.facts(of: course).isDelkurs, kursdel: kursdel)
        else { return }
        let action = context.report(
            on: &candidate, at: .kursdel, value: String(kursdel.number),
            [
                Parameter(Parameter.became, String(Kursdel.whole.number)),
                Parameter("kurskod", context.settings.courses[course].code),
            ])
        if action == .repair { candidate.kursdel = .whole }
    }

    static let title = Text(
        sv: "En delkurs rapporteras som 1:1.",
        en: "A delkurs is reported as 1:1.")
    static let explanation = Text(
        sv: """
            En delkurs har egen kurskod och eget betyg och är avslutad i sig. CSN vill ha den som 1:1 för att kunna \
            pröva studieresultaten, inte som del av den längre kursen. csnfil skriver därför 1:1.
            """,
        en: """
            A delkurs has a course code and a grade of its own and is complete in itself. CSN wants it as 1:1 to be \
            able to assess study results, not as a part of the longer course. csnfil therefore writes 1:1.
            """)
    static let remedy = Text(
        sv: "Inget behöver göras. Sätt kursdel till 1:1 för delkursen i skolans system för att slippa meddelandet.",
        en: """
            Nothing needs to be done. Set the course part of the delkurs to 1:1 in the school's system to be rid of \
            the message.
            """)
    static let messages = [
        Message.repair(
            sv: "kursdel {value} skrivs {became}: {kurskod} är en delkurs, och delkurser rapporteras som 1:1",
            en: "kursdel {value} is written {became}: {kurskod} is a delkurs, and those are reported as 1:1")
    ]
    static let source = Source.handbook("Rapportera delkursen som 1:1 för att CSN ska kunna pröva studieresultaten.")
    static let broken = Example(["kurskod": "GRNMATA", "niva": "GR", "kursdel": "14"])
    static let satisfied = Example(["kurskod": "GRNMATA", "niva": "GR", "kursdel": "11"])
}
