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
    public var versions: [StudentKey: [CourseKey: [DeliveredVersion]]]
    /// What is to be forgotten.
    public var forgotten: [StudentKey: [ForgottenCourse]]
    /// By system, who stood in its last export that counted. A system in whose export nobody stood is not among them,
    /// nor is one where somebody has since confirmed that students are gone.
    public var lastExports: [String: Set<StudentKey>]

    /// A school; nothing is known of it unless said.
    public init(
        skolkod: Skolkod, students: [StudentKey: LedgerStudent] = [:], files: [DeliveredFile.ID: DeliveredFile] = [:],
        versions: [StudentKey: [CourseKey: [DeliveredVersion]]] = [:],
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

/// How one course of a student stands with CSN, as far as anybody knows.
public struct CourseStanding: Hashable, Sendable {
    /// What CSN has once it has read what somebody has said is uploaded: one value when that is certain. nil among
    /// them is that CSN has nothing of the course.
    public var possible: Set<RecordContent?> = [nil]
    /// As it stood in the last file that has it and that CSN may have, unless that file let it go or somebody has said
    /// that it is to be forgotten.
    public var reported: DeliveredRecord?
    /// As CSN has it, from the last file that it has read.
    public var read: RecordContent?
    /// Whether CSN has not read the file that ``reported`` is from, as far as anybody has said.
    public var isUnread = false
    /// Whether the last file with the course had it although nothing had changed, and is not confirmed.
    public var isForced = false
    /// Since when it waits to be sent; nil when the last file with it is confirmed.
    public var waitingSince: Day?

    /// Whether CSN certainly has this, and nothing else.
    public func isCertainly(_ content: RecordContent?) -> Bool { possible == [content] && !isForced }
}

extension SchoolDeliveries {
    /// How every course of a student stands; courses of which CSN has nothing are among them.
    public func standing(of student: StudentKey) -> [CourseKey: CourseStanding] {
        standing(of: student, Overtaking(files.values))
    }

    /// How every course of every student stands.
    public func standings() -> [StudentKey: [CourseKey: CourseStanding]] {
        let overtaking = Overtaking(files.values)
        return Dictionary(uniqueKeysWithValues: students.keys.map { ($0, standing(of: $0, overtaking)) })
    }

    private func standing(of student: StudentKey, _ overtaking: Overtaking) -> [CourseKey: CourseStanding] {
        guard let courses = versions[student] else { return [:] }
        let forgotten = forgotten[student] ?? []
        var standings: [CourseKey: CourseStanding] = [:]
        for (course, versions) in courses {
            let upTo = forgotten.lazy.filter { $0.course == course }.map(\.upTo).max()
            standings[course] = standing(versions, forgottenUpTo: upTo, overtaking)
        }
        return standings
    }

    private func standing(
        _ versions: [DeliveredVersion], forgottenUpTo: DeliveredFile.ID?, _ overtaking: Overtaking
    ) -> CourseStanding {
        let known = versions.compactMap { version in
            files[version.file].flatMap { file in
                file.outcome.isVoid
                    ? nil
                    : Known(
                        file: file, version: version,
                        isCertain: file.outcome.isConfirmed && !overtaking.isOvertaken(file, in: versions))
            }
        }
        var standing = CourseStanding()
        for known in known.sorted(by: Known.isReadBefore) { standing.read(known) }
        // What was last known counts, also where an older file was read after a newer one.
        if let last = known.max(by: { $0.file.id < $1.file.id }), !(forgottenUpTo.map { last.file.id <= $0 } ?? false) {
            standing.reported = last.version.record
            standing.isUnread = standing.reported != nil && last.file.outcome != .accepted
        }
        return standing
    }

    /// Files that are, or may be, uploaded after others for the same reading: CSN reads the last one alone.
    private struct Overtaking {
        /// By file, those that may come after it.
        private var later: [DeliveredFile.ID: [DeliveredFile]] = [:]

        init(_ files: some Sequence<DeliveredFile>) {
            let byReading = Dictionary(grouping: files.filter { !$0.outcome.isVoid }, by: \.reading)
            for all in byReading.values where all.count > 1 {
                for file in all where file.outcome.isConfirmed {
                    later[file.id] = all.filter { $0.id != file.id && DeliveredFile.isReadBefore(file, $0) }
                }
            }
        }

        /// Whether a later file is sent for the same reading; or may have been, without anybody having said so, and
        /// does not have the course. Where it has, its own version stands beside this one.
        func isOvertaken(_ file: DeliveredFile, in versions: [DeliveredVersion]) -> Bool {
            (later[file.id] ?? []).contains { other in
                if other.outcome == .sent { return file.outcome == .sent }
                // One that was replaced before its own time had come was nobody's to upload.
                return other.outcome.isUncertain && other.reading == other.facts.readingDay
                    && !versions.contains { $0.file == other.id }
            }
        }
    }

    /// A version whose file CSN has or may have.
    fileprivate struct Known {
        var file: DeliveredFile
        var version: DeliveredVersion
        /// Whether CSN has what stands in it, or will have, as somebody has said.
        var isCertain: Bool

        /// In the order in which CSN reads, or may read.
        static func isReadBefore(_ left: Known, _ right: Known) -> Bool {
            DeliveredFile.isReadBefore(left.file, right.file)
        }
    }
}

extension CourseStanding {
    /// What a confirmed file says is certain, whatever was before; what an uncertain one says is possible, beside what
    /// was before.
    fileprivate mutating func read(_ known: SchoolDeliveries.Known) {
        let content = known.version.record?.content
        if known.isCertain {
            possible = [content]
            waitingSince = nil
            isForced = false
        } else {
            possible.insert(content)
            waitingSince = waitingSince.map { min($0, known.version.waitingSince) } ?? known.version.waitingSince
            isForced = known.version.isForced
        }
        if known.file.outcome == .accepted { read = content }
    }
}

extension DeliveredFile {
    /// By reading. Of several files for one reading CSN reads the one that was uploaded last, which need not be the one
    /// made last.
    fileprivate static func isReadBefore(_ left: DeliveredFile, _ right: DeliveredFile) -> Bool {
        if left.reading != right.reading { return left.reading < right.reading }
        guard left.lastUpload != right.lastUpload else { return left.id < right.id }
        guard let leftUpload = left.lastUpload else { return false }
        return right.lastUpload.map { leftUpload < $0 } ?? true
    }

    /// When it was uploaded, or the last moment at which it may have been: a file that was replaced lay in the outbox
    /// until then, one that is planned lies there still (nil).
    private var lastUpload: Moment? {
        if let sent { return sent }
        switch outcome {
        case .planned: return nil
        case .replaced: return closed
        case .sent, .accepted, .rejected, .withdrawn: return facts.made
        }
    }
}
