import CSN

/// What was reported before of the student who is judged.
public struct EarlierRecords: Sendable {
    /// The records, each course once.
    let all: [EarlierRecord]
    /// Who the student is; nil where nothing is known.
    let identity: StudentIdentity?
    /// The school of which this is known; nil where nothing is.
    let school: Skolkod?
    /// The courses that records point to; nil where nothing is known.
    private let courses: CourseTable?
    /// What tells the student's courses from each other.
    static let identifying = FieldSet(.kurskod, .kursdel, .startdatum)

    /// Nothing is known.
    init() {
        all = []
        identity = nil
        school = nil
        courses = nil
    }

    /// What was reported of a student.
    init(of student: StudentIdentity, at school: Skolkod, _ delivered: any EarlierDelivery, _ courses: CourseTable) {
        identity = student
        self.school = school
        self.courses = courses
        // Of a course under an old number and the present one, the present one's.
        all = delivered.records(of: student, at: school).reduce(into: []) { all, record in
            guard let known = all.firstIndex(where: { $0.reported.isSameCourse(as: record.reported, in: courses) })
            else {
                return all.append(record)
            }
            if record.reported.personnummer == student.personnummer { all[known] = record }
        }
    }

    /// The number under which the student goes now.
    var number: Personnummer? { identity?.personnummer }

    /// Whether nothing was reported, or nothing is known of it.
    var isEmpty: Bool { all.isEmpty }

    /// Numbers of the student under which something was reported and that are not the present one.
    var otherNumbers: Set<Personnummer> {
        Set(all.compactMap(\.reported.personnummer)).subtracting([number].compactMap(\.self))
    }

    private func isSame(_ left: Record, _ right: Record) -> Bool {
        courses.map { left.isSameCourse(as: right, in: $0) } ?? false
    }

    /// What was reported of the record's course, as it stands now or as the export has it; nil when nothing was.
    func like(_ record: Record) -> EarlierRecord? {
        guard !all.isEmpty else { return nil }
        if let same = all.first(where: { isSame($0.reported, record) }) { return same }
        let asRead = Record(record.asRead)
        return all.first { isSame($0.reported, asRead) }
    }

    /// The record with the end date that was last reported, where it has none of its own.
    func completed(_ record: Record) -> Record {
        guard record.slutdatum == nil, let end = like(record)?.reported.slutdatum else { return record }
        var completed = record
        completed.slutdatum = end
        return completed
    }

    /// The courses that were reported and that none of the export's records is about, to be kept as they were, under
    /// the student's present number; by startdatum, kurskod and kursdel.
    ///
    /// - Parameter records: all that the export has of the student, also what is not to be reported.
    func missing(from records: [Record], _ courses: CourseTable) -> [Record] {
        guard !all.isEmpty else { return [] }
        let known = records.compactMap { like($0)?.reported }
        func key(_ record: Record) -> (Int32, String, UInt8) {
            (
                record.startdatum?.number ?? 0, record.course.map { courses[$0].code } ?? "",
                record.kursdel?.number ?? 0
            )
        }
        return all.map(\.reported).filter { record in !known.contains { isSame($0, record) } }
            .sorted { key($0) < key($1) }.map { $0.carried(as: number) }
    }

    /// Whether a unit is of any concern to the run: it has something of the export, or stands in a file that CSN has
    /// not read, or the export should have it: because it is not over, or because the export is about what is.
    func concerns(_ unit: UnitRecords, today: Day) -> Bool {
        if unit.records.contains(where: { !$0.isCarried }) { return true }
        let earlier = unit.records.compactMap { like($0) }
        let isOver = unit.records.allSatisfy { $0.dates.allSatisfy { $0 < today } }
        return earlier.contains(where: \.isUnread)
            || earlier.contains { $0.isExpected && (!isOver || $0.isExpectedWhenOver) }
    }

    /// What stands of a unit in the file that CSN has not read: lines of it that are dropped now do not count.
    func unread(of unit: JudgedUnit) -> [Record] {
        guard all.contains(where: \.isUnread) else { return [] }
        let known = unit.records.filter { !$0.isDropped || $0.isCarried }.compactMap { like($0)?.reported }
        return all.filter { record in
            record.isUnread && known.contains { isSame($0, record.reported) }
        }.map(\.reported)
    }
}

extension RuleContext {
    /// What was last reported of the same course, in a file that CSN has read or has yet to read; nil when nothing.
    func earlier(like record: Record) -> EarlierRecord? { earlier.like(record) }

    /// The same as CSN has it: of files that it has read; nil when nothing.
    func delivered(like record: Record) -> Record? { earlier.like(record)?.read }

    /// Looks up what was reported of the student whose records these are. A finished file is judged by itself.
    mutating func open(_ student: StudentIdentity, at school: Skolkod?) {
        guard !isCheck, let school, student.personnummer != nil else { return earlier = EarlierRecords() }
        earlier = EarlierRecords(of: student, at: school, settings.delivered, settings.courses)
    }
}
