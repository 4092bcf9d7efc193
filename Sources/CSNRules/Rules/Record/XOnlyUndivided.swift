import CSN
import Findings

/// `x-only-undivided`: the grade X only with kursdel 1:1.
enum XOnlyUndivided: RecordRule {
    static let name: RuleName = "x-only-undivided"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .kursdel)
    static let turn = Turn(.check, 180)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .kursdel)

    /// Whether the grade says that a course reported as 1:1 goes on, on a part that is not 1:1.
    static func breaks(_ betyg: Betyg, on kursdel: Kursdel) -> Bool { betyg == .x && !kursdel.isWhole }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let betyg = record.betyg, let kursdel = record.kursdel, breaks(betyg, on: kursdel) else { return }
        context.report(
            on: &record, at: .betyg, value: betyg.code, [Parameter("kursdel", "\(kursdel.part):\(kursdel.parts)")])
    }

    static let title = Text(
        sv: "Betyget X hör till kursdel 1:1.",
        en: "The grade X belongs to kursdel 1:1.")
    static let explanation = Text(
        sv: """
            X betyder att en grundläggande kurs som rapporterats som 1:1 ändå fortsätter en studieperiod till. En kurs \
            som redan är delad (1:2, 2:2) säger det med sin kursdel och behöver inget X.
            """,
        en: """
            X means that a basic course that was reported as 1:1 goes on for another study period all the same. A \
            course that is divided already (1:2, 2:2) says so by its kursdel and needs no X.
            """)
    static let remedy = Text(
        sv: "Ta bort X i skolans system, eller sätt kursdel till 1:1 om kursen inte är delad.",
        en: "Remove the X in the school's system, or set kursdel to 1:1 if the course is not divided.")
    static let messages = [
        Message.send(
            .warning,
            sv: "betyget {value} på kursdel {kursdel}; det hör till en kurs som är rapporterad som 1:1",
            en: "grade {value} on kursdel {kursdel}; it belongs to a course that is reported as 1:1")
    ]
    static let source = Source.handbook(
        """
        X = kurs på grundläggande nivå som har rapporterats med kursdel 1:1, men där kursen efter kursslutet fortsätter \
        ytterligare en studieperiod (inte ok i studieresultatsprövningen).
        """)
    private static let row = [
        "kurskod": "GRNMAT2", "poang": "300", "niva": "GR", "betyg": "X", "betygsdatum": "2026-11-20",
    ]
    static let broken = Example(row.merging(["kursdel": "12"]) { $1 })
    static let satisfied = Example(row.merging(["poang": "600"]) { $1 })
}
