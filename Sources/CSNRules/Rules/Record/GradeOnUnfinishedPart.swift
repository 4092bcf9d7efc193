import CSN
import Findings

/// `grade-on-unfinished-part`: a grade on a part that is not the course's last.
enum GradeOnUnfinishedPart: RecordRule {
    static let name: RuleName = "grade-on-unfinished-part"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.betyg, .kursdel)
    static let turn = Turn(.check, 270)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.betyg, .kursdel)

    /// Whether a grade stands on a part after which the course goes on. An X is `x-only-undivided`'s.
    static func breaks(_ betyg: Betyg, on kursdel: Kursdel) -> Bool {
        !kursdel.isLast && !XOnlyUndivided.breaks(betyg, on: kursdel)
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let betyg = record.betyg, let kursdel = record.kursdel, breaks(betyg, on: kursdel) else { return }
        context.report(
            on: &record, at: .betyg, value: betyg.code, [Parameter("kursdel", "\(kursdel.part):\(kursdel.parts)")])
    }

    static let title = Text(
        sv: "En del av en kurs som inte är den sista har ett betyg.",
        en: "A part of a course that is not its last has a grade.")
    static let explanation = Text(
        sv: """
            Betyg sätts på hela kursen, när den är avslutad. På en del som följs av fler (1:2, 1:3, 2:3) hör inget \
            betyg hemma, om det inte är en delkurs med eget betyg; den rapporteras som 1:1. Raden skickas som den är.
            """,
        en: """
            A grade is given on the whole course, when it is finished. No grade belongs on a part that others follow \
            (1:2, 1:3, 2:3), unless it is a delkurs with a grade of its own, which is reported as 1:1. The row is sent \
            as it is.
            """)
    static let remedy = Text(
        sv: """
            Är kursen avslutad eller en delkurs, rätta kursdelen i skolans system. Fortsätter kursen, ta bort betyget \
            från delen.
            """,
        en: """
            If the course is finished or is a delkurs, mend the kursdel in the school's system. If it goes on, remove \
            the grade from the part.
            """)
    static let messages = [
        Message.send(
            .warning,
            sv: "betyg {value} på kursdel {kursdel}, som inte är den sista delen",
            en: "betyg {value} on kursdel {kursdel}, which is not the last part")
    ]
    static let source = Source.handbook("När en kurs är avslutad ska du rapportera betyget till CSN.")
    private static let row = [
        "poang": "50", "slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-20",
    ]
    static let broken = Example(row.merging(["kursdel": "12"]) { $1 })
    static let satisfied = Example(row.merging(["kursdel": "22"]) { $1 })
}
