/// What a parameter may show to people.
public enum Privacy: UInt8, Sendable {
    /// Anybody may see it.
    case open
    /// A personnummer, or what should have been one: masked.
    case personal
    /// From a row whose cells may stand in the wrong columns: never shown.
    case hidden
    /// Text that may be a person's name in the wrong column: shown only where several students' rows hold the same.
    case nameLike
}

/// One value in a finding's sentence.
public struct Parameter: Hashable, Sendable {
    /// The name that stands in braces in the sentence.
    public var name: String
    /// The text that takes the place of the braces.
    public var value: String
    /// Who may see it.
    public var privacy: Privacy

    /// A parameter; open unless said otherwise.
    public init(_ name: String, _ value: String, _ privacy: Privacy = .open) {
        self.name = name
        self.value = value
        self.privacy = privacy
    }

    /// The name under which the cell's text goes.
    public static let value = "value"
    /// The name under which goes what a repair made of the value.
    public static let became = "became"
    /// The name under which goes the line of another row.
    public static let line = "line"
    /// The name under which goes the input that the line lies in, where that is not the finding's own.
    public static let lineInput = "lineInput"
}

/// Where a finding's cause stands: file, line and column of an input.
public struct Place: Hashable, Sendable {
    // The largest first: sixteen bytes without gaps.

    /// Bytes from the beginning of the input to the row.
    public var offset: UInt64
    /// The line the row begins on, from 1; 0 when the finding is about the whole input, or about none.
    public var line: UInt32
    /// Which input of the run, from 0; 0xFFFF for none.
    public var input: UInt16
    /// The export's column, from 0; 0xFFFF when the finding is about the whole row.
    public var column: UInt16

    /// A place in an input.
    public init(input: UInt16 = .max, line: UInt32 = 0, column: UInt16 = .max, offset: UInt64 = 0) {
        self.input = input
        self.line = line
        self.column = column
        self.offset = offset
    }
}

/// A typed value that says what was found where; the sentence is made later, in either language.
///
/// Fixed size: its parameters lie in the arena of the ``FindingList`` that holds it. Rules, fields, students and
/// courses are opaque numbers here.
public struct Finding: Sendable {
    // The largest first: forty-eight bytes without gaps, of which a faulty export makes hundred thousands.

    /// Where its cause stands.
    public var place: Place
    /// Whose it is: the key under which the run knows the student; 0 when it is about no student.
    public var student: UInt64 = 0
    /// The course's index; 0xFFFFFFFF when there is none.
    public var course: UInt32 = .max
    /// Where its parameters lie in the bytes of its list.
    var parametersStart: UInt32 = 0
    /// How many bytes its parameters take.
    var parametersLength: UInt32 = 0
    /// Number of the rule in the catalogue.
    public var rule: UInt16
    /// The skolkod; 0 when there is none.
    public var school: UInt16 = 0
    /// Which of the rule's messages, from 0.
    public var variant: UInt8 = 0
    /// How grave it is to people.
    public var level: Level
    /// What was done about it.
    public var action: Action
    /// The field of the upload file that the value was to become; 0xFF for none.
    public var field: UInt8 = .max

    /// A finding of a rule at a place.
    public init(rule: UInt16, level: Level, action: Action, place: Place) {
        self.rule = rule
        self.level = level
        self.action = action
        self.place = place
    }
}
