import CSN
import Documents
import Findings

extension ConfigurationReader {
    /// Environment variables take the place of single keys. Paths in them are relative to the working folder.
    mutating func override(from environment: [String: String]) {
        for key in ConfigurationKey.allCases {
            guard let variable = key.variable, let value = environment[variable], !value.isEmpty else { continue }
            override(key, variable, value)
        }
    }

    private mutating func override(_ key: ConfigurationKey, _ variable: String, _ value: String) {
        switch key {
        case .inbox: configuration.inbox = value
        case .outbox: configuration.outbox = value
        case .archive: configuration.archive = value
        case .ledger: configuration.ledger = value
        case .layout: configuration.layout = value
        case .absenceCodes:
            if let word = word(value, among: ConfigurationWords.absenceCodes, variable) {
                configuration.sendsAbsenceCodes = word == "file"
            }
        case .hold:
            if let word = word(value, among: HoldScope.allCases.map(\.rawValue), variable) {
                configuration.holdScope = HoldScope(rawValue: word)
            }
        case .language:
            if let word = word(value, among: Language.allCases.map(\.rawValue), variable) {
                configuration.language = Language(rawValue: word)
            }
        case .retentionDays:
            if let days = Int(value), ConfigurationWords.retentionDays.contains(days) {
                configuration.retentionDays = days
            } else {
                let range = ConfigurationWords.retentionDays
                refuse(
                    variable, value,
                    Text(
                        sv: "ett heltal från \(range.lowerBound) till \(range.upperBound)",
                        en: "a whole number from \(range.lowerBound) to \(range.upperBound)"))
            }
        case .noReadingDays:
            configuration.noReadingDays = []
            for text in value.split(separator: ",") {
                if let day = Day(iso: text) {
                    configuration.noReadingDays.insert(day)
                } else {
                    refuse(
                        variable, value,
                        Text(
                            sv: "dagar som 2026-12-28, med komma emellan",
                            en: "days such as 2026-12-28 with commas between"))
                }
            }
        case .schools, .rules, .mappings: break
        }
    }

    private mutating func word(_ value: String, among words: [String], _ variable: String) -> String? {
        if words.contains(value) { return value }
        let list = words.joined(separator: ", ")
        refuse(variable, value, Text(sv: "ett av orden \(list)", en: "one of the words \(list)"))
        return nil
    }

    private mutating func refuse(_ variable: String, _ value: String, _ expected: Text) {
        problems.append(
            DocumentProblem(
                path: variable,
                text: Text(
                    sv: "Miljövariabeln ska vara \(expected.sv), men är ”\(value)”.",
                    en: "The environment variable must be \(expected.en), but is “\(value)”.")))
    }
}
