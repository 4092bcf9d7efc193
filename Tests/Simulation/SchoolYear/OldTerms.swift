import SimulatedCSN

/// Terms of years past that the school has never reported, in an export of their own: somebody moves them to CSN by
/// `migrate`, in parts, beside the nightly runs. Chance of its own, so that the rest of a year stays what it was.
struct OldTerms: Sendable {
    /// Who stands in that export: people who have left long ago, and some who study now.
    private(set) var students: [SchoolStudent] = []
    /// By student, what the last run has been told: what CSN is to have of these years.
    private(set) var told: [String: [ReportedCourse]] = [:]
    /// The days of the terms.
    let days: ClosedRange<CalendarDay>
    private var dice: Dice
    private var next: CalendarDay
    private var firstDay: CalendarDay?
    private var runs = 0
    /// When the last run was.
    private(set) var lastRun: WallTime?

    /// A run of `migrate`.
    struct Run: Sendable {
        var time: WallTime
        var firstDay: CalendarDay?
    }

    init(seed: UInt64, firstDay: CalendarDay, present: [SchoolStudent]) {
        dice = Dice(seed: seed ^ 0x4D49_4752_4154_4500)
        days = firstDay - 2_200...firstDay - 800
        next = firstDay + dice.number(20...150)
        for id in 1...dice.number(8...16) {
            let known = dice.happens(300) ? dice.one(of: present) : nil
            var student = SchoolStudent(
                id: known?.id ?? 8_000 + id, number: known?.number ?? OldTerms.number(id, from: firstDay, &dice))
            guard !students.contains(where: { $0.number == student.number }) else { continue }
            for code in ["MATMAT01a", "ENGENG05", "SVESVE01"].prefix(dice.number(1...3)) {
                let start = days.lowerBound + dice.number(0...1_250)
                var course = SchoolCourse(code: code, start: start, end: start + dice.number(30...125))
                course.isStarted = true
                course.grade = dice.one(of: ["A", "B", "C", "D", "E", "F"])
                course.gradeDay = course.end
                var changed = student
                changed.courses.append(course)
                if changed.fits { student = changed }
            }
            students.append(student)
        }
    }

    /// A number with a birth number of 980–999, which nobody has, of somebody older than those of the school.
    private static func number(_ id: Int, from firstDay: CalendarDay, _ dice: inout Dice) -> String {
        let born = (CalendarDay(1_960, 1, 1) ?? firstDay) + dice.number(0...3_000)
        let digits = born.eightDigits + String(980 + id % 20)
        var sum = 0
        for (index, digit) in digits.dropFirst(2).utf8.enumerated() {
            let product = (Int(digit) - 48) * (index % 2 == 0 ? 2 : 1)
            sum += product / 10 + product % 10
        }
        return digits + String((10 - sum % 10) % 10)
    }

    /// Whether somebody runs it on a day; what the export says has changed by then now and then.
    mutating func run(on day: CalendarDay) -> Run? {
        guard day >= next else { return nil }
        next = day + dice.one(of: [1, 2, 5, 9, 30, 90])
        runs += 1
        if runs == 1, dice.happens(400) { firstDay = day + dice.number(1...20) }
        if runs > 1, dice.happens(400) { correct() }
        return Run(time: WallTime(day, dice.one(of: [7, 12, 16, 17, 20]), dice.number(0...59)), firstDay: firstDay)
    }

    /// A grade is put right.
    private mutating func correct() {
        let index = dice.number(0...(students.count - 1))
        guard !students[index].courses.isEmpty else { return }
        let course = dice.number(0...(students[index].courses.count - 1))
        students[index].courses[course].grade = dice.one(of: ["A", "B", "C", "D", "E"])
    }

    /// A run has read the export as it is.
    mutating func read(at time: WallTime) {
        lastRun = time
        told = Dictionary(
            students.map { ($0.number, $0.reported.flatMap(\.self).sorted { $0.key < $1.key }) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What a register holds of a student without what is of these years.
    func without(_ courses: [ReportedCourse], of student: String) -> [ReportedCourse] {
        let keys = Set((told[student] ?? []).map(\.key))
        return courses.filter { !keys.contains($0.key) }
    }
}

extension SimulatedYear {
    /// Plans a run of `migrate`, if somebody runs it that day.
    mutating func planMigration(_ day: CalendarDay) {
        guard let run = oldTerms?.run(on: day) else { return }
        schedule(.migrate(firstDay: run.firstDay), at: run.time)
    }

    /// Runs `migrate`, and judges what then lies in the outbox. What was said of the present since the last nightly run
    /// is the next one's, and judged after that.
    mutating func migrate(firstDay: CalendarDay?) throws {
        guard let terms = oldTerms else { return }
        let before = try readOutbox(program.outbox())
        let (now, text) = (now, Export(students: terms.students).text(school: SimulatedYear.skolkod))
        var status = 0
        try use("flyttar \(terms.students.count) studerandes gamla terminer") {
            status = try $0.migrate(text, terms.days, firstDay: firstDay, at: now)
        }
        guard status <= 1 else { throw failure("flytten slutade med \(status)") }
        oldTerms?.read(at: now)
        for student in terms.students {
            let text = student.courses.map(\.reported.description).joined(separator: " | ")
            lives[student.number, default: []].append("\(now) flytten: \(text)")
        }
        tally.migrations += 1
        try judgeOutbox(before)
    }

    /// Whether a course that was moved stands in no file any more because somebody has said, since the last run of
    /// `migrate`, that CSN took nothing of the file or that it is not to be uploaded. No nightly export has it, so it
    /// goes again when `migrate` is run again, and not before. A file made before that may have been uploaded, and says
    /// the same: what it holds goes along as ever.
    private func isTakenBack(_ course: ReportedCourse, of student: String, since first: CalendarDay? = nil) -> Bool {
        guard let lastRun = oldTerms?.lastRun else { return false }
        let with = history.versions.filter { $0.students[student]?.contains { $0.key == course.key } ?? false }
        let isTakenBack = with.contains { version in
            version.isVoid(at: now) && version.students[student]?.contains(course) ?? false
                && version.said.map { $0.at >= lastRun && $0.at.day >= first ?? $0.at.day } ?? false
        }
        guard isTakenBack else { return false }
        return with.last { !$0.isVoid(at: now) }.map { !($0.students[student]?.contains(course) ?? false) } ?? true
    }

    /// Whether there is something that only a new run of `migrate` brings.
    var awaitsMigration: Bool { awaitsMigration(takenBackSince: school.firstDay) }

    private func awaitsMigration(takenBackSince first: CalendarDay) -> Bool {
        let isRecent = history.versions.contains { version in
            version.isVoid(at: now) && version.said.map { $0.at.day >= first } ?? false
        }
        return isRecent
            && (oldTerms?.told ?? [:]).contains { student, courses in
                courses.contains {
                    isTakenBack($0, of: student, since: first) && !(authority.register[student]?.contains($0) ?? false)
                }
            }
    }

    /// A nightly run that leaves something to `migrate` says so for some days.
    func judgeToldToMigrate() throws {
        guard awaitsMigration(takenBackSince: now.day - 14) else { return }
        guard program.lastWords().joined(separator: "\n").contains("csnfil migrate") else {
            throw failure("ingen får veta att det som drogs tillbaka eller nekades väntar på csnfil migrate")
        }
    }

    /// If everything that waits is uploaded in time, CSN has all that was moved, but what somebody has taken back.
    func judgeMoved(_ files: [(day: CalendarDay, students: [String: [ReportedCourse]])]) throws {
        for (student, courses) in oldTerms?.told ?? [:] {
            var register = authority.register[student] ?? []
            for file in files {
                if let new = file.students[student] { register = Authority.replacing(register, by: new) }
            }
            let isThere = courses.allSatisfy { register.contains($0) || isTakenBack($0, of: student) }
            guard isThere else {
                throw failure(
                    """
                    en gammal termin når inte CSN.
                      skolan: \(courses.map(\.description).joined(separator: " | "))
                      CSN:    \(register.map(\.description).joined(separator: " | "))
                    """, of: student)
            }
        }
    }
}
