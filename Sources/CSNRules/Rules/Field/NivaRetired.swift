import CSN
import Findings

/// `niva-retired`: PU, which CSN's file check still takes, but which the handbook no longer has.
enum NivaRetired: FieldRule {
    static let name: RuleName = "niva-retired"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.niva)
    static let turn = Turn(.check, 230)
    static let inputs = FieldSet(.niva)

    /// Whether the level is no longer used.
    static func breaks(_ niva: Niva) -> Bool { niva == .pu }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let niva = candidate.niva, breaks(niva) else { return }
        context.report(on: &candidate, at: .niva, value: niva.code)
    }

    static let title = Text(
        sv: "Nivån PU används inte längre.",
        en: "The level PU is no longer used.")
    static let explanation = Text(
        sv: """
            PU var påbyggnadsutbildning. CSN:s filkontroll tar fortfarande emot det, men handboken har bara GR och GY \
            kvar. Raden skickas som den är.
            """,
        en: """
            PU was supplementary education (påbyggnadsutbildning). CSN's check of the file still takes it, but the \
            handbook has only GR and GY left. The row is sent as it is.
            """)
    static let remedy = Text(
        sv: "Sätt kursens nivå till GR eller GY i skolans system.",
        en: "Set the course's level to GR or GY in the school's system.")
    static let messages = [
        Message.send(
            .warning,
            sv: "nivå {value} används inte längre; ska den vara GR eller GY?",
            en: "nivå {value} is no longer used; should it be GR or GY?")
    ]
    static let source = Source.own(
        Text(
            sv: "Handbokens lista över nivåer har bara GR och GY; PU står kvar endast bland orsakerna till fel.",
            en: "The handbook's list of levels has only GR and GY; PU is left among the reasons for refusal alone."))
    static let broken = Example(["niva": "PU"])
    static let satisfied = Example(["niva": "GY"])
}
