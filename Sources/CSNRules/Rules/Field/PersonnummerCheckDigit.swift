import CSN
import Findings

/// `personnummer-check-digit` ○: the last digit is the Luhn digit over the last ten.
enum PersonnummerCheckDigit: NoteRule {
    static let name: RuleName = "personnummer-check-digit"
    static let standing = Standing.own
    static let heading = Heading.field
    static let fields = FieldSet(.personnummer)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .personnummer && outcome == .failed(.checkDigit)
    }

    static let title = Text(
        sv: "Personnumrets kontrollsiffra stämmer inte.",
        en: "The check digit of the personnummer does not fit.")
    static let explanation = Text(
        sv: """
            Den sista siffran räknas fram ur de nio före den. Stämmer den inte är någon siffra fel, och numret är \
            ingens eller någon annans.
            """,
        en: """
            The last digit is computed from the nine before it. Where it does not fit, some digit is wrong, and the \
            number is nobody's or somebody else's.
            """)
    static let remedy = Text(
        sv: """
            Rätta personnumret i skolans system efter folkbokföringen; ofta är två siffror omkastade eller en \
            felskriven.
            """,
        en: """
            Correct the personnummer in the school's system by the population register; often two digits are swapped \
            or one is mistyped.
            """)
    static let messages = [
        Message.hold(
            sv: "kontrollsiffran i personnumret {value} stämmer inte; troligen är en siffra felskriven",
            en: "the check digit of the personnummer {value} does not fit; probably a digit is mistyped")
    ]
    static let source = Source.own(
        Text(
            sv: "Uppgifter på ett felskrivet nummer kan hamna hos en annan person.",
            en: "A record under a mistyped number may end up with another person."))
    static let broken = Example(["personnummer": "19900101-9803"])
    static let satisfied = Example(["personnummer": "19900101-9802"])
}
