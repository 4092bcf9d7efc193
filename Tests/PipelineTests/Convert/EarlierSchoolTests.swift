import CSN
import CSNRules
import Findings
import Planning
import Testing

@testable import Pipeline

/// A school's rows beside what was reported before: what is sent, what is held, and that rows are counted as rows.
@Suite("A school with something reported before")
struct EarlierSchoolTests {
    private static let table = CourseTable([
        Course(code: "SVESVE01", facts: CourseFacts(points: 100, niva: .gy, isInRegister: true)),
        Course(code: "ENGENG05", facts: CourseFacts(points: 100, niva: .gy, isInRegister: true)),
    ])
    private static let numbers: [UInt64] = [
        199_001_019_802, 199_001_029_801, 199_001_039_800, 199_001_049_809, 199_001_059_808,
    ]

    /// What a ledger answers.
    private struct Ledger: EarlierDelivery {
        var kept: [Record]
        var isRead = true
        var isProtected = false

        func records(of student: StudentIdentity, at school: Skolkod) -> [EarlierRecord] {
            kept.filter { $0.personnummer == student.personnummer }.map {
                EarlierRecord($0, read: isRead ? $0 : nil, isUnread: !isRead)
            }
        }

        func possibleRecords(of student: StudentIdentity, at school: Skolkod) -> [Record] {
            kept.filter { $0.personnummer == student.personnummer }
        }

        func students(at school: Skolkod) -> [EarlierStudent] {
            Set(kept.compactMap(\.personnummer)).map {
                EarlierStudent(StudentIdentity(personnummer: $0), isProtected: isProtected)
            }
        }

        func unreadFile(of school: Skolkod) -> UnreadFile? {
            Day(iso: "2026-11-23").flatMap { isRead ? nil : UnreadFile(readingDay: $0, records: kept.count) }
        }
    }

    private static func row(_ student: Int, course: UInt32 = 0, slutdatum: String = "2026-12-18") -> Candidate {
        var row = Candidate(origin: RowOrigin(input: 0, line: UInt32(student + 2), offset: UInt64(student + 2) * 100))
        row.skolkod = Skolkod(1003)
        row.personnummer = Personnummer(digits: numbers[student])
        row.course = CourseIndex(number: course)
        row.kursdel = .whole
        row.poang = 100
        row.niva = .gy
        row.startdatum = Day(iso: "2026-08-17")
        row.slutdatum = Day(iso: slutdatum)
        row.registrering = true
        return row
    }

    private func convert(_ rows: [Candidate], after ledger: Ledger) throws -> ConvertedSchool {
        let today = try #require(Day(iso: "2026-11-23"))
        let settings = RuleSettings(purpose: .convert, today: today, courses: Self.table, delivered: ledger)
        let conversion = SchoolConversion(
            engine: RuleEngine(settings), today: today, firstReading: today, readingDays: ReadingDays(),
            schoolless: SchoollessRows([]), last: LastConversion(folder: try Workplace().path("out")))
        return conversion.run(rows, skolkod: 1003)
    }

    private func rules(_ school: ConvertedSchool) -> [String] {
        school.findings.findings.compactMap { Catalogue.shared.rule($0.rule)?.name.text }
    }

    private static let all = (0..<5).map { Record(row($0)) }

    @Test("Who is gone is kept in the file, and no row is counted for it")
    func absentStudent() throws {
        let school = try convert((0..<4).map { Self.row($0) }, after: Ledger(kept: Self.all, isProtected: true))
        #expect(rules(school) == ["reported-course-missing"])
        #expect(school.files.map(\.records.count) == [5])
        #expect(school.fates.sent == 4 && school.fates.read == 4)
        #expect(school.protected == [Self.numbers[4]])
    }

    @Test("A school of which too many are gone gets no file")
    func heldSchool() throws {
        let school = try convert((0..<3).map { Self.row($0) }, after: Ledger(kept: Self.all))
        #expect(rules(school) == ["students-missing"])
        #expect(school.files.isEmpty)
        #expect(school.fates.held == 3 && school.fates.sent == 0)
        #expect(school.held.records == 3 && school.held.units == 3 && school.held.students.count == 3)
    }

    @Test("What is held now stays as it is in the file that CSN has not read")
    func unreadLines() throws {
        var cut = Self.row(0, course: 1)
        cut.slutdatum = nil
        cut.failed.insert(.slutdatum)
        let school = try convert(
            [Self.row(0, slutdatum: "2026-12-11"), cut, Self.row(1)],
            after: Ledger(kept: Array(Self.all.prefix(2)), isRead: false))
        #expect(rules(school) == ["unit-held", "unread-file-replaced"])
        let records = school.files.flatMap(\.records)
        #expect(records.map(\.isCarried) == [true, false])
        #expect(records.first?.slutdatum == Day(iso: "2026-12-18"))
        #expect(school.fates.held == 2 && school.fates.sent == 1)
        #expect(school.held.records == 2 && school.held.units == 1)
    }
}
