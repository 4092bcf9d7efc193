import CSNRules
import Findings

/// What a finding says of a finished file.
enum CheckVerdict: CaseIterable {
    /// ●: CSN would refuse the file.
    case refused
    /// ○: csnfil would not send it.
    case notSent
    /// All else: look at it.
    case advice

    /// The verdict of a finding of `check`. A ● or ○ rule may also only advise, which its level says.
    init(_ finding: Finding) {
        switch (finding.level, Catalogue.shared.rule(finding.rule)?.standing) {
        case (.error, .refusal): self = .refused
        case (.error, _): self = .notSent
        default: self = .advice
        }
    }

    /// As it stands behind a rule's title.
    var words: Text {
        switch self {
        case .refused: Text(sv: "● CSN skulle neka filen", en: "● CSN would refuse the file")
        case .notSent: Text(sv: "○ csnfil skulle inte skicka filen", en: "○ csnfil would not send the file")
        case .advice: Text(sv: "råd: se efter", en: "advice: look at it")
        }
    }
}
