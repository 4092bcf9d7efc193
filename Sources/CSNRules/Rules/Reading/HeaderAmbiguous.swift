import CSN
import Findings

/// `header-ambiguous`: two headers claim one field, and the profile does not rank them. Found by who reads the header
/// row; nothing is written, exit status 2.
enum HeaderAmbiguous: ReadingRule {
    static let name: RuleName = "header-ambiguous"
    static let standing = Standing.repairOrHold
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static let title = Text(
        sv: "Två kolumner gör anspråk på samma fält.",
        en: "Two columns claim the same field.")
    static let explanation = Text(
        sv: """
            När två rubriker passar samma fält och profilen inte säger vilken som går före vet ingen vilken av dem som \
            är sann. csnfil väljer inte.
            """,
        en: """
            Where two headers fit one field and the profile does not say which comes first, nobody knows which of them \
            is true. csnfil does not choose.
            """)
    static let remedy = Text(
        sv: "Ta bort den ena kolumnen ur listan i skolans system, eller ange rubrikernas ordning i exportprofilen.",
        en: """
            Remove one of the columns from the list in the school's system, or rank the headers in the export profile.
            """)
    static let messages = [
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: """
                    både ”{first}” och ”{second}” passar {field}; ta bort den ena eller ange ordningen i profilen \
                    {profile}
                    """,
                en: "both “{first}” and “{second}” fit {field}; remove one or rank them in the profile {profile}"))
    ]
    static let source = Source.own(
        Text(
            sv: "Ett värde ur fel kolumn ser lika riktigt ut som ett ur rätt.",
            en: "A value from the wrong column looks as right as one from the right column."))
    static let broken = Example()
    static let satisfied = Example()
}
