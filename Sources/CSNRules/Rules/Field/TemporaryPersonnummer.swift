import CSN
import Findings

/// `temporary-personnummer` ●: a temporary number (a letter in the serial, TF, reserve numbers) can never be reported
/// by file.
enum TemporaryPersonnummer: NoteRule {
    static let name: RuleName = "temporary-personnummer"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.personnummer)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .personnummer && outcome == .failed(.temporary)
    }

    static let title = Text(
        sv: "Personnumret är tillfälligt.",
        en: "The personnummer is temporary.")
    static let explanation = Text(
        sv: """
            Ett tillfälligt nummer, med till exempel T, R eller TF bland de fyra sista, har skolans system eller \
            vården gett personen. CSN tar bara emot riktiga personnummer och samordningsnummer på fil.
            """,
        en: """
            A temporary number, with T, R or TF among the last four for example, was given by the school's system or \
            by health care. CSN takes only real personnummer and samordningsnummer by file.
            """)
    static let remedy = Text(
        sv: """
            Byt till personens personnummer eller samordningsnummer i skolans system när det finns. Dessförinnan går \
            den studerande inte att rapportera på fil.
            """,
        en: """
            Change to the person's personnummer or samordningsnummer in the school's system once there is one. Until \
            then the student cannot be reported by file.
            """)
    static let messages = [
        Message.hold(
            sv: """
                personnumret är ett tillfälligt nummer, och CSN tar inte emot sådana på fil; byt till personnummer \
                eller samordningsnummer
                """,
            en: """
                the personnummer is a temporary number, which CSN does not take by file; change to the personnummer or \
                samordningsnummer
                """)
    ]
    static let source = Source.handbook("Det går alltså inte att skicka tillfälliga personnummer.")
    static let broken = Example(["personnummer": "19900101-TF10"])
    static let satisfied = Example(["personnummer": "19900101-9802"])
}
