import CSN
import Findings

/// `reported-course-missing`: a course that was reported before and is gone from the export is kept as last reported.
enum ReportedCourseMissing: UnitRule {
    static let name: RuleName = "reported-course-missing"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields: FieldSet = []
    static let turn = Turn(.check, 90)
    static let concerns: RecordTraits = .reported
    static let inputs: FieldSet = []

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        let carried = unit.present.filter { unit.records[$0].isCarried && !unit.records[$0].isHeld }
        guard !carried.isEmpty else { return }
        guard !unit.hasUnplacedRows, !unit.present.contains(where: { isUnknown(unit.records[$0]) }) else {
            return context.countNotChecked()
        }
        let isWhole = carried.count == unit.present.count
        for index in carried where context.earlier(like: unit.records[index])?.isExpected == true {
            let record = unit.records[index]
            context.report(
                isWhole ? 1 : 0, on: &unit.records[index], at: nil,
                [
                    Parameter("course", CourseIdentityChanged.name(of: record, context)),
                    Parameter("slutdatum", record.slutdatum?.description ?? ""),
                ])
        }
    }

    /// Whether a row may be about the course that seems to be missing: nobody knows which course it is.
    private static func isUnknown(_ record: Record) -> Bool {
        !record.isCarried && !record.failed.isDisjoint(with: EarlierRecords.identifying)
    }

    static let title = Text(
        sv: "En rapporterad kurs finns inte längre i exporten.",
        en: "A course that was reported is not in the export any more.")
    static let explanation = Text(
        sv: """
            En kurs som har rapporterats och sedan försvinner ur exporten är ett misstag tills någon säger något annat: \
            den skickas som den senast rapporterades, så att studieperioden är hel. Ett avbrott rapporteras som avbrott \
            och kursen står kvar. En export som inte är fullständig saknar aldrig en kurs.
            """,
        en: """
            A course that has been reported and then vanishes from the export is a mistake until somebody says \
            otherwise: it is sent as it was last reported, so that the study period is whole. A drop-out is reported \
            as one and the course stays. An export that is not complete never makes a course missing.
            """)
    static let remedy = Text(
        sv: """
            Lägg tillbaka kursen i skolans system eller i exportens urval; avbröts den, registrera avbrottet. Ska den \
            aldrig ha rapporterats: säg det med csnfil outbox forget.
            """,
        en: """
            Put the course back in the school's system or in what the export selects; if it was broken off, register \
            the drop-out. If it should never have been reported, say so with csnfil outbox forget.
            """)
    static let messages = [
        Message.send(
            .warning,
            sv: "{course} till {slutdatum} har rapporterats men finns inte i exporten: skickas som senast rapporterad",
            en: "{course} to {slutdatum} was reported but is not in the export: sent as last reported"),
        Message.send(
            .warning,
            sv:
                "{course} till {slutdatum} har rapporterats, men ingenting av studieperioden finns i exporten: den kvarstår",
            en: "{course} to {slutdatum} was reported, but nothing of the study period is in the export: it stands"),
    ]
    static let source = Source.handbook(
        "Du ska alltså ge hela bilden för den studerande vid varje rapporteringstillfälle.")
    static let broken = Example([:], reported: [[:], ["kurskod": "ENGENG05", "startdatum": "2026-08-24"]])
    static let satisfied = Example(
        [:], ["kurskod": "ENGENG05", "startdatum": "2026-08-24"],
        reported: [[:], ["kurskod": "ENGENG05", "startdatum": "2026-08-24"]])
}
