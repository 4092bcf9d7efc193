import CSN
import Documents
import Findings

/// A header that a profile accepts, with its place.
struct AcceptedHeader {
    var text: String
    var name: HeaderName
    /// The header of an XML profile as a path.
    var path: HeaderPath?
    var place: YAMLNode

    /// Whether the same header of an export could be meant by both.
    func clashes(with other: AcceptedHeader) -> Bool {
        if let path, let other = other.path { return path.clashes(with: other) }
        return name.matches(other.name) || other.name.matches(name)
    }
}

extension Profile {
    /// What a column of the profile's container is known by.
    private enum Naming {
        case headers
        case paths
        /// Positions among so many cells.
        case positions(Int)
    }

    private var naming: Naming {
        switch container {
        case .xml: .paths
        case .delimited(let form): form.cells.map { .positions($0) } ?? .headers
        }
    }

    func readColumns(_ node: YAMLNode) throws(DocumentProblem) -> [Slot: Column] {
        let keys = try node.mapping(allowing: Slot.allCases.map(\.name))
        let needed = Slot.needed(records, hasPersonTables: !personTables.isEmpty)
        var columns: [Slot: Column] = [:]
        var claims: [(header: AcceptedHeader, slot: Slot)] = []
        for entry in keys.entries {
            guard let slot = Slot(name: entry.key) else { continue }
            let (column, headers) = try readColumn(entry.value, slot, isNeeded: needed.contains(slot))
            for header in headers {
                try Profile.refuseClaimed(header, claims)
                claims.append((header, slot))
            }
            if let position = column.position, let other = columns.first(where: { $0.value.position == position }) {
                let place = try entry.value.mapping()[ColumnKey.position.rawValue] ?? entry.value
                throw place.problem(
                    Text(
                        sv: "Plats \(position + 1) är redan \(other.key.name). Låt den stå på ett enda ställe.",
                        en: "Position \(position + 1) is \(other.key.name) already. Let it stand in one place only."))
            }
            columns[slot] = column
        }
        for slot in needed where columns[slot] == nil {
            throw node.problem(
                Text(
                    sv: "Kolumnen \(slot.name) saknas; utan den kan ingen rad användas.",
                    en: "The column \(slot.name) is missing; without it no row can be used."))
        }
        return columns
    }

    /// Two names that one header of an export could be meant by cannot stand in two places.
    private static func refuseClaimed(
        _ header: AcceptedHeader, _ claims: [(header: AcceptedHeader, slot: Slot)]
    ) throws(DocumentProblem) {
        guard let claim = claims.first(where: { $0.header.clashes(with: header) }) else { return }
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

    /// The headers of a column as this profile's container knows them.
    private func readOwnHeaders(_ node: YAMLNode) throws(DocumentProblem) -> [AcceptedHeader] {
        var headers = try Profile.readHeaders(node)
        switch naming {
        case .headers: return headers
        case .paths:
            for index in headers.indices {
                headers[index].path = try Profile.readPath(headers[index].text, headers[index].place)
            }
            return headers
        case .positions:
            throw node.problem(
                Text(
                    sv: "Utan rubrikrad går kolumner efter plats: skriv {position: 6}.",
                    en: "Without a header row columns go by position: write {position: 6}."))
        }
    }

    /// The headers or the position by which keys name a column, whichever the profile's container has.
    func readPlace(
        _ keys: YAMLMapping, headers: String, position: String
    ) throws(DocumentProblem) -> (headers: [AcceptedHeader], position: Int?) {
        guard case .positions(let cells) = naming else {
            if let entry = keys.entries.first(where: { $0.key == position }) {
                throw entry.keyNode.problem(
                    Text(
                        sv: "”position” hör till header: none; här går kolumner efter rubrik.",
                        en: "“position” belongs to header: none; here columns go by their header."))
            }
            return (try readOwnHeaders(keys.required(headers)), nil)
        }
        if let node = keys.optional(headers) { _ = try readOwnHeaders(node) }
        let node = try keys.required(position)
        return ([], try node.int(in: 1...cells) - 1)
    }

    private func readColumn(
        _ node: YAMLNode, _ slot: Slot, isNeeded: Bool
    ) throws(DocumentProblem) -> (column: Column, headers: [AcceptedHeader]) {
        guard node.isMapping else {
            let headers = try readOwnHeaders(node)
            return (Column(headers: headers.map(\.text), isRequired: isNeeded), headers)
        }
        let keys = try node.mapping(allowing: ColumnKey.names)
        let (headers, position) = try readPlace(
            keys, headers: ColumnKey.headers.rawValue, position: ColumnKey.position.rawValue)
        var isRequired = isNeeded
        if let place = keys.optional(ColumnKey.required.rawValue) {
            isRequired = try place.bool()
            guard isRequired || !isNeeded else {
                throw place.problem(
                    Text(
                        sv: "Kolumnen \(slot.name) behövs alltid; utan den kan ingen rad användas.",
                        en: "The column \(slot.name) is always needed; without it no row can be used."))
            }
        }
        var column = Column(
            headers: headers.map(\.text), isRequired: isRequired,
            isRanked: try keys.optional(ColumnKey.ranked.rawValue)?.bool() ?? false,
            dates: try readDates(keys, slot), words: try Profile.readWords(keys, slot))
        column.position = position
        column.scale = try Profile.readScale(keys, slot)
        return (column, headers)
    }

    private func readDates(_ column: YAMLMapping, _ slot: Slot) throws(DocumentProblem) -> [DateForm] {
        guard let node = column.optional(ColumnKey.dates.rawValue) else { return DateForm.usual }
        guard slot.content == .date else {
            throw node.problem(
                Text(sv: "Kolumnen \(slot.name) är inget datum.", en: "The column \(slot.name) is no date."))
        }
        var forms: [DateForm] = []
        for (_, place) in try Profile.texts(node) {
            let name = try place.word(among: DateForm.names)
            guard let form = DateForm(rawValue: name) else { continue }
            if form == .term { try requireTerms(slot, place) }
            forms.append(form)
        }
        return forms
    }

    /// A term is two days: only a first and a last day can be read from it, and only where the profile says which.
    private func requireTerms(_ slot: Slot, _ place: YAMLNode) throws(DocumentProblem) {
        guard slot.canBeRead(as: .term) else {
            throw place.problem(
                Text(
                    sv: "En termin har en första och en sista dag; bara startdatum och slutdatum kan läsas ur den.",
                    en: "A term has a first and a last day; only startdatum and slutdatum can be read from it."))
        }
        guard terms != nil else {
            throw place.problem(
                Text(
                    sv: "Datumformen term behöver nyckeln ”terms”, till exempel: "
                        + "terms: {spring: [01-10, 06-12], autumn: [08-18, 12-20]}",
                    en: "The date form term needs the key “terms”, for example: "
                        + "terms: {spring: [01-10, 06-12], autumn: [08-18, 12-20]}"))
        }
    }

    private static func readScale(_ column: YAMLMapping, _ slot: Slot) throws(DocumentProblem) -> Set<String> {
        guard let node = column.optional(ColumnKey.scale.rawValue) else { return [] }
        guard slot.isGrade else {
            throw node.problem(
                Text(sv: "Kolumnen \(slot.name) är inget betyg.", en: "The column \(slot.name) is no grade."))
        }
        var grades: Set<String> = []
        for (_, place) in try texts(node) {
            let name = try place.word(among: GradeScale.names)
            grades.formUnion(GradeScale(rawValue: name)?.grades ?? [])
        }
        return grades
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
