import CSN
import Findings

/// `absence-report-late`: an absence in study-aid age that is reported after it.
enum AbsenceReportLate: RecordRule {
    static let name: RuleName = "absence-report-late"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum, .personnummer)
    static let turn = Turn(.check, 120)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum, .personnummer)

    /// Whether an absence event of that day, in study-aid age, is reported after it. One after that age is
    /// `absence-age`'s.
    static func breaks(_ student: Personnummer, on date: Day, today: Day) -> Bool {
        !AbsenceAge.breaks(student, on: date) && today > StudyAidAge.lastDay(of: student)
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.hasAbsence, let student = record.personnummer else { return }
        for event in record.events {
            guard let orsak = event.orsak, orsak.isAbsence, let date = event.date,
                breaks(student, on: date, today: context.today)
            else { continue }
            context.report(
                on: &record, at: .handelsedatum, from: event.origin, value: date.description,
                [
                    Parameter("code", String(orsak.rawValue)),
                    Parameter("last", StudyAidAge.lastDay(of: student).description),
                ])
        }
    }

    static let title = Text(
        sv: "Frånvaron rapporteras först efter studiehjälpsåldern.",
        en: "The absence is reported only after study-aid age.")
    static let explanation = Text(
        sv: """
            Frånvaro (31 och 32) får rapporteras till och med den 30 juni det år den studerande fyller 20. Handboken \
            säger inte om det är händelsens dag eller dagen för filen som räknas, så CSN kan neka filen även när \
            händelsen ligger före dagen. csnfil skickar den.
            """,
        en: """
            Absences (31 and 32) may be reported to 30 June of the year the student turns 20. The handbook does not \
            say whether the day of the event or that of the file counts, so CSN may refuse the file even where the \
            event lies before that day. csnfil sends it.
            """)
    static let remedy = Text(
        sv: """
            Nekar CSN filen: sätt absenceCodes: off i konfigurationen och kör igen, så skrivs filen utan frånvaron, \
            som räknas upp i stället. Registrera den sedan för hand i Mina tjänster.
            """,
        en: """
            If CSN refuses the file: set absenceCodes: off in the configuration and run again, and the file is written \
            without the absences, which are listed instead. Then register them by hand in Mina tjänster.
            """)
    static let messages = [
        Message.send(
            .warning,
            sv: """
                frånvaro {code} den {value} rapporteras efter studiehjälpsåldern, som slutade {last}: CSN kan neka \
                filen; absenceCodes: off skriver den utan
                """,
            en: """
                absence {code} on {value} is reported after study-aid age, which ended {last}: CSN may refuse the \
                file; absenceCodes: off writes it without
                """)
    ]
    static let source = Source.refusals(
        """
        Du kan bara rapportera meddelandeorsak 31 och 32 till och med det första kalenderhalvåret det år en studerande \
        fyller 20.
        """)
    private static let row = [
        "personnummer": "20060101-9805", "startdatum": "2026-03-02", "slutdatum": "2026-06-12",
        "meddelandeorsak": "31",
    ]
    static let broken = Example(row.merging(["handelsedatum": "2026-05-04"]) { $1 }, today: "2026-07-01")
    static let satisfied = Example(row.merging(["handelsedatum": "2026-05-04"]) { $1 }, today: "2026-06-30")
}
