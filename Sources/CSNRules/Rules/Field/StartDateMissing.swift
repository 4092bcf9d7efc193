import CSN
import Findings

/// `start-date-missing` ●: every record has a startdatum.
enum StartDateMissing: NoteRule {
    static let name: RuleName = "start-date-missing"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.startdatum)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .startdatum && outcome == .failed(.missing)
    }

    static let title = Text(
        sv: "Startdatum saknas.",
        en: "The start date is missing.")
    static let explanation = Text(
        sv: """
            CSN vill ha det datum då den studerande själv börjar kursen, och tar inte emot en fil där det saknas. Utan \
            startdatum går det inte heller att säga vilken studieperiod posten hör till, så alla den studerandes \
            perioder hålls tillbaka.
            """,
        en: """
            CSN wants the day on which the student begins the course, and refuses a file in which one is missing. \
            Without a start date nobody can tell either to which study period the record belongs, so all periods of \
            the student are held.
            """)
    static let remedy = Text(
        sv: "Fyll i den dag då den studerande börjar kursen i skolans system.",
        en: "Fill in the day on which the student begins the course in the school's system.")
    static let messages = [
        Message.hold(
            sv: "startdatum är tomt; fyll i den dag då den studerande börjar kursen",
            en: "startdatum is blank; fill in the day on which the student begins the course")
    ]
    static let source = Source.handbook("Vi vill alltså veta den individuella studiestarten för varje studerande.")
    static let broken = Example(["startdatum": ""])
    static let satisfied = Example(["startdatum": "2026-08-17"])
}
