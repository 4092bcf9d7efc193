import CSN
import Findings

/// `unit-held`: says which row holds a unit, once per unit. Made by the engine when all stages are through.
enum UnitHeld: ReadingRule {
    static let name: RuleName = "unit-held"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields: FieldSet = []
    static let title = Text(
        sv: "Den studerandes studieperiod hålls tillbaka.",
        en: "The student's study period is held back.")
    static let explanation = Text(
        sv: """
            CSN ska få hela bilden av en studieperiod varje gång något rapporteras. När en av periodens rader inte kan \
            skickas hålls därför alla periodens rader tillbaka; resten av filen skickas.
            """,
        en: """
            CSN is to get the whole picture of a study period each time anything is reported. When one of its rows \
            cannot be sent, all rows of the period are therefore held back; the rest of the file goes.
            """)
    static let remedy = Text(
        sv: "Rätta raden som pekas ut i skolans system, gör exporten på nytt och kör igen.",
        en: "Mend the row that is named in the school's system, export again and run again.")
    static let messages = [
        Message.send(
            .info,
            sv: "studieperioden hålls tillbaka på grund av den här raden (antal poster: {records})",
            en: "the study period is held because of this row (records: {records})"),
        Message.send(
            .info,
            sv: "studieperioden hålls tillbaka på grund av rad {line} (antal poster: {records})",
            en: "the study period is held because of line {line} (records: {records})"),
        Message.send(
            .info,
            sv: "studieperioden hålls tillbaka på grund av en kurs som exporten inte har (antal poster: {records})",
            en: "the study period is held because of a course that the export does not have (records: {records})"),
        Message.send(
            .info,
            sv: """
                studieperioden hålls tillbaka på grund av rad {line}: CSN kan ha de båda som en enda studieperiod, och \
                den ena får inte skickas utan den andra (antal poster: {records})
                """,
            en: """
                the study period is held because of line {line}: CSN may have both as one study period, and one must \
                not go without the other (records: {records})
                """),
    ]
    static let source = Source.handbook(
        "Du ska alltså ge hela bilden för den studerande vid varje rapporteringstillfälle.")
    static let broken = Example(["slutdatum": ""])
    static let satisfied = Example([:])
    static let companions: [RuleName] = ["end-date-missing"]
}
