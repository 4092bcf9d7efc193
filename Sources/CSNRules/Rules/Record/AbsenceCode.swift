import CSN
import Findings

/// `absence-code`: CSN's page contradicts itself on whether a file may hold 31 and 32.
enum AbsenceCode: RecordRule {
    static let name: RuleName = "absence-code"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.meddelandeorsak)
    // Behind the other drops of absences: what is not to be reported at all must not be listed for registering by hand.
    static let turn = Turn(.drop, 155)
    static let concerns: RecordTraits = .event
    static let inputs = FieldSet(.meddelandeorsak, .handelsedatum)

    /// Which message fits a 31 or 32; nil when there is nothing to say.
    static func message(isCheck: Bool, sendsAbsenceCodes: Bool) -> Int? {
        isCheck ? 0 : sendsAbsenceCodes ? nil : 1
    }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.hasAbsence,
            let message = message(isCheck: context.isCheck, sendsAbsenceCodes: context.settings.sendsAbsenceCodes)
        else { return }
        context.dropEvents(of: &record) { orsak, _ in orsak.isAbsence ? message : nil }
    }

    static let title = Text(
        sv: "Det är oklart om CSN tar emot 31 och 32 i en fil.",
        en: "It is unclear whether CSN takes 31 and 32 in a file.")
    static let explanation = Text(
        sv: """
            CSN:s handbok säger emot sig själv om frånvaro (31 och 32): en rad bland felorsakerna tillåter bara 81 och \
            99, en annan ger 31 och 32 en åldersgräns. csnfil skickar dem. Med absenceCodes: off tas de inte med i \
            filen utan räknas upp, så att skolan kan registrera dem för hand i Mina tjänster.
            """,
        en: """
            CSN's handbook contradicts itself on absence (31 and 32): one line of the list of refusals allows 81 and \
            99 alone, another gives 31 and 32 an age limit. csnfil sends them. With absenceCodes: off they are left \
            out of the file and listed, so that the school can register them by hand in Mina tjänster.
            """)
    static let remedy = Text(
        sv: """
            Nekar CSN filen på grund av meddelandeorsak: sätt absenceCodes: off i konfigurationen, kör igen och \
            registrera den uppräknade frånvaron för hand i Mina tjänster.
            """,
        en: """
            If CSN refuses the file because of meddelandeorsak: set absenceCodes: off in the configuration, run again \
            and register the listed absences by hand in Mina tjänster.
            """)
    static let messages = [
        Message.send(
            .warning,
            sv: "meddelandeorsak {value}: det är oklart om CSN tar emot frånvaro i en fil",
            en: "meddelandeorsak {value}: it is unclear whether CSN takes absences in a file"),
        Message.drop(
            .warning,
            sv: "frånvaro {value} den {date} tas inte med i filen: registrera den för hand i Mina tjänster",
            en: "absence {value} on {date} is left out of the file: register it by hand in Mina tjänster"),
    ]
    static let source = Source.refusals("Meddelandeorsak: Ska innehålla ett numerisk värde som är 81 eller 99.")
    static let broken = Example(
        ["personnummer": "20080101-9803", "meddelandeorsak": "31", "handelsedatum": "2026-09-01"])
    static let satisfied = Example(["personnummer": "20080101-9803"])
}
