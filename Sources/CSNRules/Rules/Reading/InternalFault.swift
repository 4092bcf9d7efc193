import CSN
import Findings

/// `internal-fault`: a fault of csnfil, never of the data. The unit is held, the run goes on, the exit status is 70.
enum InternalFault: ReadingRule {
    static let name: RuleName = "internal-fault"
    static let standing = Standing.repairOrHold
    static let heading = Heading.reading
    static let fields: FieldSet = []
    static let title = Text(
        sv: "Fel i csnfil, inte i exporten.",
        en: "A fault of csnfil, not of the export.")
    static let explanation = Text(
        sv: """
            Något i programmet stämmer inte med sig självt. Den studerandes period skickas inte, så att ingenting \
            felaktigt når CSN; resten av körningen går vidare och slutar med felkod 70.
            """,
        en: """
            Something in the program contradicts itself. The student's period is not sent, so that nothing wrong \
            reaches CSN; the rest of the run goes on and ends with exit status 70.
            """)
    static let remedy = Text(
        sv: "Rapportera felet till den som utvecklar csnfil, med raden ur report/diagnostics.jsonl.",
        en: "Report the fault to the developers of csnfil, with the line from report/diagnostics.jsonl.")
    static let messages = [
        Message.hold(
            sv: "fel i programmet ({what}): perioden hålls tillbaka",
            en: "fault of the program ({what}): the period is held")
    ]
    static let source = Source.own(
        Text(
            sv: "Ett fel hos oss får aldrig läsas som att uppgifterna är riktiga.",
            en: "A fault of ours must never read as valid data."))
    static let broken = Example()
    static let satisfied = Example()
}
