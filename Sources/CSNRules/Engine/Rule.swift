import CSN
import Findings

/// A rule of the catalogue: one file under `Rules/`, a type without cases whose static members say everything about
/// it. The shape (which protocol below) says what it judges.
public protocol Rule: SendableMetatype {
    /// Kebab-case, the file's and type's name in other letters.
    static var name: RuleName { get }
    /// Where the rule comes from, and so how far a configuration may change it.
    static var standing: Standing { get }
    /// Which table of the catalogue it stands in.
    static var heading: Heading { get }
    /// The fields it is about, for filters and for the reference.
    static var fields: FieldSet { get }
    /// One sentence.
    static var title: Text { get }
    /// Why the rule exists and what exactly it asks.
    static var explanation: Text { get }
    /// What the administrator does about it. May name parameters.
    static var remedy: Text { get }
    /// The sentences it can say, each with what is then done. May name parameters.
    static var messages: [Message] { get }
    static var source: Source { get }
    /// The version of csnfil in which the rule came.
    static var since: String { get }
    /// Rows that break it, and only it.
    static var broken: Example { get }
    /// The nearest rows that satisfy it.
    static var satisfied: Example { get }
    /// Rules that may speak beside it about its breaking example.
    static var companions: [RuleName] { get }
    /// What it was called before. A name that has been in somebody's configuration goes on being understood.
    static var formerNames: [RuleName] { get }
}

extension Rule {
    /// The first version.
    public static var since: String { "1.0" }
    /// None.
    public static var companions: [RuleName] { [] }
    /// None.
    public static var formerNames: [RuleName] { [] }
}

/// A rule that is no more: its file stays under `Rules/Retired/`, so that its name goes on being understood.
///
/// Not a ``Rule``: it judges nothing, has no number and is not in listings.
public protocol RetiredRule: SendableMetatype {
    /// The name it had.
    static var name: RuleName { get }
    /// The rules that say today what it said; empty when nothing does.
    static var replacements: [RuleName] { get }
    /// Why it is no more, one sentence.
    static var reason: Text { get }
    /// The version of csnfil from which on it is no more.
    static var until: String { get }
}

/// How a rule stands towards CSN.
public enum Standing: Sendable {
    /// ● In CSN's list of reasons for refusing a file, word for word: cannot be lowered.
    case refusal
    /// ○ csnfil's own hold: a configuration may lower it.
    case own
    /// ○ csnfil's own hold without which no record can be written: cannot be lowered.
    case ownFirm
    /// Advice, repairs and drops: raised and lowered freely.
    case advice
    /// A hold without which no record can be written, because a repair was not possible or nothing could be read:
    /// cannot be lowered, and its repair cannot be left undone.
    case repairOrHold

    /// ● or ○: what a finished file is judged by.
    public var refuses: Bool {
        switch self {
        case .refusal, .own, .ownFirm: true
        case .advice, .repairOrHold: false
        }
    }

    /// Whether a configuration may turn the rule's hold into a warning.
    public var canBeLowered: Bool {
        switch self {
        case .own, .advice: true
        case .refusal, .ownFirm, .repairOrHold: false
        }
    }

    /// The mark in listings.
    public var mark: String {
        switch self {
        case .refusal: "●"
        case .own, .ownFirm: "○"
        case .advice, .repairOrHold: ""
        }
    }
}

/// The tables of the catalogue.
public enum Heading: String, Sendable, CaseIterable {
    case reading, field, record, unit, file
}

/// Where a rule comes from.
public enum Source: Sendable {
    /// A sentence of CSN's komvux handbook, word for word.
    case handbook(String)
    /// A line of CSN's list of reasons for refusing a file, word for word.
    case refusals(String)
    /// csnfil's own, and why.
    case own(Text)
}

/// A sentence a rule can say, and what is then done.
public struct Message: Sendable {
    /// What is done, unless a configuration says otherwise.
    public var action: Action
    /// How grave it is to people.
    public var level: Level
    /// The sentence, with its parameters in braces.
    public var text: Text

    /// CSN would refuse the file, or nobody can tell what is true: the record is not sent.
    public static func hold(sv: String, en: String) -> Message {
        Message(action: .hold, level: .error, text: Text(sv: sv, en: en))
    }

    /// The handbook says what the value must be: that is written. `{became}` names it.
    public static func repair(_ level: Level = .info, sv: String, en: String) -> Message {
        Message(action: .repair, level: level, text: Text(sv: sv, en: en))
    }

    /// Not to be reported: left out.
    public static func drop(_ level: Level = .info, sv: String, en: String) -> Message {
        Message(action: .drop, level: level, text: Text(sv: sv, en: en))
    }

    /// Sent as it is, said as a warning or as information.
    public static func send(_ level: Level, sv: String, en: String) -> Message {
        Message(action: .none, level: level, text: Text(sv: sv, en: en))
    }
}

/// Rows of an export as differences from a model row, by slot name ("slutdatum", "prövning" …), vendor-neutral. The
/// same rows are what a user reads and what a test runs through the whole program.
///
/// The model row: a student born 1990, SVESVE01 (100 points, GY) as 1:1, 2026-08-17 to 2026-12-18, started, no event,
/// no grade.
public struct Example: Sendable {
    /// For each row, the cells that differ from the model row.
    public var rows: [[String: String]]
    /// What another school system's export says, as rows in the same way.
    public var otherSystem: [[String: String]]
    /// What was reported before and CSN has read, as rows in the same way.
    public var reported: [[String: String]]
    /// The day of the run, ÅÅÅÅ-MM-DD.
    public var today: String

    /// Rows with what differs from the model row; the run is on Monday 2026-11-23 unless said otherwise.
    public init(
        _ rows: [String: String]..., otherSystem: [[String: String]] = [], reported: [[String: String]] = [],
        today: String = "2026-11-23"
    ) {
        self.rows = rows
        self.otherSystem = otherSystem
        self.reported = reported
        self.today = today
    }
}

/// When in its stage a rule runs: first all drops, then all repairs, then all checks, each by place (the order of the
/// catalogue's tables, in steps of ten).
public struct Turn: Sendable {
    /// What a rule of the turn may do.
    public enum Step: Sendable {
        case drop, repair, check
    }

    /// The step.
    public var step: Step
    /// The place in the step.
    public var place: Int

    /// A turn.
    public init(_ step: Step, _ place: Int) {
        self.step = step
        self.place = place
    }
}

// MARK: - Shapes

/// A rule about the export as a file: found by who opens and reads it, only explained here.
public protocol ReadingRule: Rule {}

/// A rule whose finding is what Normalizing (or the reader of a finished file) left in a field.
public protocol NoteRule: Rule {
    /// Whether such a note is this rule's.
    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool
    /// The same, where an export and a finished file differ (a blank school).
    static func claims(_ field: Field, _ outcome: FieldNote.Outcome, in purpose: RuleSettings.Purpose) -> Bool
    /// What the sentence needs beside `{value}`, `{column}`, `{became}` and `{field}`. Not asked in a row whose values
    /// are not shown, unless the note is about the row as a whole.
    static func parameters(for note: FieldNote, _ context: RuleContext) -> [Parameter]
    /// Which of the messages fits the note and the rule's own parameters.
    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int
}

extension NoteRule {
    /// Exports and finished files alike, unless a rule says otherwise.
    public static func claims(_ field: Field, _ outcome: FieldNote.Outcome, in purpose: RuleSettings.Purpose) -> Bool {
        claims(field, outcome)
    }
    /// None.
    public static func parameters(for note: FieldNote, _ context: RuleContext) -> [Parameter] { [] }
    /// The first message.
    public static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int { 0 }
}

/// A rule with a turn in the pass and the fields it needs: where one of them failed, it is *not checked*.
public protocol TurnRule: Rule {
    static var turn: Turn { get }
    static var inputs: FieldSet { get }
    /// What a record must have, one of them, for the rule to have anything to say about it or about its unit or
    /// student; empty when the rule is about every record. Rules about records, units and students alone are asked.
    static var concerns: RecordTraits { get }
}

extension TurnRule {
    /// Every record.
    public static var concerns: RecordTraits { [] }
}

/// A rule about one row's fields, after its cells were read.
public protocol FieldRule: TurnRule {
    static func apply(to candidate: inout Candidate, _ context: inout RuleContext)
}

/// A rule about all rows of a student, before they become records: what one of them says for another.
public protocol RowsRule: TurnRule {
    static func apply(to student: inout StudentRows, _ context: inout RuleContext)
}

/// A rule about one record: the fields of a course with all of its events.
public protocol RecordRule: TurnRule {
    static func apply(to record: inout Record, _ context: inout RuleContext)
}

/// A rule about a unit: one student's records at one school in one study period.
public protocol UnitRule: TurnRule {
    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext)
}

/// A rule about all of a student's units at one school.
public protocol StudentRule: TurnRule {
    static func apply(to student: inout StudentRecords, _ context: inout RuleContext)
}

/// A rule about all that a school's exports hold, asked before any of its students are judged.
public protocol SchoolRule: TurnRule {
    static func apply(to school: inout SchoolFacts, _ context: inout RuleContext)
}

/// A rule about a whole file.
public protocol FileRule: TurnRule {
    static func apply(to file: inout FileFacts, _ context: inout RuleContext)
}
