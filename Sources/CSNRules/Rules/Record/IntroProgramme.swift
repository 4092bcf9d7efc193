import CSN
import Findings

/// `intro-programme`: students on an introductory programme are reported by gymnasieskolan.
enum IntroProgramme: RecordRule {
    static let name: RuleName = "intro-programme"
    static let standing = Standing.advice
    static let heading = Heading.record
    static let fields = FieldSet(.personnummer, .startdatum)
    static let turn = Turn(.drop, 370)
    static let concerns: RecordTraits = .mark
    static let inputs = FieldSet(.personnummer, .startdatum)

    /// Which message fits such a student on a course with that start: left out, or past study-aid age and sent.
    static func message(_ student: Personnummer, start: Day) -> Int { StudyAidAge.holds(student, on: start) ? 0 : 1 }

    static func apply(to record: inout Record, _ context: inout RuleContext) {
        guard record.marks.contains(.introductoryProgramme), let student = record.personnummer,
            let start = record.startdatum
        else { return }
        let action = context.report(
            message(student, start: start), on: &record, at: nil, [Parameter("startdatum", start.description)])
        if action == .drop { record.isDropped = true }
    }

    static let title = Text(
        sv: "Den som går på introduktionsprogram rapporteras av gymnasieskolan.",
        en: "A student on an introductory programme is reported by gymnasieskolan.")
    static let explanation = Text(
        sv: """
            En studerande med studiehjälp som går på introduktionsprogram men läser på komvux rapporteras av \
            gymnasieskolan. Rapporterar båda skapas ett ärende på CSN och pengarna dröjer. En äldre studerande \
            skickas, med en varning.
            """,
        en: """
            A student with study aid who is on an introductory programme but studies at komvux is reported by \
            gymnasieskolan. If both report, CSN opens a case and the money is late. An older student is sent, with a \
            warning.
            """)
    static let remedy = Text(
        sv: """
            Ingenting behöver göras om gymnasieskolan rapporterar. Går den studerande inte på introduktionsprogram, \
            rätta det i skolans system.
            """,
        en: """
            Nothing needs to be done if gymnasieskolan reports. If the student is not on an introductory programme, \
            mend that in the school's system.
            """)
    static let messages = [
        Message.drop(
            .warning,
            sv: "på introduktionsprogram och i studiehjälpsåldern {startdatum}: gymnasieskolan rapporterar",
            en: "on an introductory programme and in study-aid age on {startdatum}: gymnasieskolan reports"),
        Message.send(
            .warning,
            sv: """
                på introduktionsprogram men äldre än studiehjälpsåldern {startdatum}: skickas; kontrollera att inte \
                gymnasieskolan också rapporterar
                """,
            en: """
                on an introductory programme but past study-aid age on {startdatum}: sent; see that gymnasieskolan \
                does not report too
                """),
    ]
    static let source = Source.handbook(
        """
        En studerande som har studiehjälp och som går på ett introduktionsprogram i gymnasieskolan, men som har sin \
        utbildning förlagd till komvux, ska rapporteras av gymnasieskolan.
        """)
    static let broken = Example(
        ["personnummer": "20080101-9803", "program": "introduktionsprogram"],
        ["kurskod": "ENGENG05"])
    static let satisfied = Example(["personnummer": "20080101-9803"])
}
