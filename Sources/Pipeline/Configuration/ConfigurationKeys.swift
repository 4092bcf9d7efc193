import CSNRules
import Findings

/// The keys of `csnfil.yaml`, said once: the reader refuses what is not here, and the schema for editors is written
/// from the same list.
enum ConfigurationKey: String, CaseIterable {
    case schools, inbox, outbox, archive, ledger, mappings, layout, absenceCodes, rules, hold, language
    case retentionDays, noReadingDays

    static let names = allCases.map(\.rawValue)

    /// The environment variable that overrides the key; nil for lists that do not fit into one, and for `mappings`,
    /// whose variable names a folder of its own in the search order instead of taking the key's place.
    var variable: String? {
        switch self {
        case .schools, .rules, .mappings: nil
        case .absenceCodes: "CSNFIL_ABSENCE_CODES"
        case .retentionDays: "CSNFIL_RETENTION_DAYS"
        case .noReadingDays: "CSNFIL_NO_READING_DAYS"
        default: "CSNFIL_" + rawValue.uppercased()
        }
    }
}

/// The keys of one school of the list `schools`.
enum SchoolKey: String, CaseIterable {
    case skolkod, name, ids, form, system, started, complete, codePatterns, contact

    static let names = allCases.map(\.rawValue)
}

/// The keys of a school's `started`.
enum StartedKey: String, CaseIterable {
    case status, grade

    static let names = allCases.map(\.rawValue)
}

/// The words that the reader takes and the schema lists.
enum ConfigurationWords {
    static let absenceCodes = ["file", "off"]
    static let forms = ["komvux"]
    static let retentionDays = 1...36_500
    static let skolkoder = 1000...1999
}

/// What a configuration may say of a rule.
enum PolicyWord: String, CaseIterable {
    case error, hold, repair, drop, warning, info

    /// `error` is the level that a hold is shown as: the same.
    var policy: RulePolicy {
        switch self {
        case .error, .hold: .hold
        case .repair: .repair
        case .drop: .drop
        case .warning: .warning
        case .info: .info
        }
    }

    /// Why the word cannot be said of a rule; nil when it can.
    func refusal(for rule: any Rule.Type) -> Text? {
        let actions = Set(rule.messages.map(\.action))
        let name = rule.name.text
        switch policy {
        case .hold:
            // What is found about an export or a file as a whole has no record that could be held.
            guard actions.contains(.hold) || !(rule is any ReadingRule.Type || rule is any FileRule.Type) else {
                return Text(
                    sv: "\(name) handlar inte om en post och kan inte hålla någon tillbaka.",
                    en: "\(name) is not about a record and cannot hold anybody.")
            }
            return nil
        case .repair where !actions.contains(.repair):
            return Text(
                sv: "\(name) har inget att rätta till.", en: "\(name) has nothing that it could repair.")
        case .drop where !actions.contains(.drop):
            return Text(
                sv: "\(name) har inget att utelämna.", en: "\(name) has nothing that it could leave out.")
        case .warning, .info: return refusalToLower(rule)
        case .repair, .drop: return nil
        }
    }

    private func refusalToLower(_ rule: any Rule.Type) -> Text? {
        let name = rule.name.text
        switch rule.standing {
        case .own, .advice: return nil
        case .refusal:
            return Text(
                sv: "\(name) ● står i CSN:s lista över vad som gör att en fil nekas och kan inte sänkas.",
                en: "\(name) ● stands in CSN's list of reasons for refusing a file and cannot be lowered.")
        case .ownFirm, .repairOrHold:
            return Text(
                sv: "\(name) kan inte sänkas: utan den går det inte att skriva någon post.",
                en: "\(name) cannot be lowered: without it no record can be written.")
        }
    }

    /// The words that may be said of a rule.
    static func allowed(for rule: any Rule.Type) -> [PolicyWord] {
        allCases.filter { $0.refusal(for: rule) == nil }
    }
}
