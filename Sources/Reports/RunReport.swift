import CSN
import CSNRules
import Findings

/// Everything a run has to say, independent of language and form; every renderer works over this one value.
public struct RunReport: Sendable {
    /// What the run did with its inputs.
    public enum Purpose: Sendable {
        /// Exports became upload files.
        case convert
        /// Finished files were judged.
        case check
    }

    /// What the run did with its inputs.
    public var purpose: Purpose
    /// Which program made the report.
    public var program: Program
    /// When and as what the run went.
    public var run: Run
    /// The inputs by the number that a finding's place names.
    public var inputs: [Input]
    /// The upload files written, in the order in which they are to be uploaded.
    public var files: [OutputFile] = []
    /// How many rows met which fate; ``RowFates/read`` is their sum.
    public var rows = RowFates()
    /// How much is held back.
    public var held = Held()
    /// Every finding of the run.
    public var findings = FindingList()
    /// How often each rule was not checked, and why.
    public var notChecked = NotChecked()
    /// Keys of the students with protected identity; their canonical keys or any other of their keys.
    public var protected: Set<UInt64> = []
    /// From a key under which a row knew a student to the key under which the run does (a student id whose number
    /// was found elsewhere). A key that is not here is its own.
    public var studentAliases: [UInt64: UInt64] = [:]
    /// Where there is a ledger, a student's number there by canonical key: the key that is shown, the same from run to
    /// run. A student who is not here, and everybody where it is nil, is named by the order of appearance.
    public var studentNames: [UInt64: String]?
    /// The courses that findings point to.
    public var courses: CourseTable
    /// What the files' layout is called, and whose reading of CSN's file it is; nil where no file is written or read.
    public var layoutTitle: Text?
    /// Sentences about the run as a whole, such as "an older file lies there".
    public var notices: [Text] = []
    /// What CSN will conclude from the files, by skolkod.
    public var forecasts: [Forecast] = []
    /// How the scheduled run stands; nil for a run without a memory of earlier ones.
    public var nightly: NightlyNumbers?
    /// How a migration goes; nil for other runs.
    public var migration: MigrationPlan?
    /// What became of the rows that a migration is about; nil for other runs.
    public var reconciliation: Reconciliation?
    /// How many faults of the program there were.
    public var internalFaults = 0
    /// Something was left undone although the run went through: an export could not be read.
    public var isIncomplete = false
    /// What a run with a ledger has to say beside; nil for one without.
    public var delivery: Delivery?
    /// The folder that paths of written files are relative to; empty where nothing is written.
    public var outPath = ""
    /// The folder of the machine-readable reports; nil when none is written.
    public var reportPath: String?
    /// `--strict`: warnings count as errors for the exit status.
    public var isStrict = false
    /// In which character of its line a finding's cell begins, from 1; nil when nobody knows any more.
    public var characterColumn: @Sendable (Finding) -> Int? = { _ in nil }

    /// What could not be read or written after the upload files were in their places, for standard error.
    public var undone: [Undone] = []

    /// Something that the next run does again.
    public struct Undone: Sendable, Hashable {
        /// The file or folder; nil when it is nowhere in particular.
        public var place: String?
        /// What failed and what to do about it.
        public var text: Text

        /// Something at a place.
        public init(place: String?, _ text: Text) {
            self.place = place
            self.text = text
        }
    }

    /// What a run with a ledger knows beside.
    public struct Delivery: Sendable, Hashable {
        /// How many files are new or were made anew; the other files lay in the outbox already.
        public var newFiles = 0
        /// Files that were uploaded and that CSN has not read yet, which stand.
        public var sentFiles = 0

        /// Nothing new.
        public init() {}
    }

    /// A report that says nothing yet but which inputs there are.
    public init(purpose: Purpose, program: Program, run: Run, inputs: [Input], courses: CourseTable) {
        self.purpose = purpose
        self.program = program
        self.run = run
        self.inputs = inputs
        self.courses = courses
    }

    /// Which program made the report.
    public struct Program: Sendable, Hashable {
        /// As it is called on the command line.
        public var name: String
        /// As the project numbers its releases.
        public var version: String

        /// A program by name and version.
        public init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// When and as what the run went.
    public struct Run: Sendable, Hashable {
        /// Tells this run from every other.
        public var id: String
        /// ISO 8601 with its distance from UTC, e.g. `2026-11-23T12:00:00+01:00`.
        public var started: String
        /// As ``started``.
        public var finished: String
        /// The day the run took for today.
        public var today: Day

        /// A run with its times.
        public init(id: String, started: String, finished: String, today: Day) {
            self.id = id
            self.started = started
            self.finished = finished
            self.today = today
        }
    }

    /// An export, or a finished file that is checked.
    public struct Input: Sendable {
        /// As it was given.
        public var path: String
        /// The school system, e.g. "SchoolSoft"; for a finished file the layout's name.
        public var system: String
        /// The export profile's name, e.g. `schoolsoft-list`; empty for a finished file.
        public var profile: String
        /// `komvux`.
        public var schoolForm: String
        /// The encoding's name as it is commonly written, e.g. `utf-8`.
        public var encoding: String
        /// Why the input was taken to be in that encoding; nil when nothing is to be said.
        public var encodingEvidence: Text?
        /// How many rows were read from it.
        public var rows: Int
        /// Of the bytes read, in hexadecimal digits.
        public var sha256: String
        /// The names that a finding's column number stands for, as the input writes them.
        public var columns: [String]
        /// For XML, each column's path of elements, seen from the row; empty otherwise.
        public var elements: [String]
        /// For XML, the row's element: a place's offset is then its number among these, from 1.
        public var rowElement: String
        /// Which header was taken for which slot of the profile.
        public var taken: [TakenColumn]
        /// Whether the profile rests, in part at least, on csnfil's own reading of the export.
        public var isOwnReading = false
        /// The names of the profiles that would read the input to the same records.
        public var otherProfiles: [String] = []

        /// An input; what is not given is unknown or does not apply.
        public init(
            path: String, system: String, profile: String = "", schoolForm: String = "komvux", encoding: String,
            encodingEvidence: Text? = nil, rows: Int = 0, sha256: String = "", columns: [String] = [],
            elements: [String] = [], rowElement: String = "", taken: [TakenColumn] = []
        ) {
            self.path = path
            self.system = system
            self.profile = profile
            self.schoolForm = schoolForm
            self.encoding = encoding
            self.encodingEvidence = encodingEvidence
            self.rows = rows
            self.sha256 = sha256
            self.columns = columns
            self.elements = elements
            self.rowElement = rowElement
            self.taken = taken
        }
    }

    /// A header of an export and the slot it was taken for.
    public struct TakenColumn: Sendable, Hashable {
        /// As the export writes it.
        public var header: String
        /// As profiles name it, e.g. `slutdatum`.
        public var slot: String

        /// A header taken for a slot.
        public init(header: String, slot: String) {
            self.header = header
            self.slot = slot
        }
    }

    /// An upload file that was written.
    public struct OutputFile: Sendable {
        /// Relative to ``RunReport/outPath``.
        public var path: String
        /// The school whose file it is.
        public var skolkod: Skolkod
        /// The day on whose 17:00 reading the file is meant.
        public var readingDay: Day
        /// How many records.
        public var records: Int
        /// How many students.
        public var students: Int
        /// The first and the last of every date in the file; nil in a file without records.
        public var firstDate: Day?
        /// The last of every date in the file.
        public var lastDate: Day?
        /// How many bytes the file has.
        public var bytes: Int
        /// Of the file, in hexadecimal digits.
        public var sha256: String
        /// When it may be uploaded without taking another file's place.
        public var window: UploadWindow

        /// A file by its place, its content and its upload window.
        public init(
            path: String, skolkod: Skolkod, readingDay: Day, records: Int, students: Int, firstDate: Day?,
            lastDate: Day?, bytes: Int, sha256: String, window: UploadWindow
        ) {
            self.path = path
            self.skolkod = skolkod
            self.readingDay = readingDay
            self.records = records
            self.students = students
            self.firstDate = firstDate
            self.lastDate = lastDate
            self.bytes = bytes
            self.sha256 = sha256
            self.window = window
        }
    }

    /// How much is held back.
    public struct Held: Sendable, Hashable {
        /// How many students.
        public var students: Int
        /// Study periods of a student at a school.
        public var units: Int
        /// How many records.
        public var records: Int

        /// Nothing unless said.
        public init(students: Int = 0, units: Int = 0, records: Int = 0) {
            self.students = students
            self.units = units
            self.records = records
        }
    }
}
