import CSN
import Findings

/// `looks-like-o-and-zero`: a field of digits failed and holds the letter O for 0, or I or l for 1. Said by the engine
/// beside the rule that failed; the value is never changed.
enum LooksLikeOAndZero: ReadingRule {
    static let name: RuleName = "looks-like-o-and-zero"
    static let standing = Standing.advice
    static let heading = Heading.field
    static let fields = FieldSet(
        .skolkod, .personnummer, .kursdel, .poang, .startdatum, .slutdatum, .meddelandeorsak, .handelsedatum,
        .betygsdatum)

    /// Which letters stand in the place of digits.
    struct Letters: OptionSet {
        let rawValue: Int
        static let zero = Letters(rawValue: 1)
        static let one = Letters(rawValue: 2)
    }

    /// The letters that explain why a field of digits failed; nil when they do not.
    static func letters(in note: FieldNote) -> Letters? {
        guard fields.contains(note.field), case .failed(let problem) = note.outcome,
            [.format, .range, .order, .unrealDate, .temporary, .tooLong, .unknown, .notAllowed].contains(problem)
        else { return nil }
        return letters(in: note.value)
    }

    /// The letters in a text that is otherwise digits, with the signs that dates, numbers and parts are written with.
    static func letters(in value: String) -> Letters? {
        var letters: Letters = []
        var hasDigit = false
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "O"), UInt8(ascii: "o"): letters.insert(.zero)
            case UInt8(ascii: "I"), UInt8(ascii: "l"): letters.insert(.one)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: " "):
                continue
            default: return nil
            }
        }
        return hasDigit && !letters.isEmpty ? letters : nil
    }

    static let title = Text(
        sv: "En bokstav står troligen där en siffra ska stå.",
        en: "A letter probably stands where a digit should.")
    static let explanation = Text(
        sv: """
            Bokstäverna O, I och l liknar siffrorna 0 och 1 och skrivs lätt i deras ställe. csnfil säger att det är \
            den troliga orsaken men byter aldrig ut dem själv.
            """,
        en: """
            The letters O, I and l look like the digits 0 and 1 and are easily written in their place. csnfil says \
            that this is the likely cause but never swaps them itself.
            """)
    static let remedy = Text(
        sv: "Skriv om värdet med siffror i skolans system.",
        en: "Write the value with digits in the school's system.")
    static let messages = [
        Message.send(
            .info,
            sv: "trolig orsak: i {field} står bokstaven O där siffran 0 ska stå",
            en: "likely cause: in {field} the letter O stands where the digit 0 should"),
        Message.send(
            .info,
            sv: "trolig orsak: i {field} står bokstaven I eller l där siffran 1 ska stå",
            en: "likely cause: in {field} the letter I or l stands where the digit 1 should"),
        Message.send(
            .info,
            sv: "trolig orsak: i {field} står bokstäverna O och I (eller l) där siffrorna 0 och 1 ska stå",
            en: "likely cause: in {field} the letters O and I (or l) stand where the digits 0 and 1 should"),
    ]
    static let source = Source.refusals("Kontrollera till exempel att siffran 0 och bokstaven O inte blandats ihop:")
    static let broken = Example(["poang": "1OO"])
    static let satisfied = Example(["poang": "100"])
    static let companions: [RuleName] = ["poang-range"]
}
