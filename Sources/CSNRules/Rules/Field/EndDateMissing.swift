import CSN
import Findings

/// `end-date-missing` ●: every record has a slutdatum; an open end (9999-12-31) is none.
enum EndDateMissing: NoteRule {
    static let name: RuleName = "end-date-missing"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.slutdatum)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .slutdatum, case .failed(let problem) = outcome else { return false }
        return [.missing, .open].contains(problem)
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        note.outcome == .failed(.open) && !note.value.isEmpty ? 1 : 0
    }

    static let title = Text(
        sv: "Slutdatum saknas.",
        en: "The end date is missing.")
    static let explanation = Text(
        sv: """
            CSN räknar ut studietakten av start- och slutdatum och poäng, och tar inte emot en fil där slutdatum \
            saknas. Några system skriver 9999-12-31 när slutet är öppet; det är inget datum som går att rapportera.
            """,
        en: """
            CSN works out the pace of study from the start date, the end date and the points, and refuses a file in \
            which an end date is missing. Some systems write 9999-12-31 for an open end; that is no date to report.
            """)
    static let remedy = Text(
        sv: "Fyll i det datum då den studerande planeras sluta kursen i skolans system. Det går att ändra senare.",
        en: """
            Fill in the day on which the student is planned to end the course in the school's system. It can be \
            changed later.
            """)
    static let messages = [
        Message.hold(
            sv: "slutdatum är tomt; fyll i det planerade slutdatumet i skolans system",
            en: "slutdatum is blank; fill in the planned end date in the school's system"),
        Message.hold(
            sv: "slutdatum {value} betyder att slutet är öppet; fyll i det planerade slutdatumet i skolans system",
            en: "slutdatum {value} means that the end is open; fill in the planned end date in the school's system"),
    ]
    static let source = Source.handbook("Här ska du fylla i det datum som den studerande avslutar kursen.")
    static let broken = Example(["slutdatum": ""])
    static let satisfied = Example(["slutdatum": "2026-12-18"])
}
