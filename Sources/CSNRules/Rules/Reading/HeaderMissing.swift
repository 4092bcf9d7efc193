import CSN
import Findings

/// `header-missing`: a column that the export profile needs is not there. Found by who reads the header row; nothing
/// is written, exit status 2.
enum HeaderMissing: ReadingRule {
    static let name: RuleName = "header-missing"
    static let standing = Standing.repairOrHold
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static let title = Text(
        sv: "En kolumn som behövs saknas i exporten.",
        en: "A column that is needed is not in the export.")
    static let explanation = Text(
        sv: """
            Exportprofilen säger vilka kolumner en rad inte kan rapporteras utan, och under vilka rubriker de godtas. \
            Saknas en av dem kan ingen rad läsas.
            """,
        en: """
            The export profile says which columns a row cannot be reported without, and under which headers they are \
            accepted. Where one of them is missing no row can be read.
            """)
    static let remedy = Text(
        sv: """
            Ta med kolumnen i listan i skolans system. Heter den något annat där, lägg till rubriken i exportprofilen.
            """,
        en: """
            Include the column in the list in the school's system. Where it has another name there, add the header to \
            the export profile.
            """)
    static let messages = [
        Message(
            action: .hold, level: .error,
            text: Text(
                sv: "kolumnen för {field} saknas; profilen {profile} godtar rubrikerna {headers}",
                en: "the column for {field} is missing; the profile {profile} accepts the headers {headers}"))
    ]
    static let source = Source.own(
        Text(
            sv: "En rad utan personnummer, kurs eller datum går inte att rapportera.",
            en: "A row without a personnummer, a course or dates cannot be reported."))
    static let broken = Example()
    static let satisfied = Example()
}
