import CSN
import Findings

/// `personnummer-date` ○: the first eight digits are a real date, with 60 added to the day in a samordningsnummer.
enum PersonnummerDate: NoteRule {
    static let name: RuleName = "personnummer-date"
    static let standing = Standing.ownFirm
    static let heading = Heading.field
    static let fields = FieldSet(.personnummer)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .personnummer && outcome == .failed(.unrealDate)
    }

    static let title = Text(
        sv: "Personnumrets datum finns inte.",
        en: "The date of the personnummer does not exist.")
    static let explanation = Text(
        sv: """
            De åtta första siffrorna är födelsedatumet. I ett samordningsnummer är 60 lagt till dagen, så att den 1 \
            blir 61. Här är det varken det ena eller det andra, alltså är numret felskrivet.
            """,
        en: """
            The first eight digits are the date of birth. In a samordningsnummer 60 is added to the day, so that the \
            1st becomes 61. Here it is neither, so the number is mistyped.
            """)
    static let remedy = Text(
        sv: "Rätta personnumret i skolans system efter folkbokföringen; ofta är två siffror omkastade.",
        en: """
            Correct the personnummer in the school's system by the population register; often two digits are swapped.
            """)
    static let messages = [
        Message.hold(
            sv: "personnumret {value} börjar inte med ett riktigt datum; troligen är månad eller dag felskriven",
            en: "the personnummer {value} does not begin with a real date; probably month or day is mistyped")
    ]
    static let source = Source.own(
        Text(
            sv: "Ett nummer utan riktigt datum är ingen persons, och CSN kan inte koppla uppgifterna till någon.",
            en: "A number without a real date is nobody's, and CSN cannot connect the record to anybody."))
    static let broken = Example(["personnummer": "19900231-9802"])
    static let satisfied = Example(["personnummer": "19900101-9802"])
}
