import CSN
import Findings

/// `implausible-age`: younger than 15 or older than 100 on the first day of the course.
enum ImplausibleAge: FieldRule {
    static let name: RuleName = "implausible-age"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.personnummer, .startdatum)
    static let turn = Turn(.check, 80)
    static let inputs = FieldSet(.personnummer, .startdatum)

    /// The ages, in whole years, at which nobody is asked.
    static let plausible = 15...100

    /// How many years old a person born on `birthday` is on a day; negative before the birth.
    static func age(born birthday: Day, on day: Day) -> Int {
        let (birthYear, birthMonth, birthDay) = birthday.civil
        let (year, month, dayOfMonth) = day.civil
        return year - birthYear - ((month, dayOfMonth) < (birthMonth, birthDay) ? 1 : 0)
    }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let number = candidate.personnummer, let start = candidate.startdatum else { return }
        // By the years alone nearly everybody is of an age: the days need not be looked at.
        let years = start.year - number.birthYear
        if plausible.contains(years), plausible.contains(years - 1) { return }
        let age = age(born: number.birthday, on: start)
        guard !plausible.contains(age) else { return }
        context.report(
            age < plausible.lowerBound ? 0 : 1, on: &candidate, at: .personnummer, value: number.inClear,
            [Parameter("startdatum", start.description)])
    }

    static let title = Text(
        sv: "Den studerande är yngre än 15 eller äldre än 100 år när kursen börjar.",
        en: "The student is younger than 15 or older than 100 when the course begins.")
    static let explanation = Text(
        sv: """
            Så unga eller gamla studerande är ovanliga i komvux. Oftare är födelseåret eller startdatum fel, eller så \
            har ett tvåsiffrigt årtal lästs i fel sekel. Raden skickas som den är.
            """,
        en: """
            Students that young or old are rare in komvux. More often the year of birth or the start date is wrong, \
            or a year of two digits was read in the wrong century. The row is sent as it is.
            """)
    static let remedy = Text(
        sv: "Kontrollera personnumret och startdatum i skolans system. Stämmer båda behöver ingenting göras.",
        en: "Check the personnummer and the start date in the school's system. If both are right nothing is to be done."
    )
    static let messages = [
        Message.send(
            .warning,
            sv: "personnummer {value}: yngre än 15 år den {startdatum}; kontrollera numret och startdatum",
            en: "personnummer {value}: younger than 15 on {startdatum}; check the number and startdatum"),
        Message.send(
            .warning,
            sv: "personnummer {value}: äldre än 100 år den {startdatum}; kontrollera numret och startdatum",
            en: "personnummer {value}: older than 100 on {startdatum}; check the number and startdatum"),
    ]
    static let source = Source.own(
        Text(
            sv: "Ett fel födelseår ger ett personnummer med rätt form, och uppgifterna hamnar på en annan person.",
            en: "A wrong year of birth makes a personnummer of the right form, and the report is another person's."))
    static let broken = Example(["personnummer": "20110818-9802"])
    static let satisfied = Example(["personnummer": "20110817-9803"])
}
