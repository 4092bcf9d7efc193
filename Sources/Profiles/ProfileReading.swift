import CSN
import Documents
import Findings

extension Profile {
    /// Reads an export profile.
    ///
    /// - Throws: what is wrong, with line and column: an unknown key, a wrong type, an unknown slot, date form or word
    ///   value, the same header for two slots, a needed column that is missing.
    public static func read(path: String) throws(DocumentProblem) -> Profile {
        let stem = path.split(separator: "/").last.map(String.init) ?? path
        let name = stem.hasSuffix(".yaml") ? String(stem.dropLast(5)) : stem
        return try read(YAMLNode.read(path: path), name: name)
    }

    /// Reads an export profile from YAML that has been parsed already.
    ///
    /// - Parameter name: what the profile is called, its file's name without the ending.
    /// - Throws: what is wrong, as ``read(path:)`` does.
    public static func read(_ root: YAMLNode, name: String) throws(DocumentProblem) -> Profile {
        let keys = try root.mapping(allowing: ProfileKey.names)
        for key in ProfileKey.required { _ = try keys.required(key.rawValue) }
        func optional(_ key: ProfileKey) -> YAMLNode? { keys.optional(key.rawValue) }
        func required(_ key: ProfileKey) throws(DocumentProblem) -> YAMLNode { try keys.required(key.rawValue) }
        _ = try required(.profile).int(in: ProfileWords.version)
        if let records = optional(.records) { _ = try records.word(among: ProfileWords.records) }
        if let form = optional(.form) { _ = try form.word(among: ProfileWords.forms) }
        var profile = Profile(
            name: name, path: root.path, system: try required(.system).string(), title: try required(.title).string(),
            basis: try readBasis(required(.basis)), container: try readContainer(required(.container)),
            encoding: try readEncoding(optional(.encoding)), columns: try readColumns(required(.columns)),
            leavesOut: try readLeaveOut(optional(.leaveOut)))
        if let sample = optional(.sample) {
            profile.sample = try SampleReading(profile: profile, root: keys).read(sample)
        }
        return profile
    }

    private static func readBasis(_ node: YAMLNode) throws(DocumentProblem) -> Basis {
        let keys = try node.mapping(allowing: BasisKey.names)
        return Basis(
            known: try keys.optional(BasisKey.known.rawValue)?.string() ?? "",
            ours: try keys.optional(BasisKey.ours.rawValue)?.string() ?? "")
    }

    private static func readEncoding(_ node: YAMLNode?) throws(DocumentProblem) -> TextEncoding? {
        guard let node else { return nil }
        let name = try node.string()
        if name == ProfileWords.detect { return nil }
        guard let encoding = TextEncoding(name: name) else {
            let known = TextEncoding.allCases.map(\.name).joined(separator: ", ")
            throw node.expected(Text(sv: "detect eller en av \(known)", en: "detect or one of \(known)"))
        }
        return encoding
    }

    private static func readLeaveOut(_ node: YAMLNode?) throws(DocumentProblem) -> [LeaveOut] {
        guard let node else { return [] }
        var result: [LeaveOut] = []
        for item in try node.list() {
            let keys = try item.mapping(allowing: LeaveOutKey.names)
            let headers = try readHeaders(keys.required(LeaveOutKey.headers.rawValue))
            let values = try keys.required(LeaveOutKey.values.rawValue)
            result.append(
                LeaveOut(
                    headers: headers.map(\.text), names: headers.map(\.name),
                    values: try texts(values).map(\.text),
                    reason: try keys.required(LeaveOutKey.reason.rawValue).string()))
        }
        return result
    }
}

// MARK: - The container

extension Profile {
    private static func readContainer(_ node: YAMLNode) throws(DocumentProblem) -> Container {
        let keys = try node.mapping(allowing: ContainerKey.names)
        _ = try keys.required(ContainerKey.kind.rawValue).word(among: ProfileWords.kinds)
        let delimiters = try texts(keys.required(ContainerKey.delimiter.rawValue))
        let quoteNode = keys.optional(ContainerKey.quote.rawValue)
        let quote = try quoteNode.map(readQuote) ?? UInt8(ascii: "\"")
        var dialects: [DelimitedDialect] = []
        for (text, place) in delimiters {
            guard let dialect = DelimitedDialect(delimiter: try delimiter(text, place), quote: quote) else {
                throw place.problem(
                    Text(sv: "Skiljetecken och citattecken är samma.", en: "Delimiter and quote are the same."))
            }
            dialects.append(dialect)
        }
        return .delimited(Delimited(dialects: dialects))
    }

    private static func readQuote(_ node: YAMLNode) throws(DocumentProblem) -> UInt8? {
        let text = try node.string()
        return text == ProfileWords.noQuote ? nil : try mark(text, node, or: ProfileWords.noQuote)
    }

    private static func delimiter(_ text: String, _ node: YAMLNode) throws(DocumentProblem) -> UInt8 {
        if let named = ProfileWords.delimiters.first(where: { $0.name == text }) { return named.byte }
        return try mark(text, node, or: ProfileWords.delimiters.map(\.name).joined(separator: ", "))
    }

    /// A single character that stands between or around values: no letter, digit or blank, which values are made of.
    private static func mark(_ text: String, _ node: YAMLNode, or words: String) throws(DocumentProblem) -> UInt8 {
        guard let character = text.first, text.count == 1, let byte = character.asciiValue,
            byte == UInt8(ascii: "\t") || (byte > 0x20 && byte < 0x7F && !character.isLetter && !character.isNumber)
        else {
            throw node.expected(
                Text(sv: "\(words) eller ett enda skiljetecken", en: "\(words) or a single punctuation character"))
        }
        return byte
    }

    /// The texts of a list, or one text alone, each with its place; none at all is a problem.
    static func texts(_ node: YAMLNode) throws(DocumentProblem) -> [(text: String, place: YAMLNode)] {
        var texts: [(text: String, place: YAMLNode)] = []
        for item in node.isList ? try node.list() : [node] { texts.append((try item.string(), item)) }
        guard !texts.isEmpty else { throw node.problem(Text(sv: "Listan är tom.", en: "The list is empty.")) }
        return texts
    }
}
