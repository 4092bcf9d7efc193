import CSN
import Findings

/// `provning-failed`: an examination that is not passed, or not graded yet, is not reported.
///
/// Its turn comes before every other drop: a record that does not go needs no word about its grade.
enum ProvningFailed: RecordRule {
    static let name: RuleName = "provning-failed"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .betygsdatum)
    static let turn = Turn(.drop, 5)
    static let concerns: RecordTraits = .mark
    static let inputs = FieldSet(.startdatum, .slutdatum, .registrering, .betyg, .betygsdatum)

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.marks.contains(.examination) else { return }
        let message: Int
        switch Examination.outcome(of: record.betyg, on: record.betygsdatum, today: context.today) {
        case .passed: return
        case .failed: message = 0
        case .notYetGraded: message = 1
        case .later: message = 2
        }
        let value = record.betyg?.code ?? ""
        let date = Parameter("betygsdatum", record.betygsdatum?.description ?? "")
        switch Examination.doubt(about: record, context) {
        case .reportedAsStudied: context.report(3, on: &record, at: .betyg, value: value, [date])
        case .showsStudies: context.report(4, on: &record, at: .betyg, value: value, [date])
        case nil:
            if context.report(message, on: &record, at: .betyg, value: value, [date]) == .drop {
                record.isDropped = true
            }
        }
    }

    static let title = Text(
        sv: "En prövning som inte är godkänd rapporteras inte.",
        en: "An examination that is not passed is not reported.")
    static let explanation = Text(
        sv: """
            Bara en prövning med godkänt betyg rapporteras. En underkänd prövning, en utan betyg och en vars \
            betygsdatum inte har kommit utelämnas. Visar raden studier (påbörjad, med ett slutdatum efter \
            startdatum), eller har kursen redan rapporterats som läst vid den tiden, hålls den i stället tillbaka.
            """,
        en: """
            Only an examination with a passing grade is reported. One that was failed, one without a grade and one \
            whose grade date has not come are left out. Where the row shows studies (started, ending after it \
            starts), or the course has been reported as studied at that time, it is held instead.
            """)
    static let remedy = Text(
        sv: """
            Ingenting behöver göras om den studerande bara gjorde prövning. Läste den studerande kursen ska raden inte \
            vara märkt som prövning i skolans system.
            """,
        en: """
            Nothing needs doing if the student only took the examination. If the student read the course, the row is \
            not to be marked as an examination in the school's system.
            """)
    static let messages = [
        Message.drop(
            sv: "prövningen är inte godkänd (betyg {value}) och rapporteras inte",
            en: "the examination is not passed (betyg {value}) and is not reported"),
        Message.drop(
            sv: "prövningen har inget betyg än och rapporteras inte",
            en: "the examination is not graded yet and is not reported"),
        Message.drop(
            .warning,
            sv: "prövningen har betygsdatum {betygsdatum} och rapporteras först den dagen",
            en: "the examination has betygsdatum {betygsdatum} and is not reported before that day"),
        Message.hold(
            sv: "märkt som prövning utan godkänt betyg, men kursen är rapporterad som läst vid den tiden",
            en: "marked as an examination without a pass, but the course has been reported as studied at that time"),
        Message.hold(
            sv: "märkt som prövning utan godkänt betyg, men raden visar studier: påbörjad, med slut efter start",
            en: "marked as an examination without a pass, but the row shows studies: started, ending after it starts"),
    ]
    static let source = Source.handbook(
        "Du ska rapportera om en studerande gör en så kallad prövning i en kurs och då uppnår godkänt betyg.")
    private static let row = [
        "provning": "J", "startdatum": "2026-10-05", "slutdatum": "2026-10-05", "betygsdatum": "2026-10-05",
    ]
    static let broken = Example(row.merging(["betyg": "F"]) { $1 }, ["kurskod": "ENGENG05"])
    static let satisfied = Example(row.merging(["betyg": "E"]) { $1 })
}
