import CSN
import Findings

/// `kursdel-range` ●: 11–99. A blank kursdel is this rule's in a finished file only.
enum KursdelRange: NoteRule {
    static let name: RuleName = "kursdel-range"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.kursdel)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .kursdel, case .failed(let problem) = outcome else { return false }
        return [.missing, .format, .range, .notAllowed, .tooLong].contains(problem)
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int { note.value.isEmpty ? 1 : 0 }

    static let title = Text(
        sv: "Kursdel är inte ett tal mellan 11 och 99.",
        en: "The course part is no number between 11 and 99.")
    static let explanation = Text(
        sv: """
            Kursdel säger vilken del av kursen den studerande läser: 11 är hela kursen, 13 den första delen av tre. I \
            exporter står det ofta 1:3.
            """,
        en: """
            The course part says which part of the course the student reads: 11 is the whole course, 13 the first part \
            of three. Exports often write 1:3.
            """)
    static let remedy = Text(
        sv: "Skriv kursdel som del:delar (1:1 för en hel kurs) i skolans system.",
        en: "Write the course part as part:parts (1:1 for a whole course) in the school's system.")
    static let messages = [
        Message.hold(
            sv: "kursdel ”{value}” är inte ett tal mellan 11 och 99; skriv del:delar, 1:1 för en hel kurs",
            en: "kursdel “{value}” is no number between 11 and 99; write part:parts, 1:1 for a whole course"),
        Message.hold(
            sv: "kursdel är tom; den ska vara ett tal mellan 11 och 99, 11 för en hel kurs",
            en: "kursdel is blank; it should be a number between 11 and 99, 11 for a whole course"),
    ]
    static let source = Source.refusals("Kursdel: Ska vara ett numeriskt värde mellan 11 och 99.")
    static let broken = Example(["kursdel": "10"])
    static let satisfied = Example(["kursdel": "11"])
}
