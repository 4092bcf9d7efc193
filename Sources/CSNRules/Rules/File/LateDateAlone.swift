import CSN
import Findings

/// `late-date-alone`: the course fits a file, but the date of an event or a grade takes its record over the limit. A unit
/// rule, whose turn comes when the unit's own rules are through.
enum LateDateAlone: UnitRule {
    static let name: RuleName = "late-date-alone"
    static let standing = Standing.advice
    static let heading = Heading.file
    static let fields = FieldSet(.handelsedatum, .betygsdatum)
    static let turn = Turn(.check, 230)
    static let concerns: RecordTraits = [.event, .grade]
    static let inputs: FieldSet = []

    /// Whether a course from `start` to `end` fits a file, but not together with all of its dates, from `first` to
    /// `last`.
    static func breaks(start: Day, end: Day, first: Day, last: Day) -> Bool {
        end >= start && end - start < UnitShape.mostDays && last - first >= UnitShape.mostDays
    }

    /// Whether a record does so.
    static func applies(to record: Record) -> Bool {
        guard let start = record.startdatum, let end = record.slutdatum else { return false }
        var span = UnitShape.Span()
        record.forEachDate { span.take($0) }
        guard let first = span.first, let last = span.last else { return false }
        return breaks(start: start, end: end, first: first, last: last)
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        guard !unit.isHeld else { return }
        for index in unit.records.indices where !unit.records[index].isDropped && applies(to: unit.records[index]) {
            let failed = unit.records[index].failed.intersection(fields.union(FieldSet(.startdatum, .slutdatum)))
            if failed.isEmpty {
                report(on: &unit.records[index], &context)
            } else {
                context.countNotChecked(because: failed)
            }
        }
    }

    private static func report(on record: inout Record, _ context: inout RuleContext) {
        guard let start = record.startdatum, let end = record.slutdatum else { return }
        let parameters = [Parameter("startdatum", start.description), Parameter("slutdatum", end.description)]
        func distance(_ date: Day) -> Int { max(start - date, date - end) }
        let grade = record.betygsdatum
        let farthest = record.events.filter { $0.date != nil }.max { left, right in
            (left.date.map(distance) ?? 0) < (right.date.map(distance) ?? 0)
        }
        if let event = farthest, let date = event.date, grade.map({ distance($0) < distance(date) }) ?? true {
            context.report(
                1, on: &record, at: .handelsedatum, from: event.origin, value: date.description, parameters)
        } else if let grade {
            context.report(0, on: &record, at: .betygsdatum, value: grade.description, parameters)
        }
    }

    static let title = Text(
        sv: "Ett händelsedatum eller betygsdatum ligger mer än ett år från kursen.",
        en: "The date of an event or a grade lies more than a year from the course.")
    static let explanation = Text(
        sv: """
            Kursens start- och slutdatum ryms i en fil, men med händelsedatum eller betygsdatum blir det mer än 365 \
            dagar, till exempel vid ett slutprov långt efter kursen. Handboken säger inte vilka datum CSN räknar, så \
            studieperioden skickas i en egen fil: skulle CSN inte ta emot den drabbas ingen annan.
            """,
        en: """
            The start and end of the course fit a file, but with the date of the event or the grade it is more than \
            365 days, for instance with a final exam long after the course. The handbook does not say which dates CSN \
            counts, so the study period goes in a file of its own: should CSN refuse it, nobody else is harmed.
            """)
    static let remedy = Text(
        sv: "Kontrollera årtalet i datumet. Stämmer det behöver ingenting göras.",
        en: "Check the year of the date. If it is right, nothing needs doing.")
    static let messages = [
        Message.send(
            .warning,
            sv:
                "betygsdatum {value} ligger långt från kursen ({startdatum} till {slutdatum}): perioden går i en egen fil",
            en: "betygsdatum {value} lies far from the course ({startdatum} to {slutdatum}): a file of its own"),
        Message.send(
            .warning,
            sv:
                "händelsedatum {value} ligger långt från kursen ({startdatum} till {slutdatum}): perioden går i en egen fil",
            en: "händelsedatum {value} lies far from the course ({startdatum} to {slutdatum}): a file of its own"),
    ]
    static let source = Source.own(
        Text(
            sv: "Handbokens gräns på 365 dagar säger inte vilka datum som räknas.",
            en: "The handbook's limit of 365 days does not say which dates count."))
    private static let row = ["startdatum": "2025-08-18", "slutdatum": "2025-12-19", "betyg": "C"]
    static let broken = Example(row.merging(["betygsdatum": "2026-08-18"]) { $1 })
    static let satisfied = Example(row.merging(["betygsdatum": "2026-08-17"]) { $1 })
}
