import CSN
import Findings

/// `personnummer-format` ●: twelve digits ÅÅÅÅMMDDXXXX, after the spellings that vendors use were brought to that.
enum PersonnummerFormat: NoteRule {
    static let name: RuleName = "personnummer-format"
    static let standing = Standing.refusal
    static let heading = Heading.field
    static let fields = FieldSet(.personnummer)

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        guard field == .personnummer, case .failed(let problem) = outcome else { return false }
        return [.format, .missing, .guid, .tooLong, .range, .notAllowed].contains(problem)
    }

    /// The value itself is never shown: which sentence fits is all that is said of it.
    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        if note.outcome == .failed(.guid) { return 2 }
        if note.value.isEmpty || note.outcome == .failed(.missing) { return 1 }
        let digits = note.value.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let separators = note.value.utf8.count { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard digits + separators == note.value.utf8.count, separators <= 1 else { return 0 }
        return digits < 12 ? 3 : digits > 12 ? 4 : 0
    }

    static let title = Text(
        sv: "Personnummer är inte tolv siffror.",
        en: "The personnummer is not twelve digits.")
    static let explanation = Text(
        sv: """
            CSN vill ha personnumret som ÅÅÅÅMMDDXXXX. csnfil känner igen de skrivsätt som skolsystem använder, med \
            eller utan sekel, bindestreck och plustecken; det som stod här är inget av dem. Värdet visas inte, \
            eftersom vad som helst kan stå där.
            """,
        en: """
            CSN wants the personnummer as ÅÅÅÅMMDDXXXX. csnfil knows the spellings that school systems use, with or \
            without century, hyphen and plus sign; what stood here is none of them. The value is not shown, because \
            anything may stand there.
            """)
    static let remedy = Text(
        sv: """
            Rätta personnumret i skolans system. Har ett kalkylprogram sparat om filen, gör om exporten utan att öppna \
            den där.
            """,
        en: """
            Correct the personnummer in the school's system. Where a spreadsheet has saved the file anew, export again \
            without opening it there.
            """)
    static let messages = [
        Message.hold(
            sv: "personnummer innehåller annat än siffror; det ska vara tolv siffror, ÅÅÅÅMMDDXXXX",
            en: "personnummer holds something other than digits; it should be twelve digits, ÅÅÅÅMMDDXXXX"),
        Message.hold(
            sv: "personnummer är tomt; fyll i det i skolans system",
            en: "personnummer is blank; fill it in in the school's system"),
        Message.hold(
            sv: """
                i stället för personnummer står ett internt id (GUID); lägg till den lista som översätter id till \
                personnummer, eller eleven i den listan
                """,
            en: """
                instead of a personnummer there is an internal id (GUID); add the list that translates ids to \
                personnummer, or the student to that list
                """),
        Message.hold(
            sv: """
                personnummer har för få siffror; det ska vara tolv, ÅÅÅÅMMDDXXXX, och kanske har ett kalkylprogram \
                tagit bort en inledande nolla
                """,
            en: """
                personnummer has too few digits; there should be twelve, ÅÅÅÅMMDDXXXX, and perhaps a spreadsheet \
                removed a leading zero
                """),
        Message.hold(
            sv: "personnummer har för många siffror; det ska vara tolv, ÅÅÅÅMMDDXXXX",
            en: "personnummer has too many digits; there should be twelve, ÅÅÅÅMMDDXXXX"),
    ]
    static let source = Source.refusals("Personnummer: Ska vara 12 siffror och ha följande format ÅÅÅÅMMDDXXXX")
    static let broken = Example(["personnummer": "19900101980"])
    static let satisfied = Example(["personnummer": "199001019802"])
}
