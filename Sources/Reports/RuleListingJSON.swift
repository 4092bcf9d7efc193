import CSN
import CSNRules
import Findings

extension RuleListing {
    /// The rules as one JSON object, texts in both languages.
    ///
    /// - Parameter policies: what a configuration may say of a rule.
    public static func json(_ filter: Filter = Filter(), policies: (any Rule.Type) -> [String]) -> String {
        json(Catalogue.shared.rules.filter { filter.passes($0) }, policies: policies)
    }

    /// Those rules as one JSON object.
    public static func json(_ rules: [any Rule.Type], policies: (any Rule.Type) -> [String]) -> String {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.number("schemaVersion", MachineReport.schemaVersion)
            object.array("rules") { array in
                for rule in rules { array.object { write(rule, policies: policies(rule), to: &$0) } }
            }
        }
        writer.newline()
        return writer.text
    }

    private static func write(_ rule: any Rule.Type, policies: [String], to object: inout JSONWriter) {
        object.string("name", rule.name.text)
        object.string("mark", rule.standing.mark)
        object.string("heading", rule.heading.rawValue)
        object.strings("outcomes", Outcome.all(of: rule).map(\.rawValue))
        object.strings("fields", rule.fields.fields.map(\.name))
        object.object("title") { write(rule.title, to: &$0) }
        object.object("explanation") { write(rule.explanation, to: &$0) }
        object.object("remedy") { write(rule.remedy, to: &$0) }
        object.array("messages") { messages in
            for message in rule.messages {
                messages.object {
                    $0.string("action", message.action.word)
                    $0.string("level", message.level.word)
                    write(message.text, to: &$0)
                }
            }
        }
        object.object("source") {
            switch rule.source {
            case .handbook(let sentence):
                $0.string("kind", "handbook")
                $0.string("sentence", sentence)
            case .refusals(let sentence):
                $0.string("kind", "refusals")
                $0.string("sentence", sentence)
            case .own(let reason):
                $0.string("kind", "own")
                write(reason, to: &$0)
            }
        }
        object.strings("policies", policies)
        object.string("since", rule.since)
    }

    private static func write(_ text: Text, to object: inout JSONWriter) {
        object.string("sv", text.sv)
        object.string("en", text.en)
    }
}
