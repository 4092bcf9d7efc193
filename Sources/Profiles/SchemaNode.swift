/// A JSON Schema, or a part of one.
struct SchemaNode: Encodable, Sendable {
    /// What stands behind a keyword.
    enum Value: Encodable, Sendable {
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
    static var shared: [String: SchemaNode] {
        let text = SchemaNode(keywords: ["type": scalars])
        // `ja` and `nej` are texts to an editor.
        let words: [Value] = [.flag(true), .flag(false)] + ["yes", "no", "ja", "nej"].map { .text($0) }
        return [
            "text": text, "texts": oneOrMore(text), "yesOrNo": SchemaNode(keywords: ["enum": .list(words)]),
        ]
    }

    /// What stands under that name in ``shared``.
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

    /// One of the words, or a list of them.
    static func oneOrMore(of words: [String], _ description: String) -> SchemaNode {
        var node = oneOrMore(SchemaNode(keywords: ["enum": .list(words.map { .text($0) })]))
        node["description"] = .text(description)
        return node
    }

    /// Two texts.
    static func pair(_ description: String) -> SchemaNode {
        SchemaNode(keywords: [
            "description": .text(description), "type": .text("array"), "minItems": .number(2), "maxItems": .number(2),
            "items": .node(SchemaNode(keywords: ["type": scalars])),
        ])
    }

    /// A whole number.
    static func whole(_ range: ClosedRange<Int>, _ description: String) -> SchemaNode {
        SchemaNode(keywords: [
            "description": .text(description), "type": .text("integer"), "minimum": .number(range.lowerBound),
            "maximum": .number(range.upperBound),
        ])
    }

    /// Keys with values that another reader knows.
    static func any(_ description: String) -> SchemaNode {
        SchemaNode(keywords: ["description": .text(description), "type": .text("object")])
    }

    /// What holds of some keys, others left alone.
    static func properties(_ properties: [String: SchemaNode]) -> SchemaNode {
        SchemaNode(keywords: ["properties": .nodes(properties)])
    }

    /// That a key is there and has this value.
    static func property(_ key: String, is value: String) -> SchemaNode {
        SchemaNode(keywords: [
            "properties": .nodes([key: SchemaNode(keywords: ["const": .text(value)])]),
            "required": .list([.text(key)]),
        ])
    }

    /// That these keys are there.
    static func requiring(_ keys: [String]) -> SchemaNode {
        SchemaNode(keywords: ["required": .list(keys.map { .text($0) })])
    }

    /// That the keys of one of these lists are there.
    static func requiring(anyOf lists: [[String]]) -> SchemaNode {
        SchemaNode(keywords: ["anyOf": .list(lists.map { .node(requiring($0)) })])
    }

    /// Asks for the keys of one of these lists beside what the node says already.
    mutating func require(anyOf lists: [[String]]) { self["anyOf"] = SchemaNode.requiring(anyOf: lists)["anyOf"] }

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
