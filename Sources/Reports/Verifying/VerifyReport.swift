import Findings

/// What became of sample cases that were converted and compared with what is expected of them, or recorded anew.
public struct VerifyReport: Sendable {
    /// Which program made the report.
    public var program: RunReport.Program
    /// Whether the files were recorded anew instead of compared.
    public var isRecording: Bool
    /// In the order of the cases' names, each layout of a case for itself.
    public var results: [Result]

    /// A report of results.
    public init(program: RunReport.Program, isRecording: Bool, results: [Result]) {
        self.program = program
        self.isRecording = isRecording
        self.results = results
    }

    /// What became of one case in one layout.
    public struct Result: Sendable {
        /// The case's folder, below the folder that was searched.
        public var name: String
        /// The layout; nil for what concerns a folder as a whole.
        public var layout: String?
        /// What became of it.
        public var status: Status
        /// How what was made differs from what is expected; as many as are worth showing.
        public var differences: [FileDifference] = []
        /// How many more differences there are.
        public var more = 0
        /// What was written, changed or removed when it was recorded.
        public var changes: [Change] = []
        /// What is wrong besides differences, and what to do.
        public var message: Text?

        /// A result without differences.
        public init(name: String, layout: String?, status: Status, message: Text? = nil) {
            self.name = name
            self.layout = layout
            self.status = status
            self.message = message
        }
    }

    /// What became of a case in a layout. The words are those of `--format json`.
    public enum Status: String, Sendable, CaseIterable {
        /// What was made is what is expected.
        case same
        /// It was recorded anew.
        case recorded
        /// It differs.
        case differs
        /// Nothing is expected of it yet.
        case notRecorded = "not-recorded"
        /// The run ended otherwise than the case says, and there is nothing to compare.
        case notConverted = "not-converted"
        /// Something is expected in a layout that the case does not name.
        case notListed = "not-listed"
        /// Exports lie in a folder without `case.yaml`.
        case noCase = "no-case"

        /// Whether nothing is to be done.
        public var isGood: Bool { self == .same || self == .recorded }
    }

    /// What was done to one expected file.
    public struct Change: Sendable, Hashable {
        /// What was done.
        public enum Kind: String, Sendable {
            case written, changed, removed
        }

        /// What was done.
        public var kind: Kind
        /// The file, inside the case's folder.
        public var file: String

        /// A change of a file.
        public init(_ kind: Kind, _ file: String) {
            self.kind = kind
            self.file = file
        }
    }

    /// 0 when every case is as expected or could be recorded, else 1.
    public var exitStatus: ExitStatus { results.allSatisfy(\.status.isGood) ? .success : .findings }

    /// How many results have a status.
    public func count(_ status: Status) -> Int { results.count { $0.status == status } }
}

/// How one file that was made differs from the one that is expected.
public struct FileDifference: Sendable, Hashable {
    /// The file, inside the expected folder of its layout.
    public var file: String
    /// The line in the expected file, or where the line would stand in it, from 1; nil where a whole file is missing
    /// or was not expected.
    public var line: Int?
    /// The first character that differs, from 1, where both have the line.
    public var column: Int?
    /// What is expected: the line, or the part of it around the difference; nil where nothing is.
    public var expected: String?
    /// What was found; nil where nothing was.
    public var found: String?

    /// A difference at a place.
    public init(file: String, line: Int? = nil, column: Int? = nil, expected: String?, found: String?) {
        self.file = file
        self.line = line
        self.column = column
        self.expected = expected
        self.found = found
    }
}
