import CSN
import Findings

/// `kurskod-length` ●: 1 to 10 characters, not bytes (FÖSPER01 has eight).
/// 24 language levels of Gy25 have twelve (MODO1000XDEU), and no source says what is then sent.
enum KurskodLength: NoteRule {
    static let name: RuleName = "kurskod-length"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.kurskod)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .kurskod, case .failed(let problem) = outcome else { return false }
        return [.tooLong, .missing].contains(problem)
    }

    /// Four letters, a level, and three letters of the language: MODO1000XDEU.
    static func isLanguageLevel(_ code: String) -> Bool {
        code.wholeMatch(of: /[A-Z]{4}[1-9][0A-C][0-2][0DIPST]X[A-Z]{3}/) != nil
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        note.value.isEmpty ? 2 : isLanguageLevel(note.value) ? 1 : 0
    }

    static let title = Text(
        sv: "Kurskoden är tom eller längre än tio tecken.",
        en: "The course code is blank or longer than ten characters.")
    static let explanation = Text(
        sv: """
            CSN:s fält tar högst tio tecken. 24 nivåer i moderna språk och modersmål från 2025 (Gy25) har en kod med \
            tolv tecken, till exempel MODO1000XDEU. CSN har inte sagt offentligt vad som ska skickas för dem, och \
            csnfil gissar inte.
            """,
        en: """
            CSN's field takes at most ten characters. 24 levels of modern languages and mother tongue from 2025 (Gy25) \
            have a code of twelve characters, such as MODO1000XDEU. CSN has not said publicly what is to be sent for \
            them, and csnfil does not guess.
            """)
    static let remedy = Text(
        sv: """
            Rätta kurskoden i skolans system. Är det en språknivå med tolv tecken, fråga CSN vilken kod som ska \
            skickas och lägg in svaret i skolans kurslista.
            """,
        en: """
            Correct the course code in the school's system. Where it is a language level of twelve characters, ask CSN \
            which code is to be sent and put the answer into the school's course list.
            """)
    static let messages = [
        Message.hold(
            sv: "kurskod ”{value}” är längre än tio tecken; troligen står något mer än koden där",
            en: "kurskod “{value}” is longer than ten characters; probably something beside the code stands there"),
        Message.hold(
            sv: """
                kurskod {value} är en språknivå i Gy25 med tolv tecken, och CSN:s fält tar tio; fråga CSN vilken kod \
                som ska skickas
                """,
            en: """
                kurskod {value} is a language level of Gy25 with twelve characters, and CSN's field takes ten; ask CSN \
                which code to send
                """),
        Message.hold(
            sv: "kurskod är tom; fyll i Skolverkets kurskod i skolans system",
            en: "kurskod is blank; fill in Skolverket's course code in the school's system"),
    ]
    static let source = Source.refusals("Kurskod: Ska vara max 10 tecken lång.")
    static let broken = Example(["kurskod": "SVENSKAKURS01"])
    static let satisfied = Example(["kurskod": "BILBIL01a1", "poang": "50"])
}
