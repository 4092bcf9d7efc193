import CSN
import Findings

/// `kursdel-order` ●: the second digit is at least the first, and neither is 0.
enum KursdelOrder: NoteRule {
    static let name: RuleName = "kursdel-order"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.kursdel)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .kursdel && outcome == .failed(.order)
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int { note.value.contains("0") ? 1 : 0 }

    static let title = Text(
        sv: "Kursdelens andra siffra är mindre än den första.",
        en: "The second digit of the course part is below the first.")
    static let explanation = Text(
        sv: """
            Den första siffran är vilken del det är, den andra hur många delar kursen har. Del 3 av 2 finns inte, och \
            inte heller del 0 eller noll delar.
            """,
        en: """
            The first digit is which part it is, the second how many parts the course has. There is no part 3 of 2, \
            and neither part 0 nor zero parts.
            """)
    static let remedy = Text(
        sv: "Rätta kursdel i skolans system; troligen är siffrorna omkastade (del 2 av 3 är 2:3).",
        en: "Correct the course part in the school's system; probably the digits are swapped (part 2 of 3 is 2:3).")
    static let messages = [
        Message.hold(
            sv: """
                kursdel ”{value}” säger en högre del än kursen har; troligen är siffrorna omkastade (del 2 av 3 är \
                2:3)
                """,
            en: """
                kursdel “{value}” says a higher part than the course has; probably the digits are swapped (part 2 of 3 \
                is 2:3)
                """),
        Message.hold(
            sv: "kursdel ”{value}” innehåller en nolla; både del och antal delar räknas från 1",
            en: "kursdel “{value}” holds a zero; the part and the number of parts both count from 1"),
    ]
    static let source = Source.refusals(
        "Andra positionen i Kursdel ska alltid vara lika med eller större än första positionen.")
    static let broken = Example(["kursdel": "32"])
    static let satisfied = Example(["kursdel": "33"])
}
