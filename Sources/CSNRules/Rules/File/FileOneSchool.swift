import CSN
import Findings

/// `file-one-school` ○: a file is one school's.
enum FileOneSchool: FileRule {
    static let name: RuleName = "file-one-school"
    static let standing = Standing.own
    static let heading = Heading.file
    static let fields = FieldSet(.skolkod)
    static let turn = Turn(.check, 50)
    static let inputs: FieldSet = []

    static func apply(to file: inout FileFacts, _ context: inout RuleContext) {
        guard file.schools.count > 1 else { return }
        let codes = file.schools.sorted().map(\.description).joined(separator: ", ")
        context.reportFile(0, [Parameter("schools", codes)])
    }

    static let title = Text(
        sv: "Filen innehåller mer än en skolkod.",
        en: "The file holds more than one school code.")
    static let explanation = Text(
        sv: """
            Varje skola skickar sin egen fil med sin egen inloggning, och CSN läser en fil för varje skola och dag. \
            csnfil gör därför en fil för varje skolkod.
            """,
        en: """
            Each school sends its own file with its own login, and CSN reads one file for each school and day. csnfil \
            therefore makes one file for each school code.
            """)
    static let remedy = Text(
        sv: "Gör filen på nytt med csnfil, som delar upp exporten på skolor.",
        en: "Make the file again with csnfil, which divides the export by school.")
    static let messages = [
        Message.hold(
            sv: "filen innehåller flera skolkoder: {schools}",
            en: "the file holds several school codes: {schools}")
    ]
    static let source = Source.own(
        Text(
            sv: "Inloggningen i Mina tjänster är personlig och gäller den egna skolan.",
            en: "The login in Mina tjänster is personal and is for one's own school."))
    static let broken = Example()
    static let satisfied = Example([:])
}
