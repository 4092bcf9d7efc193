import CSN
import Findings

/// `niva-missing`: a blank level is taken from the register when the course is there.
enum NivaMissing: FieldRule {
    static let name: RuleName = "niva-missing"
    static let standing = Standing.repairOrHold
    static let heading = Heading.field
    static let fields = FieldSet(.niva)
    static let turn = Turn(.repair, 220)
    static let inputs = FieldSet(.niva, .kurskod)

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard candidate.niva == nil, let course = candidate.course else { return }
        let code = Parameter("kurskod", context.settings.courses[course].code)
        guard let niva = context.facts(of: course).niva else {
            context.report(1, on: &candidate, at: .niva, [code])
            return
        }
        let action = context.report(0, on: &candidate, at: .niva, [Parameter(Parameter.became, niva.code), code])
        if action == .repair { candidate.niva = niva }
    }

    static let title = Text(
        sv: "Nivå saknas.",
        en: "The level is missing.")
    static let explanation = Text(
        sv: """
            Kurskoden avgör nivån för en kurs som finns i registret, och den skrivs. För andra kurser vet bara skolan \
            om de är grundläggande eller gymnasiala.
            """,
        en: """
            The course code decides the level of a course that is in the register, and that is written. Of other \
            courses only the school knows whether they are basic or upper secondary.
            """)
    static let remedy = Text(
        sv: "Fyll i GR eller GY för kursen i skolans system eller i skolans kurslista.",
        en: "Fill in GR or GY for the course in the school's system or in the school's course list.")
    static let messages = [
        Message.repair(
            sv: "nivå är tom och skrivs {became}, som registret har för {kurskod}",
            en: "nivå is blank and is written {became}, which the register has for {kurskod}"),
        Message.hold(
            sv: "nivå är tom, och registret har ingen nivå för {kurskod}; fyll i GR eller GY",
            en: "nivå is blank, and the register has no level for {kurskod}; fill in GR or GY"),
    ]
    static let source = Source.refusals("Niva: Ska innehålla ett av följande värde: GR, GY eller PU.")
    static let broken = Example(["niva": ""])
    static let satisfied = Example(["niva": "GY"])
}
