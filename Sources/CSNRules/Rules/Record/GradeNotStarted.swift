import CSN
import Findings

/// `grade-not-started` ○: who passed a course has started it. Any other grade on N is only asked about.
enum GradeNotStarted: RecordRule {
    static let name: RuleName = "grade-not-started"
    static let standing = Standing.own
    static let heading = Heading.record
    static let fields = FieldSet(.registrering, .betyg)
    static let turn = Turn(.check, 250)
    static let concerns: RecordTraits = .grade
    static let inputs = FieldSet(.registrering, .betyg, .betygsdatum)

    /// What a grade on a course says that is not started.
    enum Contradiction {
        case passed
        /// The student probably never came.
        case notPassed
    }

    /// nil when nothing contradicts anything.
    static func contradiction(started: Bool, betyg: Betyg?, on betygsdatum: Day?) -> Contradiction? {
        guard !started, let betyg else { return nil }
        return betyg.isPass(on: betygsdatum) ? .passed : .notPassed
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        // An 81 that `not-started-but-started` has held is the same contradiction.
        if record.events.contains(where: { $0.orsak == .notStarted && !$0.failed.isEmpty }) { return }
        switch contradiction(started: record.registrering, betyg: record.betyg, on: record.betygsdatum) {
        case .passed:
            context.report(0, on: &record, at: .registrering, value: "N", parameters(of: record))
        case .notPassed where !record.saysNotStarted:
            context.report(1, on: &record, at: .registrering, value: "N", parameters(of: record))
        case .notPassed, nil: return
        }
    }

    private static func parameters(of record: Record) -> [Parameter] {
        [
            Parameter("betyg", record.betyg?.code ?? ""),
            Parameter("startdatum", record.startdatum?.description ?? "?"),
        ]
    }

    static let title = Text(
        sv: "Betyg på en kurs som inte är påbörjad.",
        en: "A grade on a course that is not started.")
    static let explanation = Text(
        sv: """
            Den som har fått ett godkänt betyg har läst kursen, men att kursen är påbörjad är ett intyg som bara skolan \
            kan ge; csnfil skriver det aldrig själv. Ett annat betyg (F, streck …) på en kurs som inte är påbörjad \
            betyder oftast att den studerande aldrig kom: då ska avbrott (99) rapporteras på kursens startdatum.
            """,
        en: """
            Who has passed a course has read it, but that a course is started is a certificate that only the school \
            can give; csnfil never writes it itself. Another grade (F, dash …) on a course that is not started mostly \
            means that the student never came: then a drop-out (99) on the course's start date is to be reported.
            """)
    static let remedy = Text(
        sv: """
            Registrera i skolans system att kursen är påbörjad, om den är det. Kom den studerande aldrig, registrera \
            avbrott med kursens startdatum. Saknar exporten uppgiften kan skolan i sin inställning ”started” ange vad \
            som intygar den.
            """,
        en: """
            Register in the school's system that the course is started, if it is. If the student never came, register \
            a drop-out on the course's start date. If the export has no such column, the school can declare in its \
            setting “started” what certifies it.
            """)
    static let messages = [
        Message.hold(
            sv: "godkänt betyg {betyg}, men kursen är inte påbörjad ({value})",
            en: "passed with betyg {betyg}, but the course is not started ({value})"),
        Message.send(
            .warning,
            sv:
                "betyg {betyg}, men kursen är inte påbörjad: kom den studerande aldrig? Då avbrott (99) på {startdatum}",
            en: "betyg {betyg}, but the course is not started: did the student never come? Then 99 on {startdatum}"),
    ]
    static let source = Source.own(
        Text(
            sv: "Betyget och ”inte påbörjad” säger emot varandra, och påbörjat är ett intyg som bara skolan kan ge.",
            en: "The grade and “not started” contradict each other, and only the school can certify the start."))
    static let broken = Example([
        "slutdatum": "2026-11-20", "registrering": "N", "betyg": "C", "betygsdatum": "2026-11-20",
    ])
    static let satisfied = Example([
        "slutdatum": "2026-11-20", "registrering": "J", "betyg": "C", "betygsdatum": "2026-11-20",
    ])
}
