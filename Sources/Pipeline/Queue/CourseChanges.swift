import CSN
import CSNRules
import DeliveryLedger

/// A course that an export says otherwise than it was last reported.
struct CourseChange: Hashable, Sendable {
    /// What is different.
    enum Kind: Sendable {
        /// Another grade, or the first one.
        case grade
        /// Something else.
        case otherwise
        /// Nothing was reported of it.
        case new
        /// It is not in the export any more.
        case gone
    }

    var kind: Kind
    /// Which export says so; nil when none has it.
    var input: Int?
    /// Whether CSN has it as it was.
    var isWithCSN: Bool
    /// The reading of the file in which it goes; nil when it goes in none.
    var file: Day?
}

/// How exports are compared with what was reported of earlier ones.
struct ExportComparison: Sendable {
    /// What a migration has reported and the exports lack is missed: all exports of its last run are here again.
    var missesReported: Bool
}

/// Compares what exports say of a school with what was reported.
struct CourseComparison {
    let view: LedgerView
    let courses: CourseTable
    /// The school that is compared.
    let school: Skolkod
    /// Which study periods are.
    let chosen: ChosenUnits

    /// How many courses are different, by what is.
    ///
    /// - Parameter files: those that wait now.
    func changes(in judgement: SchoolJudgement, files: [QueuedSchool.File]) -> [CourseChange: Int] {
        var file: [CourseOfRun: Day] = [:]
        for waiting in files {
            for version in waiting.versions {
                file[CourseOfRun(student: version.student, course: version.course)] = waiting.content.readingDay
            }
        }
        var changes: [CourseChange: Int] = [:]
        for student in judgement.students {
            let key = view.key(of: student.identity)
            let standing = key.flatMap { view.standings[$0] } ?? [:]
            let earlier = view.records(of: student.identity, at: school)
            for unit in student.judged.units where !unit.isHeld && chosen.holds(unit, of: key) {
                for record in unit.records where !record.isDropped {
                    guard var change = change(of: record, standing, earlier),
                        let course = CourseKey(record, courses)
                    else { continue }
                    change.file = file[CourseOfRun(student: student.key, course: course)]
                    changes[change, default: 0] += 1
                }
            }
        }
        return changes
    }

    private struct CourseOfRun: Hashable {
        var student: UInt64
        var course: CourseKey
    }

    private func change(
        of record: Record, _ standing: ByCourse<CourseStanding>, _ earlier: [EarlierRecord]
    ) -> CourseChange? {
        guard let content = RecordContent(record, courses: courses) else { return nil }
        let known = standing[content.key]
        let isWithCSN = known.map { $0.waitingSince == nil && $0.reported != nil } ?? false
        if record.isCarried {
            let isMissed = earlier.contains { $0.isExpected && $0.reported.isSameCourse(as: record, in: courses) }
            return isMissed ? CourseChange(kind: .gone, isWithCSN: isWithCSN) : nil
        }
        let input = Int(record.fields.origin.input)
        guard let before = known?.reported?.content else {
            return CourseChange(kind: .new, input: input, isWithCSN: false)
        }
        if (before.betyg, before.betygsdatum) != (content.betyg, content.betygsdatum) {
            return CourseChange(kind: .grade, input: input, isWithCSN: isWithCSN)
        }
        var sameNumber = before
        sameNumber.personnummer = content.personnummer
        return sameNumber == content ? nil : CourseChange(kind: .otherwise, input: input, isWithCSN: isWithCSN)
    }
}
