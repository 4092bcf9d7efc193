import CSN
import CSNRules
import Findings

extension RuleListing {
    /// The rules as one JSON object, texts in both languages. Rules that are no more are in it where nothing is
    /// filtered.
    public func json(_ filter: Filter = Filter()) -> String {
        json(catalogue.rules.filter { filter.passes($0) }, retired: filter.passesAll ? catalogue.retired : [])
    }

    /// Those rules as one JSON object.
    public func json(_ rules: [any Rule.Type], retired: [any RetiredRule.Type] = []) -> String {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.number("schemaVersion", MachineReport.schemaVersion)
            object.array("rules") { array in
                for rule in rules {
                    array.object { RuleListing.write(rule, policies: policies(rule), to: &$0) }
                }
            }
            object.array("retired") { array in
                for rule in retired { array.object { RuleListing.write(rule, to: &$0) } }
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
        object.object("broken") { write(rule.broken, to: &$0) }
        object.object("satisfied") { write(rule.satisfied, to: &$0) }
        object.strings("companions", rule.companions.map(\.text))
        object.strings("policies", policies)
        object.string("since", rule.since)
        object.strings("formerNames", rule.formerNames.map(\.text))
    }

    private static func write(_ rule: any RetiredRule.Type, to object: inout JSONWriter) {
        object.string("name", rule.name.text)
        object.strings("replacements", rule.replacements.map(\.text))
        object.object("reason") { write(rule.reason, to: &$0) }
        object.string("until", rule.until)
    }

    /// What differs from the model row, row by row.
    private static func write(_ example: Example, to object: inout JSONWriter) {
        object.string("today", example.today)
        let lists = [("rows", example.rows), ("otherSystem", example.otherSystem), ("reported", example.reported)]
        for (key, rows) in lists {
            object.array(key) { array in
                for row in rows {
                    array.object { cells in
                        for (slot, value) in row.sorted(by: { $0.key < $1.key }) { cells.string(slot, value) }
                    }
                }
            }
        }
    }

    private static func write(_ text: Text, to object: inout JSONWriter) {
        object.string("sv", text.sv)
        object.string("en", text.en)
    }
}
