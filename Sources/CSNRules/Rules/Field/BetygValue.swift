import CSN
import Findings

/// `betyg-value` ●: one of CSN's grades, or blank, after the export's words were translated.
enum BetygValue: NoteRule {
    static let name: RuleName = "betyg-value"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.betyg)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .betyg, case .failed(let problem) = outcome else { return false }
        return [.missing, .format, .range, .notAllowed, .tooLong, .unknown].contains(problem)
    }

    static let title = Text(
        sv: "Betyg är inget av CSN:s betyg.",
        en: "The grade is none of CSN's grades.")
    static let explanation = Text(
        sv: """
            CSN tar emot A, B, C, D, E, F, G, I, V, M, X, Z, - och blankt. IG, VG och MVG översätts till I, V och M. \
            Ett avbrott är inget betyg utan en händelse (99).
            """,
        en: """
            CSN takes A, B, C, D, E, F, G, I, V, M, X, Z, - and a blank. IG, VG and MVG are translated to I, V and M. \
            A drop-out is no grade but an event (99).
            """)
    static let remedy = Text(
        sv: """
            Rätta betyget i skolans system, eller lägg till ordet som står där bland betygen i exportprofilen eller i \
            skolans grades.csv.
            """,
        en: """
            Correct the grade in the school's system, or add the word that stands there to the grades of the export \
            profile or of the school's grades.csv.
            """)
    static let messages = [
        Message.hold(
            sv: """
                betyg ”{value}” är inget av CSN:s betyg (A–G, I, V, M, X, Z, -); rätta det eller lägg till ordet bland \
                betygen
                """,
            en: """
                betyg “{value}” is none of CSN's grades (A–G, I, V, M, X, Z, -); correct it or add the word to the \
                grades
                """)
    ]
    static let source = Source.refusals(
        "Betyg: Kan endast innehålla något av följande värden: A, B, C, D, E, F, G, I, V, M, X, Z och -")
    static let broken = Example(["betyg": "H", "betygsdatum": "2026-11-20"])
    static let satisfied = Example(["betyg": "-", "betygsdatum": "2026-11-20"])
}
