import Findings

/// A value in a YAML file with its place.
///
/// The accessors throw a ``DocumentProblem`` that says what was expected and what stands there. Scalars are kept as
/// written: `0114` read as text is `0114`.
public struct YAMLNode: Sendable {
    indirect enum Content: Sendable {
        /// `isPlain`: without quotes, and not a block of text.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case mapping([YAMLMapping.Entry])
    }

    /// The file as it was named.
    public let path: String
    /// From 1.
    public let line: Int
    /// In characters, from 1.
    public let column: Int
    let content: Content

    /// Whether the value is nothing, `~` or `null`, without quotes.
    public var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// Whether the value is one word, number or text.
    public var isScalar: Bool {
        if case .scalar = content { return !isNull }
        return false
    }

    /// Whether the value is a list.
    public var isList: Bool {
        if case .list = content { return true }
        return false
    }

    /// Whether the value is keys with values.
    public var isMapping: Bool {
        if case .mapping = content { return true }
        return false
    }

    /// The text as written; a number or a `yes` is text too. Nothing at all is a problem, `""` is not.
    public func string() throws(DocumentProblem) -> String {
        guard case .scalar(let text, _) = content, !isNull else { throw expected(Text(sv: "en text", en: "a text")) }
        return text
    }

    /// A whole number inside the range.
    public func int(in range: ClosedRange<Int>) throws(DocumentProblem) -> Int {
        guard case .scalar(let text, isPlain: true) = content, let number = Int(text), range.contains(number) else {
            throw expected(
                Text(
                    sv: "ett heltal från \(range.lowerBound) till \(range.upperBound)",
                    en: "a whole number from \(range.lowerBound) to \(range.upperBound)"))
        }
        return number
    }

    /// `true`, `yes`, `ja` or `false`, `no`, `nej`, without quotes and in any case of letters.
    public func bool() throws(DocumentProblem) -> Bool {
        if case .scalar(let text, isPlain: true) = content {
            switch text.lowercased() {
            case "true", "yes", "ja": return true
            case "false", "no", "nej": return false
            default: break
            }
        }
        throw expected(Text(sv: "ja eller nej", en: "yes or no"))
    }

    /// One of the words, exactly as spelled in the list.
    public func word(among words: [String]) throws(DocumentProblem) -> String {
        let list = words.joined(separator: ", ")
        guard case .scalar(let text, _) = content, words.contains(text) else {
            var problem = expected(Text(sv: "ett av orden \(list)", en: "one of the words \(list)"))
            if case .scalar(let text, _) = content {
                let hint = Text.didYouMean(nearestNames(to: text, among: words, limit: 1))
                problem = self.problem(problem.text + hint)
            }
            throw problem
        }
        return text
    }

    /// The items of a list.
    public func list() throws(DocumentProblem) -> [YAMLNode] {
        guard case .list(let items) = content else { throw expected(Text(sv: "en lista", en: "a list")) }
        return items
    }

    /// The texts of a list, or one text alone.
    public func strings() throws(DocumentProblem) -> [String] {
        if isScalar { return [try string()] }
        guard case .list(let items) = content else {
            throw expected(Text(sv: "en text eller en lista av texter", en: "a text or a list of texts"))
        }
        var texts: [String] = []
        for item in items { texts.append(try item.string()) }
        return texts
    }

    /// Keys with values, whatever the keys are.
    public func mapping() throws(DocumentProblem) -> YAMLMapping {
        guard case .mapping(let entries) = content else {
            throw expected(Text(sv: "nycklar med värden", en: "keys with values"))
        }
        return YAMLMapping(node: self, entries: entries)
    }

    /// Keys with values; a key that is not among `keys` is a problem at that key.
    public func mapping(allowing keys: [String]) throws(DocumentProblem) -> YAMLMapping {
        let mapping = try mapping()
        for entry in mapping.entries where !keys.contains(entry.key) {
            let near = nearestNames(to: entry.key, among: keys, limit: 1)
            let hint =
                near.isEmpty
                ? Text(
                    sv: " Här får stå: \(keys.joined(separator: ", ")).",
                    en: " What may stand here: \(keys.joined(separator: ", ")).")
                : Text.didYouMean(near)
            throw entry.keyNode.problem(
                Text(sv: "Okänd nyckel ”\(entry.key)”.", en: "Unknown key “\(entry.key)”.") + hint)
        }
        return mapping
    }

    /// A problem at this value's place.
    public func problem(_ text: Text) -> DocumentProblem {
        DocumentProblem(path: path, line: line, column: column, text: text)
    }

    /// The problem "Expected …, but here stands …" at this value's place.
    ///
    /// - Parameter what: what was expected, with its article, without a full stop.
    public func expected(_ what: Text) -> DocumentProblem {
        problem(
            Text(
                sv: "Här ska stå \(what.sv), men här står \(found.sv).",
                en: "Expected \(what.en), but here stands \(found.en)."))
    }

    private var found: Text {
        switch content {
        case .scalar where isNull: Text(sv: "ingenting", en: "nothing")
        case .scalar(let text, _):
            Text(sv: "”\(text.prefix(60))”", en: "“\(text.prefix(60))”")
        case .list: Text(sv: "en lista", en: "a list")
        case .mapping: Text(sv: "nycklar med värden", en: "keys with values")
        }
    }
}

/// Keys with values in a YAML file, in the order of the file; no key stands twice.
public struct YAMLMapping: Sendable {
    /// A key, its place, and its value.
    public struct Entry: Sendable {
        /// The key as written.
        public let key: String
        /// The key's place.
        public let keyNode: YAMLNode
        /// What stands behind the key.
        public let value: YAMLNode
    }

    /// The mapping itself, for its place.
    public let node: YAMLNode
    /// In the order of the file.
    public let entries: [Entry]

    /// The value of a key; nil when the key is not there.
    public subscript(_ key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

    /// The value of a key; nil when the key is not there or nothing stands behind it.
    public func optional(_ key: String) -> YAMLNode? {
        guard let value = self[key], !value.isNull else { return nil }
        return value
    }

    /// The value of a key; a problem at the mapping when the key is not there, at the key when it has no value.
    public func required(_ key: String) throws(DocumentProblem) -> YAMLNode {
        guard let entry = entries.first(where: { $0.key == key }) else {
            throw node.problem(Text(sv: "Här saknas nyckeln ”\(key)”.", en: "The key “\(key)” is missing here."))
        }
        guard !entry.value.isNull else {
            throw entry.keyNode.problem(
                Text(sv: "Nyckeln ”\(key)” saknar värde.", en: "The key “\(key)” has no value."))
        }
        return entry.value
    }
}
