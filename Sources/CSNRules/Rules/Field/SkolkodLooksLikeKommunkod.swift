import CSN
import Findings

/// `skolkod-looks-like-kommunkod` ○: a number read straight from a column that is not CSN's by name, equal to a
/// kommunkod, and not confirmed in `schools`. A kommunkod such as 1280 lies inside CSN's range and would pass its
/// check.
enum SkolkodLooksLikeKommunkod: NoteRule {
    static let name: RuleName = "skolkod-looks-like-kommunkod"
    static let standing = Standing.own
    static let heading = Heading.field
    static let fields = FieldSet(.skolkod)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .skolkod && outcome == .failed(.kommunkod)
    }

    static let title = Text(
        sv: "Skolkoden är troligen en kommunkod.",
        en: "The skolkod is probably a kommunkod.")
    static let explanation = Text(
        sv: """
            Kommunkoder mellan 1000 och 1999 ser ut som skolkoder och skulle passera CSN:s kontroll, men uppgifterna \
            skulle hamna på en annan skola. Ett sådant tal ur en kolumn som inte bär CSN:s namn hålls därför tills \
            schools bekräftar det.
            """,
        en: """
            Kommunkoder between 1000 and 1999 look like skolkoder and would pass CSN's check, but the records would \
            end up at another school. Such a number from a column without CSN's name is therefore held until schools \
            confirms it.
            """)
    static let remedy = Text(
        sv: """
            Är det skolans skolkod, skriv in den under schools i csnfil.yaml. Är det kommunkoden, lägg den bland \
            skolans ids där tillsammans med rätt skolkod.
            """,
        en: """
            Where it is the school's skolkod, enter it under schools in csnfil.yaml. Where it is the kommunkod, add it \
            to the school's ids there together with the right skolkod.
            """)
    static let messages = [
        Message.hold(
            sv: """
                ”{value}” är en kommunkod och kolumnen är inte CSN:s; bekräfta eller rätta skolkoden under schools i \
                csnfil.yaml
                """,
            en: """
                “{value}” is a kommunkod and the column is not CSN's; confirm or correct the skolkod under schools in \
                csnfil.yaml
                """)
    ]
    static let source = Source.handbook("Förväxla inte heller skolkoden med kommunkoden.")
    static let broken = Example(["skola": "1280"])
    static let satisfied = Example(["skola": "1003"])
}
