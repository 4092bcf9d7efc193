import CSN
import Findings

/// `flag-value` ○: färdighetsträning J, omfattning H or D, uppdragsutbildning U, traineejobb J, or blank.
enum FlagValue: NoteRule {
    static let name: RuleName = "flag-value"
    static let standing = Standing.ownFirm
    static let heading = Heading.field
    static let fields = FieldSet(.fardighetstraning, .omfattning, .uppdragsutbildning, .traineejobb)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard fields.contains(field), case .failed(let problem) = outcome else { return false }
        return [.missing, .format, .range, .notAllowed, .tooLong, .unknown].contains(problem)
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        switch note.field {
        case .omfattning: 1
        case .uppdragsutbildning: 2
        case .traineejobb: 3
        default: 0
        }
    }

    static let title = Text(
        sv: "En markering har ett värde som inte går att rapportera.",
        en: "A flag has a value that cannot be reported.")
    static let explanation = Text(
        sv: """
            Fälten färdighetsträning, omfattning, uppdragsutbildning och traineejobb tar ett bestämt tecken eller är \
            tomma. Ett okänt ord kan betyda både ja och nej, och det avgör vad den studerande har rätt till; därför \
            hålls posten.
            """,
        en: """
            The fields färdighetsträning, omfattning, uppdragsutbildning and traineejobb take a certain character or \
            are blank. An unknown word may mean yes or no, which decides what the student is entitled to; so the \
            record is held.
            """)
    static let remedy = Text(
        sv: "Rätta värdet i skolans system, eller lägg till ordet som står där bland fältets ord i exportprofilen.",
        en: """
            Correct the value in the school's system, or add the word that stands there to the field's words in the \
            export profile.
            """)
    static let messages = [
        Message.hold(
            sv: "färdighetsträning ”{value}” är varken J eller tomt; rätta det eller lägg till ordet i exportprofilen",
            en: "färdighetsträning “{value}” is neither J nor blank; correct it or add the word to the export profile"),
        Message.hold(
            sv: """
                omfattning ”{value}” är varken H (heltid), D (deltid) eller tomt; rätta det eller lägg till ordet i \
                exportprofilen
                """,
            en: """
                omfattning “{value}” is neither H (full time), D (part time) nor blank; correct it or add the word to \
                the export profile
                """),
        Message.hold(
            sv: """
                uppdragsutbildning ”{value}” är varken U eller tomt; rätta det eller lägg till ordet i exportprofilen
                """,
            en: """
                uppdragsutbildning “{value}” is neither U nor blank; correct it or add the word to the export profile
                """),
        Message.hold(
            sv: "traineejobb ”{value}” är varken J eller tomt; rätta det eller lägg till ordet i exportprofilen",
            en: "traineejobb “{value}” is neither J nor blank; correct it or add the word to the export profile"),
    ]
    static let source = Source.own(
        Text(
            sv: """
                Handboken anger fältens tecken (J, H, D, U), men CSN:s lista över felmeddelanden nämner dem inte; ett \
                annat tecken går inte att skriva.
                """,
            en: """
                The handbook gives the fields' characters (J, H, D, U), but CSN's list of refusals does not name them; \
                another character cannot be written.
                """))
    static let broken = Example(["omfattning": "K"])
    static let satisfied = Example(["omfattning": "H"])
}
