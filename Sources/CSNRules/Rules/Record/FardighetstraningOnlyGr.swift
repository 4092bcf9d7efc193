import CSN
import Findings

/// `fardighetstraning-only-gr` ●: färdighetsträning J only on level GR.
enum FardighetstraningOnlyGr: RecordRule {
    static let name: RuleName = "fardighetstraning-only-gr"
    static let standing = Standing.refusal
    static let heading = Heading.record
    static let fields = FieldSet(.fardighetstraning, .niva)
    static let turn = Turn(.check, 190)
    static let inputs = FieldSet(.fardighetstraning, .niva)

    /// Whether färdighetsträning cannot stand on that level.
    static func breaks(fardighetstraning: Bool, on niva: Niva) -> Bool { fardighetstraning && niva != .gr }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let niva = record.niva, breaks(fardighetstraning: record.fields.fardighetstraning, on: niva) else {
            return
        }
        context.report(on: &record, at: .fardighetstraning, value: "J", [Parameter("niva", niva.code)])
    }

    static let title = Text(
        sv: "Färdighetsträning finns bara på grundläggande nivå.",
        en: "Färdighetsträning exists on basic level only.")
    static let explanation = Text(
        sv: """
            Färdighetsträning är studier i att läsa, skriva och räkna som motsvarar grundskolans årskurs 1–6. Den \
            finns bara på grundläggande nivå (GR), och CSN tar inte emot filen annars.
            """,
        en: """
            Färdighetsträning is study of reading, writing and arithmetic as in years 1–6 of grundskolan. It exists on \
            basic level (GR) only, and CSN refuses the file otherwise.
            """)
    static let remedy = Text(
        sv: "Ta bort markeringen för färdighetsträning i skolans system, eller rätta nivån om kursen är grundläggande.",
        en: """
            Remove the mark of färdighetsträning in the school's system, or mend the level if the course is on basic \
            level.
            """)
    static let messages = [
        Message.hold(
            sv: "färdighetsträning {value} på en kurs med nivå {niva}; det finns bara på GR",
            en: "färdighetsträning {value} on a course of niva {niva}; it exists on GR only")
    ]
    static let source = Source.refusals("Om färdighetsträning är J ska värdet för nivå vara GR.")
    static let broken = Example(["fardighetstraning": "J"])
    static let satisfied = Example(
        ["kurskod": "GRNMAT2", "poang": "600", "niva": "GR", "fardighetstraning": "J"])
}
