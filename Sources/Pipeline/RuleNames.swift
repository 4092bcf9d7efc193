import CSNRules
import Documents
import Findings

/// Names of rules that people type.
public enum RuleNames {
    /// What is said of a name that no rule has or had, with the nearest names.
    public static func unknown(_ name: String, in catalogue: Catalogue = .shared) -> Text {
        let near = nearestNames(to: name, among: names(of: catalogue))
        guard !near.isEmpty else {
            return Text(
                sv: "Det finns ingen regel ”\(name)”. ”csnfil rules” visar alla.",
                en: "There is no rule “\(name)”. “csnfil rules” lists them all.")
        }
        let swedish = near.map { "”\($0)”" }.joined(separator: " eller ")
        let english = near.map { "“\($0)”" }.joined(separator: " or ")
        return Text(
            sv: "Det finns ingen regel ”\(name)”. Menades \(swedish)?",
            en: "There is no rule “\(name)”. Did you mean \(english)?")
    }

    /// Today's names first, so that of equally near ones they are said first.
    private static func names(of catalogue: Catalogue) -> [String] {
        let today = catalogue.rules.map { $0.name.text }
        let before = catalogue.rules.flatMap { $0.formerNames.map(\.text) }
        return today + before + catalogue.retired.map { $0.name.text }
    }

    /// What is said of a name that a rule had before.
    public static func renamed(_ name: String, to rule: any Rule.Type) -> Text {
        Text(
            sv: "Regeln ”\(name)” heter numera ”\(rule.name)”.", en: "The rule “\(name)” is now called “\(rule.name)”.")
    }

    /// What is said of a rule that is no more: why, and what replaced it.
    public static func retired(_ rule: any RetiredRule.Type) -> Text {
        let names = rule.replacements.map(\.text)
        let swedish =
            names.isEmpty
            ? "Ingen regel har ersatt den." : "I stället: \(names.map { "”\($0)”" }.joined(separator: ", "))."
        let english =
            names.isEmpty
            ? "No rule has replaced it." : "Instead: \(names.map { "“\($0)”" }.joined(separator: ", "))."
        return Text(
            sv: "Regeln ”\(rule.name)” finns inte längre (sedan version \(rule.until)). \(rule.reason.sv) \(swedish)",
            en: "The rule “\(rule.name)” is no more (since version \(rule.until)). \(rule.reason.en) \(english)")
    }
}
