import CSN
import Findings

/// `niva-value` ●: GR, GY or PU. A blank is this rule's in a finished file only.
enum NivaValue: NoteRule {
    static let name: RuleName = "niva-value"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.niva)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .niva, case .failed(let problem) = outcome else { return false }
        return [.missing, .format, .range, .notAllowed, .tooLong, .unknown].contains(problem)
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int { note.value.isEmpty ? 1 : 0 }

    static let title = Text(
        sv: "Nivå är inte GR, GY eller PU.",
        en: "The level is not GR, GY or PU.")
    static let explanation = Text(
        sv: """
            GR är grundläggande och GY gymnasial vuxenutbildning. PU tas fortfarande emot men används inte längre. Ord \
            som KV eller VUX säger inte vilken nivå det är.
            """,
        en: """
            GR is basic and GY upper secondary adult education. PU is still taken but no longer used. Words such as KV \
            or VUX do not say which level it is.
            """)
    static let remedy = Text(
        sv: """
            Sätt nivån på kursen i skolans system, eller lägg till ordet som står där bland nivåerna i exportprofilen.
            """,
        en: """
            Set the level of the course in the school's system, or add the word that stands there to the levels of the \
            export profile.
            """)
    static let messages = [
        Message.hold(
            sv: "nivå ”{value}” är inte GR, GY eller PU; rätta den eller lägg till ordet i exportprofilen",
            en: "nivå “{value}” is not GR, GY or PU; correct it or add the word to the export profile"),
        Message.hold(
            sv: "nivå är tom; den ska vara GR, GY eller PU",
            en: "nivå is blank; it should be GR, GY or PU"),
    ]
    static let source = Source.refusals("Niva: Ska innehålla ett av följande värde: GR, GY eller PU.")
    static let broken = Example(["niva": "YH"])
    static let satisfied = Example(["niva": "GY"])
}
