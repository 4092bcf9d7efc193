import SimulatedCSN

/// A student's course as the school knows it.
struct SchoolCourse: Hashable, Sendable {
    var code: String
    var part = 11
    var points = 100
    var level = "GY"
    var start: CalendarDay
    var end: CalendarDay
    var isStarted = false
    /// The day on which the student left.
    var dropOut: CalendarDay?
    /// How the school says that the student never came: 81 or 99; nil when it says no such thing.
    var notStarted: Int?
    var grade: String?
    var gradeDay: CalendarDay?
    var training = " "
    var scope = " "
    var commissioned = " "
    var trainee = " "
    /// The system has lost the end date: it is blank in the export until this day.
    var brokenUntil: CalendarDay?

    /// Whether nothing more is to come but a grade.
    var isOver: Bool { dropOut != nil || notStarted != nil || grade != nil }

    /// What CSN is to have of it by itself. "Du ska ändra slutdatum till samma dag som betygsdatum om den studerande
    /// får betyg i en kurs tidigare än planerat."
    var reported: ReportedCourse {
        var ended = end
        if let grade, let gradeDay, "ABCDEF".contains(grade), start <= gradeDay, gradeDay < end, part % 10 == part / 10
        {
            ended = gradeDay
        }
        var events: [ReportedCourse.Event] = []
        if let dropOut { events.append(ReportedCourse.Event(99, dropOut)) }
        if notStarted != nil { events.append(ReportedCourse.Event(99, start)) }
        return ReportedCourse(
            key: ReportedCourse.Key(code: code, part: part, start: start), end: ended, points: points, level: level,
            flags: training + scope + commissioned + trainee, isStarted: isStarted, events: events, grade: grade,
            gradeDay: gradeDay)
    }
}

/// A student as the school knows them.
struct SchoolStudent: Hashable, Sendable {
    /// The school system's own id.
    var id: Int
    /// Twelve digits, with a birth number that nobody has.
    var number: String
    var courses: [SchoolCourse] = []

    /// What CSN is to have, in study periods: 81 on all of a period in which the student started nothing, 99 on the
    /// start date where it was single courses.
    var reported: [[ReportedCourse]] {
        StudyPeriods.of(courses.map(\.reported)).map { period in
            let never = Set(courses.filter { $0.notStarted != nil }.map(\.reported.key))
            guard period.allSatisfy({ never.contains($0.key) }) else { return period }
            return period.map { course in
                var course = course
                course.events = [ReportedCourse.Event(81, course.start)]
                return course
            }
        }
    }

    /// The keys of courses that are broken in the export now.
    var broken: Set<ReportedCourse.Key> { Set(courses.filter { $0.brokenUntil != nil }.map(\.reported.key)) }

    /// Whether every study period fits in a file, with the end dates of the export and with those that CSN gets.
    var fits: Bool {
        let raw = courses.map { course in
            var reported = course.reported
            reported.end = course.end
            return reported
        }
        return [raw, courses.map(\.reported)].allSatisfy { courses in
            StudyPeriods.of(courses).allSatisfy { period in
                let days = period.flatMap(\.days)
                guard let first = days.min(), let last = days.max() else { return true }
                return last - first < UploadedFile.mostDays
            }
        }
    }
}

/// What the school's system writes on a day: everybody.
struct Export: Sendable {
    var students: [SchoolStudent]

    static let headers = [
        "Skolkod", "StudentID", "Personnummer", "Kurskod", "Kursdel", "Poäng", "Nivå", "Start", "Slut", "Påbörjad",
        "Händelse", "Händelsedatum", "Betyg", "Betygsdatum", "Omfattning", "Färdighetsträning", "Uppdragsutbildning",
        "Traineejobb",
    ]

    /// Semicolons, UTF-8, one row a course.
    func text(school: Int) -> String {
        var lines = [Export.headers.joined(separator: ";")]
        for student in students {
            for course in student.courses {
                let happened = course.dropOut.map { ("99", $0) } ?? course.notStarted.map { (String($0), course.start) }
                let cells: [String] = [
                    String(school), String(student.id), student.number, course.code,
                    "\(course.part / 10):\(course.part % 10)", String(course.points), course.level,
                    course.start.description, course.brokenUntil == nil ? course.end.description : "",
                    course.isStarted ? "J" : "", happened?.0 ?? "", happened?.1.description ?? "", course.grade ?? "",
                    course.gradeDay?.description ?? "", course.scope, course.training, course.commissioned,
                    course.trainee,
                ]
                lines.append(cells.map { $0 == " " ? "" : $0 }.joined(separator: ";"))
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}
