import CSN
import Findings

/// `unknown-school` ○: the export's school id is in no mapping and no skolkod.
enum UnknownSchool: NoteRule {
    static let name: RuleName = "unknown-school"
    static let standing = Standing.ownFirm
    static let heading = Heading.field
    static let fields = FieldSet(.skolkod)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .skolkod && outcome == .failed(.unknown)
    }

    /// A blank school of a finished file is `skolkod-range`.
    static func claims(_ field: Field, _ outcome: FieldNote.Outcome, in purpose: RuleSettings.Purpose) -> Bool {
        claims(field, outcome) || (purpose == .convert && field == .skolkod && outcome == .failed(.missing))
    }

    static func parameters(for note: FieldNote, _ context: RuleContext) -> [Parameter] {
        let sought = note.became.isEmpty ? note.value : note.became
        let meant = sought.isEmpty ? [] : context.settings.suggestions(.skolkod, sought)
        return meant.isEmpty ? [] : [Parameter("suggestions", meant.joined(separator: ", "))]
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        note.value.isEmpty ? 2 : parameters.isEmpty ? 0 : 1
    }

    static let title = Text(
        sv: "Skolan är okänd.",
        en: "The school is unknown.")
    static let explanation = Text(
        sv: """
            Exporten anger skolan med något annat än CSN:s skolkod, och ingen skola i konfigurationen eller i \
            schools.csv har det namnet eller den koden. Utan skolkod kan posten inte skrivas; den studerandes alla \
            perioder i exporten hålls tillbaka.
            """,
        en: """
            The export gives the school as something other than CSN's skolkod, and no school of the configuration or \
            of schools.csv has that name or code. Without a skolkod the record cannot be written; all periods of the \
            student in the export are held.
            """)
    static let remedy = Text(
        sv: """
            Lägg till det som står i exporten bland skolans ids under schools i csnfil.yaml, tillsammans med skolans \
            skolkod från CSN.
            """,
        en: """
            Add what stands in the export to the school's ids under schools in csnfil.yaml, together with the school's \
            skolkod from CSN.
            """)
    static let messages = [
        Message.hold(
            sv: "skolan ”{value}” finns inte under schools och är ingen skolkod; lägg till den där med CSN:s skolkod",
            en: "the school “{value}” is not under schools and is no skolkod; add it there with CSN's skolkod"),
        Message.hold(
            sv: "skolan ”{value}” finns inte under schools och är ingen skolkod; menades {suggestions}?",
            en: "the school “{value}” is not under schools and is no skolkod; was {suggestions} meant?"),
        Message.hold(
            sv: "raden säger inte vilken skola den gäller; fyll i skolan i exporten eller ange den med --school",
            en: """
                the row does not say which school it is about; fill in the school in the export or give it with \
                --school
                """),
    ]
    static let source = Source.handbook("Skolkoden fastställs av CSN och består av fyra siffror.")
    static let broken = Example(["skola": "Kvarnby vux"])
    static let satisfied = Example(["skola": "1003"])
}
