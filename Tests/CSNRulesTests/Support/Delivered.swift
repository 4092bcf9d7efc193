import CSN
import Testing

@testable import CSNRules

/// What was reported before: rows as differences from the model row, with the courses of ``ModelRow``. A stand-in for
/// the ledger that holds everything in memory.
struct Delivered: EarlierDelivery {
    private struct Kept {
        var identity: StudentIdentity
        var school: Skolkod
        var record: EarlierRecord
    }

    private var kept: [Kept] = []
    /// Courses that CSN may have although they are not, or not so, what was last reported; of the model student.
    private var others: [Record] = []
    /// By school, the file that CSN has not read yet.
    var unreadFile: UnreadFile?

    /// Rows that a file had.
    ///
    /// - Parameters:
    ///   - isRead: CSN has read it; otherwise it stands in a file that waits.
    ///   - earlierRead: as CSN had read them before a file that waits, row by row.
    ///   - isExpected: the exports of the run should have them.
    ///   - hadStartTooEarly: a J stood on them before the course began.
    init(
        _ rows: [[String: String]], isRead: Bool = true, earlierRead: [[String: String]] = [], isExpected: Bool = true,
        hadStartTooEarly: Bool = false
    ) throws {
        let reported = try Delivered.records(of: rows)
        let before = try Delivered.records(of: earlierRead)
        let courses = CourseTable(ModelRow.courses)
        for record in reported {
            let school = try #require(record.skolkod)
            let read = isRead ? record : before.first { $0.isSameCourse(as: record, in: courses) }
            kept.append(
                Kept(
                    identity: StudentIdentity(of: [record.fields]), school: school,
                    record: EarlierRecord(
                        record, read: read, isUnread: !isRead, isExpected: isExpected,
                        hadStartTooEarly: hadStartTooEarly)))
        }
    }

    /// Rows of a file that CSN has read.
    init(_ rows: [String: String]...) throws { try self.init(rows) }

    /// The same, and CSN may also have a row.
    func beside(_ row: [String: String]) throws -> Delivered {
        var delivered = self
        delivered.others += try Delivered.records(of: [row])
        return delivered
    }

    private static func records(of rows: [[String: String]]) throws -> [Record] {
        let table = CourseTable(ModelRow.courses)
        return RecordAssembly.records(
            of: try rows.enumerated().map { index, overlay in
                try ModelRow(overlay, line: index + 2, isCheck: false, table: table).candidate
            })
    }

    func records(of student: StudentIdentity, at school: Skolkod) -> [EarlierRecord] {
        kept.filter { record in
            guard record.school == school else { return false }
            if student.studentID != 0, student.studentID == record.identity.studentID { return true }
            return student.personnummer == record.identity.personnummer
        }.map(\.record)
    }

    func possibleRecords(of student: StudentIdentity, at school: Skolkod) -> [Record] {
        records(of: student, at: school).flatMap { [$0.reported, $0.read].compactMap(\.self) } + others
    }

    func students(at school: Skolkod) -> [EarlierStudent] {
        var seen: Set<StudentIdentity> = []
        return kept.filter { $0.school == school && seen.insert($0.identity).inserted }.map { record in
            EarlierStudent(
                record.identity, stoodInLastExport: record.record.isExpected,
                isProtected: record.record.reported.marks.contains(.protectedIdentity))
        }
    }

    func unreadFile(of school: Skolkod) -> UnreadFile? { unreadFile }
}
