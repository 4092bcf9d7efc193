import CSN
import Findings

/// `scope-in-study-aid-age`: H or D for a student in study-aid age on the first day of the course.
enum ScopeInStudyAidAge: RecordRule {
    static let name: RuleName = "scope-in-study-aid-age"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.omfattning, .personnummer, .startdatum)
    static let turn = Turn(.check, 360)
    static let inputs = FieldSet(.omfattning, .personnummer, .startdatum)

    /// Which message fits an omfattning on a course that begins on that day; nil for none.
    static func message(_ omfattning: Omfattning, of student: Personnummer, start: Day) -> Int? {
        guard StudyAidAge.holds(student, on: start) else { return nil }
        return omfattning == .full ? 0 : 1
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let omfattning = record.fields.omfattning, let student = record.personnummer,
            let start = record.startdatum, let message = message(omfattning, of: student, start: start)
        else { return }
        context.report(
            message, on: &record, at: .omfattning, value: omfattning.code,
            [Parameter("last", StudyAidAge.lastDay(of: student).description)])
    }

    static let title = Text(
        sv: "Omfattning rapporteras vanligtvis inte i studiehjälpsåldern.",
        en: "The extent of the studies is not normally reported in study-aid age.")
    static let explanation = Text(
        sv: """
            För den som har studiehjälp, till och med den 30 juni det år hen fyller 20, räknar CSN ut omfattningen av \
            poängen. H rapporteras bara när sjukdom eller funktionsnedsättning hindrar studier på heltid och CSN ska \
            utreda rätten till studiehjälp; D behövs inte. Raden skickas som den är.
            """,
        en: """
            For who has study aid, to 30 June of the year of turning 20, CSN works out the extent from the points. H \
            is reported only where illness or disability prevents full-time studies and CSN is to look into the right \
            to study aid; D is not needed. The row is sent as it is.
            """)
    static let remedy = Text(
        sv: "Ta bort omfattningen i skolans system, om inte H står där på grund av sjukdom eller funktionsnedsättning.",
        en: "Remove the extent in the school's system, unless an H stands there because of illness or disability.")
    static let messages = [
        Message.send(
            .warning,
            sv: "omfattning {value} i studiehjälpsåldern (till {last}): bara vid sjukdom eller funktionsnedsättning",
            en: "omfattning {value} in study-aid age (to {last}): only for illness or disability"),
        Message.send(
            .warning,
            sv: "omfattning {value} i studiehjälpsåldern (till {last}): CSN räknar ut den av poängen",
            en: "omfattning {value} in study-aid age (to {last}): CSN works it out from the points"),
    ]
    static let source = Source.handbook(
        """
        Du ska vanligtvis inte rapportera H (heltidsstuderande) eller D (deltidsstuderande) för yngre studerande med \
        studiehjälp.
        """)
    static let broken = Example(["personnummer": "20070101-9804", "omfattning": "D"])
    static let satisfied = Example(["personnummer": "20060101-9805", "omfattning": "D"])
}
