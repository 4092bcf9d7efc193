import CSN

/// A record that stood in a file of which CSN took nothing, or that was taken back before it was uploaded.
public struct TakenBackRecord: Hashable, Sendable {
    /// The file, which is void.
    public var file: DeliveredFile
    /// Whose.
    public var student: StudentKey
    /// As it stood there.
    public var record: DeliveredRecord

    /// A record of a void file.
    public init(file: DeliveredFile, student: StudentKey, record: DeliveredRecord) {
        self.file = file
        self.student = student
        self.record = record
    }
}

extension DeliveryStore {
    /// What stood in a school's files that have become void, what no export of a nightly run has ever had, and what no
    /// other file says since: only a migration can bring it. Each course once, from the last such file with it, in the
    /// order of the files and courses.
    ///
    /// - Parameter since: only files that became void on that day or later.
    public func leftToMigrations(of school: Skolkod, since: Day) throws(LedgerProblem) -> [TakenBackRecord] {
        let taken = try takenBack(of: school, since: since).filter(\.record.system.isEmpty)
        guard !taken.isEmpty else { return [] }
        let deliveries = try deliveries(of: school)
        var last: [CourseOfStudent: TakenBackRecord] = [:]
        for record in taken.sorted(by: { $0.file.id < $1.file.id }) where !deliveries.says(record) {
            last[CourseOfStudent(student: record.student, course: record.record.content.key)] = record
        }
        return last.values.sorted {
            ($0.file.id, $0.student, $0.record.content.key) < ($1.file.id, $1.student, $1.record.content.key)
        }
    }
}

private struct CourseOfStudent: Hashable {
    var student: StudentKey
    var course: CourseKey
}

extension SchoolDeliveries {
    /// Whether another file says the course the same way, or was made later and says something new of it; or whether
    /// somebody has said that it is to be forgotten. What stands in a file that may have been uploaded goes along with
    /// the next one, also where no export has it: a later file that only goes on with what an earlier one said (the
    /// grade from before the correction that was refused) says nothing new.
    fileprivate func says(_ taken: TakenBackRecord) -> Bool {
        let course = taken.record.content.key
        let isForgotten = (forgotten[taken.student] ?? []).contains {
            $0.course == course && taken.file.id <= $0.upTo
        }
        let versions = versions[taken.student]?[course] ?? []
        guard !isForgotten, let told = versions.last else { return isForgotten }
        if told.record?.content == taken.record.content { return true }
        guard told.file > taken.file.id else { return false }
        guard let record = told.record, record.system.isEmpty else { return true }
        return !versions.contains { $0.file < taken.file.id && $0.record?.content == record.content }
    }
}
