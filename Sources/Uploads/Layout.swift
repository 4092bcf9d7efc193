import CSN
import Findings

/// One file format, as a layout file in `Mappings/layouts/` describes it: the writer, the reader behind `check` and
/// the documentation all go by it. Made by ``Layout/read(path:)``.
public struct Layout: Sendable {
    /// The layout file's name without its extension: what `--layout` takes.
    public let name: String
    /// The layout file.
    public let path: String
    /// What people are shown.
    public let title: Text
    /// The file's encoding.
    public let encoding: TextEncoding
    /// What ends its lines.
    public let lineEnd: LineEnd
    /// The extension of upload files, without the dot.
    public let fileExtension: String
    /// Lines by position, or XML, and where the fields stand in it.
    public let container: Container

    /// How the encoded characters stand for bytes.
    public enum TextEncoding: String, Sendable, CaseIterable {
        case utf8 = "utf-8"
        case latin1 = "iso-8859-1"
    }

    /// What ends a line.
    public enum LineEnd: String, Sendable, CaseIterable {
        case lf
        case crlf

        /// The bytes.
        public var bytes: [UInt8] { self == .lf ? [0x0A] : [0x0D, 0x0A] }
    }

    /// What holds the fields.
    public enum Container: Sendable {
        case fixed(FixedForm)
        case xml(XMLForm)
    }

    /// Where a field stands in a file of this layout; nil when the layout does not have the field.
    public func place(of field: Field) -> FieldPlace? {
        switch container {
        case .fixed(let form):
            form.slots.first { $0.field == field }.map { .positions($0.position...($0.position + $0.length - 1)) }
        case .xml(let form): form.path(of: field).map { .element($0) }
        }
    }
}

/// Where a field stands in a finished file.
public enum FieldPlace: Hashable, Sendable {
    /// Characters of the line, from 1.
    case positions(ClosedRange<Int>)
    /// The element's path, e.g. `/komvuxrapport/skola/skolkod`.
    case element(String)
}

/// Lines of one length in which each field has its position.
public struct FixedForm: Sendable {
    /// Characters (and bytes: the encoding has one byte a character) of a line without its end.
    public let recordLength: Int
    /// The fields by position; together they fill the line.
    public let slots: [FixedSlot]
}

/// One field of a line.
public struct FixedSlot: Sendable {
    /// The field that stands there.
    public let field: Field
    /// Of the first character, from 1.
    public let position: Int
    /// In characters.
    public let length: Int
    /// How a value is written.
    public let form: ValueForm
    let codes: CodeTable
}

/// How a field's value is written.
public enum ValueForm: String, Sendable, CaseIterable {
    /// A number, by position with zeros before it.
    case digits
    /// Characters, by position with blanks after them.
    case text
    /// By position ÅÅÅÅMMDD, in XML xs:date.
    case date
    /// One of the field's values.
    case code
}

/// Elements of one namespace: root, one school, its students, their courses, the events of a course.
public struct XMLForm: Sendable {
    /// All elements are in this namespace.
    public let namespace: String
    /// The path of the schema that a file is validated against.
    public let schemaPath: String
    /// The root element's name.
    public let root: String
    /// The one school of a file.
    public let school: XMLLevel
    /// A student of the school.
    public let student: XMLLevel
    /// A course of the student: one record.
    public let course: XMLLevel
    /// An event on the course.
    public let event: XMLLevel

    /// The names of the elements around a level's fields, outermost first.
    func path(of field: Field) -> String? {
        var path = "/" + root
        for level in [school, student, course] {
            path += "/" + level.element
            if let item = level.item(field) { return path + "/" + item.element }
        }
        return event.item(field).map { path + "/" + event.element + "/" + $0.element }
    }
}

/// An element and the fields directly in it, in their order.
public struct XMLLevel: Sendable {
    /// The element's name.
    public let element: String
    /// The fields in it, in their order.
    public let items: [XMLItem]
    /// Before which of the items the events go; nil for every level but the course.
    public let eventsBefore: Int?

    func item(_ field: Field) -> XMLItem? { items.first { $0.field == field } }
}

/// A field as an element.
public struct XMLItem: Sendable {
    /// The field.
    public let field: Field
    /// Its element's name.
    public let element: String
    let form: ValueForm
    let codes: CodeTable
}

extension Field {
    /// How the field's values are written, whatever the layout.
    var form: ValueForm {
        switch self {
        case .skolkod, .personnummer, .kursdel, .poang: .digits
        case .kurskod: .text
        case .startdatum, .slutdatum, .handelsedatum, .betygsdatum: .date
        case .fardighetstraning, .omfattning, .niva, .uppdragsutbildning, .traineejobb, .registrering,
            .meddelandeorsak, .betyg:
            .code
        }
    }

    /// Whether a record without a value in the field is refused by CSN. Source: the handbook's list of refusals says
    /// of each of these "Ska" ("shall"); flags, events and grades may be blank.
    public var isObligatory: Bool {
        switch self {
        case .skolkod, .personnummer, .kurskod, .kursdel, .poang, .niva, .startdatum, .slutdatum, .registrering: true
        default: false
        }
    }

    /// The fewest characters in which every value of the field can be written; for kurskod the most that CSN takes.
    var width: Int {
        switch self {
        case .skolkod: 4
        case .personnummer: 12
        case .kurskod: 10
        case .kursdel: 2
        case .poang: 3
        case .startdatum, .slutdatum, .handelsedatum, .betygsdatum: 8
        default: 0
        }
    }
}
