import Findings

/// What files were seen to be, before any row of them is read.
public struct DetectReport: Sendable {
    /// Which program made the report.
    public var program: RunReport.Program
    /// In the order in which they were given.
    public var files: [File]

    /// A report of files.
    public init(program: RunReport.Program, files: [File]) {
        self.program = program
        self.files = files
    }

    /// What a file was seen to be.
    public struct File: Sendable {
        /// As it was given.
        public var path: String
        /// Whether it was given itself; otherwise it lies in a folder that was.
        public var isNamed: Bool
        /// How many bytes.
        public var size: Int
        /// What kind of file it is, by its first bytes: a word for programs, and what people call it, with its article.
        public var kind: (word: String, text: Text)
        /// The encoding's name and why; nil where the file is no text.
        public var encoding: Text?
        /// How the profile that recognises it reads it; several where they read it differently and one must be
        /// chosen; none where no profile does.
        public var readings: [Reading] = []
        /// Profiles that would read it to the same records.
        public var otherProfiles: [String] = []
        /// What tells several ``readings`` apart.
        public var distinctions: [Text] = []
        /// How the nearest profile would read it, where none does.
        public var nearest: Reading?
        /// Why it is not recognised.
        public var problem: Text?
        /// What to do next; nil where it is recognised.
        public var next: Text?

        /// A file of which nothing more is known.
        public init(path: String, isNamed: Bool, size: Int, kind: (word: String, text: Text)) {
            self.path = path
            self.isNamed = isNamed
            self.size = size
            self.kind = kind
        }

        /// Whether `convert` would read it.
        public var isRecognised: Bool { readings.count == 1 }
    }

    /// How a profile reads a file.
    public struct Reading: Sendable {
        /// The profile's name.
        public var profile: String
        /// What export it is, in one line.
        public var title: String
        /// The school system.
        public var system: String
        /// Where the profile lies.
        public var path: String
        /// What the profile rests on that the vendor or another public source says.
        public var known: String
        /// What is csnfil's own reading in it.
        public var ours: String
        /// `komvux`.
        public var schoolForm = "komvux"
        /// What a row is, `courses` or `persons`, as profiles name it.
        public var records = "courses"
        /// The profiles of the side tables that must be there too, because the export has no personnummer; one of them
        /// is enough.
        public var sideTables: [String] = []
        /// How the file is cut into rows and values.
        public var container: Container
        /// The encoding it is read in, and whether the profile says so itself.
        public var encoding: (name: String, isByProfile: Bool)
        /// The line of the headers, from 1; nil where there is none.
        public var headerLine: Int?
        /// The profile's columns, in the order of the slots.
        public var columns: [Column]
        /// Columns of the file that the profile does not use.
        public var unused: [String]
        /// Columns whose values tell rows to leave out, with what such rows are.
        public var leavesOut: [(header: String, reason: String)]

        /// A reading, complete.
        public init(
            profile: String, title: String, system: String, path: String, known: String, ours: String,
            container: Container, encoding: (name: String, isByProfile: Bool), headerLine: Int?, columns: [Column],
            unused: [String], leavesOut: [(header: String, reason: String)]
        ) {
            self.profile = profile
            self.title = title
            self.system = system
            self.path = path
            self.known = known
            self.ours = ours
            self.container = container
            self.encoding = encoding
            self.headerLine = headerLine
            self.columns = columns
            self.unused = unused
            self.leavesOut = leavesOut
        }

        /// How many of the profile's columns the file has.
        public var found: Int { columns.count { $0.header != nil } }
    }

    /// How a file is cut into rows and values.
    public enum Container: Sendable, Hashable {
        /// Delimited text; `quote` is nil where values are never quoted.
        case delimited(delimiter: String, quote: String?)
        /// XML, with the path of the element that is a row.
        case xml(row: String)
    }

    /// A column of a profile, and what was found for it.
    public struct Column: Sendable, Hashable {
        /// The slot, as profiles name it.
        public var slot: String
        /// Whether a file without it does not fit.
        public var isNeeded: Bool
        /// The headers that the profile accepts.
        public var accepted: [String]
        /// The header that was taken; nil where none was.
        public var header: String?
        /// Headers that claim the slot together, so that none can be taken.
        public var claims: [String]
        /// Whether it is an element that was not met at the beginning of the file, and may come later.
        public var mayComeLater: Bool

        /// A column.
        public init(
            slot: String, isNeeded: Bool, accepted: [String], header: String?, claims: [String] = [],
            mayComeLater: Bool = false
        ) {
            self.slot = slot
            self.isNeeded = isNeeded
            self.accepted = accepted
            self.header = header
            self.claims = claims
            self.mayComeLater = mayComeLater
        }
    }

    /// 0 when every file that was given itself was recognised, and at least one was; else 2.
    public var exitStatus: ExitStatus {
        let isGood = files.contains(where: \.isRecognised) && files.allSatisfy { $0.isRecognised || !$0.isNamed }
        return isGood ? .success : .unusable
    }
}
