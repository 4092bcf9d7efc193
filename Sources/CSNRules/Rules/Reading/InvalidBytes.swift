import CSN
import Findings

/// `invalid-bytes`: bytes that the encoding does not know, in a field that is used.
enum InvalidBytes: NoteRule {
    static let name: RuleName = "invalid-bytes"
    static let standing = Standing.repairOrHold
    static let heading = Heading.reading
    static let fields = FieldSet(
        .skolkod, .personnummer, .kurskod, .kursdel, .fardighetstraning, .omfattning, .poang, .niva, .startdatum,
        .slutdatum, .uppdragsutbildning, .traineejobb, .registrering, .meddelandeorsak, .handelsedatum, .betyg,
        .betygsdatum)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        outcome == .failed(.invalidBytes)
    }

    static let title = Text(
        sv: "Ett värde innehåller tecken som inte går att läsa.",
        en: "A value holds characters that cannot be read.")
    static let explanation = Text(
        sv: """
            Filen lästes i en teckenkodning som inte känner till några av värdets byte. Vad som stod där går inte att \
            veta, så posten hålls tillbaka.
            """,
        en: """
            The file was read in an encoding that does not know some of the value's bytes. What stood there cannot be \
            told, so the record is held.
            """)
    static let remedy = Text(
        sv: "Gör om exporten med teckenkodningen UTF-8, eller ange exportens teckenkodning i exportprofilen.",
        en: "Export again in the encoding UTF-8, or give the export's encoding in the export profile.")
    static let messages = [
        Message.hold(
            sv: """
                {field} innehåller tecken som filens teckenkodning inte känner till; gör om exporten i UTF-8 eller \
                ange teckenkodningen i profilen
                """,
            en: """
                {field} holds characters that the file's encoding does not know; export again in UTF-8 or give the \
                encoding in the profile
                """)
    ]
    static let source = Source.own(
        Text(
            sv: "Ett gissat tecken kan bli en annan kurs eller ett annat betyg.",
            en: "A guessed character may become another course or another grade."))
    static let broken = Example()
    static let satisfied = Example()
}
