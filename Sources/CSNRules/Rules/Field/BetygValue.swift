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

    /// A grade of CSN's that is of none of the scales which the profile declares for its column, else no grade at all.
    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        note.outcome == .failed(.range) ? 1 : 0
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
                """),
        Message.hold(
            sv: """
                betyg ”{value}” hör inte till den betygsskala som exportprofilen säger att kolumnen har; rätta \
                betyget, eller profilen om skalan är en annan
                """,
            en: """
                betyg “{value}” is not of the scale that the export profile says the column has; correct the grade, \
                or the profile where the scale is another
                """),
    ]
    static let source = Source.refusals(
        "Betyg: Kan endast innehålla något av följande värden: A, B, C, D, E, F, G, I, V, M, X, Z och -")
    static let broken = Example(["betyg": "H", "betygsdatum": "2026-11-20"])
    static let satisfied = Example(["betyg": "-", "betygsdatum": "2026-11-20"])
}
