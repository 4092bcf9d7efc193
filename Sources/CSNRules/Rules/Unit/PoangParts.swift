import CSN
import Findings

/// `poang-parts`: the parts of one course give more points together than the course.
enum PoangParts: StudentRule {
    static let name: RuleName = "poang-parts"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.poang, .kursdel, .kurskod)
    // The parts of a course lie in several study periods, so it asks the whole student.
    static let turn = Turn(.check, 60)
    static let concerns: RecordTraits = .part
    static let inputs: FieldSet = []

    /// A part of a course with its points.
    struct Part {
        var kursdel: Kursdel
        var points: Int
    }

    /// The points of the parts of one course together. A part that is read twice counts once, with the most points
    /// that stand on it; where the course is divided in several ways, the way that gives the most counts.
    static func sum(of parts: [Part]) -> Int {
        let ways = Dictionary(grouping: parts) { $0.kursdel.parts }
        return ways.values.map { way in
            Dictionary(way.map { ($0.kursdel.part, $0.points) }, uniquingKeysWith: max).values.reduce(0, +)
        }.max() ?? 0
    }

    static func apply(to student: inout StudentRecords, _ context: inout RuleContext) {
        var courses: [String: [Divided]] = [:]
        for unit in student.units.indices {
            for index in student.units[unit].present where isDivided(student.units[unit].records[index]) {
                let record = student.units[unit].records[index]
                guard record.failed.isDisjoint(with: fields), let course = record.course, let kursdel = record.kursdel,
                    let points = record.poang
                else { return context.countNotChecked() }
                courses[context.settings.courses[course].code, default: []].append(
                    Divided(unit: unit, record: index, course: course, part: Part(kursdel: kursdel, points: points)))
            }
        }
        for (code, parts) in courses.sorted(by: { $0.key < $1.key }) {
            guard let last = parts.last, let national = context.facts(of: last.course).points else { continue }
            let sum = sum(of: parts.map(\.part))
            guard sum > national else { continue }
            context.report(
                on: &student.units[last.unit].records[last.record], at: .poang, value: String(last.part.points),
                [
                    Parameter("kurskod", code), Parameter("sum", String(sum)),
                    Parameter("national", String(national)),
                ])
        }
    }

    private struct Divided {
        var unit: Int
        var record: Int
        var course: CourseIndex
        var part: Part
    }

    private static func isDivided(_ record: Record) -> Bool { record.kursdel.map { !$0.isWhole } ?? false }

    static let title = Text(
        sv: "Kursens delar ger tillsammans fler poäng än kursen.",
        en: "The parts of the course give more points together than the course.")
    static let explanation = Text(
        sv: """
            Läses en kurs i delar (1:2, 2:2) har varje del sin andel av kursens poäng. Ofta har varje del i stället \
            fått hela kursens poäng, och då räknar CSN med en större omfattning än den studerande läser. En del som \
            läses om räknas en gång.
            """,
        en: """
            Where a course is read in parts (1:2, 2:2), each has its share of the course's points. Often each part \
            has been given the points of the whole course instead, and then CSN counts a greater extent than the \
            student reads. A part that is read again counts once.
            """)
    static let remedy = Text(
        sv: "Fördela kursens poäng på delarna i skolans system.",
        en: "Spread the course's points over the parts in the school's system.")
    static let messages = [
        Message.send(
            .warning,
            sv: "poäng {value} på en del av {kurskod}: delarna ger tillsammans {sum}, kursen {national}",
            en: "poäng {value} on a part of {kurskod}: the parts give {sum} together, the course {national}")
    ]
    static let source = Source.handbook(
        """
        Det är viktigt att detta datum är rätt eftersom vi använder start- och slutdatum samt antal poäng för att \
        räkna ut vilken tid och omfattning den studerande läser.
        """)
    private static let next = [
        "kursdel": "22", "startdatum": "2027-01-11", "slutdatum": "2027-06-04", "registrering": "N",
    ]
    static let broken = Example(["kursdel": "12", "poang": "50"], next.merging(["poang": "51"]) { $1 })
    static let satisfied = Example(["kursdel": "12", "poang": "50"], next.merging(["poang": "50"]) { $1 })
}
