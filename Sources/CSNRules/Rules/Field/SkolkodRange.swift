import CSN
import Findings

/// `skolkod-range` ●: 1000–1999, in a finished file or from a column that is CSN's by name.
enum SkolkodRange: NoteRule {
    static let name: RuleName = "skolkod-range"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.skolkod)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .skolkod, case .failed(let problem) = outcome else { return false }
        return [.format, .range, .notAllowed, .tooLong].contains(problem)
    }

    /// A blank school of an export is `unknown-school`.
    static func claims(_ field: Field, _ outcome: FieldNote.Outcome, in purpose: RuleSettings.Purpose) -> Bool {
        claims(field, outcome) || (purpose == .check && field == .skolkod && outcome == .failed(.missing))
    }

    /// Skolverket's code of a school has eight digits.
    static func looksLikeSkolenhetskod(_ value: String) -> Bool {
        value.utf8.count == 8 && value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        note.value.isEmpty ? 2 : looksLikeSkolenhetskod(note.value) ? 1 : 0
    }

    static let title = Text(
        sv: "Skolkod är inte ett tal mellan 1000 och 1999.",
        en: "The skolkod is no number between 1000 and 1999.")
    static let explanation = Text(
        sv: """
            Skolkoden fastställs av CSN och har fyra siffror. Den är varken SCB:s kod, kommunkoden eller Skolverkets \
            skolenhetskod, som har åtta siffror.
            """,
        en: """
            The skolkod is set by CSN and has four digits. It is neither Statistics Sweden's code nor the kommunkod \
            nor Skolverket's skolenhetskod, which has eight digits.
            """)
    static let remedy = Text(
        sv: """
            Ange CSN:s skolkod för skolan i skolans system, eller lägg in skolan med sin skolkod under schools i \
            csnfil.yaml.
            """,
        en: """
            Enter CSN's code of the school in the school's system, or list the school with its skolkod under schools \
            in csnfil.yaml.
            """)
    static let messages = [
        Message.hold(
            sv: "skolkod ”{value}” är inte ett tal mellan 1000 och 1999; ange den kod som CSN har gett skolan",
            en: "skolkod “{value}” is no number between 1000 and 1999; enter the code that CSN gave the school"),
        Message.hold(
            sv: """
                ”{value}” har åtta siffror och är troligen skolans skolenhetskod; ange den skolkod som CSN har gett \
                skolan
                """,
            en: """
                “{value}” has eight digits and is probably the school's skolenhetskod; enter the skolkod that CSN gave \
                the school
                """),
        Message.hold(
            sv: "skolkod är tom; ange den kod mellan 1000 och 1999 som CSN har gett skolan",
            en: "skolkod is blank; enter the code between 1000 and 1999 that CSN gave the school"),
    ]
    static let source = Source.refusals(
        "Skolkod: Ska innehålla ett numeriskt värde mellan 1000 och 1999 inklusive gränsvärdet.")
    static let broken = Example(["skolkod": "999"])
    static let satisfied = Example(["skolkod": "1000"])
}
