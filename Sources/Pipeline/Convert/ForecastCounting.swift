import CSN
import CSNRules
import Reports

/// Counts what CSN will conclude from one school's files, student by student, over what is sent.
struct ForecastCounting {
    private let today: Day
    private var students = 0
    private var started = 0
    private var studyAidAge = Count()
    private var older = Count()
    /// Courses that have begun, once for each record.
    private var begun: [CourseStart] = []

    /// - Parameter today: the day of the run.
    init(today: Day) { self.today = today }

    /// What is counted of a group of students.
    fileprivate struct Count {
        var students = 0
        var started = 0
        /// By the number of the niva.
        var periods = [[(points: Int, days: Int)]](repeating: [], count: Niva.allCases.count + 1)
    }

    /// What a study period has of one niva.
    private struct Extent {
        var points = 0
        var first = Int32.max
        var last = Int32.min
    }

    /// What the study periods of a student come to in a group.
    fileprivate struct Seen {
        var isMember = false
        var isStarted = false

        mutating func take(hasStart: Bool) {
            isMember = true
            isStarted = isStarted || hasStart
        }
    }

    /// A course and the day on which it began, to be sorted quickly.
    private struct CourseStart: Comparable {
        var course: UInt32
        var day: Int32

        static func < (left: CourseStart, right: CourseStart) -> Bool {
            (left.day, left.course) < (right.day, right.course)
        }
    }

    /// Takes one student's study periods that are sent; none, and the student is not in the files.
    mutating func count(_ student: JudgedStudent) {
        var isSent = false
        var isStarted = false
        var (studyAidAge, older) = (Seen(), Seen())
        for index in student.units.indices {
            let period = student.units[index].recordsToSend
            guard !period.isEmpty else { continue }
            isSent = true
            let hasStart = period.contains { $0.registrering }
            isStarted = isStarted || hasStart
            switch group(of: period) {
            case .studyAidAge:
                studyAidAge.take(hasStart: hasStart)
                ForecastCounting.countLevels(of: period, in: &self.studyAidAge)
            case .older:
                older.take(hasStart: hasStart)
                ForecastCounting.countLevels(of: period, in: &self.older)
            case nil: continue
            }
            countBegun(period)
        }
        if isSent { students += 1 }
        if isStarted { started += 1 }
        self.studyAidAge.take(studyAidAge)
        self.older.take(older)
    }

    /// By the study period's first day: "till och med första halvåret det år den studerande fyller 20".
    private func group(of period: [Record]) -> Forecast.StudentGroup? {
        guard let number = period.first?.personnummer else { return nil }
        var first: Day?
        for index in period.indices {
            guard let start = period[index].startdatum else { continue }
            first = first.map { min($0, start) } ?? start
        }
        guard let first else { return nil }
        return StudyAidAge.holds(number, on: first) ? .studyAidAge : .older
    }

    private static func countLevels(of period: [Record], in count: inout Count) {
        var extents = InlineArray<4, Extent>(repeating: Extent())
        for index in period.indices where counts(period[index]) {
            guard let niva = period[index].niva, let start = period[index].startdatum,
                let end = period[index].slutdatum
            else { continue }
            let level = Int(niva.rawValue)
            extents[level].points += period[index].poang ?? 0
            extents[level].first = min(extents[level].first, start.number)
            extents[level].last = max(extents[level].last, end.number)
        }
        for level in extents.indices where extents[level].first != .max {
            let days = Int(extents[level].last) - Int(extents[level].first) + 1
            count.periods[level].append((extents[level].points, max(1, days)))
        }
    }

    private mutating func countBegun(_ period: [Record]) {
        for index in period.indices {
            guard let start = period[index].startdatum, start < today else { continue }
            begun.append(CourseStart(course: period[index].course?.number ?? .max, day: start.number))
        }
    }

    /// The courses that have begun, each with its day once.
    private var begunOnce: [CourseStart] {
        var once: [CourseStart] = []
        for course in begun.sorted() where course != once.last { once.append(course) }
        return once
    }

    /// Whether a course adds to the extent of the studies: see ``Forecast/Level``.
    static func counts(_ record: Record) -> Bool {
        !record.saysNotStarted && !record.marks.contains(.examination) && !record.fields.uppdragsutbildning
    }

    /// What was counted.
    ///
    /// - Parameter before: how many students the last conversion's files held; nil when nothing is known.
    func forecast(of school: Skolkod, before: Int?) -> Forecast {
        var forecast = Forecast(skolkod: school)
        forecast.students = students
        forecast.started = started
        forecast.studentsBefore = before
        let begun = begunOnce
        forecast.begunCourses = begun.count
        forecast.begunThisWeek = begun.count { $0.day >= (today - 7).number }
        forecast.groups = Forecast.StudentGroup.allCases.compactMap { group in
            let count = group == .studyAidAge ? studyAidAge : older
            guard count.students > 0 else { return nil }
            return Forecast.Group(
                group: group, students: count.students, started: count.started,
                levels: Niva.allCases.compactMap { niva in
                    Forecast.Level(niva: niva, periods: count.periods[Int(niva.rawValue)])
                })
        }
        return forecast
    }
}

extension ForecastCounting.Count {
    /// Takes what a student's study periods came to.
    fileprivate mutating func take(_ seen: ForecastCounting.Seen) {
        if seen.isMember { students += 1 }
        if seen.isStarted { started += 1 }
    }
}
