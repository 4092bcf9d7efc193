import CSN
import Findings

/// One sentence that `outbox` says, with a name by which programs know it.
public struct OutboxNote: Hashable, Sendable {
    /// Its name: never reworded, unlike the sentence.
    public let code: String
    /// Whether a person has to look at it.
    public let isWarning: Bool
    /// The numbers of the files that it is about.
    public let files: [Int64]
    /// The school that it is about, where it is about a school.
    public let skolkod: Skolkod?
    /// What is so, and what to do.
    public let text: Text

    init(_ code: String, isWarning: Bool = false, files: [Int64] = [], skolkod: Skolkod? = nil, _ text: Text) {
        self.code = code
        self.isWarning = isWarning
        self.files = files
        self.skolkod = skolkod
        self.text = text
    }

    static let swedish = PlainWords(language: .sv)
    static let english = PlainWords(language: .en)

    /// A sentence made in each language with that language's words for days and hours.
    static func said(sv: (PlainWords) -> String, en: (PlainWords) -> String) -> Text {
        Text(sv: sv(swedish), en: en(english))
    }
}

extension PlainWords {
    /// `kl. 17.00`, `17:00`; with seconds where there are any.
    func clock(_ moment: Moment) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var parts = [moment.secondOfDay / 3_600, moment.secondOfDay / 60 % 60]
        if moment.secondOfDay % 60 != 0 { parts.append(moment.secondOfDay % 60) }
        let digits = parts.map(two)
        return language == .sv ? "kl. " + digits.joined(separator: ".") : digits.joined(separator: ":")
    }

    /// When a file is to be uploaded, seen from a moment: `i dag före kl. 17.00`.
    func upload(_ window: UploadWindow, seenFrom now: Moment) -> String {
        let before = clock(window.before)
        if now < window.from {
            let from = moment(window.from)
            let isOneDay = window.from.day == window.before.day
            let until = isOneDay ? before : moment(window.before)
            return Text(
                sv: "ladda upp tidigast \(from) och före \(until)", en: "upload not before \(from), and before \(until)"
            )[language]
        }
        if window.before.day == now.day {
            return Text(sv: "ladda upp i dag före \(before)", en: "upload today before \(before)")[language]
        }
        let until = moment(window.before)
        return Text(
            sv: "ladda upp nu, före \(until)", en: "upload now, before \(until)")[language]
    }

    /// The word for a state.
    func state(_ state: OutboxFile.State) -> String {
        let word: Text =
            switch state {
            case .planned: Text(sv: "väntar på att laddas upp", en: "waits to be uploaded")
            case .sent: Text(sv: "uppladdad", en: "uploaded")
            case .accepted: Text(sv: "läst av CSN", en: "read by CSN")
            case .rejected: Text(sv: "nekad av CSN", en: "refused by CSN")
            case .withdrawn: Text(sv: "återtagen", en: "withdrawn")
            case .replaced: Text(sv: "ersatt", en: "replaced")
            }
        return word[language]
    }
}
