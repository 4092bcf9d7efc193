import CSNRules
import Documents
import Findings

/// Names of rules that people type.
public enum RuleNames {
    /// What is said of a name that no rule has, with the nearest names.
    public static func unknown(_ name: String) -> Text {
        let near = nearestNames(to: name, among: Catalogue.shared.rules.map { $0.name.text })
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
}
