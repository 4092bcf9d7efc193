import CSNRules
import Findings

/// A sentence of a rule in one language, taken apart at its braces: hundred thousands of findings fill the same few
/// sentences.
struct Sentence: Sendable {
    /// A stretch of the sentence.
    enum Part: Sendable {
        /// Stands as it is.
        case text([UInt8])
        /// The place of a parameter.
        case slot(Slot)
    }

    /// The place of a parameter.
    struct Slot: Sendable {
        /// The name between the braces.
        let name: String
        /// The same as it lies in a list of findings.
        let bytes: [UInt8]
        /// The name under which a rule gives the same in English, where it is a phrase.
        let english: [UInt8]

        init(_ name: String) {
            self.name = name
            bytes = Array(name.utf8)
            english = Array((name + "English").utf8)
        }
    }

    /// The stretches in order.
    let parts: [Part]

    /// Takes a sentence apart where ``Text`` fills it.
    init(_ text: String) {
        var parts: [Part] = []
        var rest = Array(text.utf8)[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            parts.append(.text(Array(rest[..<open])))
            parts.append(.slot(Slot(String(decoding: rest[(open + 1)..<close], as: UTF8.self))))
            rest = rest[(close + 1)...]
        }
        self.parts = parts + [.text(Array(rest))]
    }
}

/// What a rule can say, in one language.
struct RuleSentences: Sendable {
    /// The rule's name.
    let name: String
    /// By the number of the message.
    let messages: [Sentence]
    /// By the number of the message, whether it names what could have been meant.
    let saysSuggestions: [Bool]
    let remedy: Sentence
    /// Whether the remedy differs from finding to finding.
    let remedyNamesParameters: Bool

    private init(_ rule: any Rule.Type, in language: Language) {
        name = rule.name.text
        messages = rule.messages.map { Sentence($0.text[language]) }
        saysSuggestions = rule.messages.map { $0.text.sv.contains("{suggestions}") }
        remedy = Sentence(rule.remedy[language])
        remedyNamesParameters = RuleSentences.namesParameters(rule.remedy)
    }

    /// Whether a sentence differs from finding to finding.
    static func namesParameters(_ text: Text) -> Bool { text.sv.contains("{") || text.en.contains("{") }

    /// The sentences of every rule, by its number in the catalogue.
    static func all(in language: Language) -> [RuleSentences] { language == .sv ? swedish : english }

    private static let swedish = Catalogue.shared.rules.map { RuleSentences($0, in: .sv) }
    private static let english = Catalogue.shared.rules.map { RuleSentences($0, in: .en) }
}
