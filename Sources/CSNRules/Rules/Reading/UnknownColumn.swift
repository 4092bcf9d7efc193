import CSN
import Findings

/// `unknown-column`: the columns that the profile does not name. Said once an export, by who reads the header row.
enum UnknownColumn: ReadingRule {
    static let name: RuleName = "unknown-column"
    static let standing = Standing.advice
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static let title = Text(
        sv: "Kolumner i exporten som inte används.",
        en: "Columns of the export that are not used.")
    static let explanation = Text(
        sv: """
            Exportprofilen nämner inte kolumnerna, så deras värden läses inte. Det är oftast avsikten: listor \
            innehåller namn, grupper och annat som CSN inte ska ha.
            """,
        en: """
            The export profile does not name the columns, so their values are not read. That is mostly intended: \
            lists hold names, groups and other things that CSN is not to have.
            """)
    static let remedy = Text(
        sv: """
            Inget behöver göras, om inte någon av dem innehåller något som ska rapporteras; lägg i så fall till \
            rubriken i exportprofilen.
            """,
        en: """
            Nothing needs to be done, unless one of them holds something that is to be reported; then add the header \
            to the export profile.
            """)
    static let messages = [
        Message.send(
            .info,
            sv: "läses inte: {columns}",
            en: "not read: {columns}")
    ]
    static let source = Source.own(
        Text(
            sv: "Den som saknar ett värde ska kunna se att kolumnen lästes förbi.",
            en: "Who misses a value should see that its column was passed over."))
    static let broken = Example()
    static let satisfied = Example()
}
