import CSN
import Findings

/// `registrering-value` ●: J or N. A blank of an export is N in silence; in a finished file it fails.
enum RegistreringValue: NoteRule {
    static let name: RuleName = "registrering-value"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.registrering)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .registrering, case .failed(let problem) = outcome else { return false }
        return [.missing, .format, .range, .notAllowed, .tooLong, .unknown].contains(problem)
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int { note.value.isEmpty ? 1 : 0 }

    static let title = Text(
        sv: "Registrering är inte J eller N.",
        en: "The registration is not J or N.")
    static let explanation = Text(
        sv: """
            J intygar att den studerande har börjat kursen, N att hen inte har gjort det än. Ett ord som \
            exportprofilen inte känner till tolkas aldrig som J.
            """,
        en: """
            J certifies that the student has begun the course, N that this has not happened yet. A word that the \
            export profile does not know is never taken for J.
            """)
    static let remedy = Text(
        sv: """
            Rätta värdet i skolans system, eller lägg till ordet som står där bland ja- eller nejorden i \
            exportprofilen.
            """,
        en: """
            Correct the value in the school's system, or add the word that stands there to the words for yes or no of \
            the export profile.
            """)
    static let messages = [
        Message.hold(
            sv: "registrering ”{value}” är inte J eller N; rätta den eller lägg till ordet i exportprofilen",
            en: "registrering “{value}” is not J or N; correct it or add the word to the export profile"),
        Message.hold(
            sv: "registrering är tom; filen ska ha J (påbörjad) eller N",
            en: "registrering is blank; the file should have J (started) or N"),
    ]
    static let source = Source.refusals("Registrering (påbörjat studierna): Ska innehålla J eller N.")
    static let broken = Example(["registrering": "Kanske"])
    static let satisfied = Example(["registrering": "N"])
}
