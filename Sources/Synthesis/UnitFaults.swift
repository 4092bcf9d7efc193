import CSN

extension FaultMaking {
    /// Faults that are a row more about the same course.
    func addRow(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        guard let index = row(of: student, &random, where: { takesTwin(kind, $0) }) else { return false }
        var twin = student.rows[index]
        switch kind {
        case .duplicate:
            twin.fate = .dropped
            twin.mark(kind, nil)
        case .gradeCorrected:
            twin.shown.grade = another(than: twin.shown.grade)
            twin.shown.gradeDay = twin.shown.end
            twin.fate = .dropped
            twin.mark(kind, nil)
        case .gradesContradict:
            twin.shown.grade = another(than: twin.shown.grade)
            twin.meant.grade = twin.shown.grade
            twin.mark(kind, .unit)
        default:
            if random.happens(500) {
                twin.shown.end = twin.shown.end - random.within(1...7)
            } else {
                twin.shown.isContract.toggle()
            }
            twin.meant = twin.shown
            twin.unitEnd = twin.shown.end
            twin.mark(kind, .unit)
        }
        // A dropped row says what its record says; a copy comes after what it copies.
        let isBefore = kind != .duplicate && random.happens(500)
        student.rows.insert(twin, at: isBefore ? index : index + 1)
        return true
    }

    private func takesTwin(_ kind: FaultKind, _ row: DraftRow) -> Bool {
        switch kind {
        case .duplicate: row.isWholeRecord
        // The earlier of two grades is given on the last day: before it, it would first move the end.
        case .gradeCorrected: row.isGraded && (row.shown.gradeDay.map { $0 > row.shown.end } ?? false)
        case .gradesContradict: row.isGraded
        default: row.isPlain && row.shown.end - row.shown.start > 10
        }
    }

    /// Another grade of the same scale.
    private func another(than grade: Betyg?) -> Betyg {
        switch grade {
        case .g: .i
        case .i: .g
        case .e: .c
        default: .e
        }
    }

    /// Not-started events that the handbook wants otherwise.
    func breakUnit(_ kind: FaultKind, _ student: inout StudentDraft) -> Bool {
        let isPartly = kind == .notStartedPartly
        let index = student.rows.firstIndex {
            $0.isWholeRecord && (isPartly ? $0.shown.isMissed : $0.shown.event == .notStarted)
        }
        guard let index else { return false }
        student.rows[index].shown.event = isPartly ? .notStarted : .dropOut
        student.rows[index].mark(kind, nil)
        return true
    }

    /// Rows whose cells cannot be trusted, in students without any other row: whether the student can be told from
    /// such a row or not, this row alone is held.
    func breakRow(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        guard student.rows.count == 1 else { return false }
        switch kind {
        case .cellTooMany: student.rows[0].surplusCells = 1
        case .cellsMissing: student.rows[0].surplusCells = -random.within(1...4)
        default:
            let code = stock.courses[student.rows[0].shown.course].code
            student.rows[0].cell = (.kurskod, [SampleText.invalid] + code.dropFirst())
        }
        student.rows[0].mark(kind, .row)
        return true
    }
}
