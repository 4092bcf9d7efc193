import CSN
import Findings

/// `second-grade`: a row with two grades (prövning, correction) goes with the one of the later day. Who reads decides;
/// of one day two different grades say nothing.
enum SecondGrade: NoteRule {
    static let name: RuleName = "second-grade"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(.betyg, .betygsdatum)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        field == .betyg && (outcome == .repaired(.secondGrade) || outcome == .failed(.contradictory))
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        note.outcome == .repaired(.secondGrade) ? 0 : 1
    }

    static let title = Text(
        sv: "Raden har två betyg.",
        en: "The row has two grades.")
    static let explanation = Text(
        sv: """
            Vissa system har en egen kolumn för ett betyg som har satts efter prövning eller rättats. Då gäller det \
            betyg som har det senare datumet. Har båda samma datum, eller saknas ett av datumen, går det inte att \
            veta vilket som gäller, och raden hålls tillbaka.
            """,
        en: """
            Some systems have a column of its own for a grade given after an examination or corrected. Then the grade \
            of the later day counts. Where both have the same date, or one of the dates is missing, nobody can tell \
            which counts, and the row is held.
            """)
    static let remedy = Text(
        sv: "Ta bort det ersatta betyget i skolans system, eller rätta datumet på det som gäller.",
        en: "Remove the replaced grade in the school's system, or correct the date of the one that counts.")
    static let messages = [
        Message.repair(
            sv: "betyg {value} är ersatt av {became} på samma rad, som är satt senare, och skickas inte",
            en: "betyg {value} is replaced by {became} on the same row, which was given later, and is not sent"),
        Message.hold(
            sv: "raden har betyg {value} och {became}, och datumen säger inte vilket som gäller",
            en: "the row has betyg {value} and {became}, and the dates do not say which counts"),
    ]
    static let source = Source.own(
        Text(
            sv: "CSN:s post har plats för ett betyg; det senast satta är det som gäller.",
            en: "CSN's record has room for one grade; the one given last is the one that counts."))
    static let broken = Example([
        "slutdatum": "2026-11-20", "betyg": "F", "betygsdatum": "2026-11-10", "andrabetyg": "E",
        "andrabetygsdatum": "2026-11-20",
    ])
    static let satisfied = Example(["slutdatum": "2026-11-20", "betyg": "E", "betygsdatum": "2026-11-20"])
}
