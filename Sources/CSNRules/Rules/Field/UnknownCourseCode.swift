import CSN
import Findings

/// `unknown-course-code` ○: of no national family's form, and in no mapping or approved local list.
enum UnknownCourseCode: NoteRule {
    static let name: RuleName = "unknown-course-code"
    static let standing = Standing.own
    static let heading = Heading.field
    static let fields = FieldSet(.kurskod)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .kurskod, case .failed(let problem) = outcome else { return false }
        return [.unknown, .format, .notAllowed].contains(problem)
    }

    static func parameters(for note: FieldNote, _ context: RuleContext) -> [Parameter] {
        let sought = note.became.isEmpty ? note.value : note.became
        let meant = sought.isEmpty ? [] : context.settings.suggestions(.kurskod, sought)
        return meant.isEmpty ? [] : [Parameter("suggestions", meant.joined(separator: ", "))]
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int { parameters.isEmpty ? 0 : 1 }

    static let title = Text(
        sv: "Kurskoden är okänd.",
        en: "The course code is unknown.")
    static let explanation = Text(
        sv: """
            Koden har inte formen av någon nationell kurskod och finns varken bland översättningarna eller i skolans \
            lista över egna godkända kurser. csnfil skickar ingen kod som ingen känner till, och byter aldrig själv O \
            mot 0 eller I mot 1.
            """,
        en: """
            The code does not have the form of any national course code and is neither among the translations nor in \
            the school's list of approved courses of its own. csnfil sends no code that nobody knows, and never swaps \
            O and 0 or I and 1 by itself.
            """)
    static let remedy = Text(
        sv: """
            Rätta koden i skolans system, eller skriv in den i skolans kurslista schools/<skolkod>/courses.csv i en \
            mapp som anges med --mappings.
            """,
        en: """
            Correct the code in the school's system, or enter it in the school's course list \
            schools/<skolkod>/courses.csv in a folder named with --mappings.
            """)
    static let messages = [
        Message.hold(
            sv: "kurskod ”{value}” är okänd; rätta den i skolans system eller lägg in den i skolans kurslista",
            en: """
                kurskod “{value}” is unknown; correct it in the school's system or enter it in the school's course \
                list
                """),
        Message.hold(
            sv: "kurskod ”{value}” är okänd; menades {suggestions}?",
            en: "kurskod “{value}” is unknown; was {suggestions} meant?"),
    ]
    static let source = Source.handbook("Med kurskod menas de nationella kurskoder som Skolverket har fastställt.")
    static let broken = Example(["kurskod": "MENTORSRÅD"])
    static let satisfied = Example(["kurskod": "SVESVE01"])
}
