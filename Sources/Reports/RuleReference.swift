import CSN
import CSNRules
import Findings

/// The reference of all rules as a page of Markdown, written from the catalogue so that it cannot drift from it.
public struct RuleReference: Sendable {
    private let catalogue: Catalogue
    private let policies: @Sendable (any Rule.Type) -> [String]
    private let language: Language

    /// The page in a language.
    ///
    /// - Parameters:
    ///   - catalogue: the rules it explains.
    ///   - policies: what a configuration may say of a rule.
    public init(
        in language: Language, of catalogue: Catalogue = .shared,
        policies: @escaping @Sendable (any Rule.Type) -> [String]
    ) {
        self.language = language
        self.catalogue = catalogue
        self.policies = policies
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[language] }

    /// The whole page.
    public func text() -> String {
        var text = introduction
        for heading in Heading.allCases {
            let rules = catalogue.rules.filter { $0.heading == heading }
            guard !rules.isEmpty else { continue }
            text += "\n## \(heading.title[language])\n\n" + table(of: rules)
            for rule in rules { text += "\n" + section(about: rule) }
        }
        return text + "\n" + names
    }

    // MARK: - Around the rules

    private var introduction: String {
        say(
            """
            # Reglerna

            Skriven ur regelkatalogen, ändras inte för hand (`CSNFIL_WRITE_DOCS=1 swift test --filter \
            RuleReferenceTests`). `csnfil rules` visar samma sak, `csnfil rules NAMN` en regel.

            - ● står ordagrant i CSN:s lista över vad som gör att en fil nekas. Regeln kan inte sänkas.
            - ○ är csnfils eget skäl att hålla tillbaka.
            - **hålls tillbaka**: posten skickas inte, och inte heller resten av den studerandes studieperiod. Resten \
            av filen skickas.
            - **rättas**: handboken säger vad värdet ska vara. csnfil skriver det och säger vad som stod.
            - **utelämnas**: handboken säger att det inte ska rapporteras.
            - **skickas**: som det är, med en varning eller upplysning.

            När `csnfil check` prövar en färdig fil ändras ingenting: ● är det CSN skulle neka, ○ det csnfil inte \
            skulle skicka, allt annat är råd.

            Exemplen är det som skiljer från en modellrad: \(modelRow).

            """,
            """
            # The rules

            Written from the catalogue, not edited by hand (`CSNFIL_WRITE_DOCS=1 swift test --filter \
            RuleReferenceTests`). `csnfil rules` shows the same, `csnfil rules NAME` one rule.

            - ● stands word for word in CSN's list of reasons for refusing a file. The rule cannot be lowered.
            - ○ is csnfil's own reason for holding back.
            - **held**: the record is not sent, nor the rest of the student's study period. The rest of the file is.
            - **repaired**: the handbook says what the value must be. csnfil writes that and says what stood there.
            - **left out**: the handbook says that it is not to be reported.
            - **sent**: as it is, with a warning or a note.

            When `csnfil check` judges a finished file nothing is changed: ● is what CSN would refuse, ○ what csnfil \
            would not send, everything else is advice.

            The examples are what differs from a model row: \(modelRow).

            """)
    }

    private var modelRow: String {
        say(
            "en studerande född 1990, kursen SVESVE01 (100 poäng, GY) som 1:1 från 2026-08-17 till 2026-12-18, "
                + "påbörjad, utan händelse och betyg",
            "a student born in 1990, the course SVESVE01 (100 points, GY) as 1:1 from 2026-08-17 to 2026-12-18, "
                + "started, without an event or a grade")
    }

    private func table(of rules: [any Rule.Type]) -> String {
        var text = say("| | regel | | handling |\n", "| | rule | | action |\n") + "| --- | --- | --- | --- |\n"
        for rule in rules {
            let actions = RuleListing.Outcome.all(of: rule).map(\.rawValue).joined(separator: " / ")
            let title = rule.title[language].replacing("|", with: "\\|")
            text += "| \(rule.standing.mark) | [`\(rule.name)`](#\(rule.name)) | \(title) | \(actions) |\n"
        }
        return text
    }

    /// Names that are no longer those of a rule, for whoever finds one in an old configuration.
    private var names: String {
        var lines: [(name: String, text: String)] = []
        for rule in catalogue.rules {
            for name in rule.formerNames {
                lines.append((name.text, say("heter numera ", "now called ") + link(rule.name)))
            }
        }
        for rule in catalogue.retired {
            let instead = rule.replacements.map { link($0) }.joined(separator: ", ")
            let until = say("borttagen i version ", "gone since version ") + rule.until
            lines.append(
                (
                    rule.name.text,
                    "\(until): \(rule.reason[language])"
                        + (instead.isEmpty ? "" : say(" I stället ", " Instead ") + instead)
                ))
        }
        var text = say("## Namn som har ändrats\n\n", "## Names that have changed\n\n")
        guard !lines.isEmpty else {
            return text
                + say("Inga ännu: varje regel har det namn den fick.\n", "None yet: every rule has its first name.\n")
        }
        text += say("| äldre namn | |\n", "| older name | |\n") + "| --- | --- |\n"
        for line in lines.sorted(by: { $0.name < $1.name }) { text += "| `\(line.name)` | \(line.text) |\n" }
        return text
    }

    private func link(_ name: RuleName) -> String { "[`\(name)`](#\(name))" }

    // MARK: - One rule

    private func section(about rule: any Rule.Type) -> String {
        let mark = rule.standing.mark.isEmpty ? "" : "\(rule.standing.mark) "
        var text = "### \(rule.name)\n\n\(mark)**\(rule.title[language])**\n\n\(rule.explanation[language])\n\n"
        text += say("Vad den säger:\n\n", "What it says:\n\n")
        for message in rule.messages {
            let level = say("nivå", "level") + " \(levelWord(message.level))"
            text += "- \(RuleListing.Outcome.words(of: message)[language]), \(level): \(message.text[language])\n"
        }
        text += "\n" + item(say("Åtgärd", "What to do"), rule.remedy[language])
        text += example(rule.broken, say("Bryter mot regeln", "Breaks the rule"))
        text += example(rule.satisfied, say("Följer regeln", "Satisfies the rule"))
        let fields = rule.fields.fields.map(\.swedish).joined(separator: ", ")
        if !fields.isEmpty { text += item(say("Fält", "Fields"), fields) }
        text += item(say("Källa", "Source"), rule.source.words[language])
        text += item(say("I csnfil.yaml", "In csnfil.yaml"), configuration(of: rule))
        if !rule.companions.isEmpty {
            let names = rule.companions.map { link($0) }.joined(separator: ", ")
            text += item(say("Kan tala tillsammans med", "May speak together with"), names)
        }
        return text + item(say("Sedan version", "Since version"), rule.since)
    }

    private func item(_ title: String, _ content: String) -> String { "- **\(title)**: \(content)\n" }

    private func configuration(of rule: any Rule.Type) -> String {
        let words = policies(rule)
        return words.isEmpty
            ? say("kan inte ändras", "cannot be changed")
            : "`rules: {\(rule.name): …}`: " + words.map { "`\($0)`" }.joined(separator: ", ")
    }

    private func example(_ example: Example, _ title: String) -> String {
        guard !example.rows.isEmpty else { return "" }
        let day = say("körning \(example.today)", "run on \(example.today)")
        let rows = example.cells(in: language)
        guard rows.count > 1 else { return item("\(title) (\(day))", rows[0]) }
        return "- **\(title)** (\(day)):\n" + rows.map { "  - \($0)\n" }.joined()
    }

    private func levelWord(_ level: Level) -> String {
        switch level {
        case .error: say("fel", "error")
        case .warning: say("varning", "warning")
        case .info: say("upplysning", "note")
        }
    }
}
