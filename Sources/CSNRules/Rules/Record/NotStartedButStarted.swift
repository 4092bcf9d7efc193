import CSN
import Findings

/// `not-started-but-started` ○: an 81 stands neither with J nor with a grade.
enum NotStartedButStarted: RecordRule {
    static let name: RuleName = "not-started-but-started"
    static let standing = Standing.own
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .registrering, .betyg)
    // Among the repairs, before not-started-date: where the two say the same, this one says it. After
    // started-before-course, which takes back a J that is no certificate.
    static let turn = Turn(.repair, 38)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .registrering)

    /// Which message fits a record with an 81; nil for none.
    static func message(isStarted: Bool, betyg: Betyg?) -> Int? {
        isStarted ? 0 : betyg != nil ? 1 : nil
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard let event = record.events.first(where: { $0.orsak == .notStarted }),
            let message = message(isStarted: record.registrering, betyg: record.betyg)
        else { return }
        context.report(
            message, on: &record, at: .meddelandeorsak, from: event.origin, value: "81",
            [Parameter("betyg", record.betyg?.code ?? "")])
    }

    static let title = Text(
        sv: "Kursen sägs både vara påbörjad och inte påbörjad.",
        en: "The course is said to be both started and not started.")
    static let explanation = Text(
        sv: """
            81 betyder att den studerande inte har påbörjat några studier alls. Står det samtidigt J för påbörjad, \
            eller ett betyg, säger raden två saker som inte kan vara sanna båda.
            """,
        en: """
            81 means that the student has started none of the studies. With J for started, or a grade, the row says \
            two things that cannot both be true.
            """)
    static let remedy = Text(
        sv: """
            Började den studerande, ta bort 81 i skolans system (avbröt hen sedan: 99 med datum för avbrottet). \
            Började hen inte, ta bort J och betyget.
            """,
        en: """
            If the student did start, remove the 81 in the school's system (if the student left later: 99 with the \
            date of leaving). If the student did not, remove the J and the grade.
            """)
    static let messages = [
        Message.hold(
            sv: "”ej påbörjat studierna” (81) på en kurs som är påbörjad (J)",
            en: "“not started” (81) on a course that is started (J)"),
        Message.hold(
            sv: "”ej påbörjat studierna” (81) på en kurs med betyget {betyg}",
            en: "“not started” (81) on a course with the grade {betyg}"),
    ]
    static let source = Source.handbook(
        "Om den studerande inte påbörjar några studier alls ska du rapportera Ej påbörjat studierna (kod 81).")
    static let broken = Example(["meddelandeorsak": "81", "handelsedatum": "2026-08-17"])
    static let satisfied = Example(
        ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-17"])
}
