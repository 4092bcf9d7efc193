/// A file as the authority reads it: 73 characters a line, by position.
public struct UploadedFile: Sendable {
    /// Whose file it is.
    public let school: Int
    /// By personnummer, the courses in it.
    public let students: [String: [ReportedCourse]]

    /// Why the whole file is refused: the line, from 1, or 0 for the file, and what is wrong.
    public struct Refusal: Error, CustomStringConvertible, Sendable {
        /// Each of them.
        public var reasons: [String]
        /// Some reasons.
        public init(reasons: [String]) { self.reasons = reasons }
        /// All of them.
        public var description: String { reasons.joined(separator: "; ") }
    }

    /// Most days from the first to the last date in a file, both included. CSN's page says "högst 365 dagar" and not
    /// whether both ends count: the narrow reading.
    public static let mostDays = 365

    /// Reads a file; all or nothing.
    ///
    /// - Parameter today: the day of the upload: nobody has started or been graded after it.
    public init(_ bytes: [UInt8], today: CalendarDay) throws(Refusal) {
        var reasons: [String] = []
        var lines: [Line] = []
        let texts = UploadedFile.lines(bytes, &reasons)
        for (index, text) in texts.enumerated() {
            do throws(Refusal) { lines.append(try Line(text, today: today)) } catch {
                reasons += error.reasons.map { "rad \(index + 1): \($0)" }
            }
        }
        let schools = Set(lines.map(\.school))
        if schools.count > 1 { reasons.append("två skolor") }
        if texts.isEmpty { reasons.append("tom fil") }
        let days = lines.flatMap(\.course.days)
        if let first = days.min(), let last = days.max(), last - first + 1 > UploadedFile.mostDays {
            reasons.append("\(first)–\(last) är \(last - first + 1) dagar")
        }
        var students: [String: [ReportedCourse]] = [:]
        for line in lines {
            let courses = students[line.student] ?? []
            do throws(Refusal) { students[line.student] = try UploadedFile.adding(line.course, to: courses) } catch {
                reasons += error.reasons
            }
        }
        guard reasons.isEmpty, let school = schools.first else { throw Refusal(reasons: reasons) }
        self.school = school
        self.students = students
    }

    /// Lines end with CR and LF, the last one too.
    private static func lines(_ bytes: [UInt8], _ reasons: inout [String]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        for byte in bytes {
            if byte == 10 {
                if line.last == 13 { line.removeLast() } else { reasons.append("rad \(lines.count + 1): radslut") }
                lines.append(line)
                line = []
            } else {
                line.append(byte)
            }
        }
        if !line.isEmpty { reasons.append("sista raden är inte avslutad") }
        return lines
    }

    /// A line more of a course that stands there already must say another event and else the same.
    private static func adding(
        _ course: ReportedCourse, to courses: [ReportedCourse]
    ) throws(Refusal) -> [ReportedCourse] {
        var courses = courses
        guard let index = courses.firstIndex(where: { $0.key == course.key }) else { return courses + [course] }
        var merged = courses[index]
        merged.events = []
        var alone = course
        alone.events = []
        guard merged == alone, let event = course.events.first, !courses[index].events.isEmpty,
            !courses[index].events.contains(event)
        else { throw Refusal(reasons: ["\(course.key.code): samma kurs två gånger"]) }
        courses[index].events = (courses[index].events + [event]).sorted()
        return courses
    }
}

/// One line.
private struct Line {
    var school: Int
    var student: String
    var course: ReportedCourse

    init(_ bytes: [UInt8], today: CalendarDay) throws(UploadedFile.Refusal) {
        guard bytes.count == 73 else { throw UploadedFile.Refusal(reasons: ["\(bytes.count) tecken"]) }
        var reader = FieldReader(bytes: bytes)
        school = reader.number(1, 4, "skolkod", in: 1000...1999)
        student = reader.text(5, 12)
        let code = reader.leftText(17, 10, "kurskod")
        let part = reader.number(27, 2, "kursdel", in: 11...99)
        let flags = reader.one(29, " J", "färdighetsträning") + reader.one(30, " HD", "omfattning")
        let points = reader.number(31, 3, "poäng", in: 0...999)
        let level = reader.text(34, 2)
        let start = reader.day(36, "startdatum")
        let end = reader.day(44, "slutdatum")
        let marks = reader.one(52, " U", "uppdragsutbildning") + reader.one(53, " J", "traineejobb")
        let started = reader.one(54, "JN", "registrering") == "J"
        let kind = reader.text(55, 2)
        let happened = reader.optionalDay(57, "händelsedatum")
        let grade = reader.one(65, " ABCDEFGIVMXZ-", "betyg")
        let gradeDay = reader.optionalDay(66, "betygsdatum")
        guard let start, let end else { throw UploadedFile.Refusal(reasons: reader.reasons) }
        course = ReportedCourse(
            key: ReportedCourse.Key(code: code, part: part, start: start), end: end, points: points, level: level,
            flags: flags + marks, isStarted: started, events: [], grade: grade == " " ? nil : grade,
            gradeDay: gradeDay)
        var reasons = reader.reasons + Line.wrongs(with: course, student: student, today: today)
        if kind != "  " || happened != nil {
            if let kind = Int(kind), [31, 32, 81, 99].contains(kind), let happened {
                course.events = [ReportedCourse.Event(kind, happened)]
                reasons += Line.wrongs(with: course.events[0], of: course)
            } else {
                reasons.append("meddelandeorsak och händelsedatum")
            }
        }
        guard reasons.isEmpty else { throw UploadedFile.Refusal(reasons: reasons) }
    }

    private static func wrongs(with course: ReportedCourse, student: String, today: CalendarDay) -> [String] {
        var wrongs: [String] = []
        if !isNumber(student) { wrongs.append("personnummer") }
        let part = course.key.part
        if part % 10 < part / 10 || part % 10 == 0 { wrongs.append("kursdel") }
        if !["GR", "GY", "PU"].contains(course.level) { wrongs.append("nivå") }
        if course.flags.hasPrefix("J") && course.level != "GR" { wrongs.append("färdighetsträning") }
        if course.end < course.start { wrongs.append("slutdatum före startdatum") }
        if course.end - course.start > 365 { wrongs.append("kursen är längre än ett år") }
        if (course.grade == nil) != (course.gradeDay == nil) { wrongs.append("betyg och betygsdatum") }
        if course.grade == "X" && course.level != "GR" { wrongs.append("betyg X") }
        if let day = course.gradeDay, day < course.start || day > today { wrongs.append("betygsdatum") }
        // "Du ska aldrig skicka uppgiften om påbörjade studier före kursstart."
        if course.isStarted && course.start > today { wrongs.append("påbörjad före kursstart") }
        return wrongs
    }

    private static func wrongs(with event: ReportedCourse.Event, of course: ReportedCourse) -> [String] {
        var wrongs: [String] = []
        if [81, 99].contains(event.kind) && !(course.start...max(course.start, course.end)).contains(event.day) {
            wrongs.append("\(event.kind) utanför kursen")
        }
        if event.kind == 81 && (event.day != course.start || course.isStarted || course.grade != nil) {
            wrongs.append("81 på påbörjad kurs eller fel dag")
        }
        return wrongs
    }

    /// Twelve digits: a date (of a samordningsnummer the day with 60 more) and the check digit of the last ten.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 48 }
        guard digits.count == 12, digits.allSatisfy((0...9).contains) else { return false }
        let day = digits[6] * 10 + digits[7]
        let year = digits[0] * 1_000 + digits[1] * 100 + digits[2] * 10 + digits[3]
        guard CalendarDay(year, digits[4] * 10 + digits[5], day > 60 ? day - 60 : day) != nil else { return false }
        var sum = 0
        for (index, digit) in digits.dropFirst(2).enumerated() {
            let product = index % 2 == 0 ? digit * 2 : digit
            sum += product / 10 + product % 10
        }
        return sum % 10 == 0
    }
}

/// Reads fields by position, from 1.
private struct FieldReader {
    var bytes: [UInt8]
    var reasons: [String] = []

    func text(_ position: Int, _ length: Int) -> String {
        String(bytes[(position - 1)..<(position - 1 + length)].map { Character(UnicodeScalar($0)) })
    }

    mutating func leftText(_ position: Int, _ length: Int, _ name: String) -> String {
        let whole = text(position, length)
        let trimmed = String(whole.prefix { $0 != " " })
        if trimmed.isEmpty || whole.dropFirst(trimmed.count).contains(where: { $0 != " " }) { reasons.append(name) }
        return trimmed
    }

    mutating func number(_ position: Int, _ length: Int, _ name: String, in range: ClosedRange<Int>) -> Int {
        let text = text(position, length)
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
            reasons.append(name)
            return range.lowerBound
        }
        return number
    }

    mutating func one(_ position: Int, _ allowed: String, _ name: String) -> String {
        let text = text(position, 1)
        if !allowed.contains(text) { reasons.append(name) }
        return text
    }

    mutating func day(_ position: Int, _ name: String) -> CalendarDay? {
        let day = CalendarDay(eightDigits: text(position, 8))
        if day == nil { reasons.append(name) }
        return day
    }

    mutating func optionalDay(_ position: Int, _ name: String) -> CalendarDay? {
        text(position, 8) == "        " ? nil : day(position, name)
    }
}
