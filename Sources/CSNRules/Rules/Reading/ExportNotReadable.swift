import CSN
import Findings

/// `export-not-readable`: the file is no export: another kind of file (`{kind}` names it), empty, or with headers that
/// no profile knows (`{headers}`; in XML those of the element `{row}`). Found by who opens it; nothing is written, exit status 2.
enum ExportNotReadable: ReadingRule {
    static let name: RuleName = "export-not-readable"
    static let standing = Standing.repairOrHold
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static let title = Text(
        sv: "Filen går inte att läsa som en export.",
        en: "The file cannot be read as an export.")
    static let explanation = Text(
        sv: """
            csnfil läser text- och XML-filer som skolans administrativa system har exporterat. En PDF, en webbsida, en \
            ZIP-fil eller en tom fil innehåller inga rader att rapportera, och en fil vars rubriker ingen exportprofil \
            känner igen kan inte tolkas utan att någon gissar.
            """,
        en: """
            csnfil reads text and XML files that the school's administrative system has exported. A PDF, a web page, a \
            ZIP file or an empty file holds no rows to report, and a file whose headers no export profile knows cannot \
            be understood without guessing.
            """)
    static let remedy = Text(
        sv: """
            Gör om exporten i skolans system och välj text (CSV). Känner ingen profil igen rubrikerna i en riktig \
            export föreslår ”csnfil profile FIL --name NAMN” en profil för den.
            """,
        en: """
            Export again from the school's system and choose text (CSV). Where no profile knows the headers of a real \
            export, “csnfil profile FILE --name NAME” proposes one for it.
            """)
    static let messages = [
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: "filen är ingen export utan {kind}; gör om exporten som text (CSV)",
                en: "the file is no export but {kind}; export again as text (CSV)")),
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: "filen är tom; gör om exporten i skolans system",
                en: "the file is empty; export again from the school's system")),
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: "ingen exportprofil känner igen rubrikerna {headers}; är det rätt lista, och kom rubrikraden med?",
                en: """
                    no export profile knows the headers {headers}; is it the right list, and is the header row there?
                    """)),
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: """
                    profilerna {profiles} passar lika bra men läser filen olika; välj med {options}, efter att \
                    csnfil detect har visat vad som skiljer dem
                    """,
                en: """
                    the profiles {profiles} fit equally but read the file differently; choose with {options}, after \
                    csnfil detect has shown what tells them apart
                    """)),
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: "filens teckenkodning går inte att avgöra: {evidence}",
                en: "the file's encoding cannot be told: {evidence}")),
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: """
                    ingen exportprofil känner igen XML-filen; det som ser ut som dess rader är elementet {row} med \
                    {headers}
                    """,
                en: "no export profile knows the XML file; what looks like its rows is the element {row} with {headers}"
            )),
    ]
    static let source = Source.own(
        Text(
            sv: "Utan att veta vad filen är går det inte att läsa något ur den.",
            en: "Nothing can be read from a file without knowing what it is."))
    static let broken = Example()
    static let satisfied = Example()
}
