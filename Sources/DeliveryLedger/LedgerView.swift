import CSN
import Synchronization

/// What CSN already has of one school, as the ledger knows it, in the terms of a run: what the rules ask.
///
/// What is known of a student is put into the run's terms when somebody asks: a run asks once, and of all students at
/// once it would be the most that a school's work holds.
public struct LedgerView: EarlierDelivery {
    private let skolkod: Skolkod
    private let versions: [StudentKey: ByCourse<[DeliveredVersion]>]
    private let completeSystems: Set<String>
    private let isMissed: (@Sendable (DeliveredRecord, [DeliveredVersion]) -> Bool)?
    private let known: [EarlierStudent]
    private let unread: UnreadFile?
    private let byID: [UInt32: StudentKey]
    private let byNumber: [Personnummer: StudentKey]
    /// The run's course of a code.
    public let course: @Sendable (String) -> CourseIndex
    /// How each course of each student stands.
    public let standings: [StudentKey: ByCourse<CourseStanding>]

    /// A school's deliveries as a run sees them.
    ///
    /// - Parameters:
    ///   - systems: those of which a complete export of the school is part of the run.
    ///   - unread: the file that was uploaded for the coming reading.
    ///   - course: the run's course of a code; asked once for each code.
    ///   - isMissed: whether a course, as it was last reported and with the files that have it, should be in the run's
    ///     exports although they do not hold everybody; nil: none should.
    ///   - number: the number that an export's id of a student has in the run; 0 for one that was not met.
    public init(
        _ deliveries: SchoolDeliveries, completeSystems systems: Set<String>, unread: UnreadFile?,
        course: @escaping @Sendable (String) -> CourseIndex,
        isMissed: (@Sendable (DeliveredRecord, [DeliveredVersion]) -> Bool)? = nil, number: (ExportID) -> UInt32
    ) {
        skolkod = deliveries.skolkod
        versions = deliveries.versions
        self.unread = unread
        self.isMissed = isMissed
        completeSystems = systems
        self.course = { [courses = CourseFinder(course)] code in courses.course(code) }
        standings = deliveries.standings()
        let lastExports = systems.compactMap { deliveries.lastExports[$0] }
        var known: [EarlierStudent] = []
        var byID: [UInt32: StudentKey] = [:]
        var byNumber: [Personnummer: StudentKey] = [:]
        for key in deliveries.students.keys.sorted() {
            guard let student = deliveries.students[key] else { continue }
            var studentID: UInt32 = 0
            for id in student.exportIDs {
                let number = number(id)
                guard number != 0 else { continue }
                if byID[number] == nil { byID[number] = key }
                studentID = max(studentID, number)
            }
            for number in student.numbers where byNumber[number] == nil { byNumber[number] = key }
            let stood = lastExports.contains { $0.contains(key) }
            guard stood || standings[key]?.contains(where: { $0.value.reported != nil }) == true else { continue }
            known.append(
                EarlierStudent(
                    StudentIdentity(studentID: studentID, personnummer: student.personnummer),
                    stoodInLastExport: stood, isProtected: student.isProtected))
        }
        self.known = known
        self.byID = byID
        self.byNumber = byNumber
    }

    /// The student of the ledger; nil for one that is new. The export's own id goes before the number.
    public func key(of student: StudentIdentity) -> StudentKey? {
        if student.studentID != 0, let key = byID[student.studentID] { return key }
        return student.personnummer.flatMap { byNumber[$0] }
    }

    /// What was last reported of a student.
    public func records(of student: StudentIdentity, at school: Skolkod) -> [EarlierRecord] {
        guard school == skolkod, let key = key(of: student), let standing = standings[key] else { return [] }
        var records: [EarlierRecord] = []
        records.reserveCapacity(standing.count)
        for (course, standing) in standing {
            guard let reported = standing.reported else { continue }
            let isMissed = isMissed.map { $0(reported, versions[key]?[course] ?? []) } ?? false
            let record = record(reported.content)
            records.append(
                EarlierRecord(
                    record, read: standing.read == reported.content ? record : standing.read.map { self.record($0) },
                    isUnread: standing.isUnread, isExpected: isMissed || completeSystems.contains(reported.system),
                    isExpectedWhenOver: isMissed, hadStartTooEarly: reported.hadStartTooEarly))
        }
        return records
    }

    /// What CSN may have of each course of a student.
    public func possibleRecords(of student: StudentIdentity, at school: Skolkod) -> [Record] {
        guard school == skolkod, let key = key(of: student), let standing = standings[key] else { return [] }
        return standing.flatMap { $0.value.possible.compactMap { $0.map { record($0) } } }
    }

    private func record(_ content: RecordContent) -> Record { content.record(at: skolkod, course: course) }

    /// Everybody of whom something was reported, or who stood in the last exports.
    public func students(at school: Skolkod) -> [EarlierStudent] { school == skolkod ? known : [] }

    /// The file that was uploaded for the coming reading.
    public func unreadFile(of school: Skolkod) -> UnreadFile? { school == skolkod ? unread : nil }
}

/// The run's courses by code, each code looked for once: a school has few, and thousands of records of them.
private final class CourseFinder: Sendable {
    private let find: @Sendable (String) -> CourseIndex
    private let found = Mutex<[String: CourseIndex]>([:])

    init(_ find: @escaping @Sendable (String) -> CourseIndex) { self.find = find }

    func course(_ code: String) -> CourseIndex {
        found.withLock { found in
            if let course = found[code] { return course }
            let course = find(code)
            found[code] = course
            return course
        }
    }
}
