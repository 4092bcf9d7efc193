import CSN
import CSNRules
import Findings

/// The rule catalogue for people and programs: all rules, or one explained.
public struct RuleListing: Sendable {
    /// Which rules are listed; nil: all.
    public struct Filter: Sendable {
        /// What the rule can come to: `hold`, `repair`, `drop`, or the level of what is sent as it is.
        public var outcome: Outcome?
        /// A field that the rule is about.
        public var field: Field?
        /// A table of the catalogue.
        public var heading: Heading?

        /// A filter; everything passes unless said otherwise.
        public init(outcome: Outcome? = nil, field: Field? = nil, heading: Heading? = nil) {
            self.outcome = outcome
            self.field = field
            self.heading = heading
        }

        /// Whether nothing is left out.
        var passesAll: Bool { outcome == nil && field == nil && heading == nil }

        func passes(_ rule: any Rule.Type) -> Bool {
            (outcome.map { Outcome.all(of: rule).contains($0) } ?? true)
                && (field.map { rule.fields.contains($0) } ?? true) && (heading.map { rule.heading == $0 } ?? true)
        }
    }

    /// What a rule can come to.
    public enum Outcome: String, Sendable, CaseIterable {
        case hold, repair, drop, error, warning, info

        /// What a rule can come to, gravest first.
        static func all(of rule: any Rule.Type) -> [Outcome] {
            let found = Set(rule.messages.map { outcome(of: $0) })
            return allCases.filter { found.contains($0) }
        }

        static func outcome(of message: Message) -> Outcome {
            switch (message.action, message.level) {
            case (.hold, _): .hold
            case (.repair, _): .repair
            case (.drop, _): .drop
            case (.none, .error): .error
            case (.none, .warning): .warning
            case (.none, .info): .info
            }
        }
    }

    let catalogue: Catalogue
    let policies: @Sendable (any Rule.Type) -> [String]
    private let language: Language
    private let emphasis: Emphasis
    /// So many characters fit on a line.
    private let width = 100

    /// A listing in a language.
    ///
    /// - Parameters:
    ///   - catalogue: the rules that are listed.
    ///   - policies: what a configuration may say of a rule.
    public init(
        in language: Language, isColoured: Bool = false, of catalogue: Catalogue = .shared,
        policies: @escaping @Sendable (any Rule.Type) -> [String]
    ) {
        self.language = language
        self.catalogue = catalogue
        self.policies = policies
        emphasis = Emphasis(isColoured: isColoured)
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[language] }

    // MARK: - All

    /// The rules in columns of mark, name, what it comes to, and title, under the headings of the catalogue's tables.
    public func table(_ filter: Filter = Filter()) -> String {
        let rules = catalogue.rules.filter { filter.passes($0) }
        guard !rules.isEmpty else { return say("Ingen regel passar.\n", "No rule fits.\n") }
        let nameWidth = rules.map { $0.name.text.count }.max() ?? 0
        let outcomes = rules.map { Outcome.all(of: $0).map(\.rawValue).joined(separator: "/") }
        let outcomeWidth = outcomes.map(\.count).max() ?? 0
        let indent = 2 + nameWidth + 2 + outcomeWidth + 2
        var text = ""
        for heading in Heading.allCases {
            let own = zip(rules, outcomes).filter { $0.0.heading == heading }
            guard !own.isEmpty else { continue }
            text += (text.isEmpty ? "" : "\n") + emphasis(.bold, heading.title[language]) + "\n"
            for (rule, outcome) in own {
                let title = wrapped(rule.title[language], indent: indent).drop { $0 == " " }
                text += rule.standing.mark.isEmpty ? "  " : rule.standing.mark + " "
                text += padded(rule.name.text, nameWidth) + "  " + padded(outcome, outcomeWidth) + "  \(title)\n"
            }
        }
        return text + "\n" + legend
    }

    private var legend: String {
        say(
            """
            ● står i CSN:s lista över vad som gör att en fil nekas, och kan inte sänkas
            ○ csnfil håller själv tillbaka
            ”csnfil rules NAMN” förklarar en regel.

            """,
            """
            ● stands in CSN's list of reasons for refusing a file, and cannot be lowered
            ○ csnfil's own reason for holding back
            “csnfil rules NAME” explains a rule.

            """)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// The text in lines of at most ``width`` characters, each after `indent` blanks, without a line end at the end.
    private func wrapped(_ text: String, indent: Int) -> String {
        let blanks = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent + line.count + 1 + word.count > width {
                lines.append(blanks + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        if !line.isEmpty { lines.append(blanks + line) }
        return lines.joined(separator: "\n")
    }

    // MARK: - One

    /// A rule with everything it says of itself.
    public func explanation(of rule: any Rule.Type) -> String {
        let policies = policies(rule)
        let mark = rule.standing.mark.isEmpty ? "" : rule.standing.mark + " "
        let fields = rule.fields.fields.map(\.swedish).joined(separator: ", ")
        var text = emphasis(.bold, mark + rule.name.text) + "\n" + wrapped(rule.title[language], indent: 0) + "\n\n"
        text += wrapped(rule.explanation[language], indent: 0) + "\n\n"
        text += part(say("Åtgärd", "Help"), rule.remedy[language])
        if !fields.isEmpty { text += part(say("Fält", "Fields"), fields) }
        text += emphasis(.bold, say("Vad den säger", "What it says")) + "\n"
        for message in rule.messages {
            text += wrapped("\(Outcome.words(of: message)[language]): \(message.text[language])", indent: 2) + "\n"
        }
        text += "\n" + example(rule.broken, say("Bryter mot regeln", "Breaks the rule"))
        text += example(rule.satisfied, say("Följer regeln", "Satisfies the rule"))
        if !rule.companions.isEmpty {
            let names = rule.companions.map(\.text).joined(separator: ", ")
            text += part(say("Kan tala tillsammans med", "May speak together with"), names)
        }
        text += part(say("Källa", "Source"), rule.source.words[language])
        text += part(
            say("I csnfil.yaml", "In csnfil.yaml"),
            policies.isEmpty
                ? say("kan inte ändras", "cannot be changed")
                : "rules: {\(rule.name): \(policies.joined(separator: " | "))}")
        if !rule.formerNames.isEmpty {
            text += part(say("Hette förr", "Former names"), rule.formerNames.map(\.text).joined(separator: ", "))
        }
        return text + say("Sedan version \(rule.since).\n", "Since version \(rule.since).\n")
    }

    private func part(_ title: String, _ content: String) -> String {
        emphasis(.bold, title) + "\n" + wrapped(content, indent: 2) + "\n\n"
    }

    private func example(_ example: Example, _ title: String) -> String {
        guard !example.rows.isEmpty else { return "" }
        let day = say("körning \(example.today)", "run on \(example.today)")
        var text = emphasis(.bold, title) + " (\(day))\n"
        for row in example.cells(in: language) { text += wrapped(row, indent: 2) + "\n" }
        return text + "\n"
    }
}
