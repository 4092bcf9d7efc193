import CSN
import Findings

/// `conflicting-records` ○: two records of the same course that say different things, their events apart.
enum ConflictingRecords: UnitRule {
    static let name: RuleName = "conflicting-records"
    static let standing = Standing.own
    static let heading = Heading.unit
    static let fields = FieldSet(.personnummer, .kurskod, .kursdel, .startdatum)
    static let turn = Turn(.check, 30)
    static let concerns: RecordTraits = .repetition
    static let inputs: FieldSet = []

    /// The fields in which two records of one course differ, the event's two apart.
    static func difference(_ left: Candidate, _ right: Candidate) -> FieldSet {
        var fields: FieldSet = []
        func compare(_ field: Field, _ isEqual: Bool) { if !isEqual { fields.insert(field) } }
        compare(.fardighetstraning, left.fardighetstraning == right.fardighetstraning)
        compare(.omfattning, left.omfattning == right.omfattning)
        compare(.poang, left.poang == right.poang)
        compare(.niva, left.niva == right.niva)
        compare(.slutdatum, left.slutdatum == right.slutdatum)
        compare(.uppdragsutbildning, left.uppdragsutbildning == right.uppdragsutbildning)
        compare(.traineejobb, left.traineejobb == right.traineejobb)
        compare(.registrering, left.registrering == right.registrering)
        compare(.betyg, left.betyg == right.betyg)
        compare(.betygsdatum, left.betygsdatum == right.betygsdatum)
        return fields
    }

    /// Whether records of two school systems, which differ in startdatum or kursdel, are of one course all the same:
    /// in one part of it at one time, or with one grade. Two parts of a divided course (1:2 in the one system, 2:2 in
    /// the other) are not.
    ///
    /// In one export they stay two: there a student may read a course anew. Two systems that write the beginning of a
    /// course differently would send every such grade twice.
    static func areOneCourse(_ left: Record, _ right: Record) -> Bool {
        guard let part = left.kursdel, let otherPart = right.kursdel, left.course != nil, left.course == right.course,
            left.personnummer == right.personnummer, left.skolkod == right.skolkod,
            part == otherPart || part.parts != otherPart.parts
        else { return false }
        let hasSameGrade = left.betyg != nil && left.betyg == right.betyg && left.betygsdatum == right.betygsdatum
        return hasSameGrade || left.startdatum == right.startdatum || left.overlaps(right)
    }

    private struct Conflict {
        var record: Int
        var other: Int
        var message: Int
        var fields: FieldSet
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        guard unit.hasCourseTwice || isOfTwoSystems(unit, context) else { return }
        var conflicts: [Conflict] = []
        for index in unit.present {
            if let conflict = conflict(of: index, in: unit, &context) { conflicts.append(conflict) }
        }
        for conflict in conflicts { report(conflict, in: &unit, &context) }
    }

    private static func isOfTwoSystems(_ unit: UnitRecords, _ context: RuleContext) -> Bool {
        guard let first = unit.records.first(where: { !$0.isCarried })?.fields.origin else { return false }
        return unit.records.contains { context.settings.areOfTwoSystems(first, $0.fields.origin) }
    }

    /// The first record that a record is in conflict with.
    private static func conflict(of index: Int, in unit: UnitRecords, _ context: inout RuleContext) -> Conflict? {
        let record = unit.records[index]
        for other in unit.present where other != index {
            let isSame = unit.records[other].fields.isSameCourse(as: record.fields)
            let isOfTwo = context.settings.areOfTwoSystems(record.fields.origin, unit.records[other].fields.origin)
            guard isSame || (isOfTwo && areOneCourse(record, unit.records[other])) else { continue }
            guard isWhole(record), isWhole(unit.records[other]) else {
                context.countNotChecked(because: unit.failed(in: [index, other]))
                continue
            }
            var fields = difference(record.fields, unit.records[other].fields)
            if record.startdatum != unit.records[other].startdatum { fields.insert(.startdatum) }
            if record.kursdel != unit.records[other].kursdel { fields.insert(.kursdel) }
            if fields.isEmpty { continue }
            return Conflict(record: index, other: other, message: isSame ? isOfTwo ? 1 : 0 : 2, fields: fields)
        }
        return nil
    }

    /// Whether nothing of the record failed but for its event: otherwise the cause is known already.
    private static func isWhole(_ record: Record) -> Bool { record.failed.subtracting(Event.fields).isEmpty }

    private static func report(_ conflict: Conflict, in unit: inout UnitRecords, _ context: inout RuleContext) {
        let fields = conflict.fields.fields
        let (record, other) = (unit.records[conflict.record].fields, unit.records[conflict.other].fields)
        var parameters = Parameter.line(of: other.origin, seenFrom: record.origin)
        if conflict.message == 0 {
            parameters.append(Parameter("fields", fields.map(\.swedish).joined(separator: ", ")))
        } else {
            let differences = fields.map { FieldDifference($0, here: record, there: other).text }
            parameters.append(Parameter("fields", differences.map(\.sv).joined(separator: ", ")))
            parameters.append(Parameter("fieldsEnglish", differences.map(\.en).joined(separator: ", ")))
        }
        context.report(
            conflict.message, on: &unit.records[conflict.record], at: fields.count == 1 ? fields.first : nil,
            parameters)
    }

    static let title = Text(
        sv: "Två rader säger olika saker om samma kurs.",
        en: "Two rows say different things about the same course.")
    static let explanation = Text(
        sv: """
            Raderna har samma studerande, skola, kurskod, kursdel och startdatum men skiljer sig i något annat än \
            händelser. Det går inte att veta vilken som gäller, så ingen av dem skickas. Kommer raderna ur två \
            skolsystem är de en och samma kurs också när startdatum eller kursdel skiljer sig, om tiderna överlappar \
            eller betyget och dess datum är desamma: annars skulle kursen skickas två gånger. Två delar av en delad \
            kurs (1:2 och 2:2) får stå i var sitt system.
            """,
        en: """
            The rows have the same student, school, course code, course part and start date but differ in something \
            other than events. Nobody can tell which one counts, so neither is sent. Rows of two school systems are \
            one course also where start date or course part differ, if their times overlap or the grade and its date \
            are the same: otherwise the course would be sent twice. Two parts of a divided course (1:2 and 2:2) may \
            stand in one system each.
            """)
    static let remedy = Text(
        sv: """
            Ta bort den rad som är fel i skolans system. Läser den studerande två delar av kursen, ge dem olika \
            kursdel. Står raderna i två system, rätta uppgiften i det system som har fel, eller ta bort kursen ur det \
            ena.
            """,
        en: """
            Remove the row that is wrong in the school's system. If the student reads two parts of the course, give \
            them different course parts. Where the rows stand in two systems, mend the one that is wrong, or remove \
            the course from one of them.
            """)
    static let messages = [
        Message.hold(
            sv: "rad {line} säger något annat om samma kurs ({fields})",
            en: "line {line} says something else about the same course ({fields})"),
        Message.hold(
            sv: "rad {line} säger något annat om samma kurs ({fields}); rätta det system som har fel",
            en: "line {line} says something else about the same course ({fields}); mend the system that is wrong"),
        Message.hold(
            sv: """
                rad {line} har samma kurs på ett annat sätt ({fields}), och den får inte skickas två gånger; rätta det \
                system som har fel
                """,
            en: """
                line {line} has the same course in another way ({fields}), and it must not be sent twice; mend the \
                system that is wrong
                """),
    ]
    static let source = Source.own(
        Text(
            sv: "Två uppgifter om samma kurs kan inte båda vara rätt, och fel uppgift ger fel studiestöd.",
            en: "Two statements about one course cannot both be right, and a wrong one gives wrong aid."))
    static let broken = Example([:], ["slutdatum": "2026-12-11"])
    static let satisfied = Example([:], ["slutdatum": "2026-12-11", "kurskod": "ENGENG05"])
}
