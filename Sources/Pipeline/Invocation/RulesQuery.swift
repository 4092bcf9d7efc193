import CSN
import CSNRules
import Documents
import Findings
import Reports

/// `rules`: the catalogue listed, or one rule explained.
public struct RulesQuery: Sendable {
    /// NAME; nil: all.
    public var name: String?
    /// `--action`
    public var action: String?
    /// `--field`
    public var field: String?
    /// `--heading`
    public var heading: String?
    /// The rules that are asked.
    public var catalogue: Catalogue

    /// What is asked for.
    public init(
        name: String? = nil, action: String? = nil, field: String? = nil, heading: String? = nil,
        catalogue: Catalogue = .shared
    ) {
        self.catalogue = catalogue
        self.name = name
        self.action = action
        self.field = field
        self.heading = heading
    }

    /// The answer for standard output.
    ///
    /// - Throws: a name, action, field or heading that does not exist, with what could have been meant; exit
    ///   status 64.
    public func answer(_ options: TypedOptions, in surroundings: Surroundings) throws(RunFailure) -> String {
        let language = surroundings.language(typed: options.language)
        let listing = RuleListing(
            in: language, isColoured: surroundings.allowsColour(options), of: catalogue, policies: RulesQuery.policies)
        let isJSON = options.format == OutputFormat.json.rawValue
        if let name { return try answer(about: name, listing, isJSON: isJSON, language) }
        let filter = RuleListing.Filter(
            outcome: try chosen(action, "--action", RuleListing.Outcome.allCases.map(\.rawValue)) {
                RuleListing.Outcome(rawValue: $0)
            },
            field: try chosen(field, "--field", Field.allCases.map(\.name)) { name in
                Field(name: name) ?? Field.allCases.first { $0.swedish == name.lowercased() }
            },
            heading: try chosen(heading, "--heading", Heading.allCases.map(\.rawValue)) { Heading(rawValue: $0) })
        return isJSON ? listing.json(filter) : listing.table(filter)
    }

    /// What a configuration may say of a rule.
    static func policies(_ rule: any Rule.Type) -> [String] { PolicyWord.allowed(for: rule).map(\.rawValue) }

    private func answer(
        about name: String, _ listing: RuleListing, isJSON: Bool, _ language: Language
    ) throws(RunFailure) -> String {
        switch catalogue.meaning(of: RuleName(name)) {
        case .rule(let rule, _): return isJSON ? listing.json([rule]) : listing.explanation(of: rule)
        case .renamed(let rule, _):
            // JSON has the rule's former names in it.
            let said = RuleNames.renamed(name, to: rule)[language] + "\n\n"
            return isJSON ? listing.json([rule]) : said + listing.explanation(of: rule)
        case .retired(let rule):
            return isJSON ? listing.json([], retired: [rule]) : RuleNames.retired(rule)[language] + "\n"
        case nil: throw RunFailure(.usage, RuleNames.unknown(name, in: catalogue))
        }
    }

    private func chosen<Value>(
        _ text: String?, _ option: String, _ names: [String], _ value: (String) -> Value?
    ) throws(RunFailure) -> Value? {
        guard let text else { return nil }
        if let value = value(text) { return value }
        let near = nearestNames(to: text, among: names)
        let list = (near.isEmpty ? names : near).joined(separator: ", ")
        throw RunFailure(
            .usage,
            Text(
                sv: "Efter \(option) kan inte stå ”\(text)”. \(near.isEmpty ? "Här får stå" : "Menades"): \(list).",
                en: "After \(option) “\(text)” cannot stand. \(near.isEmpty ? "What may stand" : "Did you mean"): "
                    + "\(list)."))
    }
}
