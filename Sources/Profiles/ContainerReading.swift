import Documents
import Findings

extension Profile {
    static func readContainer(_ node: YAMLNode) throws(DocumentProblem) -> Container {
        let keys = try node.mapping(allowing: ContainerKey.names)
        let kind = try keys.required(ContainerKey.kind.rawValue).word(among: ProfileWords.kinds)
        let others = kind == ProfileWords.xml ? ContainerKey.ofDelimited : ContainerKey.ofXML
        for entry in keys.entries where others.contains(where: { $0.rawValue == entry.key }) {
            let known = ContainerKey.names.filter { name in !others.contains { $0.rawValue == name } }
                .joined(separator: ", ")
            throw entry.keyNode.problem(
                Text(
                    sv: "Nyckeln ”\(entry.key)” hör inte till kind: \(kind). Här får stå: \(known).",
                    en: "The key “\(entry.key)” does not belong to kind: \(kind). What may stand here: \(known)."))
        }
        return kind == ProfileWords.xml ? .xml(try readXML(keys)) : .delimited(try readDelimited(keys))
    }

    private static func readXML(_ keys: YAMLMapping) throws(DocumentProblem) -> XMLShape {
        let node = try keys.required(ContainerKey.row.rawValue)
        let text = try node.string()
        let path = try readPath(text, node)
        guard !path.endsInAttribute else {
            throw node.expected(Text(sv: "ett element och inget attribut", en: "an element and no attribute"))
        }
        var repeated = XMLShape.Repeated.all
        if let node = keys.optional(ContainerKey.repeated.rawValue) {
            repeated = XMLShape.Repeated(rawValue: try node.word(among: XMLShape.Repeated.names)) ?? .all
        }
        return XMLShape(row: path.steps, repeated: repeated)
    }

    private static func readDelimited(_ keys: YAMLMapping) throws(DocumentProblem) -> Delimited {
        var form = Delimited(dialects: try readDialects(keys))
        if let node = keys.optional(ContainerKey.header.rawValue) {
            let words = [ProfileWords.headerRow, ProfileWords.noHeader]
            form.hasHeader = try node.word(among: words) == ProfileWords.headerRow
        }
        form.preamble = try keys.optional(ContainerKey.preamble.rawValue)?.int(in: ProfileWords.preamble) ?? 0
        form.cells = try readCells(keys, hasHeader: form.hasHeader)
        if let node = keys.optional(ContainerKey.groups.rawValue) { form.groups = try readGroups(node) }
        if let node = keys.optional(ContainerKey.joins.rawValue) {
            if let cells = form.cells {
                form.joinedPosition = try node.int(in: 1...cells) - 1
            } else {
                form.joins = try readHeaders(node).map(\.name)
            }
        }
        return form
    }

    private static func readCells(_ keys: YAMLMapping, hasHeader: Bool) throws(DocumentProblem) -> Int? {
        guard let node = keys.optional(ContainerKey.cells.rawValue) else {
            guard hasHeader else {
                throw keys.node.problem(
                    Text(
                        sv: "Utan rubrikrad måste nyckeln ”cells” säga hur många celler en rad har.",
                        en: "Without a header row the key “cells” must say how many cells a row has."))
            }
            return nil
        }
        guard !hasHeader else {
            throw node.problem(
                Text(
                    sv: "Rubrikraden säger hur många celler en rad har; ”cells” hör till header: none.",
                    en: "The header row says how many cells a row has; “cells” belongs to header: none."))
        }
        return try node.int(in: ProfileWords.cells)
    }

    /// What headings between rows are like, each with a letter or a digit: a bare `*` would leave out every row that
    /// has one filled cell.
    private static func readGroups(_ node: YAMLNode) throws(DocumentProblem) -> [String] {
        var groups: [String] = []
        for (text, place) in try texts(node) {
            guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
                throw place.expected(
                    Text(sv: "en mönsterrad med bokstäver (”Klass: *”)", en: "a pattern with letters (“Klass: *”)"))
            }
            groups.append(text)
        }
        return groups
    }

    private static func readDialects(_ keys: YAMLMapping) throws(DocumentProblem) -> [DelimitedDialect] {
        let delimiters = try texts(keys.required(ContainerKey.delimiter.rawValue))
        let quote = try keys.optional(ContainerKey.quote.rawValue).map(readQuote) ?? UInt8(ascii: "\"")
        var dialects: [DelimitedDialect] = []
        for (text, place) in delimiters {
            guard let dialect = DelimitedDialect(delimiter: try delimiter(text, place), quote: quote) else {
                throw place.problem(
                    Text(sv: "Skiljetecken och citattecken är samma.", en: "Delimiter and quote are the same."))
            }
            dialects.append(dialect)
        }
        return dialects
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
}
