import SimulatedCSN

/// A school through a year: who is admitted, starts, changes, leaves, is graded. The truth that CSN is to have.
struct SchoolLife: Sendable {
    /// 1 August.
    let firstDay: CalendarDay
    /// Those who stand in the export.
    private(set) var students: [SchoolStudent] = []
    /// Students who have vanished from the export with all their courses, by number, with what was reported of them:
    /// it stands with CSN until the school says something else by another way.
    private(set) var gone: [String: [ReportedCourse]] = [:]
    /// Courses that have vanished from the export and that nobody has yet said are to be let go.
    private(set) var vanished: [Vanished] = []
    private var dice: Dice
    private var lastWithdrawal: CalendarDay
    private var massDay: CalendarDay?
    /// Whether the students of whom many have left at once are still to be confirmed.
    private(set) var awaitsConfirmation = false

    /// A course that is gone, and when somebody says so.
    struct Vanished: Sendable {
        var student: String
        var code: String
        var part: Int
        /// As the export had it last.
        var start: CalendarDay
        var saidOn: CalendarDay
    }

    /// A school before its year.
    init(year: Int, dice: inout Dice) {
        firstDay = CalendarDay(year, 8, 1) ?? CalendarDay(julian: 0)
        lastWithdrawal = firstDay
        self.dice = Dice(seed: dice.next())
        massDay = dice.happens(250) ? firstDay + dice.number(60...280) : nil
        for number in 1...dice.number(15...25) { students.append(student(number)) }
    }

    // MARK: - Those who begin

    private mutating func student(_ id: Int) -> SchoolStudent {
        var student = SchoolStudent(id: 4_000 + id, number: personnummer(id))
        if dice.happens(400) { addPast(to: &student) }
        if dice.happens(650) { admit(&student, today: firstDay - 1) }
        return student
    }

    /// A number with a birth number of 980–999, which nobody has.
    private mutating func personnummer(_ id: Int) -> String {
        let born = (CalendarDay(1_970, 1, 1) ?? firstDay) + dice.number(0...8_000)
        let digits = born.eightDigits + String(980 + id % 20)
        var sum = 0
        for (index, digit) in digits.dropFirst(2).utf8.enumerated() {
            let product = (Int(digit) - 48) * (index % 2 == 0 ? 2 : 1)
            sum += product / 10 + product % 10
        }
        return digits + String((10 - sum % 10) % 10)
    }

    private static let courses: [(code: String, points: Int, level: String)] = [
        ("MATMAT01a", 100, "GY"), ("MATMAT02a", 100, "GY"), ("MATMAT03b", 100, "GY"), ("MATMAT04", 100, "GY"),
        ("SVESVE01", 100, "GY"), ("SVESVE02", 100, "GY"), ("SVESVE03", 100, "GY"), ("ENGENG05", 100, "GY"),
        ("ENGENG06", 100, "GY"), ("ENGENG07", 100, "GY"), ("KEMKEM01", 100, "GY"), ("KEMKEM02", 100, "GY"),
        ("BIOBIO01", 100, "GY"), ("HISHIS01b", 100, "GY"), ("SAMSAM01b", 100, "GY"), ("OMVOMV01", 100, "GY"),
        ("PSKPSY01", 50, "GY"), ("HISHIS01a1", 50, "GY"), ("GRNMAT2", 600, "GR"), ("GRNSVE2", 700, "GR"),
        ("GRNENG2", 600, "GR"),
    ]

    private mutating func course(for student: SchoolStudent, from start: CalendarDay, to end: CalendarDay)
        -> SchoolCourse
    {
        let taken = Set(student.courses.map(\.code))
        let free = SchoolLife.courses.filter { !taken.contains($0.code) }
        let chosen = dice.one(of: free.isEmpty ? SchoolLife.courses : free)
        var course = SchoolCourse(code: chosen.code, points: chosen.points, level: chosen.level, start: start, end: end)
        if chosen.level == "GR" && dice.happens(200) { course.training = "J" }
        if dice.happens(60) { course.scope = dice.one(of: ["H", "D"]) }
        if dice.happens(60) { course.commissioned = "U" }
        if dice.happens(60) { course.trainee = "J" }
        return course
    }

    /// Courses of the year before, graded: in the export from the first day on.
    private mutating func addPast(to student: inout SchoolStudent) {
        for _ in 0..<dice.number(1...3) {
            let start = firstDay - dice.number(60...700)
            let end = min(start + dice.number(30...150), firstDay - 5)
            var course = course(for: student, from: start, to: end)
            course.isStarted = true
            course.grade = dice.one(of: ["A", "B", "C", "D", "E", "F"])
            course.gradeDay = min(end + dice.number(0...20), firstDay - 1)
            add([course], to: &student)
        }
    }

    /// A term's courses, none of which has begun long ago.
    private mutating func admit(_ student: inout SchoolStudent, today: CalendarDay) {
        let start: CalendarDay
        let month = today.parts.month
        // Now and then the same day for many, and courses that end a year after it, or a day more or less.
        let autumn = firstDay + 16
        switch dice.number(0...9) {
        case 0...3 where month == 7 || month == 8: start = autumn
        case 4: start = today + dice.number(1...5)
        case 5 where today > firstDay + 250: start = firstDay + 365 + dice.number(10...40)
        case 6 where today > firstDay + 250: start = firstDay + dice.number(310...330)
        default: start = today + dice.number(5...70)
        }
        var courses: [SchoolCourse] = []
        for index in 0..<dice.number(1...4) {
            let begin = index == 0 ? start : start + dice.one(of: [0, 0, 0, 14, 35, 70])
            var length = dice.one(of: [34, 69, 104, 125, 150, 190])
            let aYearOn = autumn + 363 + dice.number(0...3)
            if begin < aYearOn - 20 && begin > aYearOn - 120 && dice.happens(700) { length = aYearOn - begin }
            courses.append(course(for: student, from: begin, to: begin + length))
            // The code is taken from now on.
            if let last = courses.last { student.courses.append(last) }
        }
        student.courses.removeLast(courses.count)
        // A course in two parts, one after the other.
        if dice.happens(80), var first = courses.first {
            first.part = 12
            var second = first
            second.part = 22
            second.start = first.end + 1
            second.end = second.start + 60
            courses[0] = first
            courses.append(second)
        }
        add(courses, to: &student)
    }

    private mutating func add(_ courses: [SchoolCourse], to student: inout SchoolStudent) {
        for course in courses {
            var changed = student
            changed.courses.append(course)
            if changed.fits { student = changed }
        }
    }

    // MARK: - A day

    /// What happens until the export of a day is written.
    ///
    /// - Parameter isSettled: whether CSN has of a student what the school says, so that something may vanish without
    ///   anybody having to guess what the program may know of it.
    mutating func live(_ day: CalendarDay, isSettled: (SchoolStudent) -> Bool) {
        var left: [SchoolStudent] = []
        for student in students {
            var changed = student
            mend(&changed, day)
            if !vanished.contains(where: { $0.student == student.number }) {
                happen(to: &changed, day)
                if changed == student, isSettled(student) { restructure(&changed, day) }
            }
            left.append(changed)
        }
        students = left.filter { !$0.courses.isEmpty || gone[$0.number] == nil }
        if day == massDay { leaveTogether(isSettled) }
    }

    /// The end of the year: what is broken is mended, what vanished is said.
    mutating func comeToRest(_ day: CalendarDay) {
        for index in students.indices {
            for course in students[index].courses.indices { students[index].courses[course].brokenUntil = nil }
        }
        for index in vanished.indices { vanished[index].saidOn = day }
    }

    /// Those whose vanishing is said today; they are forgotten here.
    mutating func toForget(_ day: CalendarDay, isSeen: (Vanished) -> Bool) -> [Vanished] {
        let due = vanished.filter { $0.saidOn <= day && !isSeen($0) }
        vanished.removeAll { $0.saidOn <= day && !isSeen($0) }
        return due
    }

    /// Somebody has said that so many really left.
    mutating func confirmed() { awaitsConfirmation = false }

    private func mend(_ student: inout SchoolStudent, _ day: CalendarDay) {
        for index in student.courses.indices {
            if let until = student.courses[index].brokenUntil, until <= day {
                student.courses[index].brokenUntil = nil
            }
        }
    }

    private mutating func happen(to student: inout SchoolStudent, _ day: CalendarDay) {
        for index in student.courses.indices {
            var changed = student
            happen(to: &changed.courses[index], day)
            if changed.fits { student = changed }
        }
        loseTie(of: &student, day)
        if dice.happens(1) || neverComes(student, day) {
            for index in student.courses.indices where isWaiting(student.courses[index], day) {
                student.courses[index].notStarted = 81
            }
        }
    }

    /// A course that holds a study period together over the turn of a half-year loses its end date on the very day on
    /// which a course of the other half-year changes.
    private mutating func loseTie(of student: inout SchoolStudent, _ day: CalendarDay) {
        guard dice.happens(15), student.broken.isEmpty else { return }
        for tie in student.courses.indices {
            let course = student.courses[tie]
            let other = student.courses.firstIndex {
                !$0.isOver && $0.start > course.start && $0.start <= course.end
                    && $0.start.halfYear != course.start.halfYear
            }
            guard let other else { continue }
            student.courses[tie].brokenUntil = day + dice.number(2...5)
            student.courses[other].points = student.courses[other].points == 50 ? 100 : 50
            return
        }
    }

    private func isWaiting(_ course: SchoolCourse, _ day: CalendarDay) -> Bool {
        !course.isStarted && !course.isOver && course.start < day
    }

    /// Now and then somebody has started nothing at all ten days on.
    private mutating func neverComes(_ student: SchoolStudent, _ day: CalendarDay) -> Bool {
        student.courses.contains { isWaiting($0, day - 10) } && dice.happens(150)
    }

    private mutating func happen(to course: inout SchoolCourse, _ day: CalendarDay) {
        if course.brokenUntil == nil && dice.happens(2) { course.brokenUntil = day + dice.number(2...5) }
        if course.isOver {
            // A grade that is given anew.
            if let given = course.gradeDay, day < given + 40, day > given, given >= firstDay, dice.happens(6) {
                course.grade = dice.one(of: ["A", "B", "C", "D"])
                course.gradeDay = day
                course.end = min(course.end, max(course.start, given))
            }
            return
        }
        if course.start <= day && !course.isStarted {
            if dice.happens(course.start == day ? 800 : 150) {
                course.isStarted = true
            } else if day > course.start + 5 && dice.happens(30) {
                course.notStarted = 99
            }
            return
        }
        if course.isStarted, course.start < day, day <= course.end, dice.happens(2) {
            course.dropOut = day - dice.number(0...min(6, day - course.start))
        } else if course.isStarted, course.end <= day, dice.happens(200) {
            course.grade = dice.one(of: ["A", "B", "C", "D", "E", "F", "-", "Z"])
            course.gradeDay = max(course.end, day - dice.number(0...3))
        } else if course.brokenUntil != nil, day < course.end {
            // An end that is lost and moved at once is two changes of what courses there are.
            return
        } else if course.isStarted, course.end - 40 < day, day < course.end, dice.happens(5) {
            course.grade = dice.one(of: ["A", "B", "C", "D", "E", "F"])
            course.gradeDay = day
        } else if day < course.end, dice.happens(5) {
            course.end = max(max(day, course.start), course.end + dice.number(-25...30))
        } else if dice.happens(2) {
            course.points = course.points == 50 ? 100 : 50
        } else if dice.happens(1) {
            course.trainee = course.trainee == " " ? "J" : " "
        }
    }

    // MARK: - What changes which courses there are

    private mutating func restructure(_ student: inout SchoolStudent, _ day: CalendarDay) {
        let ahead = student.courses.contains { $0.start >= day }
        if day < firstDay + 330, dice.happens(ahead ? 1 : student.courses.contains { $0.end >= day } ? 4 : 20) {
            return admit(&student, today: day)
        }
        guard !student.courses.isEmpty else { return }
        let index = dice.number(0...(student.courses.count - 1))
        let course = student.courses[index]
        let siblings = student.reported.first { $0.contains { $0.key == course.reported.key } }?.count ?? 1
        switch dice.number(0...999) {
        case 0...5 where course.start > day + 3 && course.part == 11 && !course.isOver:
            // Another start in the same half-year: it is the same course.
            var changed = student
            changed.courses[index].start = course.start + dice.one(of: [-3, -2, 2, 7, 14])
            let moved = changed.courses[index]
            if moved.start > day, moved.start.halfYear == course.start.halfYear, moved.start < moved.end, changed.fits {
                student = changed
            }
        case 6...8 where siblings > 1 && course.grade == nil:
            student.courses.remove(at: index)
            vanished.append(
                Vanished(
                    student: student.number, code: course.code, part: course.part, start: course.start,
                    saidOn: day + dice.number(0...4)))
        case 9...10 where day > lastWithdrawal + 10:
            lastWithdrawal = day
            leave(&student)
        default: break
        }
    }

    private mutating func leave(_ student: inout SchoolStudent) {
        gone[student.number] = student.reported.flatMap(\.self).sorted { $0.key < $1.key }
        student.courses = []
    }

    /// More than a fifth at once.
    private mutating func leaveTogether(_ isSettled: (SchoolStudent) -> Bool) {
        massDay = nil
        let free = students.indices.filter { index in
            isSettled(students[index]) && !students[index].courses.isEmpty
                && !vanished.contains { $0.student == students[index].number }
        }
        let present = students.count { !$0.courses.isEmpty }
        let leaving = free.prefix(present * 35 / 100)
        guard leaving.count * 100 > present * 25 else { return }
        for index in leaving {
            var student = students[index]
            leave(&student)
            students[index] = student
        }
        students.removeAll { gone[$0.number] != nil }
        awaitsConfirmation = true
    }

    /// The export of now.
    var export: Export { Export(students: students.filter { !$0.courses.isEmpty }) }
}
