import CSN
import Reports

/// Counts what CSN will conclude from one school's files, student by student, over what is sent.
struct ForecastCounting {
    private let today: Day
    private var students = 0
    private var started = 0
    private var counts: [Forecast.StudentGroup: Count] = [:]
    /// Courses that have begun, once for each record.
    private var begun: [CourseStart] = []

    /// - Parameter today: the day of the run.
    init(today: Day) { self.today = today }

    private struct Count {
        var students = 0
        var started = 0
        var periods: [Niva: [(points: Int, days: Int)]] = [:]
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
    mutating func count(_ periods: [[Record]]) {
        guard !periods.isEmpty else { return }
        students += 1
        var isStarted = false
        var seen: [Forecast.StudentGroup: Bool] = [:]
        for period in periods {
            let hasStart = period.contains { $0.registrering }
            isStarted = isStarted || hasStart
            guard let group = group(of: period) else { continue }
            seen[group] = (seen[group] ?? false) || hasStart
            countLevels(of: period, in: group)
            countBegun(period)
        }
        if isStarted { started += 1 }
        for (group, hasStart) in seen {
            counts[group, default: Count()].students += 1
            if hasStart { counts[group]?.started += 1 }
        }
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

    private mutating func countLevels(of period: [Record], in group: Forecast.StudentGroup) {
        for niva in Niva.allCases {
            var points = 0
            var first = Day(number: .max)
            var last = Day(number: .min)
            for index in period.indices where period[index].niva == niva && ForecastCounting.counts(period[index]) {
                guard let start = period[index].startdatum, let end = period[index].slutdatum else { continue }
                points += period[index].poang ?? 0
                first = min(first, start)
                last = max(last, end)
            }
            guard first.number != .max else { continue }
            counts[group, default: Count()].periods[niva, default: []].append((points, max(1, last - first + 1)))
        }
    }

    private mutating func countBegun(_ period: [Record]) {
        for record in period {
            guard let start = record.startdatum, start < today else { continue }
            begun.append(CourseStart(course: record.course?.number ?? .max, day: start.number))
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
            guard let count = counts[group] else { return nil }
            return Forecast.Group(
                group: group, students: count.students, started: count.started,
                levels: Niva.allCases.compactMap { niva in
                    count.periods[niva].flatMap { Forecast.Level(niva: niva, periods: $0) }
                })
        }
        return forecast
    }
}
