import CSN
import Documents
import Foundation

/// The JSON Schema of export profiles for editors, written from the keys and words that the reader takes.
public enum ProfileSchema {
    /// The schema as it lies in `docs/profile.schema.json`, JSON Schema 2020-12, keys in alphabetical order.
    public static func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(whole), as: UTF8.self) + "\n"
    }

    private static var whole: SchemaNode {
        var schema = SchemaNode.object(
            Dictionary(uniqueKeysWithValues: ProfileKey.allCases.map { ($0.rawValue, node(of: $0)) }),
            required: ProfileKey.required.map(\.rawValue))
        schema["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
        schema["$defs"] = .nodes(SchemaNode.shared)
        schema["title"] = .text("Export profile of csnfil")
        // Which columns are needed depends on what a row is, and on whether a side table has the numbers.
        schema["if"] = .node(.property(ProfileKey.records.rawValue, is: Profile.Records.persons.rawValue))
        schema["then"] = .node(
            needed(.requiring(Slot.needed(.persons, hasPersonTables: false).map(\.name))))
        schema["else"] = .node(
            needed(
                .requiring(anyOf: [false, true].map { Slot.needed(.courses, hasPersonTables: $0).map(\.name) })))
        return schema
    }

    private static func needed(_ columns: SchemaNode) -> SchemaNode {
        .properties([ProfileKey.columns.rawValue: columns])
    }

    private static func node(of key: ProfileKey) -> SchemaNode {
        switch key {
        case .profile: .one(of: ProfileWords.version.map { .number($0) }, "The version of this format.")
        case .system: .line("The school system that writes the export.")
        case .title: .line("One line that says what export it is.")
        case .basis:
            .object([
                BasisKey.known.rawValue: .line("What the vendor or another public source says."),
                BasisKey.ours.rawValue: .line("What is the author's own reading."),
            ])
        case .records:
            .word(
                Profile.Records.names,
                "What a row is: a student on a course, or (a side table) a student's id and number.")
        case .form: .word(ProfileWords.forms, "The school form.")
        case .container: container
        case .encoding:
            .line(
                "detect, or one of \(TextEncoding.allCases.map(\.name).joined(separator: ", ")); the default is detect."
            )
        case .school:
            .object(
                [
                    SchoolKey.file.rawValue: .line(
                        "How the file is named, with {skolkod} or {skola} where the school stands; * is any text.")
                ], required: SchoolKey.names)
        case .persons: .texts("The names of the profiles of the side tables that have the students' numbers.")
        case .terms:
            .object(
                [
                    TermKey.spring.rawValue: .pair("The first and the last day of spring, MM-DD."),
                    TermKey.autumn.rawValue: .pair("The first and the last day of autumn, MM-DD."),
                ], required: TermKey.names)
        case .omits: .texts("protected: the system leaves students with protected identity out.")
        case .knownBy:
            .texts("Headers of columns that are not read, by which the export is told from others that read alike.")
        case .columns: columns
        case .sample: sample
        case .leaveOut: .list(of: leaveOut, "Rows that are left out: those with one of the values in the column.")
        }
    }

    private static var container: SchemaNode {
        .object(
            Dictionary(uniqueKeysWithValues: ContainerKey.allCases.map { ($0.rawValue, node(of: $0)) }),
            required: [ContainerKey.kind.rawValue])
    }

    private static func node(of key: ContainerKey) -> SchemaNode {
        switch key {
        case .kind: .word(ProfileWords.kinds, "How rows and cells are told apart.")
        case .delimiter:
            .texts(
                "csv: \(ProfileWords.delimiters.map(\.name).joined(separator: ", ")) or a single punctuation "
                    + "character; several: the one that fits.")
        case .quote:
            .line("csv: the character around cells, or \(ProfileWords.noQuote); the default is a double quote.")
        case .header:
            .word(
                [ProfileWords.headerRow, ProfileWords.noHeader],
                "csv: whether a row has the names of the columns; otherwise they go by position.")
        case .cells: .whole(ProfileWords.cells, "csv without a header: how many cells a row has.")
        case .preamble:
            .whole(
                ProfileWords.preamble,
                "csv: at most so many rows stand before the header; without one exactly so many are skipped.")
        case .groups: .texts("csv: what a heading between rows is like (“Klass: *”); such rows are ignored.")
        case .joins:
            .texts("csv: the column whose cells may hold the delimiter without quotes; its position without a header.")
        case .row: .line("xml: the element that is a row, or its path.")
        case .repeated:
            .word(
                Profile.XMLShape.Repeated.names, "xml: what counts where an element occurs several times in a row.")
        }
    }

    private static var columns: SchemaNode {
        .object(Dictionary(uniqueKeysWithValues: Slot.allCases.map { ($0.name, column($0)) }))
    }

    private static func column(_ slot: Slot) -> SchemaNode {
        var properties = [
            ColumnKey.headers.rawValue: headers,
            ColumnKey.position.rawValue: position,
            ColumnKey.required.rawValue: .flag("Whether a file without the column does not fit."),
            ColumnKey.ranked.rawValue: .flag("Whether the first of several headers found counts."),
        ]
        switch slot.content {
        case .code: break
        case .date:
            properties[ColumnKey.dates.rawValue] = .oneOrMore(
                of: DateForm.allCases.filter { slot.canBeRead(as: $0) }.map(\.rawValue), "How dates are written.")
        case .word(let values):
            properties[ColumnKey.words.rawValue] = .object(
                Dictionary(uniqueKeysWithValues: values.map { ($0, SchemaNode.texts("The words that stand for it.")) }))
        }
        if slot.isGrade {
            properties[ColumnKey.scale.rawValue] = .oneOrMore(
                of: GradeScale.names, "The scales that the grades are of; the default is all.")
        }
        var whole = SchemaNode.object(properties)
        whole.require(anyOf: placed)
        return .either(headers, whole, slot.meaning)
    }

    private static let placed = [[ColumnKey.headers.rawValue], [ColumnKey.position.rawValue]]
    private static let headers = SchemaNode.texts("The headers accepted; of XML, paths of elements.")
    private static let position = SchemaNode.whole(
        ProfileWords.cells, "Without a header row: which column it is, from 1.")

    private static var leaveOut: SchemaNode {
        var whole = SchemaNode.object(
            [
                LeaveOutKey.headers.rawValue: headers,
                LeaveOutKey.position.rawValue: position,
                LeaveOutKey.values.rawValue: .texts("The values; letter case does not count."),
                LeaveOutKey.reason.rawValue: .line("What such rows are."),
            ], required: [LeaveOutKey.values.rawValue, LeaveOutKey.reason.rawValue])
        whole.require(anyOf: placed)
        return whole
    }
}
