import CSN
import Findings

/// `students-missing`: more than a fifth of the students of last time are gone, and the school is held.
enum StudentsMissing: SchoolRule {
    static let name: RuleName = "students-missing"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields: FieldSet = []
    static let turn = Turn(.check, 110)
    static let inputs: FieldSet = []

    /// Whether so many are gone that it is more likely the export than the students: more than 20 %.
    static func breaks(gone: Int, of before: Int) -> Bool { gone * 5 > before }

    static func apply(to school: inout SchoolFacts, _ context: inout RuleContext) {
        guard breaks(gone: school.studentsGone, of: school.studentsBefore) else { return }
        let action = context.reportFile(
            school: school.school,
            [Parameter("gone", String(school.studentsGone)), Parameter("before", String(school.studentsBefore))])
        if action == .hold { school.isHeld = true }
    }

    static let title = Text(
        sv: "Mer än en femtedel av de studerande från förra exporten saknas.",
        en: "More than a fifth of the students of the last export are gone.")
    static let explanation = Text(
        sv: """
            Försvinner så många på en gång är det oftare exporten som har fått ett annat urval än de studerande som \
            har slutat. Ingenting av skolan skickas förrän någon har bekräftat att det stämmer.
            """,
        en: """
            Where so many vanish at once it is more often the export that selects something else than the students who \
            have left. Nothing of the school is sent until somebody has confirmed that it is right.
            """)
    static let remedy = Text(
        sv: "Se efter vad exporten väljer ut. Stämmer den: bekräfta med csnfil outbox confirm.",
        en: "See what the export selects. If it is right, confirm with csnfil outbox confirm.")
    static let messages = [
        Message.hold(
            sv: "{gone} av {before} studerande från förra exporten finns inte i den här: ingenting av skolan skickas",
            en: "{gone} of {before} students of the last export are not in this one: nothing of the school is sent")
    ]
    static let source = Source.own(
        Text(
            sv: "En fil ur en halv export skulle ge CSN en halv bild av skolan.",
            en: "A file made of half an export would give CSN half a picture of the school."))
    static let broken = Example([:], reported: [[:], ["personnummer": "19900102-9801"]])
    static let satisfied = Example([:], reported: [[:]])
}
