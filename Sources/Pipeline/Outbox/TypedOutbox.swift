import CSN
import Findings
import Reports

/// A verb of `outbox`, as typed.
public enum TypedOutbox: Sendable {
    /// What waits, and what became of what was sent.
    case list
    /// FILE was uploaded, `--at` a time; nil: now.
    case sent(file: String, at: String?)
    /// CSN has FILE.
    case accepted(file: String)
    /// CSN took nothing of FILE.
    case rejected(file: String)
    /// FILE is not to be uploaded.
    case withdraw(file: String)
    /// A reported course is to be let go.
    case forget(TypedForget)
    /// So many students really left SKOLKOD.
    case confirm(skolkod: String)

    /// `forget STUDENTKEY KURSKOD --reason TEXT`
    public struct TypedForget: Sendable {
        /// STUDENTKEY
        public var student: String
        /// KURSKOD
        public var kurskod: String
        /// `--reason TEXT`
        public var reason: String
        /// `--kursdel 1:2`
        public var kursdel: String?
        /// `--startdatum YYYY-MM-DD`
        public var startdatum: String?

        /// As typed.
        public init(
            student: String, kurskod: String, reason: String, kursdel: String? = nil, startdatum: String? = nil
        ) {
            self.student = student
            self.kurskod = kurskod
            self.reason = reason
            self.kursdel = kursdel
            self.startdatum = startdatum
        }
    }

    /// Its word on the command line.
    var word: String {
        switch self {
        case .list: "list"
        case .sent: "sent"
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .withdraw: "withdraw"
        case .forget: "forget"
        case .confirm: "confirm"
        }
    }
}

/// What was typed after an option or for an argument, as a value.
enum TypedValue {
    /// A moment: `HH:MM` of today, or with its day.
    static func at(_ text: String?, now: Moment) throws(RunFailure) -> Moment? {
        guard let text else { return nil }
        guard let moment = Moment(text.contains("T") ? text : "\(now.day)T\(text)") else {
            throw Resolving.usage(
                "--at",
                Text(
                    sv: "en tid som 16:40 eller 2026-11-23T16:40", en: "a time such as 16:40 or 2026-11-23T16:40"), text
            )
        }
        guard moment <= now else {
            throw RunFailure(
                .usage,
                Text(
                    sv: """
                        --at \(moment) ligger i framtiden: klockan är \(now). Säg sent när filen är uppladdad. Var det \
                        en annan dag, skriv den: --at ÅÅÅÅ-MM-DDTHH:MM
                        """,
                    en: """
                        --at \(moment) lies in the future: it is \(now). Say sent once the file is uploaded. If it was \
                        another day, write it: --at YYYY-MM-DDTHH:MM
                        """))
        }
        return moment
    }

    /// A student's number in the ledger.
    static func studentNumber(_ text: String) throws(RunFailure) -> Int64 {
        guard let number = Int64(text), number > 0, text.utf8.count < 10 else {
            throw RunFailure(
                .usage,
                Text(
                    sv: """
                        STUDENTKEY är den studerandes nummer i liggaren, som rapporterna från csnfil nightly visar det \
                        (ett tal som 17), aldrig ett personnummer.
                        """,
                    en: """
                        STUDENTKEY is the student's number in the ledger, as the reports of csnfil nightly show it (a \
                        number such as 17), never a personnummer.
                        """))
        }
        return number
    }

    /// A kursdel, written `1:2` or `12`.
    static func kursdel(_ text: String?) throws(RunFailure) -> Kursdel? {
        guard let text else { return nil }
        let digits = text.split(separator: ":", omittingEmptySubsequences: false)
        let isWellFormed = digits.count == 2 ? digits.allSatisfy { $0.utf8.count == 1 } : digits.count == 1
        guard isWellFormed, let number = Int(digits.joined()), let kursdel = Kursdel(number) else {
            throw Resolving.usage(
                "--kursdel", Text(sv: "en kursdel som 1:2", en: "a part such as 1:2"), Masking.withoutNumbers(text))
        }
        return kursdel
    }

    /// A day.
    static func day(_ text: String?, _ option: String) throws(RunFailure) -> Day? {
        guard let text else { return nil }
        guard let day = Day(iso: text) else {
            throw Resolving.usage(
                option, Text(sv: "en dag som 2026-08-17", en: "a day such as 2026-08-17"), Masking.withoutNumbers(text))
        }
        return day
    }
}
