import CSN
import Findings

/// One record of a finished file, with what is wrong in its fields. The reader makes no findings.
public struct ReadRecord: Sendable {
    /// The record; `fields.origin` is its first line, or its element's.
    public var record: Record
    /// What is wrong, in the order of the file. In XML the notes on skolkod and personnummer stand at the first record
    /// of the school and of the student only; the field has failed in all of them.
    public var notes: [ReadNote]

    /// The notes without their places.
    public var fieldNotes: [FieldNote] { notes.map(\.note) }
}

/// A note with its place. Where in the line, or in which element: ``Layout/place(of:)``.
public struct ReadNote: Sendable {
    /// Its `column` is, by position, the field's first character counted from 0; nil in XML.
    public var note: FieldNote
    /// From 1: in XML of the field's own element, for a missing one of the element that should hold it.
    public var line: Int
}

/// What is wrong with the form of a finished file, whatever its values are.
public struct LayoutProblem: Hashable, Sendable {
    /// What kind of fault it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A line of another length than the layout's.
        case recordLength
        /// A line that does not end as the layout says, or the last one without an end.
        case lineEnd
        /// A control character.
        case controlCharacter
        /// Bytes that the encoding does not know, or another encoding than the layout's.
        case encoding
        /// Not well-formed XML.
        case malformed
        /// A document type declaration: csnfil never reads one.
        case documentType
        /// An element that is not the layout's, in the wrong place, or there twice.
        case element
        /// The schema refuses something that is said nowhere else.
        case schema
        /// A second skolkod.
        case severalSchools
        /// Nothing in the file.
        case empty
    }

    /// What kind of fault it is.
    public let kind: Kind
    /// From 1; 0 when the problem is the whole file's.
    public let line: Int
    /// In characters, from 1; 0 when the problem is the whole line's.
    public let column: Int
    /// What is wrong. Never holds a value of a field.
    public let text: Text
}

/// What came of reading a finished file.
public struct UploadReading: Sendable {
    /// Records handed out.
    public internal(set) var records = 0
    /// Lines by position, `kurs` elements in XML.
    public internal(set) var rows = 0
    /// The file's first skolkod; nil when none could be read.
    public internal(set) var skolkod: Skolkod?
    /// The first ``greatestProblemCount`` problems in the order in which they were met.
    public private(set) var problems: [LayoutProblem] = []
    /// How many there are.
    public private(set) var problemCount = 0
    /// The file's size.
    public internal(set) var bytes = 0
    /// Of all the file's bytes, in hexadecimal; empty when reading stopped before their end.
    public internal(set) var sha256 = ""

    /// So many problems are kept; all are counted.
    public static let greatestProblemCount = 1_000

    mutating func add(_ kind: LayoutProblem.Kind, line: Int, column: Int = 0, _ text: Text) {
        problemCount += 1
        if problems.count < UploadReading.greatestProblemCount {
            problems.append(LayoutProblem(kind: kind, line: line, column: column, text: text))
        }
    }
}
