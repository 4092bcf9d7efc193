import CSN

/// What CSN already has of one school, as the ledger knows it, in the terms of a run: what the rules ask.
public struct LedgerView: EarlierDelivery {
    private let skolkod: Skolkod
    private let records: [StudentKey: [EarlierRecord]]
    private let known: [EarlierStudent]
    private let unread: UnreadFile?
    private let byID: [UInt32: StudentKey]
    private let byNumber: [Personnummer: StudentKey]
    /// The run's course of a code.
    public let course: @Sendable (String) -> CourseIndex
    /// How each course of each student stands.
    public let standings: [StudentKey: [CourseKey: CourseStanding]]

    /// A school's deliveries as a run sees them.
    ///
    /// - Parameters:
    ///   - systems: those of which a complete export of the school is part of the run.
    ///   - unread: the file that was uploaded for the coming reading.
    ///   - course: the run's course of a code.
    ///   - isMissed: whether a course, as it was last reported and with the files that have it, should be in the run's
    ///     exports although they do not hold everybody.
    ///   - number: the number that an export's id of a student has in the run; 0 for one that was not met.
    public init(
        _ deliveries: SchoolDeliveries, completeSystems systems: Set<String>, unread: UnreadFile?,
        course: @escaping @Sendable (String) -> CourseIndex,
        isMissed: (DeliveredRecord, [DeliveredVersion]) -> Bool = { _, _ in false }, number: (ExportID) -> UInt32
    ) {
        self.course = course
        skolkod = deliveries.skolkod
        self.unread = unread
        let standings = deliveries.standings()
        var records: [StudentKey: [EarlierRecord]] = [:]
        var known: [EarlierStudent] = []
        var byID: [UInt32: StudentKey] = [:]
        var byNumber: [Personnummer: StudentKey] = [:]
        for (key, student) in deliveries.students.sorted(by: { $0.key < $1.key }) {
            let numbers = student.exportIDs.map(number).filter { $0 != 0 }
            for number in numbers where byID[number] == nil { byID[number] = key }
            for number in student.numbers where byNumber[number] == nil { byNumber[number] = key }
            let versions = deliveries.versions[key] ?? [:]
            records[key] = (standings[key] ?? [:]).compactMap { reported, standing in
                standing.record(at: deliveries.skolkod, systems, course) { isMissed($0, versions[reported] ?? []) }
            }
            let stood = systems.contains { deliveries.lastExports[$0]?.contains(key) ?? false }
            guard stood || !(records[key] ?? []).isEmpty else { continue }
            known.append(
                EarlierStudent(
                    StudentIdentity(studentID: numbers.max() ?? 0, personnummer: student.personnummer),
                    stoodInLastExport: stood, isProtected: student.isProtected))
        }
        self.standings = standings
        self.records = records
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
        guard school == skolkod, let key = key(of: student) else { return [] }
        return records[key] ?? []
    }

    /// What CSN may have of each course of a student.
    public func possibleRecords(of student: StudentIdentity, at school: Skolkod) -> [Record] {
        guard school == skolkod, let key = key(of: student) else { return [] }
        return (standings[key] ?? [:]).values.flatMap { standing in
            standing.possible.compactMap { $0?.record(at: school, course: course) }
        }
    }

    /// Everybody of whom something was reported, or who stood in the last exports.
    public func students(at school: Skolkod) -> [EarlierStudent] { school == skolkod ? known : [] }

    /// The file that was uploaded for the coming reading.
    public func unreadFile(of school: Skolkod) -> UnreadFile? { school == skolkod ? unread : nil }
}

extension CourseStanding {
    fileprivate func record(
        at school: Skolkod, _ systems: Set<String>, _ course: (String) -> CourseIndex,
        isMissed: (DeliveredRecord) -> Bool
    ) -> EarlierRecord? {
        guard let reported else { return nil }
        let isMissed = isMissed(reported)
        let record = reported.content.record(at: school, course: course)
        return EarlierRecord(
            record, read: read == reported.content ? record : read?.record(at: school, course: course),
            isUnread: isUnread, isExpected: isMissed || systems.contains(reported.system), isExpectedWhenOver: isMissed,
            hadStartTooEarly: reported.hadStartTooEarly)
    }
}
