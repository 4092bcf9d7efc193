import CSN
import Documents
import Findings

extension Layout {
    /// Reads a layout file. A mistake in it is refused with its line and column.
    public static func read(path: String) throws(DocumentProblem) -> Layout {
        try Layout(YAMLNode.read(path: path))
    }

    /// Reads a layout that lies in memory; its schema is looked for beside `path`.
    public static func read(path: String, bytes: [UInt8]) throws(DocumentProblem) -> Layout {
        try Layout(YAMLNode.read(path: path, bytes: bytes))
    }

    private static let commonKeys = ["title", "container", "encoding", "lineEnd", "extension"]

    private init(_ node: YAMLNode) throws(DocumentProblem) {
        let isFixed = try node.mapping().required("container").word(among: ["fixed", "xml"]) == "fixed"
        let keys = isFixed ? FixedForm.keys : XMLForm.keys
        let mapping = try node.mapping(allowing: Layout.commonKeys + keys)
        let encodingNode = try mapping.required("encoding")
        let title = try mapping.required("title").mapping(allowing: ["sv", "en"])
        path = node.path
        let file = node.path.split(separator: "/").last.map(String.init) ?? node.path
        name = file.firstIndex(of: ".").map { String(file[..<$0]) } ?? file
        self.title = Text(sv: try title.required("sv").string(), en: try title.required("en").string())
        encoding = try encodingNode.choice(TextEncoding.self)
        lineEnd = try mapping.required("lineEnd").choice(LineEnd.self)
        fileExtension = try mapping.required("extension").plainName()
        if isFixed {
            guard encoding == .latin1 else {
                throw encodingNode.problem(
                    Text(
                        sv: "En fil efter position behöver en byte per tecken: iso-8859-1.",
                        en: "A file by position needs one byte a character: iso-8859-1."))
            }
            container = .fixed(try FixedForm(mapping))
        } else {
            guard encoding == .utf8 else {
                throw encodingNode.problem(
                    Text(sv: "XML skrivs som utf-8.", en: "XML is written as utf-8."))
            }
            container = .xml(try XMLForm(mapping))
        }
    }
}

extension YAMLNode {
    /// One of the raw values.
    fileprivate func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _: Choice.Type
    ) throws(DocumentProblem) -> Choice {
        let word = try word(among: Choice.allCases.map(\.rawValue))
        guard let choice = Choice(rawValue: word) else { throw expected(Text(sv: word, en: word)) }
        return choice
    }

    /// ASCII letters, digits, `_`, `-` and `.` after a letter: an element's name or a file's extension, which needs no
    /// escaping anywhere.
    fileprivate func plainName() throws(DocumentProblem) -> String {
        let name = try string()
        let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                index > 0
            default: false
            }
        }
        guard isPlain, !name.isEmpty, name.utf8.count <= 64 else {
            throw expected(
                Text(
                    sv: "ett namn av högst 64 bokstäver a–z, siffror, _ - och punkt, med en bokstav först",
                    en: "a name of at most 64 letters a–z, digits, _ - and stops, a letter first"))
        }
        return name
    }

    /// A field's name, once only.
    fileprivate func field(notIn seen: inout FieldSet) throws(DocumentProblem) -> Field {
        let name = try word(among: Field.allCases.map(\.name))
        guard let field = Field(name: name) else { throw expected(Text(sv: "ett fält", en: "a field")) }
        guard !seen.contains(field) else {
            throw problem(
                Text(
                    sv: "Fältet ”\(name)” står två gånger. Ta bort det ena.",
                    en: "The field “\(name)” stands twice. Remove one of them."))
        }
        seen.insert(field)
        return field
    }

    /// A problem at this place unless all fields have been seen.
    fileprivate func requireAllFields(_ seen: FieldSet) throws(DocumentProblem) {
        let missing = Field.allCases.filter { !seen.contains($0) }.map(\.name)
        guard missing.isEmpty else {
            let names = missing.joined(separator: ", ")
            throw problem(Text(sv: "Här saknas fält: \(names).", en: "Fields are missing here: \(names)."))
        }
    }
}

extension YAMLMapping {
    /// The words of a coded field, from the key `values`.
    fileprivate func codes(of field: Field) throws(DocumentProblem) -> CodeTable {
        var words: [String: String] = [:]
        let node = optional("values")
        if let node {
            guard field.form == .code else {
                throw node.problem(
                    Text(
                        sv: "Fältet ”\(field.name)” har inga fasta värden att skriva på annat sätt.",
                        en: "The field “\(field.name)” has no fixed values to be written in another way."))
            }
            for entry in try node.mapping(allowing: field.codes.map(\.word)).entries {
                let word = try entry.value.string()
                guard word.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"&<>".utf8.contains($0) }) else {
                    throw entry.value.expected(
                        Text(sv: "synliga ASCII-tecken utom & < >", en: "visible ASCII characters other than & < >"))
                }
                words[entry.key] = word
            }
        }
        guard let table = CodeTable(field: field, words: words) else {
            throw (node ?? self.node).problem(
                Text(
                    sv: "Varje värde skrivs med 1–8 tecken, och inga två på samma sätt.",
                    en: "Each value is written with 1–8 characters, and no two in the same way."))
        }
        return table
    }
}

extension FixedForm {
    fileprivate static let keys = ["recordLength", "fields"]

    fileprivate init(_ mapping: YAMLMapping) throws(DocumentProblem) {
        let length = try mapping.required("recordLength").int(in: 1...1000)
        let list = try mapping.required("fields")
        var seen: FieldSet = []
        var slots: [(slot: FixedSlot, node: YAMLNode)] = []
        for item in try list.list() { slots.append((try FixedSlot(item, seen: &seen), item)) }
        try list.requireAllFields(seen)
        slots.sort { $0.slot.position < $1.slot.position }
        var next = 1
        for (slot, node) in slots {
            guard slot.position == next else {
                throw node.problem(FixedForm.misplaced(slot, next))
            }
            next += slot.length
        }
        guard next - 1 == length else {
            throw try mapping.required("recordLength").problem(
                Text(
                    sv: "Fälten fyller \(next - 1) tecken, men recordLength är \(length).",
                    en: "The fields fill \(next - 1) characters, but recordLength is \(length)."))
        }
        recordLength = length
        self.slots = slots.map(\.slot)
    }

    private static func misplaced(_ slot: FixedSlot, _ next: Int) -> Text {
        slot.position < next
            ? Text(
                sv: "Fältet ”\(slot.field.name)” börjar på \(slot.position), där ett annat fält står till \(next - 1).",
                en: "The field “\(slot.field.name)” begins at \(slot.position), where another stands up to \(next - 1)."
            )
            : Text(
                sv: "Ingenting står på position \(next)–\(slot.position - 1), före fältet ”\(slot.field.name)”.",
                en: "Nothing stands at positions \(next)–\(slot.position - 1), before the field “\(slot.field.name)”.")
    }
}

extension FixedSlot {
    fileprivate init(_ node: YAMLNode, seen: inout FieldSet) throws(DocumentProblem) {
        let mapping = try node.mapping(allowing: ["field", "position", "length", "form", "values"])
        field = try mapping.required("field").field(notIn: &seen)
        position = try mapping.required("position").int(in: 1...1000)
        let lengthNode = try mapping.required("length")
        length = try lengthNode.int(in: 1...100)
        let formNode = try mapping.required("form")
        form = try formNode.choice(ValueForm.self)
        codes = try mapping.codes(of: field)
        guard form == field.form else {
            throw formNode.expected(
                Text(sv: "”\(field.form.rawValue)” för \(field.name)", en: "“\(field.form.rawValue)” for \(field.name)")
            )
        }
        let fits: Bool
        switch form {
        case .digits, .text: fits = length >= field.width
        case .date: fits = length == field.width
        case .code: fits = length >= codes.width
        }
        guard fits else {
            let width = max(field.width, codes.width)
            throw lengthNode.problem(
                Text(
                    sv: "Värdena i fältet ”\(field.name)” tar \(width) tecken, inte \(length).",
                    en: "The values of the field “\(field.name)” take \(width) characters, not \(length)."))
        }
    }
}

extension XMLForm {
    fileprivate static let keys = ["namespace", "schema", "root", "school", "student", "course", "event"]

    fileprivate init(_ mapping: YAMLMapping) throws(DocumentProblem) {
        let namespaceNode = try mapping.required("namespace")
        namespace = try namespaceNode.string()
        guard namespace.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"&<>\"".utf8.contains($0) }) else {
            throw namespaceNode.expected(
                Text(sv: "en namnrymd av synliga ASCII-tecken", en: "a namespace of visible ASCII characters"))
        }
        let schema = try mapping.required("schema").plainName()
        let folder = mapping.node.path.lastIndex(of: "/").map { mapping.node.path[...$0] } ?? ""
        schemaPath = folder + schema
        root = try mapping.required("root").plainName()
        var seen: FieldSet = []
        func level(_ key: String, holdsEvents: Bool = false) throws(DocumentProblem) -> XMLLevel {
            try XMLLevel(mapping.required(key), holdsEvents: holdsEvents, seen: &seen)
        }
        school = try level("school")
        student = try level("student")
        course = try level("course", holdsEvents: true)
        event = try level("event")
        try mapping.node.requireAllFields(seen)
        for (level, fields) in [
            (school, [Field.skolkod]), (student, [.personnummer]), (event, [.meddelandeorsak, .handelsedatum]),
        ] {
            guard Set(level.items.map(\.field)) == Set(fields) else {
                let names = fields.map(\.name).joined(separator: ", ")
                throw mapping.node.problem(
                    Text(
                        sv: "Elementet ”\(level.element)” ska ha just fälten \(names).",
                        en: "The element “\(level.element)” shall have exactly the fields \(names)."))
            }
        }
    }
}

extension XMLLevel {
    fileprivate init(_ node: YAMLNode, holdsEvents: Bool, seen: inout FieldSet) throws(DocumentProblem) {
        let mapping = try node.mapping(allowing: ["element", "fields"])
        element = try mapping.required("element").plainName()
        let list = try mapping.required("fields")
        var items: [XMLItem] = []
        var eventsBefore: Int?
        for item in try list.list() {
            if holdsEvents, eventsBefore == nil, item.isScalar, try item.string() == "event" {
                eventsBefore = items.count
            } else {
                items.append(try XMLItem(item, seen: &seen))
            }
        }
        guard !holdsEvents || eventsBefore != nil else {
            throw list.problem(
                Text(
                    sv: "Skriv ”event” där händelserna ska stå bland fälten.",
                    en: "Write “event” where the events go among the fields."))
        }
        let names = items.map(\.element)
        guard Set(names).count == names.count else {
            throw list.problem(
                Text(sv: "Två fält har samma elementnamn.", en: "Two fields have the same element name."))
        }
        self.items = items
        self.eventsBefore = eventsBefore
    }
}

extension XMLItem {
    fileprivate init(_ node: YAMLNode, seen: inout FieldSet) throws(DocumentProblem) {
        if node.isScalar {
            field = try node.field(notIn: &seen)
            element = field.name
            guard let table = CodeTable(field: field) else { throw node.expected(Text(sv: "ett fält", en: "a field")) }
            codes = table
        } else {
            let mapping = try node.mapping(allowing: ["field", "element", "values"])
            field = try mapping.required("field").field(notIn: &seen)
            element = try mapping.optional("element")?.plainName() ?? field.name
            codes = try mapping.codes(of: field)
        }
        form = field.form
    }
}
