import Findings
import Yams

extension YAMLNode {
    /// Reads a YAML file.
    public static func read(path: String) throws(DocumentProblem) -> YAMLNode {
        try read(WholeFile(path: path))
    }

    /// Reads YAML that lies in memory; `path` is what problems name.
    public static func read(path: String, bytes: [UInt8]) throws(DocumentProblem) -> YAMLNode {
        try read(WholeFile(path: path, bytes: bytes))
    }

    private static func read(_ file: WholeFile) throws(DocumentProblem) -> YAMLNode {
        let result: Result<YAMLNode, DocumentProblem>
        do {
            let parser = try Parser(yaml: file.text, resolver: .basic, encoding: .utf8)
            let root = try parser.singleRoot()
            // Nodes know their anchors only while the parser lives.
            result = withExtendedLifetime(parser) {
                Result { () throws(DocumentProblem) -> YAMLNode in
                    guard let root else {
                        return YAMLNode(path: file.path, line: 1, column: 1, content: .scalar("", isPlain: true))
                    }
                    return try YAMLNode(root, path: file.path, depth: 0)
                }
            }
        } catch let error as YamlError {
            throw problem(error, in: file)
        } catch {
            throw DocumentProblem(path: file.path, text: Text(sv: "\(error)", en: "\(error)"))
        }
        return try result.get()
    }

    private static func problem(_ error: YamlError, in file: WholeFile) -> DocumentProblem {
        func syntax(_ reason: String, _ line: Int, _ column: Int) -> DocumentProblem {
            DocumentProblem(
                path: file.path, line: line, column: column,
                text: Text(sv: "Detta är inte giltig YAML: \(reason).", en: "This is not valid YAML: \(reason)."))
        }
        switch error {
        case .scanner(_, let reason, let mark, _), .parser(_, let reason, let mark, _),
            .composer(_, let reason, let mark, _):
            return syntax(reason, mark.line, mark.column)
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            return DocumentProblem(
                path: file.path, line: context.mark.line, column: context.mark.column,
                text: Text(
                    sv: "Nyckeln ”\(key)” står två gånger, här den första. Ta bort en av dem.",
                    en: "The key “\(key)” stands twice, here the first time. Remove one of them."))
        case .reader(let reason, let offset, _, _):
            let before = file.text.unicodeScalars.prefix(offset ?? 0)
            let line = before.count { $0 == "\n" } + 1
            let column = before.reversed().prefix { $0 != "\n" }.count + 1
            return syntax(reason, line, column)
        default:
            return syntax("\(error)", 1, 1)
        }
    }

    /// Deeper than any file of ours.
    private static let greatestDepth = 32

    private init(_ node: Node, path: String, depth: Int) throws(DocumentProblem) {
        let line = node.mark?.line ?? 1
        let column = node.mark?.column ?? 1
        func refused(_ text: Text) -> DocumentProblem {
            DocumentProblem(path: path, line: line, column: column, text: text)
        }
        // An anchored node comes before every alias of it, so a file cannot grow by naming its parts again and again.
        guard node.anchor == nil else {
            throw refused(
                Text(
                    sv: "Ankare (&) och hänvisningar (*) används inte här. Skriv ut värdet.",
                    en: "Anchors (&) and aliases (*) are not used here. Write the value out."))
        }
        guard depth <= YAMLNode.greatestDepth else {
            throw refused(Text(sv: "Här ligger för många nivåer i varandra.", en: "Too many levels are nested here."))
        }
        let content: Content
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
        case .sequence(let sequence):
            var items: [YAMLNode] = []
            for item in sequence { items.append(try YAMLNode(item, path: path, depth: depth + 1)) }
            content = .list(items)
        case .mapping(let mapping):
            var entries: [YAMLMapping.Entry] = []
            for (key, value) in mapping {
                let keyNode = try YAMLNode(key, path: path, depth: depth + 1)
                let name = try keyNode.string()
                entries.append(
                    YAMLMapping.Entry(
                        key: name, keyNode: keyNode, value: try YAMLNode(value, path: path, depth: depth + 1)))
            }
            content = .mapping(entries)
        case .alias:
            throw refused(
                Text(
                    sv: "Hänvisningar (*) används inte här. Skriv ut värdet.",
                    en: "Aliases (*) are not used here. Write the value out."))
        }
        self.init(path: path, line: line, column: column, content: content)
    }
}
