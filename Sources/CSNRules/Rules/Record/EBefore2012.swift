import CSN
import Findings

/// `e-before-2012`: to CSN an E dated before 2012-07-01 means "not graded". The same grade is not `betyg-scale`'s too.
enum EBefore2012: RecordRule {
    static let name: RuleName = "e-before-2012"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .betygsdatum)
    static let turn = Turn(.check, 280)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .betygsdatum)

    /// Whether CSN reads that grade of that day as its own old code.
    static func breaks(_ betyg: Betyg, on date: Day?) -> Bool {
        guard let date else { return false }
        return betyg == .e && date < Betyg.lettersBegin
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let betyg = record.betyg, breaks(betyg, on: record.betygsdatum) else { return }
        context.report(
            on: &record, at: .betyg, value: betyg.code,
            [Parameter("date", record.betygsdatum?.description ?? "")])
    }

    static let title = Text(
        sv: "Ett E före den 1 juli 2012 betyder att kursen inte betygsätts.",
        en: "An E before 1 July 2012 means that the course is not graded.")
    static let explanation = Text(
        sv: """
            Före den 1 juli 2012 var E CSN:s egen kod för en kurs som inte betygsätts, och den räknas inte som \
            godkänd. Ett vanligt E finns från och med den dagen. Raden skickas som den är.
            """,
        en: """
            Before 1 July 2012 an E was CSN's own code for a course that is not graded, and it does not count as \
            passed. An ordinary E exists from that day on. The row is sent as it is.
            """)
    static let remedy = Text(
        sv: "Är betyget ett vanligt E är datumet fel: rätta betygsdatum i skolans system.",
        en: "If the grade is an ordinary E the date is wrong: mend the date of the grade in the school's system.")
    static let messages = [
        Message.send(
            .warning,
            sv: "betyg {value} daterat {date}: före 2012-07-01 betyder det ”ej betygsatt” för CSN",
            en: "betyg {value} dated {date}: before 2012-07-01 it means “not graded” to CSN")
    ]
    static let source = Source.handbook(
        "E = kurs som inte betygsätts. Användes före 2012-07-01 (inte ok i studieresultatprövningen).")
    private static let row = [
        "startdatum": "2012-01-16", "betyg": "E", "kurskod": "MATMAT01a",
    ]
    static let broken = Example(
        row.merging(["slutdatum": "2012-06-30", "betygsdatum": "2012-06-30"]) { $1 }, today: "2012-07-02")
    static let satisfied = Example(
        row.merging(["slutdatum": "2012-07-01", "betygsdatum": "2012-07-01"]) { $1 }, today: "2012-07-02")
}
