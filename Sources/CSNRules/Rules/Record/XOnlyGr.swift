import CSN
import Findings

/// `x-only-gr` ●: the grade X only on level GR.
enum XOnlyGr: RecordRule {
    static let name: RuleName = "x-only-gr"
    static let standing = Standing.refusal
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .niva)
    static let turn = Turn(.check, 170)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .niva)

    /// Whether the grade cannot stand on that level.
    static func breaks(_ betyg: Betyg, on niva: Niva) -> Bool { betyg == .x && niva != .gr }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let betyg = record.betyg, let niva = record.niva, breaks(betyg, on: niva) else { return }
        context.report(on: &record, at: .betyg, value: betyg.code, [Parameter("niva", niva.code)])
    }

    static let title = Text(
        sv: "Betyget X finns bara på grundläggande nivå.",
        en: "The grade X exists on basic level only.")
    static let explanation = Text(
        sv: """
            X betyder att en kurs på grundläggande nivå (GR) som rapporterats som 1:1 fortsätter ännu en studieperiod. \
            På GY och PU finns det inte, och CSN tar inte emot filen.
            """,
        en: """
            X means that a course on basic level (GR) that was reported as 1:1 goes on for another study period. On GY \
            and PU it does not exist, and CSN refuses the file.
            """)
    static let remedy = Text(
        sv: """
            Är kursen grundläggande, rätta nivån i skolans system. Annars ta bort X: en gymnasial kurs som fortsätter \
            delas i kursdelar (1:2, 2:2).
            """,
        en: """
            If the course is on basic level, mend the level in the school's system. Otherwise remove the X: a course \
            on upper secondary level that goes on is divided into parts (1:2, 2:2).
            """)
    static let messages = [
        Message.hold(
            sv: "betyget {value} på en kurs med nivå {niva}; det finns bara på GR",
            en: "grade {value} on a course of niva {niva}; it exists on GR only")
    ]
    static let source = Source.refusals("Om betyg är X ska kursnivå vara GR.")
    static let broken = Example(["betyg": "X", "betygsdatum": "2026-11-20"])
    static let satisfied = Example(
        ["kurskod": "GRNMAT2", "poang": "600", "niva": "GR", "betyg": "X", "betygsdatum": "2026-11-20"])
}
