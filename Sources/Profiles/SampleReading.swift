import Documents
import Findings

/// The keys of `sample`.
enum SampleKey: String, CaseIterable {
    case file, encoding, lineEnd, personnummer, columns, root, parent, persons

    static let required: [SampleKey] = [.file, .columns]
}

/// The keys of a column of `sample` that is more than a header.
enum SampleColumnKey: String, CaseIterable {
    case header, text, holds
}

/// The keys of `sample.parent`.
enum SampleParentKey: String, CaseIterable {
    case element, columns
}

/// Reads the `sample` of a profile.
struct SampleReading {
    /// The profile without its sample.
    let profile: Profile
    /// The whole document: words and the row's element are taken as it writes them.
    let root: YAMLMapping

    /// Line ends that have a name.
    static let lineEnds = ["lf", "crlf"]

    /// The shape of a sample.
    ///
    /// - Throws: what is wrong, with line and column: an unknown key or word, a column that is no header of the
    ///   profile's and does not say what it holds, elements around rows of text, none around rows of XML.
    func read(_ node: YAMLNode) throws(DocumentProblem) -> SampleShape {
        let keys = try node.mapping(allowing: SampleKey.names)
        for key in SampleKey.required { _ = try keys.required(key.rawValue) }
        func optional(_ key: SampleKey) -> YAMLNode? { keys.optional(key.rawValue) }
        var shape = SampleShape(
            file: try keys.required(SampleKey.file.rawValue).string(),
            encoding: try SampleReading.choice(optional(.encoding)) ?? .utf8,
            usesCRLF: try optional(.lineEnd)?.word(among: SampleReading.lineEnds) == "crlf",
            personnummer: try SampleReading.choice(optional(.personnummer)) ?? .mixed,
            columns: try columns(keys.required(SampleKey.columns.rawValue), in: try rowElement()), words: try words())
        shape.elements = try elements(optional(.root), optional(.parent), node)
        shape.personTable = try optional(.persons)?.string()
        if let table = shape.personTable, !profile.personTables.contains(table), let place = optional(.persons) {
            throw place.problem(
                Text(
                    sv: "”\(table)” står inte bland profilens persons.",
                    en: "“\(table)” is not among the profile's persons."))
        }
        return shape
    }

    private static func choice<Word: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode?
    ) throws(DocumentProblem) -> Word? {
        guard let node else { return nil }
        return Word(rawValue: try node.word(among: Word.allCases.map(\.rawValue)))
    }

    // MARK: - Columns

    private func columns(
        _ node: YAMLNode, in element: String? = nil
    ) throws(DocumentProblem) -> [SampleShape.Column] {
        var columns: [SampleShape.Column] = []
        for item in try node.list() {
            columns.append(try column(item, at: Place(position: columns.count, element: element)))
        }
        guard !columns.isEmpty else { throw node.problem(Text(sv: "Listan är tom.", en: "The list is empty.")) }
        return columns
    }

    private func column(_ node: YAMLNode, at place: Place) throws(DocumentProblem) -> SampleShape.Column {
        guard node.isMapping else {
            let header = try node.string()
            guard let slot = slot(of: header, at: place) else {
                throw node.problem(
                    Text(
                        sv: "”\(header)” är ingen rubrik i columns. Ange med text eller holds vad som står där.",
                        en: "“\(header)” is no header of columns. Say by text or holds what stands there."))
            }
            return SampleShape.Column(header: header, slot: slot, leaveOut: leaveOut(of: header, at: place))
        }
        let keys = try node.mapping(allowing: SampleColumnKey.names)
        let header = try keys.required(SampleColumnKey.header.rawValue).string()
        let column = SampleShape.Column(
            header: header, slot: slot(of: header, at: place),
            text: try keys.optional(SampleColumnKey.text.rawValue)?.string(),
            filler: try SampleReading.choice(keys.optional(SampleColumnKey.holds.rawValue)),
            leaveOut: leaveOut(of: header, at: place))
        guard column.slot != nil || column.text != nil || column.filler != nil else {
            throw node.problem(
                Text(sv: "Ange med text eller holds vad som står där.", en: "Say by text or holds what stands there."))
        }
        return column
    }

    /// A column's place: its number, and in XML the element that it stands in.
    private struct Place {
        var position: Int
        var element: String?
    }

    /// Where there is no header row, columns go by their position.
    private func slot(of header: String, at place: Place) -> Slot? {
        if case .delimited(let form) = profile.container, !form.hasHeader {
            return profile.columns.first { $0.value.position == place.position }?.key
        }
        return Slot.allCases.first { isMeant(header, at: place, by: profile.columns[$0]?.headers ?? []) }
    }

    private func leaveOut(of header: String, at place: Place) -> Int? {
        profile.leavesOut.firstIndex {
            $0.position == place.position || isMeant(header, at: place, by: $0.headers)
        }
    }

    /// In XML a profile may name the element around as well: `course/status`.
    private func isMeant(_ header: String, at place: Place, by accepted: [String]) -> Bool {
        guard let element = place.element, let path = HeaderPath("\(element)/\(header)") else {
            let name = HeaderName(header)
            return accepted.contains { HeaderName($0).matches(name) }
        }
        return accepted.contains { text in
            guard let steps = HeaderPath(text)?.steps, steps.count <= path.steps.count else { return false }
            return zip(steps, path.steps.suffix(steps.count)).allSatisfy { $0.matches($1) }
        }
    }

    // MARK: - XML

    private func elements(
        _ outermost: YAMLNode?, _ parent: YAMLNode?, _ node: YAMLNode
    ) throws(DocumentProblem) -> SampleShape.Elements? {
        guard case .xml = profile.container else {
            guard let place = outermost ?? parent else { return nil }
            throw place.problem(
                Text(sv: "Bara XML har element runt raderna.", en: "Only XML has elements around its rows."))
        }
        guard let outermost else {
            throw node.problem(
                Text(
                    sv: "root saknas: vad heter det yttersta elementet?",
                    en: "root is missing: what is the outermost element called?"))
        }
        return SampleShape.Elements(
            root: try outermost.string(), parent: try parent.map(readParent), row: try rowElement() ?? "")
    }

    /// The name of a row's element as the profile writes it; nil for delimited text.
    private func rowElement() throws(DocumentProblem) -> String? {
        guard case .xml = profile.container else { return nil }
        let path = try root.required(ProfileKey.container.rawValue).mapping().required(ContainerKey.row.rawValue)
            .string()
        return path.split(separator: "/").last.map(String.init)
    }

    private func readParent(_ node: YAMLNode) throws(DocumentProblem) -> SampleShape.Parent {
        let keys = try node.mapping(allowing: SampleParentKey.names)
        let element = try keys.required(SampleParentKey.element.rawValue).string()
        return SampleShape.Parent(
            element: element, columns: try columns(keys.required(SampleParentKey.columns.rawValue), in: element))
    }

    // MARK: - Words

    /// The words stand in an order only where they are written.
    private func words() throws(DocumentProblem) -> [Slot: [String: String]] {
        var words: [Slot: [String: String]] = [:]
        for entry in try root.required(ProfileKey.columns.rawValue).mapping().entries {
            guard let slot = Slot(name: entry.key), entry.value.isMapping,
                let node = try entry.value.mapping().optional(ColumnKey.words.rawValue)
            else { continue }
            for word in try node.mapping().entries {
                words[slot, default: [:]][word.key] = try Profile.texts(word.value).first?.text
            }
        }
        return words
    }
}

extension ProfileSchema {
    /// What the schema says of `sample`.
    static var sample: SchemaNode {
        .object(
            Dictionary(uniqueKeysWithValues: SampleKey.allCases.map { ($0.rawValue, node(of: $0)) }),
            required: SampleKey.required.map(\.rawValue))
    }

    private static func node(of key: SampleKey) -> SchemaNode {
        switch key {
        case .file: .line("What the file is called.")
        case .encoding: .word(SampleEncoding.names, "The encoding; the default is utf-8.")
        case .lineEnd: .word(SampleReading.lineEnds, "How lines end; the default is lf.")
        case .personnummer: .word(PersonnummerSpelling.names, "How personnummer are written; the default is mixed.")
        case .columns: .list(of: column, "The columns of a row, in order; in XML its elements.")
        case .root: .line("XML: the outermost element.")
        case .parent:
            .object(
                [
                    SampleParentKey.element.rawValue: .line("The element around the rows of a student."),
                    SampleParentKey.columns.rawValue: .list(of: column, "The elements that it holds before them."),
                ], required: SampleParentKey.names)
        case .persons: .line("The profile of the side table that goes with the export.")
        }
    }

    private static var column: SchemaNode {
        .either(
            .line("A header of the profile's columns."),
            .object(
                [
                    SampleColumnKey.header.rawValue: .line("The header, or the element's name."),
                    SampleColumnKey.text.rawValue: .line("A text that always stands there."),
                    SampleColumnKey.holds.rawValue: .word(SampleShape.Filler.names, "What stands there."),
                ], required: [SampleColumnKey.header.rawValue]), "A column.")
    }
}
