import CSN
import CSNRules
import Findings
import Reports

/// The JSON Schema of `csnfil.yaml` for editors, written from the keys and words that the reader takes.
public enum ConfigurationSchema {
    /// The schema as it lies in `docs/csnfil.schema.json`, JSON Schema 2020-12.
    public static func json() -> String {
        var writer = JSONWriter(isIndented: true)
        writer.object { schema in
            schema.string("$schema", "https://json-schema.org/draft/2020-12/schema")
            schema.string("title", "csnfil.yaml")
            schema.string("type", "object")
            schema.bool("additionalProperties", false)
            schema.object("properties") { properties in
                for key in ConfigurationKey.allCases {
                    properties.object(key.rawValue) { write(key, to: &$0) }
                }
            }
        }
        writer.newline()
        return writer.text
    }

    private static func write(_ key: ConfigurationKey, to schema: inout JSONWriter) {
        schema.string("description", description(of: key))
        switch key {
        case .schools:
            schema.string("type", "array")
            schema.object("items") { write(school: &$0) }
        case .inbox, .outbox, .archive, .ledger, .mappings, .layout: text(&schema)
        case .absenceCodes: schema.strings("enum", ConfigurationWords.absenceCodes)
        case .rules: write(rules: &schema)
        case .hold: schema.strings("enum", HoldScope.allCases.map(\.rawValue))
        case .language: schema.strings("enum", Language.allCases.map(\.rawValue))
        case .retentionDays: number(ConfigurationWords.retentionDays, &schema)
        case .noReadingDays:
            schema.string("type", "array")
            schema.object("items") {
                $0.string("type", "string")
                $0.string("format", "date")
            }
        }
    }

    private static func write(rules schema: inout JSONWriter) {
        schema.string("type", "object")
        schema.bool("additionalProperties", false)
        schema.object("properties") { properties in
            for rule in Catalogue.shared.rules {
                let allowed = PolicyWord.allowed(for: rule)
                guard !allowed.isEmpty else { continue }
                properties.object(rule.name.text) {
                    $0.string("description", rule.title.en)
                    $0.strings("enum", allowed.map(\.rawValue))
                }
            }
        }
    }

    private static func write(school schema: inout JSONWriter) {
        schema.string("type", "object")
        schema.bool("additionalProperties", false)
        schema.strings("required", [SchoolKey.skolkod.rawValue])
        schema.object("properties") { properties in
            for key in SchoolKey.allCases {
                properties.object(key.rawValue) { property in
                    property.string("description", description(of: key))
                    switch key {
                    case .skolkod: number(ConfigurationWords.skolkoder, &property)
                    case .name, .system, .contact: text(&property)
                    case .ids, .codePatterns: texts(&property)
                    case .form: property.strings("enum", ConfigurationWords.forms)
                    case .complete: property.string("type", "boolean")
                    case .started: write(started: &property)
                    }
                }
            }
        }
    }

    private static func write(started schema: inout JSONWriter) {
        schema.string("type", "object")
        schema.bool("additionalProperties", false)
        schema.object("properties") { properties in
            for key in StartedKey.allCases {
                properties.object(key.rawValue) {
                    switch key {
                    case .status: texts(&$0)
                    case .grade: $0.string("type", "boolean")
                    }
                }
            }
        }
    }

    /// A number in YAML is text too where text is wanted: the reader takes it as written.
    private static func text(_ schema: inout JSONWriter) { schema.strings("type", ["string", "number"]) }

    private static func texts(_ schema: inout JSONWriter) {
        schema.strings("type", ["string", "number", "array"])
        schema.object("items") { text(&$0) }
    }

    private static func number(_ range: ClosedRange<Int>, _ schema: inout JSONWriter) {
        schema.string("type", "integer")
        schema.number("minimum", range.lowerBound)
        schema.number("maximum", range.upperBound)
    }

    private static func description(of key: ConfigurationKey) -> String {
        switch key {
        case .schools: "The schools that report."
        case .inbox: "Where the nightly run takes exports from."
        case .outbox: "Where the nightly run leaves upload files."
        case .archive: "Where read exports are kept."
        case .ledger: "The record of what CSN has been sent."
        case .mappings: "A folder of mappings that goes before the shipped ones."
        case .layout: "A layout's name or file; the default is komvux."
        case .absenceCodes: "Whether 31 and 32 are sent (file) or left out and listed (off)."
        case .rules: "What is done about what a rule finds."
        case .hold: "How much is held back when something is held; the default is unit."
        case .language: "The language of messages."
        case .retentionDays: "After how many days archived exports and ledger records go; the default is 400."
        case .noReadingDays: "Days without a reading at CSN beyond weekends and holidays."
        }
    }

    private static func description(of key: SchoolKey) -> String {
        switch key {
        case .skolkod: "CSN's code of the school."
        case .name: "What people call it."
        case .ids: "What exports call it."
        case .form: "The school form."
        case .system: "The export profile or school system."
        case .started:
            "What the school stands for as the certificate of a start where the export has no column for it."
        case .complete: "Whether its export holds everybody; the default is yes."
        case .codePatterns:
            "Decorations glued onto its course codes: regular expressions whose only group is the code."
        case .contact: "Whom CSN may ask, for the cover page."
        }
    }
}
