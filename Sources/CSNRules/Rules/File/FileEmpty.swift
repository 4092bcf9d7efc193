import CSN
import Findings

/// `file-empty`: there is nothing to report.
enum FileEmpty: FileRule {
    static let name: RuleName = "file-empty"
    static let standing = Standing.advice
    static let heading = Heading.file
    static let fields: FieldSet = []
    static let turn = Turn(.check, 40)
    static let inputs: FieldSet = []

    static func apply(to file: inout FileFacts, _ context: inout RuleContext) {
        // Where the form is wrong nobody knows what was meant to stand in the file.
        if file.recordCount == 0 && file.formFaults.isEmpty { context.reportFile() }
    }

    static let title = Text(
        sv: "Det finns ingenting att rapportera.",
        en: "There is nothing to report.")
    static let explanation = Text(
        sv: "Ingen rad är kvar att skicka: exporten var tom, eller allt i den utelämnades eller hålls tillbaka.",
        en: "No row is left to send: the export was empty, or everything in it was left out or is held.")
    static let remedy = Text(
        sv: "Se efter i rapporten vad som utelämnades eller hölls tillbaka, och om exporten gjordes för rätt period.",
        en: "See in the report what was left out or held, and whether the export was made for the right period.")
    static let messages = [
        Message.send(.info, sv: "det finns ingen post att rapportera", en: "there is no record to report")
    ]
    static let source = Source.own(
        Text(
            sv: "En tom fil skulle ersätta den som CSN ännu inte har läst.",
            en: "An empty file would replace the one that CSN has not read yet."))
    static let broken = Example()
    static let satisfied = Example([:])
}
