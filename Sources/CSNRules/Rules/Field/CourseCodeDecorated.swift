import CSN
import Findings

/// `course-code-decorated`: the right code in the wrong letter case, or with a decoration set apart by a blank, hyphen
/// or slash ("KH GRNMAT2", "ENGENG05-3"), or glued on as a pattern that the school has declared. Letters merely glued
/// on are never cut off, and O/0 or I/1 are never swapped.
enum CourseCodeDecorated: NoteRule {
    static let name: RuleName = "course-code-decorated"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.kurskod)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .kurskod, case .repaired = outcome else { return false }
        return true
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        switch note.outcome {
        case .repaired(.decoration): 1
        case .repaired(.declaredPattern): 2
        case .repaired(.misread): 3
        default: 0
        }
    }

    static let title = Text(
        sv: "Kurskoden är skriven på skolans eget sätt.",
        en: "The course code is written in the school's own way.")
    static let explanation = Text(
        sv: """
            Skolor skriver ofta koden med fel stora och små bokstäver eller med grupp eller ort intill. När precis en \
            nationell kurskod står där, avskild med blanksteg, bindestreck eller snedstreck, skrivs den. Bokstäver som \
            bara sitter ihop med koden tas inte bort, och O och 0 byts aldrig ut mot varandra.
            """,
        en: """
            Schools often write the code with wrong capitals or with a group or place beside it. Where exactly one \
            national code stands there, set apart by a blank, hyphen or slash, that is written. Letters merely glued \
            on are not cut off, and O and 0 are never swapped.
            """)
    static let remedy = Text(
        sv: "Inget behöver göras. Vill ni slippa meddelandet, skriv koden som Skolverket gör i skolans system.",
        en: """
            Nothing needs to be done. To be rid of the message write the code as Skolverket does in the school's \
            system.
            """)
    static let messages = [
        Message.repair(
            sv: "kurskod ”{value}” skrivs {became}, med Skolverkets stora och små bokstäver",
            en: "kurskod “{value}” is written {became}, with Skolverket's capitals and small letters"),
        Message.repair(
            sv: "kurskod ”{value}” skrivs {became}, utan skolans tillägg",
            en: "kurskod “{value}” is written {became}, without the school's addition"),
        Message.repair(
            sv: "kurskod ”{value}” skrivs {became}, enligt skolans mönster i codePatterns",
            en: "kurskod “{value}” is written {became}, by the school's pattern in codePatterns"),
        Message.repair(
            sv: "kurskod ”{value}” skrivs {became}; exportens å, ä och ö har lästs i fel kodning",
            en: "kurskod “{value}” is written {became}; the export's å, ä and ö were read in a wrong encoding"),
    ]
    static let source = Source.handbook("Med kurskod menas de nationella kurskoder som Skolverket har fastställt.")
    static let broken = Example(["kurskod": "svesve01"])
    static let satisfied = Example(["kurskod": "SVESVE01"])
}
