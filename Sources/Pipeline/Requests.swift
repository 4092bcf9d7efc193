import CSN
import CSNRules
import Findings
import Reports
import Uploads

/// What is the same for every command that reads exports or finished files, with options, environment and
/// configuration already brought together.
public struct RunSettings: Sendable {
    /// The exports or finished files, as given; `-` is standard input.
    public var paths: [String]
    /// The folders that mappings are searched in, first searched first.
    public var mappingFolders: [String]
    /// A layout's name or the path of a layout file; nil: the default, or for `check` by content.
    public var layout: String?
    /// What the run takes for now, on the clock in Stockholm.
    public var now: Moment
    /// The time of day is the machine's, not `--now`'s or `--today`'s: times in the report are the clock's.
    public var isRealTime: Bool
    /// Warnings hold.
    public var isStrict: Bool
    /// How many threads may work, at least 1.
    public var jobs: Int
    /// The language of what people read.
    public var language: Language
    /// Where the machine-readable reports go; nil: nowhere for `check`, `<out>/report` for `convert`.
    public var reportPath: String?
    /// What `csnfil.yaml` says; the defaults where there is none.
    public var configuration: Configuration

    /// Settings of a run.
    public init(
        paths: [String], mappingFolders: [String], layout: String? = nil, now: Moment, isRealTime: Bool = false,
        isStrict: Bool = false, jobs: Int = 1, language: Language = .sv, reportPath: String? = nil,
        configuration: Configuration = Configuration()
    ) {
        self.paths = paths
        self.mappingFolders = mappingFolders
        self.layout = layout
        self.now = now
        self.isRealTime = isRealTime
        self.isStrict = isStrict
        self.jobs = jobs
        self.language = language
        self.reportPath = reportPath
        self.configuration = configuration
    }
}

/// How much is held back when something is held.
public typealias HoldScope = RuleEngine.HoldScope

/// `convert EXPORT…`: exports to upload files, without a memory of earlier runs.
public struct ConvertRequest: Sendable {
    /// What is the same for every command.
    public var settings: RunSettings
    /// The folder the school folders are written in.
    public var out: String
    /// A profile's name, the path of a profile, or a system's name; nil: detected.
    public var system: String?
    /// The school of exports without a school column.
    public var school: Skolkod?
    /// How much is held back when something is held.
    public var holdScope: HoldScope
    /// What is done to make sure of the files: everything, but in benchmarks.
    package var durability = Durability.full

    /// A conversion.
    public init(
        settings: RunSettings, out: String, system: String? = nil, school: Skolkod? = nil, holdScope: HoldScope = .unit
    ) {
        self.settings = settings
        self.out = out
        self.system = system
        self.school = school
        self.holdScope = holdScope
    }
}

/// `check FILE…`: finished upload files, judged as CSN's reception would.
public struct CheckRequest: Sendable {
    /// What is the same for every command.
    public var settings: RunSettings

    /// A check.
    public init(settings: RunSettings) { self.settings = settings }
}

/// `sample SYSTEM`: a synthetic export and its truth.
public struct SampleRequest: Sendable {
    /// A profile's name, the path of a profile, or a system's name.
    public var system: String
    /// The folders that mappings are searched in, first searched first.
    public var mappingFolders: [String]
    /// How many records.
    public var records: Int
    /// The same seed gives the same sample.
    public var seed: UInt64
    /// How many records in a hundred carry a fault, 0–100.
    public var faults: Double
    /// The export's encoding; nil: the profile's.
    public var encoding: String?
    /// The folder for the export and its `truth.jsonl`; nil: the export alone on standard output.
    public var out: String?
    /// What the run takes for now, on the clock in Stockholm.
    public var now: Moment

    /// A sample.
    public init(
        system: String, mappingFolders: [String], records: Int, seed: UInt64, faults: Double = 0,
        encoding: String? = nil, out: String? = nil, now: Moment
    ) {
        self.system = system
        self.mappingFolders = mappingFolders
        self.records = records
        self.seed = seed
        self.faults = faults
        self.encoding = encoding
        self.out = out
        self.now = now
    }
}

/// Why a run could not be carried through: nothing was written, or not everything.
public struct RunFailure: Error, Sendable {
    /// One thing that is wrong, and where.
    public struct Problem: Sendable {
        /// `path`, or `path:line:column`; nil when it is nowhere in particular.
        public var place: String?
        /// What is wrong and what to do about it.
        public var text: Text

        /// A problem at a place.
        public init(place: String? = nil, _ text: Text) {
            self.place = place
            self.text = text
        }
    }

    /// What the program ends with.
    public var status: ExitStatus
    /// What is wrong, the first cause first.
    public var problems: [Problem]

    /// A failure with its causes.
    public init(_ status: ExitStatus, _ problems: [Problem]) {
        self.status = status
        self.problems = problems
    }

    /// A failure with one cause.
    public init(_ status: ExitStatus, at place: String? = nil, _ text: Text) {
        self.init(status, [Problem(place: place, text)])
    }
}

/// Where a run says how far it has come. Called from any thread, many times a second.
public protocol ProgressSink: Sendable {
    /// A new stage of the run begins, e.g. "reading".
    func begin(_ stage: Text)
    /// How far the stage has come.
    ///
    /// - Parameters:
    ///   - total: the bytes there are in all; nil when nobody knows (a pipe).
    ///   - rows: rows read so far.
    func advance(bytes: Int, of total: Int?, rows: Int)
}

/// Says nothing.
public struct NoProgress: ProgressSink {
    /// A sink that drops everything.
    public init() {}

    /// Does nothing.
    public func begin(_ stage: Text) {}
    /// Does nothing.
    public func advance(bytes: Int, of total: Int?, rows: Int) {}
}
