import CSN
import Findings

/// `absence-outside-period`: a 31 or 32 lies within the unit's first and last date and is written on the courses that
/// cover it.
enum AbsenceOutsidePeriod: UnitRule {
    static let name: RuleName = "absence-outside-period"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum, .startdatum, .slutdatum)
    // Before the checks of the catalogue's table of units: it stands in the table of records.
    static let turn = Turn(.check, 5)
    static let concerns: RecordTraits = .event
    static let inputs: FieldSet = []

    /// What must be known of every record before anybody can tell how long the period is.
    static let needed = FieldSet(.startdatum, .slutdatum, .meddelandeorsak, .handelsedatum)

    /// Which message fits an absence event on one of the unit's courses; nil for none.
    ///
    /// - Parameters:
    ///   - course: the dates of the course on which it stands.
    ///   - others: the dates of the unit's other courses, and whether the same event stands on each.
    static func message(
        _ date: Day, on course: ClosedRange<Day>, others: [(dates: ClosedRange<Day>, hasEvent: Bool)]
    ) -> Int? {
        if course.contains(date) { return nil }
        let all = others.map(\.dates) + [course]
        guard let first = all.map(\.lowerBound).min(), let last = all.map(\.upperBound).max(),
            first <= date, date <= last
        else { return 0 }
        // Whole absence is often written on every course of the student: where a course that covers it has it too,
        // CSN has been told.
        let covering = others.filter { $0.dates.contains(date) }
        return covering.isEmpty || covering.contains(where: \.hasEvent) ? nil : 1
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        let present = unit.present
        guard present.contains(where: { unit.records[$0].hasAbsence }) else { return }
        let courses = present.compactMap { index in dates(of: unit.records[index]).map { (index, $0) } }
        guard courses.count == present.count else { return context.countNotChecked() }
        for (index, course) in courses {
            for event in unit.records[index].events {
                guard let orsak = event.orsak, orsak.isAbsence, let date = event.date else { continue }
                let others = courses.filter { $0.0 != index }.map { other, dates in
                    (dates, unit.records[other].events.contains { $0.orsak == orsak && $0.date == date })
                }
                guard let message = message(date, on: course, others: others) else { continue }
                report(message, event, date, on: &unit.records[index], courses.map(\.1), &context)
            }
        }
    }

    private static func report(
        _ message: Int, _ event: Event, _ date: Day, on record: inout Record, _ courses: [ClosedRange<Day>],
        _ context: inout RuleContext
    ) {
        context.report(
            message, on: &record, at: .handelsedatum, from: event.origin, value: date.description,
            [
                Parameter("code", event.orsak.map { String($0.rawValue) } ?? ""),
                Parameter("first", courses.map(\.lowerBound).min()?.description ?? ""),
                Parameter("last", courses.map(\.upperBound).max()?.description ?? ""),
                Parameter("startdatum", record.startdatum?.description ?? ""),
                Parameter("slutdatum", record.slutdatum?.description ?? ""),
            ])
    }

    /// First and last day of a record's course; nil where something that is needed failed.
    private static func dates(of record: Record) -> ClosedRange<Day>? {
        guard record.failed.isDisjoint(with: needed), let start = record.startdatum, let end = record.slutdatum,
            start <= end
        else { return nil }
        return start...end
    }

    static let title = Text(
        sv: "Frånvaron ligger utanför studieperioden.",
        en: "The absence lies outside the study period.")
    static let explanation = Text(
        sv: """
            Händelsedatum för frånvaro (31 och 32) ska ligga mellan första och sista dagen för de kurser som den \
            studerande läser i perioden, och frånvaron hör hemma på de kurser som pågår den dagen. Raden skickas som \
            den är.
            """,
        en: """
            The event date of an absence (31 and 32) is to lie between the first and the last day of the courses that \
            the student reads in the period, and the absence belongs on the courses that run on that day. The row is \
            sent as it is.
            """)
    static let remedy = Text(
        sv: "Rätta datumet i skolans system, eller registrera frånvaron på de kurser som pågår då.",
        en: "Mend the date in the school's system, or register the absence on the courses that run then.")
    static let messages = [
        Message.send(
            .warning,
            sv: "frånvaro {code} den {value} ligger utanför studieperioden {first}–{last}",
            en: "absence {code} on {value} lies outside the study period {first}–{last}"),
        Message.send(
            .warning,
            sv: """
                frånvaro {code} den {value} står på en kurs som pågår {startdatum}–{slutdatum}, och inte på de kurser \
                som pågår den dagen
                """,
            en: """
                absence {code} on {value} stands on a course that runs {startdatum}–{slutdatum}, and not on the \
                courses that run on that day
                """),
    ]
    static let source = Source.handbook("Händelsedatumet måste ligga inom studieperioden.")
    static let broken = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-08-16"],
        ["personnummer": "20080101-9803", "meddelandeorsak": "32", "handelsedatum": "2026-10-01"])
    static let satisfied = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-08-17"],
        ["personnummer": "20080101-9803", "meddelandeorsak": "32", "handelsedatum": "2026-10-01"])
}
