import CSN
import Findings

/// `date-format` ●: every date is a real date. A missing startdatum or slutdatum, and an open end, have rules of their
/// own.
enum DateFormat: NoteRule {
    static let name: RuleName = "date-format"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.startdatum, .slutdatum, .handelsedatum, .betygsdatum)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard fields.contains(field), case .failed(let problem) = outcome else { return false }
        switch problem {
        case .format, .range, .unrealDate, .notAllowed, .tooLong: return true
        case .open: return field != .slutdatum
        case .missing: return field != .slutdatum && field != .startdatum
        default: return false
        }
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        switch note.outcome {
        case .failed(.missing): 3
        case .failed(.open): 2
        case .failed(.unrealDate): 1
        default: 0
        }
    }

    static let title = Text(
        sv: "Ett datum går inte att läsa.",
        en: "A date cannot be read.")
    static let explanation = Text(
        sv: """
            Datumet är skrivet på ett sätt som exportprofilen inte läser, eller finns inte i kalendern, till exempel \
            den 31 november.
            """,
        en: """
            The date is written in a way that the export profile does not read, or is not in the calendar, such as the \
            31st of November.
            """)
    static let remedy = Text(
        sv: """
            Rätta datumet i skolans system. Skriver systemet alla datum på ett annat sätt, ändra datumformen i \
            exportprofilen.
            """,
        en: """
            Correct the date in the school's system. Where the system writes all dates in another way, change the date \
            form in the export profile.
            """)
    static let messages = [
        Message.hold(
            sv: """
                {field} ”{value}” går inte att läsa som ett datum; skriver systemet datum så, ange formen i \
                exportprofilen
                """,
            en: """
                {field} “{value}” cannot be read as a date; where the system writes dates so, give the form in the \
                export profile
                """),
        Message.hold(
            sv: "{field} ”{value}” finns inte i kalendern; troligen är månad eller dag felskriven",
            en: "{field} “{value}” is not in the calendar; probably month or day is mistyped"),
        Message.hold(
            sv: "{field} ”{value}” betyder att datumet är öppet; lämna fältet tomt eller fyll i ett riktigt datum",
            en: "{field} “{value}” means that the date is open; leave the field blank or fill in a real date"),
        Message.hold(
            sv: "{field} är tomt; fyll i datumet i skolans system",
            en: "{field} is blank; fill in the date in the school's system"),
    ]
    static let source = Source.refusals("Datum: Ska innehålla ett korrekt datumvärde.")
    static let broken = Example(["slutdatum": "2026-11-31"])
    static let satisfied = Example(["slutdatum": "2026-11-30"])
}
