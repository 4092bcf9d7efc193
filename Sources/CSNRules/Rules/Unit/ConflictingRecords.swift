import CSN
import Findings

/// `conflicting-records` ○: two records of the same course that say different things, their events apart.
enum ConflictingRecords: UnitRule {
    static let name: RuleName = "conflicting-records"
    static let standing = Standing.own
    static let heading = Heading.unit
    static let fields = FieldSet(.personnummer, .kurskod, .kursdel, .startdatum)
    static let turn = Turn(.check, 30)
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

    private struct Conflict {
        var record: Int
        var other: Int
        var fields: FieldSet
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        guard unit.hasCourseTwice else { return }
        var conflicts: [Conflict] = []
        for index in unit.present {
            let record = unit.records[index]
            let others = unit.present.filter { $0 != index && unit.records[$0].fields.isSameCourse(as: record.fields) }
            for other in others {
                guard isWhole(record), isWhole(unit.records[other]) else {
                    context.countNotChecked(because: unit.failed(in: [index, other]))
                    continue
                }
                let fields = difference(record.fields, unit.records[other].fields)
                if fields.isEmpty { continue }
                conflicts.append(Conflict(record: index, other: other, fields: fields))
                break
            }
        }
        for conflict in conflicts { report(conflict, in: &unit, &context) }
    }

    /// Whether nothing of the record failed but for its event: otherwise the cause is known already.
    private static func isWhole(_ record: Record) -> Bool { record.failed.subtracting(Event.fields).isEmpty }

    private static func report(_ conflict: Conflict, in unit: inout UnitRecords, _ context: inout RuleContext) {
        let fields = conflict.fields.fields
        context.report(
            on: &unit.records[conflict.record], at: fields.count == 1 ? fields.first : nil,
            [
                Parameter("line", String(unit.records[conflict.other].fields.origin.line)),
                Parameter("fields", fields.map(\.swedish).joined(separator: ", ")),
            ])
    }

    static let title = Text(
        sv: "Två rader säger olika saker om samma kurs.",
        en: "Two rows say different things about the same course.")
    static let explanation = Text(
        sv: """
            Raderna har samma studerande, skola, kurskod, kursdel och startdatum men skiljer sig i något annat än \
            händelser. Det går inte att veta vilken som gäller, så ingen av dem skickas.
            """,
        en: """
            The rows have the same student, school, course code, course part and start date but differ in something \
            other than events. Nobody can tell which one counts, so neither is sent.
            """)
    static let remedy = Text(
        sv: """
            Ta bort den rad som är fel i skolans system. Läser den studerande två delar av kursen, ge dem olika \
            kursdel.
            """,
        en: """
            Remove the row that is wrong in the school's system. If the student reads two parts of the course, give \
            them different course parts.
            """)
    static let messages = [
        Message.hold(
            sv: "rad {line} säger något annat om samma kurs ({fields})",
            en: "line {line} says something else about the same course ({fields})")
    ]
    static let source = Source.own(
        Text(
            sv: "Två uppgifter om samma kurs kan inte båda vara rätt, och fel uppgift ger fel studiestöd.",
            en: "Two statements about one course cannot both be right, and a wrong one gives wrong aid."))
    static let broken = Example([:], ["slutdatum": "2026-12-11"])
    static let satisfied = Example([:], ["slutdatum": "2026-12-11", "kurskod": "ENGENG05"])
}
