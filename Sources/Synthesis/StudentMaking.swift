import CSN

/// A student of the kind that a fault needs.
enum StudentShape {
    case ordinary
    /// One row.
    case single
    /// Started none of several courses: 81 on each.
    case neverStarted
    /// Did not start one course of several: 99 on its startdatum.
    case missedCourse
    /// In study-aid age, with 31 and 32 on one course.
    case absent
    /// In study-aid age, studying today.
    case young
    /// Has a national delkurs.
    case delkurs
    /// Has a course that is not graded.
    case ungraded
    /// Has a course on GR.
    case basic
    /// Has a course that runs on into the next half-year.
    case crossing
    /// Has a part of a course.
    case divided
    /// Has graded courses of the half-year before.
    case graded
    /// Has a drop-out.
    case dropOut
    /// Has courses that lie ahead.
    case coming

    /// Which half-years the student has: 0 the one before, 1 today's, 2 the next.
    func terms(_ random: inout SeededRandom) -> ClosedRange<Int> {
        switch self {
        case .ordinary, .basic, .ungraded, .delkurs: [0...1, 1...1, 1...2, 0...2][random.below(4)]
        case .single, .young: 1...1
        case .neverStarted: 0...0
        case .missedCourse, .graded, .dropOut, .crossing, .divided: 0...1
        case .absent: 0...0
        case .coming: 1...2
        }
    }
}

/// Invents students: who they are, what they read, and how it goes.
struct StudentMaking {
    let stock: CourseStock
    let today: Day
    let showing: Showing

    // MARK: - Courses

    /// A student of the shape with at most `limit` rows (at least one).
    func student(
        _ wanted: StudentShape, _ person: Person, isYoung: Bool, at skolkod: UInt16, id: Int, limit: Int,
        _ random: inout SeededRandom
    ) -> StudentDraft {
        let shape = wanted == .ordinary && random.happens(15) ? .neverStarted : wanted
        var student = StudentDraft(person: person, studentID: id)
        student.isProtected = random.happens(5)
        let isContract = random.happens(25)
        let terms = shape.terms(&random)
        let most = shape == .single ? 1 : limit
        for number in terms {
            addCourses(of: number, isLast: number == terms.upperBound, shape, skolkod, most, &student.rows, &random)
        }
        if showing.showsCrossing { runOn(&student.rows, shape, &random) }
        if shape == .neverStarted { neverStart(&student.rows) }
        for index in student.rows.indices {
            if shape != .neverStarted { live(&student.rows[index].shown, isYoung: isYoung, &random) }
            student.rows[index].shown.isContract = isContract && showing.shows(.uppdragsutbildning)
        }
        if showing.start == .column && showing.shows(.dropOut) && (shape == .missedCourse || random.happens(30)) {
            missOne(&student.rows)
        }
        if showing.shows(.dropOut) && shape == .dropOut { dropOne(&student.rows) }
        if showing.shows(.absenceBegins) && isYoung && (shape == .absent || random.happens(60)) {
            beAbsent(&student.rows, limit, &random)
        }
        for index in student.rows.indices {
            let isWhole = student.rows[index].isWholeRecord
            student.rows[index] = DraftRow(student.rows[index].shown)
            student.rows[index].isWholeRecord = isWhole
        }
        return student
    }

    private func addCourses(
        of number: Int, isLast: Bool, _ shape: StudentShape, _ skolkod: UInt16, _ limit: Int, _ rows: inout [DraftRow],
        _ random: inout SeededRandom
    ) {
        let term = stock.terms[number]
        let wanted = shape == .neverStarted || shape == .missedCourse ? random.within(2...5) : random.within(1...6)
        let readsBasics = shape == .basic || random.happens(200)
        for place in 0..<wanted where rows.count < limit {
            var pool = readsBasics && !term.ofLevelGR.isEmpty ? term.ofLevelGR : term.all
            if place == 0 {
                if shape == .delkurs && !term.delkurser.isEmpty { pool = term.delkurser }
                if (shape == .ungraded || random.happens(15)) && !term.ungraded.isEmpty { pool = term.ungraded }
            }
            guard let course = random.pick(pool), !rows.contains(where: { $0.shown.course == course }) else { continue }
            let start = term.firstStart + 7 * random.below(10) + random.below(2)
            let end = min(start + random.within(35...140), term.lastEnd)
            var enrolment = Enrolment(
                skolkod: skolkod, course: course, points: stock.courses[course].points, start: start, end: end)
            enrolment.isSkillsTraining =
                showing.shows(.fardighetstraning) && stock.courses[course].niva == .gr && random.happens(60)
            rows.append(DraftRow(enrolment))
        }
        let divides = shape == .divided || random.happens(60)
        if showing.shows(.kursdel) && divides && !isLast && rows.count + 1 < limit {
            divide(number, skolkod, &rows, &random)
        }
    }

    /// A course in two parts: 1:2 in one half-year, 2:2 in the next.
    private func divide(_ number: Int, _ skolkod: UInt16, _ rows: inout [DraftRow], _ random: inout SeededRandom) {
        guard let course = random.pick(stock.terms[number].divisible),
            !rows.contains(where: { $0.shown.course == course })
        else { return }
        for part in 0...1 {
            let term = stock.terms[number + part]
            var enrolment = Enrolment(
                skolkod: skolkod, course: course, points: stock.courses[course].points / 2,
                start: term.firstStart + 7 * random.below(3), end: term.lastEnd - random.below(10))
            enrolment.kursdel = part == 0 ? 12 : 22
            rows.append(DraftRow(enrolment))
        }
    }

    /// Lets one course run on into the next half-year, unless the study period then grew longer than a file may span.
    private func runOn(_ rows: inout [DraftRow], _ shape: StudentShape, _ random: inout SeededRandom) {
        guard shape == .crossing || random.happens(40),
            let index = rows.indices.first(where: { rows[$0].shown.kursdel == 11 })
        else { return }
        let before = rows[index]
        // Starts late, 50–70 days before the half-year ends, and ends 40–90 days into the next.
        let termEnd = stock.terms.first { $0.firstStart <= before.shown.start && before.shown.start <= $0.lastEnd }?
            .lastEnd
        guard let termEnd else { return }
        var late = before.shown
        late.start = termEnd - random.within(50...70)
        late.end = termEnd + random.within(40...90)
        rows[index] = DraftRow(late)
        let unit = StudyPeriod.members(of: index, in: rows).map { rows[$0].shown }
        let first = unit.reduce(late.start) { min($0, $1.start) }
        // A grade comes up to three weeks after the end.
        let last = unit.reduce(late.end) { max($0, $1.end) } + 21
        if last - first > 360 { rows[index] = before }
    }

    // MARK: - How it goes

    private func neverStart(_ rows: inout [DraftRow]) {
        if showing.start == .status {
            for index in rows.indices { rows[index].shown.isStarted = rows[index].shown.start <= today }
        }
        guard showing.shows(.notStarted), rows.allSatisfy({ $0.shown.start <= today }) else { return }
        for index in rows.indices {
            rows[index].shown.event = .notStarted
            rows[index].shown.eventDay = rows[index].shown.start
        }
    }

    /// What has happened on a course until today.
    private func live(_ course: inout Enrolment, isYoung: Bool, _ random: inout SeededRandom) {
        guard course.start <= today else { return }
        let facts = stock.courses[course.course]
        // Where a grade certifies the start, a row without one is not started.
        course.isStarted =
            showing.start == .status || (showing.start == .column && (course.end < today || !random.happens(30)))
        if !isYoung && showing.shows(.omfattning) && random.happens(10) {
            course.omfattning = random.happens(500) ? .full : .part
        }
        if showing.shows(.dropOut) && course.isStarted && random.happens(50) { return dropOut(&course) }
        let isLastPart = course.kursdel / 10 == course.kursdel % 10
        guard course.end < today, facts.isGradable, isLastPart, !random.happens(100) else { return }
        course.isStarted = true
        course.grade = grade(on: facts, from: course.start, &random)
        course.gradeDay = min(today, course.end + (random.happens(400) ? 0 : random.within(1...21)))
    }

    /// A grade of the course's scale: since 1 July 2025 Godkänt and Icke godkänt on GR, else A–F.
    func grade(on course: StockedCourse, from start: Day, _ random: inout SeededRandom) -> Betyg {
        let isPassed = !random.happens(100)
        if course.niva == .gr, let newScale = Day(year: 2025, month: 7, day: 1), start >= newScale {
            return isPassed ? .g : .i
        }
        return isPassed ? [.a, .b, .c, .c, .d, .e, .e][random.below(7)] : .f
    }

    private func dropOut(_ course: inout Enrolment) {
        course.event = .dropOut
        let last = min(today, course.end)
        course.eventDay = course.start + max(0, (last - course.start) * 2 / 3)
    }

    /// A drop-out on a started course.
    private func dropOne(_ rows: inout [DraftRow]) {
        guard let index = rows.indices.first(where: { rows[$0].shown.isStarted }) else { return }
        rows[index].shown.grade = nil
        rows[index].shown.gradeDay = nil
        dropOut(&rows[index].shown)
    }

    /// A single course not started: needs another one in the same half-year that was.
    private func missOne(_ rows: inout [DraftRow]) {
        guard
            let index = rows.indices.first(where: { index in
                rows[index].shown.start <= today && rows[index].shown.event != .notStarted
                    && rows.indices.contains { other in
                        other != index && rows[other].shown.isStarted
                            && rows[other].shown.start.halfYear == rows[index].shown.start.halfYear
                    }
            })
        else { return }
        rows[index].shown.isStarted = false
        rows[index].shown.grade = nil
        rows[index].shown.gradeDay = nil
        rows[index].shown.event = .dropOut
        rows[index].shown.eventDay = rows[index].shown.start
    }

    /// 31 and, at least 15 days later, 32: two rows of one course.
    private func beAbsent(_ rows: inout [DraftRow], _ limit: Int, _ random: inout SeededRandom) {
        guard rows.count < limit,
            let index = rows.indices.first(where: {
                let course = rows[$0].shown
                return course.isStarted && course.event == nil && min(course.end, today) >= course.start + 35
            })
        else { return }
        rows[index].shown.grade = nil
        rows[index].shown.gradeDay = nil
        rows[index].isWholeRecord = false
        var back = rows[index]
        rows[index].shown.event = .absenceBegins
        let begins = rows[index].shown.start + random.within(1...9)
        rows[index].shown.eventDay = begins
        back.shown.event = .absenceEnds
        back.shown.eventDay = begins + random.within(15...24)
        rows.insert(back, at: index + 1)
    }
}
