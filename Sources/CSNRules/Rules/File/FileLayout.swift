import CSN
import Findings

/// `file-layout` ○: the form of the file is the layout's.
enum FileLayout: FileRule {
    static let name: RuleName = "file-layout"
    static let standing = Standing.ownFirm
    static let heading = Heading.file
    static let fields: FieldSet = []
    static let turn = Turn(.check, 60)
    static let inputs: FieldSet = []

    static func apply(to file: inout FileFacts, _ context: inout RuleContext) {
        for fault in file.formFaults {
            context.reportFile(
                message(for: fault), line: fault.line,
                [
                    Parameter("position", String(fault.position)), Parameter("sv", fault.sv), Parameter("en", fault.en),
                ])
        }
    }

    /// With the position where there is one.
    static func message(for fault: FileFacts.FormFault) -> Int { fault.position > 0 ? 0 : 1 }

    static let title = Text(
        sv: "Filens form är inte den som layouten anger.",
        en: "The form of the file is not the one that the layout states.")
    static let explanation = Text(
        sv: """
            Layouten säger hur lång varje post är, vilken teckenkodning filen har och hur rader slutar. En post av \
            annan längd, tecken som kodningen inte har, styrtecken eller andra radslut gör att uppgifter hamnar på fel \
            plats när filen läses.
            """,
        en: """
            The layout says how long each record is, which encoding the file has and how lines end. A record of \
            another length, characters that the encoding does not have, control characters or other line ends put \
            values in the wrong place when the file is read.
            """)
    static let remedy = Text(
        sv:
            "Gör filen på nytt med csnfil och ändra den inte i en textredigerare. Har layouten ändrats, kontrollera den.",
        en:
            "Make the file again with csnfil and do not change it in a text editor. If the layout was changed, check it."
    )
    static let messages = [
        Message.hold(sv: "position {position}: {sv}", en: "position {position}: {en}"),
        Message.hold(sv: "{sv}", en: "{en}"),
    ]
    static let source = Source.own(
        Text(
            sv: "En fil med fel form går inte att läsa rätt, och CSN tar emot hela filen eller ingenting.",
            en: "A file of the wrong form cannot be read right, and CSN takes the whole file or nothing."))
    static let broken = Example()
    static let satisfied = Example([:])
}
