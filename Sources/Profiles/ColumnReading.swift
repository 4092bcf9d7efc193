import CSN
import Documents
import Findings

/// A header that a profile accepts, with its place.
struct AcceptedHeader {
    var text: String
    var name: HeaderName
    var place: YAMLNode
}

extension Profile {
    static func readColumns(_ node: YAMLNode) throws(DocumentProblem) -> [Slot: Column] {
        let keys = try node.mapping(allowing: Slot.allCases.map(\.name))
        var columns: [Slot: Column] = [:]
        var claims: [(header: AcceptedHeader, slot: Slot)] = []
        for entry in keys.entries {
            guard let slot = Slot(name: entry.key) else { continue }
            let (column, headers) = try readColumn(entry.value, slot)
            for header in headers {
                try refuseClaimed(header, claims)
                claims.append((header, slot))
            }
            columns[slot] = column
        }
        for slot in Slot.needed where columns[slot] == nil {
            throw node.problem(
                Text(
                    sv: "Kolumnen \(slot.name) saknas; utan den kan ingen rad rapporteras.",
                    en: "The column \(slot.name) is missing; no row can be reported without it."))
        }
        return columns
    }

    /// Two names that one header of an export could be meant by cannot stand in two places.
    private static func refuseClaimed(
        _ header: AcceptedHeader, _ claims: [(header: AcceptedHeader, slot: Slot)]
    ) throws(DocumentProblem) {
        let claim = claims.first {
            $0.header.name.matches(header.name) || header.name.matches($0.header.name)
        }
        guard let claim else { return }
        throw header.place.problem(
            Text(
                sv: "Rubriken ”\(header.text)” står redan för \(claim.slot.name). Låt den stå på ett enda ställe.",
                en: "The header “\(header.text)” stands for \(claim.slot.name) already. Let it stand in one place only."
            ))
    }

    /// The headers of a column, each with a letter a–z or a digit by which it can be known.
    static func readHeaders(_ node: YAMLNode) throws(DocumentProblem) -> [AcceptedHeader] {
        var headers: [AcceptedHeader] = []
        for (text, place) in try texts(node) {
            let name = HeaderName(text)
            guard !name.isEmpty else {
                throw place.expected(Text(sv: "en rubrik med bokstäver", en: "a header with letters"))
            }
            headers.append(AcceptedHeader(text: text, name: name, place: place))
        }
        return headers
    }

    private static func readColumn(
        _ node: YAMLNode, _ slot: Slot
    ) throws(DocumentProblem) -> (column: Column, headers: [AcceptedHeader]) {
        let isNeeded = Slot.needed.contains(slot)
        guard node.isMapping else {
            let headers = try readHeaders(node)
            return (Column(headers: headers.map(\.text), isRequired: isNeeded), headers)
        }
        let keys = try node.mapping(allowing: ColumnKey.names)
        let headers = try readHeaders(keys.required(ColumnKey.headers.rawValue))
        var isRequired = isNeeded
        if let place = keys.optional(ColumnKey.required.rawValue) {
            isRequired = try place.bool()
            guard isRequired || !isNeeded else {
                throw place.problem(
                    Text(
                        sv: "Kolumnen \(slot.name) behövs alltid; utan den kan ingen rad rapporteras.",
                        en: "The column \(slot.name) is always needed; no row can be reported without it."))
            }
        }
        let column = Column(
            headers: headers.map(\.text), isRequired: isRequired,
            isRanked: try keys.optional(ColumnKey.ranked.rawValue)?.bool() ?? false,
            dates: try readDates(keys, slot), words: try readWords(keys, slot))
        return (column, headers)
    }

    private static func readDates(_ column: YAMLMapping, _ slot: Slot) throws(DocumentProblem) -> [DateForm] {
        guard let node = column.optional(ColumnKey.dates.rawValue) else { return DateForm.usual }
        guard slot.content == .date else {
            throw node.problem(
                Text(sv: "Kolumnen \(slot.name) är inget datum.", en: "The column \(slot.name) is no date."))
        }
        var forms: [DateForm] = []
        for (_, place) in try texts(node) {
            let name = try place.word(among: DateForm.allCases.map(\.rawValue))
            if let form = DateForm(rawValue: name) { forms.append(form) }
        }
        return forms
    }

    private static func readWords(_ column: YAMLMapping, _ slot: Slot) throws(DocumentProblem) -> [String: String] {
        guard let node = column.optional(ColumnKey.words.rawValue) else { return [:] }
        guard !slot.values.isEmpty else {
            throw node.problem(
                Text(
                    sv: "Kolumnen \(slot.name) läses inte med ord.",
                    en: "The column \(slot.name) is not read by words."))
        }
        var words: [String: String] = [:]
        var met: Set<String> = []
        for entry in try node.mapping().entries {
            guard slot.values.contains(entry.key) else {
                let known = slot.values.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: ", ")
                throw entry.keyNode.expected(Text(sv: "ett av värdena \(known)", en: "one of the values \(known)"))
            }
            for (spelling, place) in try texts(entry.value) {
                guard met.insert(spelling.lowercased()).inserted else {
                    throw place.problem(
                        Text(
                            sv: "Ordet ”\(spelling)” står redan, för ett annat värde eller två gånger.",
                            en: "The word “\(spelling)” stands already, for another value or twice."))
                }
                words[spelling] = entry.key
            }
        }
        return words
    }
}
