import CSN
import Findings

/// `betyg-scale`: a grade of another scale than the course's at that time.
enum BetygScale: FieldRule {
    static let name: RuleName = "betyg-scale"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.betyg, .kurskod)
    static let turn = Turn(.check, 260)
    static let inputs = FieldSet(.betyg, .kurskod, .startdatum, .betygsdatum)

    /// The scales of komvux. Source: förordningen (2011:1108) om vuxenutbildning, and its wording before 2012-07-01
    /// and before 2025-07-01. The raw value is the message that names the scale.
    enum Scale: Int, CaseIterable {
        /// A–F.
        case letters
        /// Godkänt and Icke godkänt, on basic level since 2025-07-01.
        case passOrNot
        /// E and F: gymnasiearbete and komvuxarbete.
        case degreeProject
        /// IG, G, VG and MVG, before 2012-07-01.
        case fourSteps

        func contains(_ betyg: Betyg) -> Bool {
            switch self {
            case .letters: [.a, .b, .c, .d, .e, .f].contains(betyg)
            case .passOrNot: [.g, .i].contains(betyg)
            case .degreeProject: [.e, .f].contains(betyg)
            case .fourSteps: [.i, .g, .v, .m].contains(betyg)
            }
        }
    }

    /// 2025-07-01: courses on basic level that begin from then on are graded Godkänt or Icke godkänt.
    static let passOrNotBegins = Day(number: 20_270)

    /// The scales in which a course may be graded, the likeliest first.
    ///
    /// - Parameters:
    ///   - niva: the course's level.
    ///   - start: the first day of the record, which is a part's own.
    ///   - graded: the day of the grade, if it is known.
    static func scales(
        _ niva: Niva, isDegreeProject: Bool, kursdel: Kursdel?, start: Day, graded: Day?
    ) -> [Scale] {
        if let graded, graded < Betyg.lettersBegin { return [.fourSteps] }
        // Who began on the old scale was graded on it for a time after the change.
        if start < Betyg.lettersBegin { return [.letters, .fourSteps] }
        if isDegreeProject { return [.degreeProject] }
        guard niva == .gr, start >= passOrNotBegins else { return [.letters] }
        // What counts is when the course began, of which a later part says only how many half-years ago at least.
        let begun = start.halfYear - ((kursdel?.part ?? 1) - 1)
        return begun < passOrNotBegins.halfYear ? [.passOrNot, .letters] : [.passOrNot]
    }

    /// The scale that the grade should be of; nil when it is of the right one, or of none (-, X and Z).
    static func missed(by betyg: Betyg, in scales: [Scale]) -> Scale? {
        guard Scale.allCases.contains(where: { $0.contains(betyg) }), !scales.contains(where: { $0.contains(betyg) })
        else { return nil }
        return scales.first
    }

    static func apply(to candidate: inout Candidate, _ context: inout RuleContext) {
        guard let betyg = candidate.betyg, let course = candidate.course, let start = candidate.startdatum,
            !EBefore2012.breaks(betyg, on: candidate.betygsdatum)
        else { return }
        let facts = context.facts(of: course)
        // An ungraded course has no scale; on PU no scale is known.
        guard !facts.isUngraded, let niva = facts.nationalNiva ?? candidate.niva, niva != .pu else { return }
        let scales = scales(
            niva, isDegreeProject: facts.isDegreeProject, kursdel: candidate.kursdel, start: start,
            graded: candidate.betygsdatum)
        guard let missed = missed(by: betyg, in: scales) else { return }
        context.report(
            missed.rawValue, on: &candidate, at: .betyg, value: betyg.code,
            [
                Parameter("kurskod", context.settings.courses[course].code),
                Parameter("startdatum", start.description),
            ])
    }

    static let title = Text(
        sv: "Betyget hör till en annan betygsskala än kursens.",
        en: "The grade is of another scale than the course's.")
    static let explanation = Text(
        sv: """
            Gymnasiala kurser betygsätts med A–F, gymnasiearbete och komvuxarbete med E eller F. Grundläggande kurser \
            som börjar den 1 juli 2025 eller senare får Godkänt eller Icke godkänt (G eller I), tidigare A–F. Före \
            den 1 juli 2012 gällde IG–MVG (I, G, V, M). Betyget skickas som det är, men är det fel kan CSN räkna \
            studieresultatet fel.
            """,
        en: """
            Upper secondary courses are graded A–F, gymnasiearbete and komvuxarbete E or F. Basic courses that begin \
            on 1 July 2025 or later get Godkänt or Icke godkänt (G or I), before that A–F. Before 1 July 2012 it was \
            IG–MVG (I, G, V, M). The grade is sent as it is, but if it is wrong CSN may count the result wrongly.
            """)
    static let remedy = Text(
        sv: "Kontrollera betyget, kurskoden och datumen i skolans system och rätta det som är fel.",
        en: "Check the grade, the course code and the dates in the school's system and mend what is wrong.")
    static let messages = [
        Message.send(
            .warning,
            sv: "betyg {value} på {kurskod}, som betygsätts med A–F",
            en: "betyg {value} on {kurskod}, which is graded A–F"),
        Message.send(
            .warning,
            sv: "betyg {value} på {kurskod}, som börjar {startdatum} och då betygsätts med G eller I",
            en: "betyg {value} on {kurskod}, which begins on {startdatum} and then is graded G or I"),
        Message.send(
            .warning,
            sv: "betyg {value} på {kurskod}, som betygsätts med E eller F",
            en: "betyg {value} on {kurskod}, which is graded E or F"),
        Message.send(
            .warning,
            sv: "betyg {value} på {kurskod} är satt före 2012-07-01, då betygen var I, G, V och M",
            en: "betyg {value} on {kurskod} was given before 2012-07-01, when grades were I, G, V and M"),
    ]
    static let source = Source.own(
        Text(
            sv:
                "Handboken räknar upp betygen men inte vilka kurser de gäller; det gör förordningen om vuxenutbildning.",
            en: "The handbook lists the grades but not for which courses; the ordinance on adult education does that."))
    static let broken = Example(["slutdatum": "2026-11-20", "betyg": "G", "betygsdatum": "2026-11-20"])
    static let satisfied = Example([
        "kurskod": "GRNMAT2", "poang": "600", "niva": "GR", "slutdatum": "2026-11-20", "betyg": "G",
        "betygsdatum": "2026-11-20",
    ])
}
