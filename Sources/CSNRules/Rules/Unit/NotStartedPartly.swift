import CSN
import Findings

/// `not-started-partly`: 81 means that no course at all was started; single courses take 99 on their first day.
enum NotStartedPartly: UnitRule {
    static let name: RuleName = "not-started-partly"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.meddelandeorsak, .handelsedatum)
    static let turn = Turn(.repair, 40)
    static let concerns: RecordTraits = .event
    static let inputs: FieldSet = []

    /// Whether only some of the courses are said not to be started, one of them by an 81.
    static func breaks(_ records: [Record]) -> Bool {
        let present = records.filter { !$0.isDropped }
        return present.contains { $0.events.contains { $0.orsak == .notStarted } }
            && !present.allSatisfy(\.saysNotStarted)
    }

    /// What must be known of every record before anybody can tell what the student started.
    static let needed = FieldSet(.startdatum, .meddelandeorsak, .handelsedatum)

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        guard unit.records.contains(where: { $0.hasEvents }), breaks(unit.records) else { return }
        guard unit.present.allSatisfy({ unit.records[$0].failed.isDisjoint(with: needed) }) else {
            return context.countNotChecked(because: unit.failed(in: unit.present).intersection(needed))
        }
        for index in unit.present {
            guard let event = unit.records[index].events.firstIndex(where: { $0.orsak == .notStarted }) else {
                continue
            }
            let start = unit.records[index].startdatum?.description ?? ""
            let origin = unit.records[index].events[event].origin
            let action = context.report(
                on: &unit.records[index], at: .meddelandeorsak, from: origin, value: "81",
                [Parameter(Parameter.became, "99"), Parameter("startdatum", start)])
            if action == .repair { unit.records[index].change(event: event, to: .dropOut) }
        }
    }

    static let title = Text(
        sv: "Bara några av periodens kurser har ”ej påbörjat studierna” (81).",
        en: "Only some courses of the period have “not started” (81).")
    static let explanation = Text(
        sv: """
            81 betyder att den studerande inte påbörjat några studier alls. Finns det i samma studieperiod en kurs som \
            inte sägs vara ej påbörjad, ska de enstaka kurserna i stället ha avbrott (99) på kursens startdatum; det \
            skriver csnfil.
            """,
        en: """
            81 means that the student has started no studies at all. Where the same study period holds a course that \
            is not said to be not started, the single courses take a drop-out (99) on their start date instead; \
            csnfil writes that.
            """)
    static let remedy = Text(
        sv: "Registrera avbrott med kursens startdatum på de kurser som inte påbörjades, eller 81 på alla.",
        en: "Register a drop-out on the start date of the courses that were not started, or 81 on all of them.")
    static let messages = [
        Message.repair(
            sv:
                "{value} på enstaka kurs skrivs som {became} på startdatum {startdatum}: periodens andra kurser är inte ej påbörjade",
            en:
                "{value} on a single course is written as {became} on startdatum {startdatum}: others of the period were not said so"
        )
    ]
    static let source = Source.handbook(
        "Tänk på! Om den studerande inte påbörjar enstaka kurser ska det rapporteras med avbrott (kod 99).")
    private static let row = ["registrering": "N", "handelsedatum": "2026-08-17"]
    static let broken = Example(row.merging(["meddelandeorsak": "81"]) { $1 }, ["kurskod": "ENGENG05"])
    static let satisfied = Example(row.merging(["meddelandeorsak": "99"]) { $1 }, ["kurskod": "ENGENG05"])
}
