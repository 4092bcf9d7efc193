import CSN
import Findings

/// `end-date-missing` ●: every record has a slutdatum; an open end (9999-12-31) is none.
enum EndDateMissing: NoteRule {
    static let name: RuleName = "end-date-missing"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.slutdatum)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .slutdatum && (outcome == .failed(.missing) || outcome == .failed(.open))
    }

    static func message(for note: FieldNote) -> Int { note.outcome == .failed(.open) ? 1 : 0 }

    static let title = Text(
        sv: "Slutdatum saknas.",
        en: "The end date is missing.")
    static let explanation = Text(
        sv: """
            CSN räknar ut studietakten av start- och slutdatum och poäng, och tar inte emot en fil där slutdatum saknas. \
            Några system skriver 9999-12-31 när slutet är öppet; det är inget datum som går att rapportera.
            """,
        en: """
            CSN works out the pace of study from the start date, the end date and the points, and refuses a file in \
            which an end date is missing. Some systems write 9999-12-31 for an open end; that is no date to report.
            """)
    static let remedy = Text(
        sv: "Sätt det datum då den studerande planeras sluta kursen i skolans system. Det går att ändra senare.",
        en:
            "Set the day on which the student is planned to end the course in the school's system. It can be changed later."
    )
    static let messages = [
        Message.hold(
            sv: "slutdatum är tomt; sätt det planerade slutdatumet i skolans system",
            en: "slutdatum is blank; set the planned end date in the school's system"),
        Message.hold(
            sv: "slutdatum {value} betyder att slutet är öppet; sätt det planerade slutdatumet i skolans system",
            en: "slutdatum {value} means that the end is open; set the planned end date in the school's system"),
    ]
    static let source = Source.refusals("Datum: Ska innehålla ett korrekt datumvärde.")
    static let broken = Example(["slutdatum": ""])
    static let satisfied = Example(["slutdatum": "2026-12-18"])
}
