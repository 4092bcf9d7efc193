import CSN
import Findings

/// `poang-range` ●: 0–999. A blank is this rule's in a finished file only.
enum PoangRange: NoteRule {
    static let name: RuleName = "poang-range"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.poang)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .poang, case .failed(let problem) = outcome else { return false }
        return [.missing, .format, .range, .notAllowed, .tooLong].contains(problem)
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int { note.value.isEmpty ? 1 : 0 }

    static let title = Text(
        sv: "Poäng är inte ett tal mellan 0 och 999.",
        en: "The points are no number between 0 and 999.")
    static let explanation = Text(
        sv: "CSN räknar ut studietakten av kursens poäng och tar bara emot hela tal från 0 till 999.",
        en: "CSN works out the pace of study from the course's points and takes only whole numbers from 0 to 999.")
    static let remedy = Text(
        sv: """
            Rätta poängen i skolans system. Skriv kursens verksamhets- eller gymnasiepoäng som ett helt tal utan \
            enhet.
            """,
        en: "Correct the points in the school's system. Write the course's points as a whole number without a unit.")
    static let messages = [
        Message.hold(
            sv: "poäng ”{value}” är inte ett helt tal mellan 0 och 999; skriv kursens poäng utan decimaler och enhet",
            en: """
                poäng “{value}” is no whole number between 0 and 999; write the course's points without decimals and \
                unit
                """),
        Message.hold(
            sv: "poäng är tomt; det ska vara ett tal mellan 0 och 999",
            en: "poäng is blank; it should be a number between 0 and 999"),
    ]
    static let source = Source.refusals("Poäng: Ska vara ett numeriskt värde mellan 0 och 999.")
    static let broken = Example(["poang": "1000"])
    static let satisfied = Example(["poang": "100"])
}
