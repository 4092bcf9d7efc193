import CSN

/// A student of one school in the ledger. The number is the same from run to run.
public struct StudentKey: Hashable, Comparable, Sendable {
    /// From 1.
    public let number: Int64
    /// The student of that number.
    public init(number: Int64) { self.number = number }
    /// By number.
    public static func < (left: StudentKey, right: StudentKey) -> Bool { left.number < right.number }
}

/// What an export calls a student.
public struct ExportID: Hashable, Sendable {
    /// The system whose exports say so.
    public var system: String
    /// The id as it stands there.
    public var text: String

    /// An id in a system.
    public init(system: String, text: String) {
        self.system = system
        self.text = text
    }
}

/// Who a student of the ledger is.
public struct LedgerStudent: Hashable, Sendable {
    /// The number in the ledger.
    public var key: StudentKey
    /// The present number.
    public var personnummer: Personnummer
    /// All numbers under which the student has been known, the present one among them.
    public var numbers: Set<Personnummer>
    /// What exports call the student.
    public var exportIDs: Set<ExportID>
    /// Protected identity.
    public var isProtected: Bool

    /// A student.
    public init(
        key: StudentKey, personnummer: Personnummer, numbers: Set<Personnummer> = [], exportIDs: Set<ExportID> = [],
        isProtected: Bool = false
    ) {
        self.key = key
        self.personnummer = personnummer
        self.numbers = numbers.union([personnummer])
        self.exportIDs = exportIDs
        self.isProtected = isProtected
    }
}

/// One course of a student in one file: how it stands there, or that the file lets it go.
public struct DeliveredVersion: Hashable, Sendable {
    /// In which file.
    public var file: DeliveredFile.ID
    /// As it stands there; nil when the file holds the study period without a course that was reported in it before.
    public var record: DeliveredRecord?
    /// The reading at which it was first to be sent, if it has waited since; else the file's own reading day.
    public var waitingSince: Day
    /// Sent although nothing in it had changed (`nightly --full`).
    public var isForced: Bool

    /// A course in a file.
    public init(file: DeliveredFile.ID, record: DeliveredRecord?, waitingSince: Day, isForced: Bool = false) {
        self.file = file
        self.record = record
        self.waitingSince = waitingSince
        self.isForced = isForced
    }
}

/// A course that somebody has said is not to be reported any more.
public struct ForgottenCourse: Hashable, Sendable {
    /// Whose.
    public var student: StudentKey
    /// Which.
    public var course: CourseKey
    /// What stands in files up to this one is forgotten; a later report counts again.
    public var upTo: DeliveredFile.ID
    /// Why, in the words of who said it.
    public var reason: String
    /// When.
    public var at: Moment

    /// A course to be let go.
    public init(student: StudentKey, course: CourseKey, upTo: DeliveredFile.ID, reason: String, at: Moment) {
        self.student = student
        self.course = course
        self.upTo = upTo
        self.reason = reason
        self.at = at
    }
}

/// All that the ledger knows of one school.
public struct SchoolDeliveries: Sendable {
    /// The school.
    public let skolkod: Skolkod
    /// By number.
    public var students: [StudentKey: LedgerStudent]
    /// By number.
    public var files: [DeliveredFile.ID: DeliveredFile]
    /// By student and course, the versions in the order of the files. Files that are void have none.
    public var versions: [StudentKey: ByCourse<[DeliveredVersion]>]
    /// What is to be forgotten.
    public var forgotten: [StudentKey: [ForgottenCourse]]
    /// By system, who stood in its last export that counted. A system in whose export nobody stood is not among them,
    /// nor is one where somebody has since confirmed that students are gone.
    public var lastExports: [String: Set<StudentKey>]

    /// A school; nothing is known of it unless said.
    public init(
        skolkod: Skolkod, students: [StudentKey: LedgerStudent] = [:], files: [DeliveredFile.ID: DeliveredFile] = [:],
        versions: [StudentKey: ByCourse<[DeliveredVersion]>] = [:],
        forgotten: [StudentKey: [ForgottenCourse]] = [:], lastExports: [String: Set<StudentKey>] = [:]
    ) {
        self.skolkod = skolkod
        self.students = students
        self.files = files
        self.versions = versions
        self.forgotten = forgotten
        self.lastExports = lastExports
    }
}
