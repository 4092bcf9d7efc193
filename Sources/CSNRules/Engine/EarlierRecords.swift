import CSN

/// What was reported before of the student who is judged.
public struct EarlierRecords: Sendable {
    /// The records, each course once.
    let all: [EarlierRecord]
    /// Of each of them what tells it from the others, to be looked through for each record of the export.
    private let marks: [CourseMarks?]
    /// Who the student is; nil where nothing is known.
    let identity: StudentIdentity?
    /// The school of which this is known; nil where nothing is.
    let school: Skolkod?
    /// The courses that records point to; nil where nothing is known.
    private let courses: CourseTable?
    /// What tells the student's courses from each other.
    static let identifying = FieldSet(.kurskod, .kursdel, .startdatum)

    /// What tells a course from the student's others.
    private struct CourseMarks {
        let course: CourseIndex
        let kursdel: Kursdel
        let startdatum: Day

        /// nil where one of them is not known.
        init?(_ fields: Candidate) {
            guard let course = fields.course, let kursdel = fields.kursdel, let startdatum = fields.startdatum else {
                return nil
            }
            (self.course, self.kursdel, self.startdatum) = (course, kursdel, startdatum)
        }

        /// As ``Record/isSameCourse(as:in:)``.
        func areSame(as other: CourseMarks, in courses: CourseTable) -> Bool {
            startdatum == other.startdatum && kursdel == other.kursdel
                && courses.haveSameCode(course, other.course)
        }
    }

    /// Nothing is known.
    init() {
        all = []
        marks = []
        identity = nil
        school = nil
        courses = nil
    }

    /// What was reported of a student.
    init(of student: StudentIdentity, at school: Skolkod, _ delivered: any EarlierDelivery, _ courses: CourseTable) {
        identity = student
        self.school = school
        self.courses = courses
        var all = delivered.records(of: student, at: school)
        var marks = all.map { CourseMarks($0.fields) }
        // Of a course under an old number and the present one, the present one's.
        var index = 1
        while index < all.count {
            guard let own = marks[index],
                let known = marks[..<index].firstIndex(where: { $0?.areSame(as: own, in: courses) ?? false })
            else {
                index += 1
                continue
            }
            let repeated = all.remove(at: index)
            marks.remove(at: index)
            if repeated.reported.personnummer == student.personnummer { all[known] = repeated }
        }
        self.all = all
        self.marks = marks
    }

    /// The number under which the student goes now.
    var number: Personnummer? { identity?.personnummer }

    /// Whether nothing was reported, or nothing is known of it.
    var isEmpty: Bool { all.isEmpty }

    /// Numbers of the student under which something was reported and that are not the present one.
    var otherNumbers: Set<Personnummer> {
        Set(all.compactMap(\.reported.personnummer)).subtracting([number].compactMap(\.self))
    }

    /// Where the course of these fields is among all.
    private func index(of fields: Candidate) -> Int? {
        guard let courses, let own = CourseMarks(fields) else { return nil }
        return marks.firstIndex { $0?.areSame(as: own, in: courses) ?? false }
    }

    /// Where the record's course is among all, as it stands now or as the export has it.
    private func index(like record: Record) -> Int? {
        guard !all.isEmpty else { return nil }
        return index(of: record.fields) ?? index(of: record.asRead)
    }

    /// What was reported of the record's course, as it stands now or as the export has it; nil when nothing was.
    func like(_ record: Record) -> EarlierRecord? { index(like: record).map { all[$0] } }

    /// The record with the end date that was last reported, where it has none of its own.
    func completed(_ record: Record) -> Record {
        guard record.slutdatum == nil, let end = like(record)?.reported.slutdatum else { return record }
        var completed = record
        completed.slutdatum = end
        return completed
    }

    /// The records, each as the one above.
    func completed(_ records: [Record]) -> [Record] {
        guard !isEmpty, records.contains(where: { $0.slutdatum == nil }) else { return records }
        return records.map { completed($0) }
    }

    /// The courses that were reported and that none of the export's records is about, to be kept as they were, under
    /// the student's present number; by startdatum, kurskod and kursdel.
    ///
    /// - Parameter records: all that the export has of the student, also what is not to be reported.
    func missing(from records: [Record], _ courses: CourseTable) -> [Record] {
        guard !all.isEmpty else { return [] }
        var isThere = [Bool](repeating: false, count: all.count)
        for index in records.indices {
            if let known = self.index(like: records[index]) { isThere[known] = true }
        }
        guard isThere.contains(false) else { return [] }
        func key(_ record: Record) -> (Int32, String, UInt8) {
            (
                record.startdatum?.number ?? 0, record.course.map { courses[$0].code } ?? "",
                record.kursdel?.number ?? 0
            )
        }
        return all.indices.filter { !isThere[$0] }.map { all[$0].reported }
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
        let known = Set(unit.records.filter { !$0.isDropped || $0.isCarried }.compactMap { index(like: $0) })
        return known.sorted().filter { all[$0].isUnread }.map { all[$0].reported }
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
