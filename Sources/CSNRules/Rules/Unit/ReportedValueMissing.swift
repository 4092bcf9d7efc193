import CSN
import Findings

/// `reported-value-missing`: a J, a grade or an event that was reported before and that the export does not have any
/// more is kept; where a whole column went empty, the school is held.
///
/// A record rule, whose turn comes before all others: the record is judged as if the export still had the value.
enum ReportedValueMissing: RecordRule, SchoolRule {
    static let name: RuleName = "reported-value-missing"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.registrering, .betyg, .betygsdatum, .meddelandeorsak, .handelsedatum)
    static let turn = Turn(.drop, 1)
    static let concerns: RecordTraits = .reported
    static let inputs: FieldSet = []

    // MARK: - A whole column

    /// Whether a column in which the exports hold nothing any more went empty, from how many of its records have lost a
    /// value: of a single one nobody can tell the column from the cell.
    static func isEmptied(lost: Int) -> Bool { lost > 1 }

    static func apply(to school: inout SchoolFacts, _ context: inout RuleContext) {
        for (field, lost) in school.lostValues.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where isEmptied(lost: lost) {
            let action = context.reportFile(
                3, school: school.school, [Parameter("name", field.swedish), Parameter("records", String(lost))])
            guard action == .hold else { continue }
            school.emptied.insert(field)
            school.isHeld = true
        }
    }

    // MARK: - One record

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        // The rules about examinations ask by themselves what was reported.
        guard !context.earlier.isEmpty, !record.marks.contains(.examination) else { return }
        guard record.failed.isDisjoint(with: EarlierRecords.identifying) else { return context.countNotChecked() }
        guard let earlier = context.earlier(like: record)?.reported else { return }
        keepStart(of: earlier, on: &record, &context)
        keepGrade(of: earlier, on: &record, &context)
        keepEvents(of: earlier, on: &record, &context)
    }

    /// A course that is now said not to have been started is the school's own word, and no lost J; and beside a later
    /// drop-out `drop-out-not-registered` puts the J back.
    private static func keepStart(of earlier: Record, on record: inout Record, _ context: inout RuleContext) {
        guard earlier.registrering, !record.registrering, !record.saysNotStarted,
            !context.emptiedColumns.contains(.registrering)
        else { return }
        guard !record.failed.contains(.registrering) else { return context.countNotChecked() }
        guard DropOutNotRegistered.event(of: record) == nil else { return }
        if context.report(0, on: &record, at: .registrering, [Parameter(Parameter.became, "J")]) == .repair {
            record.registrering = true
        }
    }

    private static func keepGrade(of earlier: Record, on record: inout Record, _ context: inout RuleContext) {
        guard let betyg = earlier.betyg, record.betyg == nil, !context.emptiedColumns.contains(.betyg) else { return }
        guard record.failed.isDisjoint(with: FieldSet(.betyg, .betygsdatum)) else { return context.countNotChecked() }
        let action = context.report(
            1, on: &record, at: .betyg,
            [
                Parameter(Parameter.became, betyg.code),
                Parameter("betygsdatum", earlier.betygsdatum?.description ?? "–"),
            ])
        if action == .repair { (record.betyg, record.betygsdatum) = (betyg, earlier.betygsdatum) }
    }

    /// Absences by themselves, not started and drop-out by themselves: which of the latter two is sent depends on the
    /// unit. A date that was moved, or an absence that got its end, is no loss.
    private static func keepEvents(of earlier: Record, on record: inout Record, _ context: inout RuleContext) {
        // No event is reported of who has died.
        guard !earlier.events.isEmpty, !context.emptiedColumns.contains(.meddelandeorsak),
            !record.marks.contains(.deceased)
        else { return }
        guard record.failed.isDisjoint(with: Event.fields) else { return context.countNotChecked() }
        let kinds = Set(record.events.map { $0.orsak?.isAbsence })
        guard !kinds.contains(nil) else { return }
        for event in earlier.events {
            guard let orsak = event.orsak, !kinds.contains(orsak.isAbsence) else { continue }
            let action = context.report(
                2, on: &record, at: .meddelandeorsak,
                [
                    Parameter(Parameter.became, String(orsak.rawValue)),
                    Parameter("date", event.date?.description ?? "–"),
                ])
            if action == .repair { record.events.append(event) }
        }
        record.sortEvents()
    }

    static let title = Text(
        sv: "Ett påbörjat, ett betyg eller en händelse som har rapporterats saknas i exporten.",
        en: "A start, a grade or an event that was reported is missing from the export.")
    static let explanation = Text(
        sv: """
            Har skolan rapporterat att kursen är påbörjad, ett betyg eller en händelse, och har exporten inte längre \
            något, skickas det som senast rapporterades. Har exporten inte ett enda värde kvar i en kolumn där flera \
            av posterna förut hade ett, har exporten ändrats: ingenting av skolan skickas. En kurs som nu uttryckligen \
            är ej påbörjad är inget bortfall.
            """,
        en: """
            Where the school has reported that the course is started, a grade or an event, and the export has none any \
            more, what was last reported is sent. Where the export has not one value left in a column in which several \
            of the records had one before, the export has changed: nothing of the school is sent. A course that is now \
            explicitly not started is no loss.
            """)
    static let remedy = Text(
        sv: """
            Lägg tillbaka uppgiften i skolans system. Är en hel kolumn tom: se efter att exporten har samma kolumner \
            och urval som förut. Ska uppgiften inte gälla: säg det med csnfil outbox forget.
            """,
        en: """
            Put the value back in the school's system. If a whole column is empty, see that the export has the same \
            columns and selection as before. If the value is not to stand, say so with csnfil outbox forget.
            """)
    static let messages = [
        Message.repair(
            .warning,
            sv: "kursen har rapporterats som påbörjad men exporten säger det inte längre: skickas som {became}",
            en: "the course was reported as started but the export does not say so any more: sent as {became}"),
        Message.repair(
            .warning,
            sv: "betyg {became} med datum {betygsdatum} har rapporterats men exporten har inget betyg: det behålls",
            en: "betyg {became} of {betygsdatum} was reported but the export has no grade: it is kept"),
        Message.repair(
            .warning,
            sv: "händelse {became} med datum {date} har rapporterats men finns inte i exporten: den behålls",
            en: "event {became} of {date} was reported but is not in the export: it is kept"),
        Message.hold(
            sv: """
                exporten har inte ett enda värde för {name}, som {records} av dess poster hade när de rapporterades: \
                ingenting av skolan skickas
                """,
            en: """
                the export has not one value for {name}, which {records} of its records had when they were reported: \
                nothing of the school is sent
                """),
    ]
    static let source = Source.own(
        Text(
            sv:
                "Det som rapporterats försvinner oftare ur en export för att den har ändrats än för att det inte gäller.",
            en: "What was reported vanishes from an export more often because that changed than because it is not so."))
    private static let grade = ["betyg": "C", "betygsdatum": "2026-12-18"]
    static let broken = Example([:], reported: [grade], today: "2026-12-21")
    static let satisfied = Example(grade, reported: [grade], today: "2026-12-21")
}
