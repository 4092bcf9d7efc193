import CSN
import Documents
import Foundation

/// The JSON Schema of export profiles for editors, written from the keys and words that the reader takes.
public enum ProfileSchema {
    /// The schema as it lies in `docs/profile.schema.json`, JSON Schema 2020-12, keys in alphabetical order.
    public static func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(whole), as: UTF8.self) + "\n"
    }

    private static var whole: SchemaNode {
        var schema = SchemaNode.object(
            Dictionary(uniqueKeysWithValues: ProfileKey.allCases.map { ($0.rawValue, node(of: $0)) }),
            required: ProfileKey.required.map(\.rawValue))
        schema["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
        schema["$defs"] = .nodes(SchemaNode.shared(dates: DateForm.allCases.map(\.rawValue)))
        schema["title"] = .text("Export profile of csnfil")
        return schema
    }

    private static func node(of key: ProfileKey) -> SchemaNode {
        switch key {
        case .profile: .one(of: ProfileWords.version.map { .number($0) }, "The version of this format.")
        case .system: .line("The school system that writes the export.")
        case .title: .line("One line that says what export it is.")
        case .basis:
            .object([
                BasisKey.known.rawValue: .line("What the vendor or another public source says."),
                BasisKey.ours.rawValue: .line("What is the author's own reading."),
            ])
        case .records: .word(ProfileWords.records, "What a row is.")
        case .form: .word(ProfileWords.forms, "The school form.")
        case .container: container
        case .encoding:
            .line(
                "detect, or one of \(TextEncoding.allCases.map(\.name).joined(separator: ", ")); the default is detect."
            )
        case .columns: columns
        case .sample: sample
        case .leaveOut: .list(of: leaveOut, "Rows that are left out: those with one of the values in the column.")
        }
    }

    private static var container: SchemaNode {
        let delimiters = ProfileWords.delimiters.map(\.name).joined(separator: ", ")
        return .object(
            [
                ContainerKey.kind.rawValue: .word(ProfileWords.kinds, "How rows and cells are told apart."),
                ContainerKey.delimiter.rawValue: .texts(
                    "\(delimiters) or a single punctuation character; several: the one that fits."),
                ContainerKey.quote.rawValue: .line(
                    "The character around cells, or \(ProfileWords.noQuote); the default is a double quote."),
            ], required: ContainerKey.required.map(\.rawValue))
    }

    private static var columns: SchemaNode {
        .object(
            Dictionary(uniqueKeysWithValues: Slot.allCases.map { ($0.name, column($0)) }),
            required: Slot.needed.map(\.name))
    }

    private static func column(_ slot: Slot) -> SchemaNode {
        var properties = [
            ColumnKey.headers.rawValue: SchemaNode.texts("The headers accepted."),
            ColumnKey.required.rawValue: .flag("Whether a file without the column does not fit."),
            ColumnKey.ranked.rawValue: .flag("Whether the first of several headers found counts."),
        ]
        switch slot.content {
        case .code: break
        case .date:
            properties[ColumnKey.dates.rawValue] = .dates("How dates are written.")
        case .word(let values):
            properties[ColumnKey.words.rawValue] = .object(
                Dictionary(uniqueKeysWithValues: values.map { ($0, SchemaNode.texts("The words that stand for it.")) }))
        }
        return .either(
            .texts("The headers accepted."), .object(properties, required: [ColumnKey.headers.rawValue]),
            slot.meaning)
    }

    private static var leaveOut: SchemaNode {
        .object(
            [
                LeaveOutKey.headers.rawValue: .texts("The headers accepted for the column."),
                LeaveOutKey.values.rawValue: .texts("The values; letter case does not count."),
                LeaveOutKey.reason.rawValue: .line("What such rows are."),
            ], required: LeaveOutKey.names)
    }
}

/// A JSON Schema, or a part of one.
struct SchemaNode: Encodable {
    /// What stands behind a keyword.
    enum Value: Encodable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case list([Value])
        case node(SchemaNode)
        case nodes([String: SchemaNode])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            case .flag(let flag): try container.encode(flag)
            case .list(let list): try container.encode(list)
            case .node(let node): try container.encode(node)
            case .nodes(let nodes): try container.encode(nodes)
            }
        }
    }

    private var keywords: [String: Value]

    func encode(to encoder: any Encoder) throws { try keywords.encode(to: encoder) }

    subscript(keyword: String) -> Value? {
        get { keywords[keyword] }
        set { keywords[keyword] = newValue }
    }

    /// Keys with values, and no other keys.
    static func object(_ properties: [String: SchemaNode], required: [String] = []) -> SchemaNode {
        var node = SchemaNode(keywords: [
            "type": .text("object"), "additionalProperties": .flag(false), "properties": .nodes(properties),
        ])
        if !required.isEmpty { node["required"] = .list(required.map { .text($0) }) }
        return node
    }

    /// A number or a yes in YAML is text too where text is wanted: the reader takes it as written.
    private static let scalars = Value.list(["string", "number", "boolean"].map { .text($0) })

    /// What stands in many places, by name.
    static func shared(dates: [String]) -> [String: SchemaNode] {
        let text = SchemaNode(keywords: ["type": scalars])
        // `ja` and `nej` are texts to an editor.
        let words: [Value] = [.flag(true), .flag(false)] + ["yes", "no", "ja", "nej"].map { .text($0) }
        return [
            "text": text, "texts": oneOrMore(text), "yesOrNo": SchemaNode(keywords: ["enum": .list(words)]),
            "dates": oneOrMore(SchemaNode(keywords: ["enum": .list(dates.map { .text($0) })])),
        ]
    }

    /// What stands under that name in ``shared(dates:)``.
    private static func reference(_ name: String, _ description: String) -> SchemaNode {
        SchemaNode(keywords: ["description": .text(description), "$ref": .text("#/$defs/\(name)")])
    }

    private static func oneOrMore(_ item: SchemaNode) -> SchemaNode {
        let list = SchemaNode(keywords: ["type": .text("array"), "minItems": .number(1), "items": .node(item)])
        return SchemaNode(keywords: ["anyOf": .list([.node(item), .node(list)])])
    }

    /// A text.
    static func line(_ description: String) -> SchemaNode { reference("text", description) }

    /// A text, or a list of them.
    static func texts(_ description: String) -> SchemaNode { reference("texts", description) }

    /// A date form, or a list of them.
    static func dates(_ description: String) -> SchemaNode { reference("dates", description) }

    /// Yes or no.
    static func flag(_ description: String) -> SchemaNode { reference("yesOrNo", description) }

    /// One of the values.
    static func one(of values: [Value], _ description: String) -> SchemaNode {
        SchemaNode(keywords: ["description": .text(description), "enum": .list(values)])
    }

    /// One of the words.
    static func word(_ words: [String], _ description: String) -> SchemaNode {
        one(of: words.map { .text($0) }, description)
    }

    /// A list.
    static func list(of item: SchemaNode, _ description: String) -> SchemaNode {
        SchemaNode(keywords: [
            "description": .text(description), "type": .text("array"), "items": .node(item),
        ])
    }

    /// One of two.
    static func either(_ first: SchemaNode, _ second: SchemaNode, _ description: String) -> SchemaNode {
        SchemaNode(keywords: ["description": .text(description), "anyOf": .list([.node(first), .node(second)])])
    }
}
