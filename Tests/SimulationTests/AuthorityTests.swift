import CSN
import SimulatedCSN
import Testing

/// The simulated authority by hand: what it takes, what it reads, and what its register then holds.
@Suite struct AuthorityTests {
    /// A Monday.
    static let monday = day("2026-11-23")
    static let student = "198901109997"

    static func day(_ text: String) -> CalendarDay { CalendarDay(iso: text) ?? CalendarDay(julian: 0) }

    static func course(
        _ code: String = "MATMAT01a", _ start: String = "2026-08-17", _ end: String = "2026-12-18",
        started: Bool = false
    ) -> ReportedCourse {
        ReportedCourse(
            key: ReportedCourse.Key(code: code, part: 11, start: day(start)), end: day(end), points: 100, level: "GY",
            flags: "    ", isStarted: started, events: [], grade: nil, gradeDay: nil)
    }

    static func file(_ courses: [ReportedCourse], school: Int = 1_234, of student: String = student) -> [UInt8] {
        Array(courses.flatMap { $0.lines(school: school, student: student) }.map { $0 + "\r\n" }.joined().utf8)
    }

    private func authority() -> Authority { Authority(from: WallTime(AuthorityTests.monday, 0)) }

    private func isTaken(_ bytes: [UInt8], on day: CalendarDay = monday) -> Bool {
        var authority = authority()
        if case .taken = authority.upload(bytes, at: WallTime(day, 12)) { return true }
        return false
    }

    // MARK: - Days

    @Test func `days count as csnfil's do`() throws {
        var ours = AuthorityTests.day("1999-12-30")
        var theirs = try #require(Day(iso: "1999-12-30"))
        for _ in 0..<15_000 {
            #expect(ours.description == theirs.description)
            #expect(ours.weekday + 1 == theirs.weekday)
            #expect(CalendarDay(iso: ours.description) == ours)
            ours = ours + 1
            theirs = theirs + 1
        }
        #expect(CalendarDay(2026, 2, 29) == nil)
        #expect(CalendarDay(2028, 2, 29) != nil)
        #expect(CalendarDay(eightDigits: "20261301") == nil)
        #expect(CalendarDay(iso: "2026-1-01") == nil)
    }

    /// Easter Sundays as the church's tables have them.
    @Test(arguments: [
        "2013-03-31", "2016-03-27", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18",
        "2076-04-19",
    ])
    func easter(_ text: String) {
        let day = AuthorityTests.day(text)
        #expect(ReadingCalendar.easter(day.parts.year) == day)
    }

    @Test(arguments: [
        ("2026-11-23", true), ("2026-11-22", false), ("2026-11-21", false), ("2026-12-24", false),
        ("2026-12-25", false), ("2026-12-28", true), ("2026-12-30", true), ("2026-12-31", false), ("2026-01-01", false),
        ("2026-01-02", true), ("2026-01-05", true), ("2026-01-06", false), ("2026-04-02", true), ("2026-04-03", false),
        ("2026-04-06", false), ("2026-04-07", true), ("2026-05-01", false), ("2026-05-14", false),
        ("2026-05-15", true), ("2025-06-06", false), ("2026-06-18", true), ("2026-06-19", false),
    ])
    func `weekdays that are no holiday have a reading`(_ text: String, _ reads: Bool) {
        #expect(ReadingCalendar().reads(on: AuthorityTests.day(text)) == reads)
    }

    @Test func `at 17:00:00 today's reading is over`() {
        let calendar = ReadingCalendar()
        let monday = AuthorityTests.monday
        #expect(calendar.readingOfUpload(at: WallTime(monday, 16, 59, 59)) == monday)
        #expect(calendar.readingOfUpload(at: WallTime(monday, 17)) == monday + 1)
        #expect(calendar.readingOfUpload(at: WallTime(monday - 1, 8)) == monday)
        #expect(calendar.readingOfUpload(at: WallTime(monday - 3, 17)) == monday)
        #expect(calendar.readingOfUpload(at: WallTime(monday - 3, 23, 59, 59)) == monday)
    }

    // MARK: - What it takes

    @Test func `a right file is taken`() {
        #expect(isTaken(AuthorityTests.file([AuthorityTests.course()])))
        #expect(isTaken(AuthorityTests.file([AuthorityTests.course(), AuthorityTests.course("ENGENG05")])))
    }

    /// The line is right; one stretch of it is made wrong.
    @Test(arguments: [
        (1, "2"), (5, "X"), (11, "3"), (16, "8"), (17, " "), (26, "?"), (27, "21"), (27, "10"), (29, "N"), (29, "J"),
        (30, "X"), (31, "1 0"), (34, "GX"), (36, "20260230"), (44, "20260816"), (44, "20270818"), (52, "J"), (53, "N"),
        (54, " "), (54, "X"), (55, "99"), (55, "8120260818"), (55, "9920260816"), (55, "9920261219"),
        (55, "4220260818"), (57, "20260818"), (65, "C"), (65, "H20261101"), (65, "C20260816"), (65, "C20261124"),
        (65, "X20261101"),
    ])
    func `a wrong line is refused`(_ position: Int, _ wrong: String) {
        var bytes = AuthorityTests.file([AuthorityTests.course()])
        bytes.replaceSubrange((position - 1)..<(position - 1 + wrong.utf8.count), with: Array(wrong.utf8))
        // Nothing stands to the right of the last character of a code.
        let isStillRight = position == 26
        #expect(isTaken(bytes) == false || isStillRight && bytes[25] == 63)
    }

    @Test func `a file is taken whole or not at all`() {
        let right = AuthorityTests.file([AuthorityTests.course()])
        #expect(!isTaken([]))
        #expect(!isTaken(right.dropLast()))
        #expect(!isTaken(right + [65]))
        #expect(!isTaken(right + right), "the same line twice")
        #expect(!isTaken(right + AuthorityTests.file([AuthorityTests.course("ENGENG05")], school: 1_235)))
        var broken = AuthorityTests.file([AuthorityTests.course("ENGENG05")])
        broken[53] = 63
        #expect(!isTaken(right + broken))
    }

    @Test func `a file spans 365 days, both ends included`() {
        let first = AuthorityTests.course("MATMAT01a", "2026-08-17", "2026-12-18")
        #expect(isTaken(AuthorityTests.file([first, AuthorityTests.course("ENGENG05", "2027-02-01", "2027-08-16")])))
        #expect(!isTaken(AuthorityTests.file([first, AuthorityTests.course("ENGENG05", "2027-02-01", "2027-08-17")])))
    }

    @Test func `nobody has started before the course`() {
        let course = AuthorityTests.course("MATMAT01a", "2026-11-24", "2026-12-18", started: true)
        #expect(!isTaken(AuthorityTests.file([course])))
        #expect(isTaken(AuthorityTests.file([course]), on: AuthorityTests.monday + 1))
    }

    // MARK: - What it reads

    @Test func `the last file before 17:00 counts`() {
        var authority = authority()
        let monday = AuthorityTests.monday
        let first = AuthorityTests.course("MATMAT01a")
        let second = AuthorityTests.course("MATMAT01b")
        let third = AuthorityTests.course("MATMAT01c")
        _ = authority.upload(AuthorityTests.file([first]), at: WallTime(monday - 1, 12))
        _ = authority.upload(AuthorityTests.file([second]), at: WallTime(monday, 16, 59, 59))
        #expect(authority.advance(to: WallTime(monday, 16, 59, 59)).isEmpty)
        let readings = authority.advance(to: WallTime(monday, 17))
        #expect(readings.map(\.unread) == [[0]])
        #expect(authority.register[AuthorityTests.student] == [second])
        _ = authority.upload(AuthorityTests.file([third]), at: WallTime(monday, 17))
        #expect(authority.advance(to: WallTime(monday + 1, 16, 59, 59)).isEmpty)
        #expect(authority.advance(to: WallTime(monday + 1, 17)).map(\.day) == [monday + 1])
        #expect(authority.register[AuthorityTests.student] == [third])
    }

    @Test func `nothing is read at a weekend`() {
        var authority = authority()
        let friday = AuthorityTests.monday + 4
        _ = authority.advance(to: WallTime(friday, 17))
        _ = authority.upload(AuthorityTests.file([AuthorityTests.course()]), at: WallTime(friday, 18))
        #expect(authority.advance(to: WallTime(friday + 3, 16)).isEmpty)
        #expect(authority.advance(to: WallTime(friday + 3, 17)).map(\.day) == [friday + 3])
    }

    @Test func `of an unlucky upload nothing is taken`() {
        var authority = authority()
        let file = AuthorityTests.file([AuthorityTests.course()])
        guard case .refused = authority.upload(file, at: WallTime(AuthorityTests.monday, 9), isUnlucky: true) else {
            Issue.record("taken")
            return
        }
        #expect(authority.advance(to: WallTime(AuthorityTests.monday, 18)).isEmpty)
    }

    // MARK: - The register

    @Test func `a study period is replaced whole, from course to course`() {
        let autumn = AuthorityTests.course("MATMAT01a", "2026-08-17", "2026-12-18")
        let across = AuthorityTests.course("ENGENG05", "2026-11-02", "2027-03-31")
        let spring = AuthorityTests.course("KEMKEM01", "2027-01-11", "2027-06-04")
        let past = AuthorityTests.course("BIOBIO01", "2026-01-12", "2026-06-05")
        let known = [autumn, across, spring, past]
        #expect(Authority.replacing(known, by: [autumn]) == [past, autumn])
        #expect(Authority.replacing(known, by: [past]) == [past, autumn, across, spring])
        #expect(Authority.replacing([autumn, spring, past], by: [spring]) == [past, autumn, spring])
        #expect(StudyPeriods.of(known) == [[past], [autumn, across, spring]])
        #expect(StudyPeriods.of([autumn, spring]).count == 2)
    }
}
