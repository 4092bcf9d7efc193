import CSN

extension FaultMaking {
    // MARK: - Dates and events of a course

    func breakCourse(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        guard let index = row(of: student, &random, where: { takes(kind, $0) }) else { return false }
        var row = student.rows[index]
        var reach: HoldReach? = .unit
        switch kind {
        case .endBeforeStart: row.shown.end = row.shown.start - random.within(1...5)
        case .overAYear: row.shown.end = row.shown.start + random.within(366...420)
        case .eventWithoutDate: row.shown.eventDay = nil
        case .dateWithoutEvent: row.shown.eventDay = row.shown.start
        case .eventOutside:
            let before = random.happens(500)
            row.shown.eventDay = before ? row.shown.start - random.within(1...9) : row.shown.end + random.within(1...9)
        case .notStartedDate:
            row.shown.eventDay = row.shown.start + random.within(1...9)
            reach = nil
        case .notStartedButStarted: row.shown.isStarted = true
        case .missedBeforeStart:
            row.shown.eventDay = row.shown.start - random.within(1...20)
            reach = nil
        case .startedBeforeCourse:
            row.shown.isStarted = true
            reach = nil
        default: row.shown.isStarted = false
        }
        if kind == .endBeforeStart || kind == .overAYear { row.unitEnd = row.shown.end }
        row.mark(kind, reach)
        student.rows[index] = row
        return true
    }

    private func takes(_ kind: FaultKind, _ row: DraftRow) -> Bool {
        let course = row.shown
        guard row.isWholeRecord else { return false }
        let isDropOut = course.event == .dropOut && course.isStarted
        switch kind {
        // A grade before the later end would first move the end.
        case .endBeforeStart, .overAYear: return row.isPlain
        case .dateWithoutEvent: return row.isPlain && course.start <= today
        case .eventWithoutDate, .eventOutside: return isDropOut
        // A 99 on an unregistered course's first day would mean that it was not started.
        case .dropOutNotRegistered: return isDropOut && (course.eventDay.map { $0 > course.start } ?? false)
        case .notStartedDate, .notStartedButStarted: return course.event == .notStarted
        case .missedBeforeStart: return course.isMissed
        case .startedBeforeCourse: return course.start > today
        default: return false
        }
    }

    // MARK: - Absence

    func breakAbsence(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        switch kind {
        case .absenceAge:
            guard student.person.number / 100_000_000 < UInt64(today.year - 20),
                let index = row(of: student, &random, where: { $0.isPlain && $0.shown.isStarted })
            else { return false }
            student.rows[index].shown.event = .absenceBegins
            student.rows[index].shown.eventDay = student.rows[index].shown.start
            student.rows[index].mark(kind, nil)
            return true
        case .absenceTooShort:
            guard let end = student.rows.firstIndex(where: { $0.shown.event == .absenceEnds }), end > 0,
                let begins = student.rows[end - 1].shown.eventDay
            else { return false }
            student.rows[end].shown.eventDay = begins + random.within(7...14)
            for index in end - 1...end {
                student.rows[index].meant.event = nil
                student.rows[index].meant.eventDay = nil
            }
            student.rows[end].mark(kind, nil)
            return true
        default:
            guard
                let index = row(
                    of: student, &random,
                    where: { $0.isPlain && $0.shown.isStarted && $0.shown.start < today && $0.shown.end >= today })
            else { return false }
            student.rows[index].shown.event = .absenceBegins
            student.rows[index].shown.eventDay = max(student.rows[index].shown.start, today - random.within(1...14))
            student.rows[index].mark(kind, nil)
            return true
        }
    }

    // MARK: - Grades

    func breakGrade(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        guard let index = row(of: student, &random, where: { takesGradeFault(kind, $0) }) else { return false }
        var row = student.rows[index]
        var reach: HoldReach?
        switch kind {
        case .xOnGY:
            row.shown.grade = .x
            reach = .unit
        case .skillsOnGY:
            row.shown.isSkillsTraining = true
            reach = .unit
        case .ungradedGraded:
            row.shown.grade = .e
            row.shown.gradeDay = row.shown.end
        case .gradeWithoutDate:
            row.shown.gradeDay = nil
            reach = .unit
        case .dateWithoutGrade:
            row.shown.grade = nil
            row.meant.grade = nil
            row.meant.gradeDay = nil
            if showing.start == .grade { row.meant.isStarted = false }
        case .gradeBeforeStart:
            row.shown.gradeDay = row.shown.start - random.within(1...20)
            reach = .unit
        case .gradeInFuture:
            row.shown.gradeDay = today + random.within(1...30)
            row.meant.grade = nil
            row.meant.gradeDay = nil
        case .gradeNotStarted:
            row.shown.isStarted = false
            reach = .unit
        default:
            let days = min(28, row.shown.end - row.shown.start)
            row.shown.gradeDay = row.shown.end - random.within(1...max(1, days))
            row.meant.gradeDay = row.shown.gradeDay
            row.meant.end = row.shown.gradeDay ?? row.shown.end
        }
        row.mark(kind, reach)
        student.rows[index] = row
        return true
    }

    private func takesGradeFault(_ kind: FaultKind, _ row: DraftRow) -> Bool {
        let course = row.shown
        let facts = stock.courses[course.course]
        switch kind {
        case .xOnGY: return row.isGraded && facts.niva == .gy && course.kursdel == 11
        case .skillsOnGY: return row.isWholeRecord && facts.niva == .gy
        case .ungradedGraded:
            return row.isPlain && course.isStarted && !facts.isGradable && course.end < today
        case .gradeNotStarted: return row.isGraded && course.grade != .f && course.grade != .i
        default: return row.isGraded
        }
    }
}
