import CSN
import Findings

/// `unread-file-replaced`: the file takes the place of one that CSN has not read yet, and holds all that stood there.
enum UnreadFileReplaced: FileRule {
    static let name: RuleName = "unread-file-replaced"
    static let standing = Standing.advice
    static let heading = Heading.file
    static let fields: FieldSet = []
    static let turn = Turn(.check, 70)
    static let inputs: FieldSet = []

    static func apply(to file: inout FileFacts, _ context: inout RuleContext) {
        guard let unread = file.replaces, file.recordCount > 0 else { return }
        context.reportFile(
            school: file.schools.first,
            [Parameter("date", unread.readingDay.description), Parameter("records", String(unread.records))])
    }

    static let title = Text(
        sv: "Filen ersätter en som CSN inte har läst än.",
        en: "The file replaces one that CSN has not read yet.")
    static let explanation = Text(
        sv: """
            Av två filer före samma läsning räknas bara den sista. Det som stod i den tidigare filen och ännu inte är \
            läst står därför också i den nya; en studieperiod som nu hålls tillbaka står kvar som i den tidigare.
            """,
        en: """
            Of two files before the same reading only the last one counts. What stood in the earlier file and has not \
            been read therefore stands in the new one too; a study period that is now held stays as it was there.
            """)
    static let remedy = Text(
        sv: "Ladda upp den nya filen, också om den tidigare redan är uppladdad.",
        en: "Upload the new file, also where the earlier one has been uploaded already.")
    static let messages = [
        Message.send(
            .info,
            sv: "filen ersätter den till läsningen {date}, som CSN inte har läst (antal poster i den: {records})",
            en: "the file replaces the one for the reading of {date}, which CSN has not read (records in it: {records})"
        )
    ]
    static let source = Source.handbook(
        "Om du skickar två filer samma dag, tar vi bara emot den senast inskickade filen.")
    static let broken = Example()
    static let satisfied = Example([:])
}
