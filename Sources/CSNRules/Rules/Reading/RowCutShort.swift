import CSN
import Findings

/// `row-cut-short`: the file ends inside a row. Who reads leaves one such note, without any cell's text.
enum RowCutShort: NoteRule {
    static let name: RuleName = "row-cut-short"
    static let standing = Standing.repairOrHold
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        outcome == .failed(.cutShort)
    }

    static let title = Text(
        sv: "Filen slutar mitt i en rad.",
        en: "The file ends inside a row.")
    static let explanation = Text(
        sv: """
            Exporten avbröts troligen innan den var klar. Den sista radens värden används inte, och den studerandes \
            perioder hålls tillbaka; rader som skulle ha kommit efter den saknas helt.
            """,
        en: """
            The export was probably interrupted. The values of its last row are not used, and the student's periods \
            are held; rows that should have followed are missing altogether.
            """)
    static let remedy = Text(
        sv: "Gör om exporten i skolans system, vänta tills den är klar och kör igen.",
        en: "Export again from the school's system, wait until it is complete and run again.")
    static let messages = [
        Message.hold(
            sv: "filen slutar mitt i raden och är troligen inte hel; gör om exporten",
            en: "the file ends inside the row and is probably not whole; export again")
    ]
    static let source = Source.own(
        Text(
            sv: "Det som fattas kan vara en siffra i ett datum eller hundra studerande.",
            en: "What is missing may be a digit of a date or a hundred students."))
    static let broken = Example()
    static let satisfied = Example()
}
