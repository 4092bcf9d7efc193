import CSN
import Findings

/// `meddelandeorsak-value` ●: 31, 32, 81, 99 or blank. CSN's list names 81 and 99 alone, and elsewhere gives 31 and 32
/// an age limit: all four are taken.
enum MeddelandeorsakValue: NoteRule {
    static let name: RuleName = "meddelandeorsak-value"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.meddelandeorsak)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .meddelandeorsak, case .failed(let problem) = outcome else { return false }
        return [.missing, .format, .range, .notAllowed, .tooLong, .unknown].contains(problem)
    }

    static let title = Text(
        sv: "Meddelandeorsak är inte 31, 32, 81 eller 99.",
        en: "The meddelandeorsak is not 31, 32, 81 or 99.")
    static let explanation = Text(
        sv: """
            31 är frånvaro börjar, 32 frånvaro upphör, 81 ej påbörjat studierna och 99 avbrott. Andra koder och ord \
            som exportprofilen inte känner till går inte att rapportera.
            """,
        en: """
            31 is absence begins, 32 absence ends, 81 studies not started and 99 drop-out. Other codes, and words that \
            the export profile does not know, cannot be reported.
            """)
    static let remedy = Text(
        sv: "Rätta händelsen i skolans system, eller lägg till ordet som står där bland händelserna i exportprofilen.",
        en: """
            Correct the event in the school's system, or add the word that stands there to the events of the export \
            profile.
            """)
    static let messages = [
        Message.hold(
            sv: """
                meddelandeorsak ”{value}” är inte 31, 32, 81 eller 99; rätta den eller lägg till ordet bland profilens \
                händelser
                """,
            en: """
                meddelandeorsak “{value}” is not 31, 32, 81 or 99; correct it or add the word to the profile's events
                """)
    ]
    static let source = Source.refusals("Meddelandeorsak: Ska innehålla ett numerisk värde som är 81 eller 99.")
    static let broken = Example(["meddelandeorsak": "98", "handelsedatum": "2026-10-12"])
    static let satisfied = Example(["meddelandeorsak": "99", "handelsedatum": "2026-10-12"])
}
