import Foundation

/// Reads the rule files it is given and writes the catalogue (every rule, sorted by name) and the pass (for each
/// stage a direct call of every rule in the order of the catalogue's tables).
///
/// Direct calls because a loop over `any Rule` cost more than reading the whole export (measured on a prototype).
/// A rule file is recognised by one line of the form `enum EndBeforeStart: RecordRule {` (or with several shapes,
/// `enum ReportedValueMissing: RecordRule, SchoolRule {`), its name by
/// `static let name: RuleName = "end-before-start"`, its turn by `static let turn = Turn(.check, 10)` and what a record
/// must have for it by `static let concerns: RecordTraits = .grade`: neighbours in the pass with the same word are asked
/// for it once. A rule that is no more has the shape `RetiredRule` and is listed apart.
@main
struct RuleLister {
    struct Rule {
        var type: String
        var shapes: [String]
        var name: String
        /// drop 0, repair 1, check 2.
        var step: Int
        var place: Int
        /// Whether the pass asks it; otherwise it is about notes, or about the export as a file.
        var hasTurn: Bool
        /// As the rule's file writes it; nil when it is about every record.
        var concerns: String?
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first else {
            throw Failure(description: "usage: RuleLister OUTPUT RULE.swift …")
        }
        let rules = try arguments.dropFirst().map { try rule(in: $0) }.sorted { $0.name < $1.name }
        for (one, next) in zip(rules, rules.dropFirst()) where one.name == next.name {
            throw Failure(description: "error: two rules are called \(one.name)")
        }
        try source(
            of: rules.filter { $0.shapes != ["RetiredRule"] }, retired: rules.filter { $0.shapes == ["RetiredRule"] }
        )
        .write(toFile: output, atomically: true, encoding: .utf8)
    }

    static func rule(in path: String) throws -> Rule {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let head = text.firstMatch(of: /enum (\w+): (\w+Rule(?:, \w+Rule)*) {/) else {
            throw Failure(description: "\(path):1: error: no rule found (enum Name: RecordRule)")
        }
        guard let name = text.firstMatch(of: /static let name: RuleName = "([a-z0-9-]+)"/) else {
            throw Failure(description: "\(path):1: error: the rule has no name")
        }
        let turn = text.firstMatch(of: /static let turn = Turn\(\.(drop|repair|check), (\d+)\)/)
        let concerns = text.firstMatch(of: /static let concerns: RecordTraits = (.+)/)
        let steps: [Substring: Int] = ["drop": 0, "repair": 1, "check": 2]
        return Rule(
            type: String(head.1), shapes: head.2.split(separator: ", ").map(String.init), name: String(name.1),
            step: turn.flatMap { steps[$0.1] } ?? 2, place: turn.flatMap { Int($0.2) } ?? 0,
            hasTurn: head.2.split(separator: ", ").contains { shape in stages.contains { $0.shape == shape } },
            concerns: concerns.map { String($0.1) })
    }

    /// The shapes of rules that have a turn, the stage of each, and what it judges.
    static let stages: [(shape: String, stage: String, parameter: String)] = [
        ("FieldRule", "field", "_ subject: inout Candidate"),
        ("RowsRule", "rows", "_ subject: inout StudentRows"),
        ("RecordRule", "record", "_ subject: inout Record"),
        ("UnitRule", "unit", "_ subject: inout UnitRecords"),
        ("StudentRule", "student", "_ subject: inout StudentRecords"),
        ("SchoolRule", "school", "_ subject: inout SchoolFacts"),
        ("FileRule", "file", "_ subject: inout FileFacts"),
    ]

    /// The stages whose subjects have traits.
    static let traited = ["record", "unit", "student"]

    /// The calls of one step, in order.
    static func calls(_ turns: [(offset: Int, element: Rule)], asksTraits: Bool) -> String {
        var text = ""
        var open: String?
        if asksTraits, turns.contains(where: { $0.element.concerns != nil }) {
            text += "        var traits = KnownTraits()\n"
        }
        for (number, rule) in turns {
            let concerns = asksTraits ? rule.concerns : nil
            if open != concerns {
                if open != nil { text += "        }\n" }
                if let concerns {
                    text +=
                        "        if traits.meet(\(concerns), after: context.findings.count, subject.traits(context)) {\n"
                }
                open = concerns
            }
            text +=
                (open == nil ? "        " : "            ")
                + "if context.runs(\(number), isDropped: subject.isDropped, failed: subject.failed) "
            text += "{ \(rule.type).apply(to: &subject, &context) }\n"
        }
        return text + (open == nil ? "" : "        }\n")
    }

    static func source(of rules: [Rule], retired: [Rule]) -> String {
        var text = "// Written by RuleLister from the files under Rules/. Not to be edited.\n\nimport CSN\n\n"
        text += "extension Catalogue {\n"
        text += "    static let listed: [any Rule.Type] = [\n"
        for rule in rules { text += "        \(rule.type).self,\n" }
        text += "    ]\n\n    static let listedInputs: [FieldSet] = [\n"
        for rule in rules { text += "        " + (rule.hasTurn ? "\(rule.type).inputs" : "[]") + ",\n" }
        text += "    ]\n\n    static let listedAsRetired: [any RetiredRule.Type] = ["
        text += retired.map { "\($0.type).self" }.joined(separator: ", ") + "]\n"
        text += "}\n\nextension RulePass {\n"
        for (shape, stage, parameter) in stages {
            for (step, stepName) in ["Drops", "Repairs", "Checks"].enumerated() {
                text += "    static func \(stage)\(stepName)(\(parameter), _ context: inout RuleContext) {\n"
                let turns = rules.enumerated().filter { $0.element.shapes.contains(shape) && $0.element.step == step }
                    .sorted { ($0.element.place, $0.element.name) < ($1.element.place, $1.element.name) }
                text +=
                    turns.isEmpty
                    ? "        _ = (subject, context)\n" : calls(turns, asksTraits: traited.contains(stage))
                text += "    }\n\n"
            }
        }
        return text + "}\n"
    }
}
