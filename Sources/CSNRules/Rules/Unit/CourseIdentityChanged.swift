import CSN
import Findings

/// `course-identity-changed`: a course that was reported before and now has another startdatum, code or part.
enum CourseIdentityChanged: UnitRule {
    static let name: RuleName = "course-identity-changed"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.startdatum, .kurskod, .kursdel)
    // Before the repairs, which judge the unit as it is to be sent.
    static let turn = Turn(.drop, 80)
    static let concerns: RecordTraits = .reported
    static let inputs: FieldSet = []

    /// The one field in which two courses differ; nil when it is none or several.
    static func difference(_ left: Record, _ right: Record, in courses: CourseTable) -> Field? {
        guard let course = left.course, let other = right.course, let part = left.kursdel,
            let otherPart = right.kursdel,
            let start = left.startdatum, let otherStart = right.startdatum
        else { return nil }
        switch (start == otherStart, courses.haveSameCode(course, other), part == otherPart) {
        case (false, true, true): return .startdatum
        case (true, false, true): return .kurskod
        case (true, true, false): return .kursdel
        default: return nil
        }
    }

    /// An old and a new record of a unit, by index, that may be the same course.
    private struct Pair {
        var old: Int
        var new: Int
        var field: Field
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        guard !context.earlier.isEmpty, unit.records.contains(where: \.isCarried) else { return }
        var pairs = pairs(in: unit, context)
        while let first = pairs.first {
            // All that may be one course with what may be one course with it …
            var old: Set = [first.old]
            var new: Set = [first.new]
            var size = 0
            while size != old.count + new.count {
                size = old.count + new.count
                for pair in pairs where old.contains(pair.old) || new.contains(pair.new) {
                    old.insert(pair.old)
                    new.insert(pair.new)
                }
            }
            pairs.removeAll { old.contains($0.old) }
            if old.count == 1 && new.count == 1 {
                replace(first, in: &unit, &context)
            } else {
                hold(old.sorted(), new.sorted(), in: &unit, &context)
            }
        }
    }

    private static func pairs(in unit: UnitRecords, _ context: RuleContext) -> [Pair] {
        let old = unit.present.filter { unit.records[$0].isCarried }
        let new = unit.present.filter { index in
            let record = unit.records[index]
            return !record.isCarried && record.failed.isDisjoint(with: EarlierRecords.identifying)
                && context.earlier(like: record) == nil
        }
        return old.flatMap { old in
            new.compactMap { new in
                guard let field = difference(unit.records[old], unit.records[new], in: context.settings.courses) else {
                    return nil
                }
                // An export that is not complete does not say that the other course is gone.
                let isGone = context.earlier(like: unit.records[old])?.isExpected ?? false
                return isGone || field != .kurskod ? Pair(old: old, new: new, field: field) : nil
            }
        }
    }

    private static func replace(_ pair: Pair, in unit: inout UnitRecords, _ context: inout RuleContext) {
        let was = text(of: pair.field, in: unit.records[pair.old], context)
        let now = text(of: pair.field, in: unit.records[pair.new], context)
        let action = context.report(
            0, on: &unit.records[pair.new], at: pair.field, value: now, [Parameter("earlier", was)])
        if action == .hold {
            unit.records[pair.old].isHeld = true
        } else {
            unit.records[pair.old].isDropped = true
        }
    }

    private static func hold(_ old: [Int], _ new: [Int], in unit: inout UnitRecords, _ context: inout RuleContext) {
        guard let first = new.first else { return }
        // At no field: a startdatum that failed would hold the student's other units too.
        let action = context.report(
            1, on: &unit.records[first], at: nil,
            [
                Parameter("earlier", old.map { name(of: unit.records[$0], context) }.joined(separator: ", ")),
                Parameter("now", new.map { name(of: unit.records[$0], context) }.joined(separator: ", ")),
            ])
        guard action == .hold else { return }
        for index in old + new { unit.records[index].isHeld = true }
    }

    /// A course as people tell it from another: code, part, startdatum.
    static func name(of record: Record, _ context: RuleContext) -> String {
        [.kurskod, .kursdel, .startdatum].map { text(of: $0, in: record, context) }.joined(separator: " ")
    }

    private static func text(of field: Field, in record: Record, _ context: RuleContext) -> String {
        switch field {
        case .kurskod: record.course.map { context.settings.courses[$0].code } ?? ""
        case .kursdel: record.kursdel.map { "\($0.part):\($0.parts)" } ?? ""
        default: record.startdatum?.description ?? ""
        }
    }

    static let title = Text(
        sv: "En rapporterad kurs har fått ett annat startdatum, en annan kurskod eller kursdel.",
        en: "A course that was reported has another startdatum, course code or part.")
    static let explanation = Text(
        sv: """
            Saknas en rapporterad kurs i exporten, och finns i samma studieperiod en ny som skiljer sig bara i \
            startdatum, kurskod eller kursdel, är det samma kurs som har ändrats: den nya skickas och inte den gamla. \
            Kan flera kurser vara den gamla eller den nya går det inte att veta, och perioden hålls tillbaka.
            """,
        en: """
            Where a reported course is missing from the export, and the same study period has a new one that differs \
            only in startdatum, course code or part, it is the same course changed: the new one is sent and the old \
            one is not. Where several may be the old one or the new one nobody can tell, and the period is held.
            """)
    static let remedy = Text(
        sv: """
            Ingenting behöver göras om kursen har ändrats. Hålls perioden tillbaka: lägg tillbaka kursen som försvann \
            i skolans system, eller säg med csnfil outbox forget att den inte längre ska rapporteras.
            """,
        en: """
            Nothing needs doing if the course was changed. If the period is held: put the course that vanished back in \
            the school's system, or say with csnfil outbox forget that it is not to be reported any more.
            """)
    static let messages = [
        Message.send(
            .info,
            sv: "samma kurs rapporterades förut med {earlier}, nu {value}: bara den nya uppgiften skickas",
            en: "the same course was reported with {earlier} before, now {value}: only the new one is sent"),
        Message.hold(
            sv: "rapporterat förut men borta ur exporten: {earlier}; nytt: {now}: vilken kurs har blivit vilken?",
            en: "reported before but gone from the export: {earlier}; new: {now}: which course has become which?"),
    ]
    static let source = Source.own(
        Text(
            sv:
                "En kurs som rapporteras både som den var och som den har blivit ser ut som två och kan ge stöd för två.",
            en: "A course reported both as it was and as it has become looks like two, and may give aid for two."))
    static let broken = Example(["startdatum": "2026-08-24"], reported: [[:]])
    static let satisfied = Example([:], reported: [[:]])
}
