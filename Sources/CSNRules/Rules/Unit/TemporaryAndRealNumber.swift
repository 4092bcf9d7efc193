import CSN
import Findings

/// `temporary-and-real-number`: one student, by the export's own id, under a temporary and under a real number.
enum TemporaryAndRealNumber: StudentRule {
    static let name: RuleName = "temporary-and-real-number"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.personnummer)
    static let turn = Turn(.check, 70)
    static let concerns: RecordTraits = .mark
    static let inputs: FieldSet = []

    static func apply(to student: inout StudentRecords, _ context: inout RuleContext) {
        guard let temporary = first(in: student, where: { $0.marks.contains(.temporaryNumber) }) else { return }
        let id = student.units[temporary.unit].records[temporary.record].fields.studentID
        guard id != 0,
            let real = first(in: student, where: { $0.personnummer != nil && $0.fields.studentID == id })
        else { return }
        let origin = student.units[real.unit].records[real.record].fields.origin
        let own = student.units[temporary.unit].records[temporary.record].fields.origin
        context.report(
            on: &student.units[temporary.unit].records[temporary.record], at: .personnummer,
            Parameter.line(of: origin, seenFrom: own))
    }

    /// Where the first record of the student stands for which it is true, among those still to be reported.
    private static func first(
        in student: StudentRecords, where isMeant: (Record) -> Bool
    ) -> (unit: Int, record: Int)? {
        for unit in student.units.indices {
            for index in student.units[unit].present where isMeant(student.units[unit].records[index]) {
                return (unit, index)
            }
        }
        return nil
    }

    static let title = Text(
        sv: "Samma studerande står både med tillfälligt och med riktigt personnummer.",
        en: "The same student stands under both a temporary and a real personnummer.")
    static let explanation = Text(
        sv: """
            Exportens eget id för den studerande är detsamma på raderna, men en del har kvar det tillfälliga numret. \
            De kan inte skickas, och de håller tillbaka även raderna med det riktiga numret, eftersom CSN ska få hela \
            bilden på en gång.
            """,
        en: """
            The export's own id of the student is the same on the rows, but some still have the temporary number. \
            Those cannot be sent, and they hold back the rows with the real number too, because CSN is to get the \
            whole picture at once.
            """)
    static let remedy = Text(
        sv: "Byt det tillfälliga numret mot det riktiga på alla den studerandes kurser i skolans system.",
        en: "Change the temporary number to the real one on all of the student's courses in the school's system.")
    static let messages = [
        Message.send(
            .warning,
            sv: "samma studerande har ett riktigt personnummer på rad {line}: använd det här också",
            en: "the same student has a real personnummer on line {line}: use it here too")
    ]
    static let source = Source.handbook(
        "Du kan bara rapportera personer med riktiga personnummer och samordningsnummer på fil till CSN.")
    static let broken = Example(
        ["studentid": "4711", "personnummer": "19900101-T123"],
        ["studentid": "4711", "kurskod": "ENGENG05"])
    static let satisfied = Example(
        ["studentid": "4711"],
        ["studentid": "4711", "kurskod": "ENGENG05"])
    static let companions: [RuleName] = ["temporary-personnummer"]
}
