import CSN
import Findings

/// `unknown-column`: a column that the profile does not name. Said once by who reads the header row.
enum UnknownColumn: ReadingRule {
    static let name: RuleName = "unknown-column"
    static let standing = Standing.advice
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static let title = Text(
        sv: "En kolumn i exporten används inte.",
        en: "A column of the export is not used.")
    static let explanation = Text(
        sv: """
            Exportprofilen nämner inte kolumnen, så dess värden läses inte. Det är oftast avsikten: listor innehåller \
            namn, grupper och annat som CSN inte ska ha.
            """,
        en: """
            The export profile does not name the column, so its values are not read. That is mostly intended: lists \
            hold names, groups and other things that CSN is not to have.
            """)
    static let remedy = Text(
        sv: """
            Inget behöver göras, om inte kolumnen innehåller något som ska rapporteras; lägg i så fall till rubriken i \
            exportprofilen.
            """,
        en: """
            Nothing needs to be done, unless the column holds something that is to be reported; then add the header to \
            the export profile.
            """)
    static let messages = [
        Message.send(
            .info,
            sv: "kolumnen ”{column}” används inte",
            en: "the column “{column}” is not used")
    ]
    static let source = Source.own(
        Text(
            sv: "Den som saknar ett värde ska kunna se att kolumnen lästes förbi.",
            en: "Who misses a value should see that its column was passed over."))
    static let broken = Example()
    static let satisfied = Example()
}
