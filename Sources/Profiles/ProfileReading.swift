import CSN
import Documents
import Findings

extension Profile {
    /// Reads an export profile.
    ///
    /// - Throws: what is wrong, with line and column: an unknown key, a wrong type, an unknown slot or date form, the
    ///   same header for two slots, no kurskod or personnummer.
    public static func read(path: String) throws(DocumentProblem) -> Profile {
        let stem = path.split(separator: "/").last.map(String.init) ?? path
        let name = stem.hasSuffix(".yaml") ? String(stem.dropLast(5)) : stem
        return try read(YAMLNode.read(path: path), name: name)
    }

    /// Reads an export profile from YAML that has been parsed already.
    public static func read(_ root: YAMLNode, name: String) throws(DocumentProblem) -> Profile {
        let keys = try root.mapping(allowing: [
            "profile", "system", "title", "basis", "records", "form", "container", "encoding", "columns", "leaveOut",
        ])
        _ = try keys.required("profile").int(in: 1...1)
        if let records = keys.optional("records") { _ = try records.word(among: ["courses"]) }
        if let form = keys.optional("form") { _ = try form.word(among: ["komvux"]) }
        let columns = try readColumns(keys.required("columns"))
        return Profile(
            name: name, path: root.path, system: try keys.required("system").string(),
            title: try keys.required("title").string(), basis: try readBasis(keys.required("basis")),
            container: try readContainer(keys.required("container")),
            encoding: try readEncoding(keys.optional("encoding")),
            columns: columns, leavesOut: try readLeaveOut(keys.optional("leaveOut")))
    }

    private static func readBasis(_ node: YAMLNode) throws(DocumentProblem) -> Basis {
        let keys = try node.mapping(allowing: ["known", "ours"])
        return Basis(
            known: try keys.optional("known")?.string() ?? "", ours: try keys.optional("ours")?.string() ?? "")
    }

    private static func readContainer(_ node: YAMLNode) throws(DocumentProblem) -> Container {
        let keys = try node.mapping(allowing: ["kind", "delimiter", "quote"])
        _ = try keys.required("kind").word(among: ["csv"])
        let delimiterNode = try keys.required("delimiter")
        var delimiters: [UInt8] = []
        for text in try delimiterNode.strings() { delimiters.append(try delimiter(text, delimiterNode)) }
        var quote: UInt8? = UInt8(ascii: "\"")
        if let node = keys.optional("quote") {
            let text = try node.string()
            quote = text == "none" ? nil : try character(text, node)
        }
        var dialects: [DelimitedDialect] = []
        for delimiter in delimiters {
            guard let dialect = DelimitedDialect(delimiter: delimiter, quote: quote) else {
                throw delimiterNode.problem(
                    Text(sv: "Skiljetecken och citattecken är samma.", en: "Delimiter and quote are the same."))
            }
            dialects.append(dialect)
        }
        return Container(dialects: dialects)
    }

    private static func delimiter(_ text: String, _ node: YAMLNode) throws(DocumentProblem) -> UInt8 {
        switch text {
        case "tab": UInt8(ascii: "\t")
        case "semicolon": UInt8(ascii: ";")
        case "comma": UInt8(ascii: ",")
        default: try character(text, node)
        }
    }

    private static func character(_ text: String, _ node: YAMLNode) throws(DocumentProblem) -> UInt8 {
        guard let byte = text.utf8.first, text.utf8.count == 1, byte >= 0x20, byte < 0x7F else {
            throw node.expected(
                Text(
                    sv: "tab, semicolon, comma eller ett enda tecken", en: "tab, semicolon, comma or a single character"
                ))
        }
        return byte
    }

    private static func readEncoding(_ node: YAMLNode?) throws(DocumentProblem) -> TextEncoding? {
        guard let node else { return nil }
        let name = try node.string()
        if name == "detect" { return nil }
        guard let encoding = TextEncoding(name: name) else {
            throw node.expected(Text(sv: "en känd teckenkodning eller detect", en: "a known encoding or detect"))
        }
        return encoding
    }

    private static func readColumns(_ node: YAMLNode) throws(DocumentProblem) -> [Slot: Column] {
        let keys = try node.mapping(allowing: Slot.allCases.map(\.name))
        var columns: [Slot: Column] = [:]
        var claimed: [String: String] = [:]
        for entry in keys.entries {
            guard let slot = Slot(name: entry.key) else { continue }
            let column = try readColumn(entry.value)
            for (text, name) in zip(column.headers, column.names) {
                if let other = claimed[name.folded] {
                    throw entry.value.problem(
                        Text(
                            sv: "Rubriken ”\(text)” står redan för \(other). Låt den stå på ett enda ställe.",
                            en: "The header “\(text)” stands for \(other) already. Let it stand in one place only."))
                }
                claimed[name.folded] = slot.name
            }
            columns[slot] = column
        }
        for slot in [Slot.personnummer, .kurskod, .startdatum, .slutdatum] where columns[slot] == nil {
            throw node.problem(
                Text(
                    sv: "Kolumnen \(slot.name) saknas; utan den kan ingen rad rapporteras.",
                    en: "The column \(slot.name) is missing; no row can be reported without it."))
        }
        return columns
    }

    private static func readColumn(_ node: YAMLNode) throws(DocumentProblem) -> Column {
        if !node.isMapping { return Column(headers: try node.strings()) }
        let keys = try node.mapping(allowing: ["headers", "required", "ranked", "dates", "words"])
        var dates: [DateForm] = []
        if let list = keys.optional("dates") {
            let names = DateForm.allCases.map(\.rawValue)
            for item in list.isList ? try list.list() : [list] {
                if let form = DateForm(rawValue: try item.word(among: names)) { dates.append(form) }
            }
        }
        var words: [String: String] = [:]
        if let mapping = keys.optional("words") {
            for entry in try mapping.mapping().entries {
                for spelling in try entry.value.strings() { words[spelling] = entry.key }
            }
        }
        return Column(
            headers: try keys.required("headers").strings(), isRequired: try keys.optional("required")?.bool() ?? false,
            isRanked: try keys.optional("ranked")?.bool() ?? false, dates: dates.isEmpty ? DateForm.usual : dates,
            words: words)
    }

    private static func readLeaveOut(_ node: YAMLNode?) throws(DocumentProblem) -> [LeaveOut] {
        guard let node else { return [] }
        var result: [LeaveOut] = []
        for item in try node.list() {
            let keys = try item.mapping(allowing: ["headers", "values", "reason"])
            let headers = try keys.required("headers").strings()
            result.append(
                LeaveOut(
                    headers: headers, names: headers.map { HeaderName($0) },
                    values: try keys.required("values").strings(), reason: try keys.required("reason").string()))
        }
        return result
    }
}
