import CSN
import Findings

/// `absence-age` ●: 31 and 32 only in study-aid age.
enum AbsenceAge: RecordRule {
    static let name: RuleName = "absence-age"
    static let standing = Standing.refusal
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum, .personnummer)
    static let turn = Turn(.drop, 100)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum, .personnummer)

    /// Whether an absence event of that person on that day is not to be reported.
    static func breaks(_ student: Personnummer, on date: Day) -> Bool { !StudyAidAge.holds(student, on: date) }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.hasAbsence, let student = record.personnummer else { return }
        let leftToAnother = tooShort(in: record, context)
        var dropped: Set<Int> = []
        for index in record.events.indices where !leftToAnother.contains(index) {
            let event = record.events[index]
            guard let orsak = event.orsak, orsak.isAbsence, let date = event.date, breaks(student, on: date) else {
                continue
            }
            let action = context.report(
                on: &record, at: .handelsedatum, from: event.origin, value: date.description,
                [
                    Parameter("code", String(orsak.rawValue)),
                    Parameter("last", StudyAidAge.lastDay(of: student).description),
                ])
            if action == .drop { dropped.insert(index) }
        }
        record.dropEvents(at: dropped)
    }

    /// The events of absences that absence-too-short leaves out whole. Without its 32 the 31 of a short absence that
    /// ends past the age limit would read as an absence that lasts.
    private static func tooShort(in record: Record, _ context: RuleContext) -> Set<Int> {
        guard [.drop, .hold].contains(context.effect(of: AbsenceTooShort.self, 0).action) else { return [] }
        return Set(AbsenceTooShort.found(in: record, context).flatMap(\.events))
    }

    static let title = Text(
        sv: "Frånvaro efter studiehjälpsåldern ska inte rapporteras.",
        en: "An absence after study-aid age is not to be reported.")
    static let explanation = Text(
        sv: """
            Hel frånvaro (31) och dess slut (32) rapporteras bara för studerande med studiehjälp, till och med den 30 \
            juni det år den studerande fyller 20. En senare händelse tas inte med; står den i en färdig fil tar CSN \
            inte emot filen.
            """,
        en: """
            Full absence (31) and its end (32) are reported only for students with study aid, to 30 June of the year \
            the student turns 20. A later event is left out; where it stands in a finished file CSN refuses the file.
            """)
    static let remedy = Text(
        sv: "Ingenting behöver göras. Ta bort frånvaron i skolans system om den inte ska stå där.",
        en: "Nothing needs to be done. Remove the absence in the school's system if it should not stand there.")
    static let messages = [
        Message.drop(
            sv: "frånvaro {code} den {value} är efter studiehjälpsåldern, som slutade {last}: rapporteras inte",
            en: "absence {code} on {value} is after study-aid age, which ended {last}: not to be reported")
    ]
    static let source = Source.refusals(
        """
        Du kan bara rapportera meddelandeorsak 31 och 32 till och med det första kalenderhalvåret det år en studerande \
        fyller 20.
        """)
    static let broken = Example(
        ["personnummer": "20060101-9805", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"])
    static let satisfied = Example(
        ["personnummer": "20070101-9804", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"])
}
