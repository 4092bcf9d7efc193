@testable import SchoolYear
import SimulatedCSN

/// What a clerk may get wrong, to see that the simulation notices.
enum Mistake: String, CaseIterable {
    /// A new file does not carry over what was uploaded for the same reading.
    case noCarryOver
    /// A file may span 366 days.
    case oneDayMore
    /// CSN reads on Saturdays and Sundays too.
    case readsOnSunday
    /// A file uploaded in the last minute before 17:00 does not come to that reading.
    case hourTooEarly
    /// A file uploaded in the first minute after 17:00 comes to that reading.
    case hourTooLate
    /// Only the courses of a study period that have changed are sent.
    case halfPeriods
    /// What nobody has said anything of counts as read.
    case unsaidIsRead
    /// What was refused counts as read.
    case refusedIsRead
    /// What does not fit in the coming file is left for another time.
    case dropsQueue
    /// A course that somebody has let go is sent all the same.
    case keepsForgotten
    /// Everything is sent every night.
    case sendsAll
    /// Lines of a student who is held go from the file that waits.
    case dropsHeld
}

/// A program in forty lines of thought: whoever keeps the books by hand would do it so. It shows that the simulation
/// is green for a program that does right, and red for one that does not, without csnfil.
struct Clerk: Program {
    private struct Entry {
        var file: OutboxFile
        var day: CalendarDay
        var students: [String: [ReportedCourse]]
        var isInOutbox = true
        var isVoid = false
        var sent: WallTime?
        /// The last reading at which CSN may have read it.
        var last: CalendarDay
    }

    var mistake: Mistake?
    private var entries: [Entry] = []
    private var inbox: String?
    private var students: [String: [[ReportedCourse]]] = [:]
    private var held: [String: [ReportedCourse]] = [:]
    private var known: Set<String> = []
    private var isHeld = false
    /// By student, the codes of courses to be let go.
    private var forgotten: [String: Set<String>] = [:]
    private let calendar = ReadingCalendar()

    init(mistake: Mistake? = nil) { self.mistake = mistake }

    mutating func deliver(_ export: String, at time: WallTime) { inbox = export }

    func lastWords() -> [String] { [] }

    func outbox() -> [OutboxFile] { entries.filter(\.isInOutbox).map(\.file) }

    private func index(of file: OutboxFile) -> Int? { entries.lastIndex { $0.file == file } }

    mutating func sent(_ file: OutboxFile, uploaded: WallTime, now: WallTime) {
        guard let index = index(of: file) else { return }
        entries[index].sent = uploaded
        entries[index].isVoid = false
        entries[index].last = reading(ofUpload: uploaded)
        entries[index].isInOutbox = false
    }

    mutating func rejected(_ file: OutboxFile, now: WallTime) {
        if mistake == .refusedIsRead { return sent(file, uploaded: now, now: now) }
        if let index = index(of: file) { entries[index].isVoid = true }
    }

    mutating func withdraw(_ file: OutboxFile, now: WallTime) {
        guard let index = index(of: file) else { return }
        entries[index].isVoid = true
        entries[index].isInOutbox = false
    }

    mutating func forget(student: String, code: String, part: Int, start: CalendarDay, now: WallTime) {
        if mistake != .keepsForgotten { forgotten[student, default: []].insert("\(code) \(part)") }
    }

    mutating func confirm(now: WallTime) { isHeld = false }

    // MARK: - A run

    mutating func nightly(at now: WallTime) -> Int {
        if let inbox { read(inbox) }
        inbox = nil
        for index in entries.indices where entries[index].isInOutbox && hour(entries[index].day) <= now {
            entries[index].isInOutbox = false
            if mistake == .unsaidIsRead { entries[index].sent = hour(entries[index].day) - 1 }
        }
        guard !isHeld else { return 1 }
        write(now)
        return held.isEmpty ? 0 : 1
    }

    private func hour(_ day: CalendarDay) -> WallTime { WallTime(day, ReadingCalendar.hour) }

    private func reading(ofUpload time: WallTime) -> CalendarDay {
        switch mistake {
        case .hourTooEarly: return calendar.readingOfUpload(at: WallTime(time.day, 0, 0, time.second + 60))
        case .hourTooLate: return calendar.readingOfUpload(at: WallTime(time.day, 0, 0, max(0, time.second - 60)))
        case .readsOnSunday where time.second < 17 * 3_600: return time.day
        default: return calendar.readingOfUpload(at: time)
        }
    }

    private mutating func read(_ text: String) {
        var rows: [String: SchoolStudent] = [:]
        for line in text.split(separator: "\r\n").dropFirst() {
            let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            rows[cells[2], default: SchoolStudent(id: 0, number: cells[2])].courses.append(SchoolCourse(cells: cells))
        }
        let gone = known.subtracting(rows.keys)
        if gone.count * 5 > known.count { isHeld = true }
        known = Set(rows.keys)
        students = [:]
        held = [:]
        for (number, student) in rows {
            // A lost end date is the one that was last reported: it may join periods.
            var whole = student
            let (certain, doubtful) = standing(of: number)
            for index in whole.courses.indices where whole.courses[index].brokenUntil != nil {
                let key = whole.courses[index].reported.key
                let ends = (certain + doubtful).filter { $0.key == key }.map(\.end)
                whole.courses[index].end = max(whole.courses[index].start, ends.max() ?? whole.courses[index].start)
            }
            let broken = whole.broken
            students[number] = whole.reported.filter { broken.isDisjoint(with: $0.map(\.key)) }
            held[number] = whole.reported.filter { !broken.isDisjoint(with: $0.map(\.key)) }.flatMap(\.self)
        }
        held = held.filter { !$0.value.isEmpty }
    }

    /// What CSN has of a student when everything is as people have said; and everything else it may have.
    private func standing(of student: String) -> (certain: [ReportedCourse], doubtful: [ReportedCourse]) {
        var certain: [ReportedCourse] = []
        var doubtful: [ReportedCourse] = []
        let order = entries.indices.filter { entries[$0].students[student] != nil && !entries[$0].isVoid }
            .sorted { (entries[$0].last, $0) < (entries[$1].last, $1) }
        for index in order {
            guard let courses = entries[index].students[student] else { continue }
            if entries[index].sent != nil {
                // One file a reading: of those sent for it, the last.
                let isOvertaken = entries.contains { other in
                    guard let sent = other.sent, let mine = entries[index].sent else { return false }
                    return other.last == entries[index].last && sent > mine
                }
                guard !isOvertaken else { continue }
                certain = Authority.replacing(certain, by: courses)
                doubtful.removeAll { course in courses.contains { $0.isLinked(to: course) } }
            } else {
                doubtful += courses
            }
        }
        return (certain, doubtful)
    }

    private mutating func write(_ now: WallTime) {
        var coming = calendar.readingOfUpload(at: now)
        if mistake == .readsOnSunday { coming = reading(ofUpload: now) }
        let unsent = entries.indices.filter { entries[$0].isInOutbox }
        let sent = entries.last { $0.sent != nil && $0.last >= coming && !$0.isVoid }
        var needed: [(student: String, period: [ReportedCourse])] = []
        for number in Set(students.keys).union(held.keys).sorted() {
            needed += self.needed(number, unsent: unsent, sent: sent).map { (number, $0) }
        }
        for index in unsent { entries[index].isInOutbox = false }
        for index in unsent where entries[index].sent == nil {
            entries[index].last = min(entries[index].day, coming)
        }
        place(needed, from: coming, sent: sent)
    }

    /// The study periods of a student that CSN may not have as they are.
    private func needed(_ number: String, unsent: [Int], sent: Entry?) -> [[ReportedCourse]] {
        let (certain, doubtful) = standing(of: number)
        var courses = (students[number] ?? []).flatMap(\.self)
        let lost = forgotten[number] ?? []
        let present = Set((courses + (held[number] ?? [])).map(\.key.codeAndPart))
        courses += (certain + doubtful).filter { course in
            !present.contains(course.key.codeAndPart) && !lost.contains(course.key.codeAndPart)
                && !(held[number] ?? []).contains { $0.isLinked(to: course) }
        }.reduce(into: [ReportedCourse]()) { list, course in
            list.removeAll { $0.key.codeAndPart == course.key.codeAndPart }
            list.append(course)
        }
        var periods = StudyPeriods.of(courses).filter { period in
            !StudyPeriods.of(certain).contains(period)
                || doubtful.contains { course in period.contains { $0.isLinked(to: course) } && !period.contains(course)
                }
                || mistake == .sendsAll
        }
        if mistake == .halfPeriods {
            periods = periods.map { period in
                let changed = period.filter { !certain.contains($0) }
                return changed.isEmpty ? period : changed
            }
        }
        // Lines of a period that is held stay where they are.
        if mistake != .dropsHeld, let held = held[number] {
            for entry in unsent.map({ entries[$0] }) + (sent.map { [$0] } ?? []) where !entry.isVoid {
                let kept = (entry.students[number] ?? []).filter { line in held.contains { $0.key == line.key } }
                if !kept.isEmpty {
                    periods += StudyPeriods.of(entry.students[number] ?? []).filter {
                        !$0.filter(kept.contains).isEmpty
                    }
                }
            }
        }
        var distinct: [[ReportedCourse]] = []
        for period in periods
        where !distinct.contains(where: { $0.contains { one in period.contains { $0.key == one.key } } }) {
            distinct.append(period)
        }
        return distinct
    }

    /// First fit, by the last date; the first file carries what was uploaded for its reading, where it can.
    private mutating func place(
        _ needed: [(student: String, period: [ReportedCourse])], from coming: CalendarDay, sent: Entry?
    ) {
        guard !needed.isEmpty else { return }
        var files: [[(student: String, period: [ReportedCourse])]] = []
        var first: [(student: String, period: [ReportedCourse])] = []
        if let sent, mistake != .noCarryOver {
            for (student, courses) in sent.students {
                first += StudyPeriods.of(courses).filter { old in
                    !needed.contains {
                        $0.student == student && $0.period.contains { one in old.contains { one.isLinked(to: $0) } }
                    }
                }.map { (student, $0) }
            }
        }
        let canJoin = fits(first)
        let list = needed.sorted {
            ($0.period.flatMap(\.days).max() ?? coming) < ($1.period.flatMap(\.days).max() ?? coming)
        }
        for unit in list.reversed() {
            if let index = files.firstIndex(where: { fits($0 + [unit]) }) {
                files[index].append(unit)
            } else {
                files.append([unit])
            }
        }
        var day = coming
        if sent != nil, mistake != .noCarryOver {
            if canJoin, let index = files.firstIndex(where: { fits($0 + first) }) {
                files.insert(files.remove(at: index) + first, at: 0)
            } else {
                day = calendar.readingOfUpload(at: WallTime(coming, 18))
            }
        }
        if mistake == .dropsQueue { files = Array(files.prefix(1)) }
        for file in files {
            append(file, for: day)
            day = mistake == .readsOnSunday ? day + 1 : calendar.readingOfUpload(at: WallTime(day, 18))
        }
    }

    private func fits(_ units: [(student: String, period: [ReportedCourse])]) -> Bool {
        let days = units.flatMap { $0.period.flatMap(\.days) }
        guard let first = days.min(), let last = days.max() else { return true }
        return last - first < 365 + (mistake == .oneDayMore ? 1 : 0)
    }

    private mutating func append(_ units: [(student: String, period: [ReportedCourse])], for day: CalendarDay) {
        var students: [String: [ReportedCourse]] = [:]
        for unit in units { students[unit.student, default: []] += unit.period }
        let lines = students.sorted { $0.key < $1.key }.flatMap { student, courses in
            courses.sorted { $0.key < $1.key }.flatMap { $0.lines(school: 1_234, student: student) }
        }
        let file = OutboxFile(name: "1234_\(day).txt", bytes: Array(lines.map { $0 + "\r\n" }.joined().utf8))
        entries.append(Entry(file: file, day: day, students: students, last: day))
    }
}

extension SchoolCourse {
    /// A row of ``Export/text(school:)``.
    fileprivate init(cells: [String]) {
        let none = CalendarDay(julian: 0)
        self.init(code: cells[3], start: CalendarDay(iso: cells[7]) ?? none, end: CalendarDay(iso: cells[8]) ?? none)
        part = Int(cells[4].filter { $0 != ":" }) ?? 11
        points = Int(cells[5]) ?? 0
        level = cells[6]
        if cells[8].isEmpty { brokenUntil = start }
        isStarted = cells[9] == "J"
        if cells[10] == "99" && isStarted { dropOut = CalendarDay(iso: cells[11]) }
        if !cells[10].isEmpty && !isStarted { notStarted = Int(cells[10]) }
        grade = cells[12].isEmpty ? nil : cells[12]
        gradeDay = CalendarDay(iso: cells[13])
        scope = cells[14].isEmpty ? " " : cells[14]
        training = cells[15].isEmpty ? " " : cells[15]
        commissioned = cells[16].isEmpty ? " " : cells[16]
        trainee = cells[17].isEmpty ? " " : cells[17]
    }
}

extension ReportedCourse {
    /// As it stands in a file.
    func lines(school: Int, student: String) -> [String] {
        let none: [Event?] = [nil]
        return (events.isEmpty ? none : events.map { $0 }).map { event in
            let marks = Array(flags).map(String.init)
            let code = key.code + String(repeating: " ", count: 10 - key.code.count)
            let digits = String(points)
            return "\(school)\(student)\(code)\(key.part)\(marks[0])\(marks[1])"
                + String(repeating: "0", count: 3 - digits.count) + digits + level + start.eightDigits
                + end.eightDigits + marks[2] + marks[3] + (isStarted ? "J" : "N")
                + (event.map { "\($0.kind)\($0.day.eightDigits)" } ?? String(repeating: " ", count: 10))
                + (grade ?? " ") + (gradeDay?.eightDigits ?? "        ")
        }
    }
}

extension ReportedCourse.Key {
    /// What a person names who lets a course go.
    fileprivate var codeAndPart: String { "\(code) \(part)" }
}
