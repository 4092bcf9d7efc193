import CSN
import Findings

/// `row-left-out`: rows that the profile's own words leave out (särvux, sfi, external grades …), or that a school's
/// course list says are no courses (`leaveOut`). Counted by who reads: `{count}` rows with `{value}` in `{column}`.
/// Headings between rows, and headers that stand again, are counted too.
enum RowLeftOut: ReadingRule {
    static let name: RuleName = "row-left-out"
    static let standing = Standing.advice
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static let title = Text(
        sv: "Rader som enligt exportprofilen eller skolans kurslista inte rapporteras läses förbi.",
        en: "Rows that the export profile or the school's course list says are not reported are left out.")
    static let explanation = Text(
        sv: """
            Profilen säger vilka ord som betyder att en rad inte hör till rapporteringen, till exempel särvux, sfi \
            eller betyg från en annan skola. I skolans kurslista säger leaveOut samma sak om koder som inte är kurser. \
            Sådana rader räknas men lämnas utanför, liksom mellanrubriker och rubrikrader som upprepas.
            """,
        en: """
            The profile says which words mean that a row is not to be reported, such as särvux, sfi or grades from \
            another school. In the school's course list leaveOut says the same of codes that are no courses. Such rows \
            are counted but left out, and so are headings between rows and headers that stand again.
            """)
    static let remedy = Text(
        sv: """
            Inget behöver göras. Ska raderna ändå rapporteras, ta bort ordet ur exportprofilens lista eller raden ur \
            skolans kurslista.
            """,
        en: """
            Nothing needs to be done. Where the rows are to be reported after all, remove the word from the export \
            profile's list or the row from the school's course list.
            """)
    static let messages = [
        Message.send(
            .info,
            sv:
                "rader med ”{value}” i kolumnen {column} rapporteras inte (antal: {count}), enligt exportprofilen: {reason}",
            en:
                "rows with “{value}” in the column {column} are not reported ({count} of them), says the export profile: {reason}"
        ),
        Message.send(
            .info,
            sv: "mellanrubriker som exportprofilen känner till läses förbi (antal rader: {count})",
            en: "headings between rows that the export profile knows of are read past (rows: {count})"),
        Message.send(
            .info,
            sv: "rader som upprepar rubrikraden läses förbi (antal: {count})",
            en: "rows that repeat the header row are read past ({count} of them)"),
        Message.send(
            .info,
            sv: "rader med ”{value}” i kolumnen {column} rapporteras inte (antal: {count}), enligt skolans kurslista",
            en:
                "rows with “{value}” in the column {column} are not reported ({count} of them), says the school's course list"
        ),
    ]
    static let source = Source.own(
        Text(
            sv: "Ingen rad får försvinna utan att det sägs.",
            en: "No row may vanish without a word."))
    static let broken = Example()
    static let satisfied = Example()
}
