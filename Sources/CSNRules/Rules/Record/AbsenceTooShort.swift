import CSN
import Findings

/// `absence-too-short`: an absence of less than 15 days is not reported.
enum AbsenceTooShort: RecordRule {
    static let name: RuleName = "absence-too-short"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.drop, 130)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum)

    /// Whether an absence with those dates is too short. The day of the 32 is the first day back: from the 1st to the
    /// 16th are 15 days of absence.
    static func isTooShort(from begin: Day, to end: Day) -> Bool { end - begin < Absence.reportableDays }

    /// The record's absences that are too short. Once CSN has the 31 its end must be told, however soon it came.
    static func found(in record: Record, _ context: RuleContext) -> [Absence] {
        guard record.hasAbsence else { return [] }
        let delivered = context.delivered(like: record)
        return Absence.all(in: record.events).filter { absence in
            guard let begin = absence.begin.flatMap({ record.events[$0].date }),
                let end = absence.end.flatMap({ record.events[$0].date }), isTooShort(from: begin, to: end)
            else { return false }
            return !(delivered?.events.contains { $0.orsak == .absenceBegins && $0.date == begin } ?? false)
        }
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        var dropped: Set<Int> = []
        for absence in found(in: record, context) {
            guard let begin = absence.begin.map({ record.events[$0] }),
                let end = absence.end.map({ record.events[$0] }),
                let first = begin.date, let back = end.date
            else { continue }
            let action = context.report(
                on: &record, at: .handelsedatum, from: end.origin, value: back.description,
                [Parameter("first", first.description), Parameter("days", String(back - first))])
            if action == .drop { dropped.formUnion(absence.events) }
        }
        record.dropEvents(at: dropped)
    }

    static let title = Text(
        sv: "Frånvaron är kortare än 15 dagar.",
        en: "The absence is shorter than 15 days.")
    static let explanation = Text(
        sv: """
            Frånvaro rapporteras först när den har varat minst 15 kalenderdagar i följd, räknat från första \
            frånvarodag (31) till dagen då den studerande är tillbaka (32): 1 till 16 september är 15 dagar. En \
            kortare frånvaro tas inte med, om inte CSN redan har fått veta att den började.
            """,
        en: """
            An absence is reported only when it lasted at least 15 calendar days in a row, counted from the first day \
            of absence (31) to the day the student is back (32): 1 to 16 September is 15 days. A shorter one is left \
            out, unless CSN has already been told that it began.
            """)
    static let remedy = Text(
        sv: "Ingenting behöver göras om datumen stämmer; annars rätta dem i skolans system.",
        en: "Nothing needs to be done if the dates are right; otherwise mend them in the school's system.")
    static let messages = [
        Message.drop(
            sv: "frånvaro {first} till {value} är {days} dagar, kortare än 15: varken 31 eller 32 rapporteras",
            en: "absence {first} to {value} is {days} days, shorter than 15: neither 31 nor 32 is reported")
    ]
    static let source = Source.handbook(
        """
        Du ska rapportera Hel frånvaro börjar/inte studieaktiv (kod 31) om den studerande är frånvarande i minst 15 \
        kalenderdagar i följd.
        """)
    static let broken = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"],
        ["personnummer": "20080101-9803", "meddelandeorsak": "32", "handelsedatum": "2026-09-15"])
    static let satisfied = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"],
        ["personnummer": "20080101-9803", "meddelandeorsak": "32", "handelsedatum": "2026-09-16"])
}
