import CSN

/// Breaks one rule in one row of a student, and says what the program should make of it.
struct FaultMaking {
    let making: StudentMaking
    let kommunkoder: [Int]

    var stock: CourseStock { making.stock }
    var today: Day { making.today }
    var showing: Showing { making.showing }

    /// Puts the fault in; false, and the student unchanged, where no row takes it.
    ///
    /// - Parameter room: how many rows may be added.
    func apply(_ kind: FaultKind, to student: inout StudentDraft, room: Int, _ random: inout SeededRandom) -> Bool {
        let rows = student.rows
        let isDone =
            switch kind {
            case .unknownSchool, .kommunkod, .skolkodRange, .personnummerFormat, .temporaryPersonnummer,
                .personnummerDate,
                .checkDigit:
                breakIdentity(kind, &student, &random)
            case .codeLetterCase, .codeDecoration, .codeTooLong, .codeEmpty, .unknownCode:
                breakCode(kind, &student, &random)
            case .delkursDivided, .kursdelRange, .kursdelOrder, .kursdelMissing, .kursdelUnknown, .poangRange,
                .poangMissing, .poangUnknown, .nivaValue, .nivaMissing:
                breakExtent(kind, &student, &random)
            case .betygValue, .registreringValue, .eventValue, .scopeValue, .skillsValue, .contractValue:
                breakValue(kind, &student, &random)
            case .startFormat, .endFormat, .eventDateFormat, .gradeDateFormat, .startMissing, .endMissing, .endOpen:
                breakDate(kind, &student, &random)
            case .endBeforeStart, .overAYear, .eventWithoutDate, .dateWithoutEvent, .eventOutside, .notStartedDate,
                .notStartedButStarted, .missedBeforeStart, .dropOutNotRegistered, .startedBeforeCourse:
                breakCourse(kind, &student, &random)
            case .absenceAge, .absenceTooShort, .absenceTooEarly:
                breakAbsence(kind, &student, &random)
            case .xOnGY, .skillsOnGY, .ungradedGraded, .gradeWithoutDate, .dateWithoutGrade, .gradeBeforeStart,
                .gradeInFuture, .gradeNotStarted, .earlyGrade:
                breakGrade(kind, &student, &random)
            case .duplicate, .gradeCorrected, .gradesContradict, .conflicting:
                room > 0 && addRow(kind, &student, &random)
            case .notStartedPartly, .notStartedAll:
                breakUnit(kind, &student)
            case .cellTooMany, .cellsMissing, .invalidBytes:
                breakRow(kind, &student, &random)
            }
        guard isDone, let faulty = student.rows.firstIndex(where: { $0.fault != nil }) else {
            student.rows = rows
            return false
        }
        if student.rows[faulty].reach == nil {
            // Sent: it joins its unit by what the program made of it.
            student.rows[faulty].unitStart = student.rows[faulty].meant.start
            student.rows[faulty].unitEnd = student.rows[faulty].meant.end
        }
        return true
    }

    /// A row for which the condition holds, at random; nil where there is none.
    func row(
        of student: StudentDraft, _ random: inout SeededRandom, where condition: (DraftRow) -> Bool
    ) -> Int? {
        random.pick(student.rows.indices.filter { condition(student.rows[$0]) })
    }

    /// Writes another text in one cell of a row that takes it.
    func write(
        _ text: String, in field: Field, _ kind: FaultKind, _ reach: HoldReach?, _ student: inout StudentDraft,
        _ random: inout SeededRandom, where condition: (DraftRow) -> Bool
    ) -> Bool {
        guard let index = row(of: student, &random, where: condition) else { return false }
        student.rows[index].cell = (field, SampleText.bytes(text))
        student.rows[index].mark(kind, reach)
        return true
    }
}

extension DraftRow {
    /// Names the fault, and how far its hold reaches; nil: it is mended or left out, and nothing is held.
    mutating func mark(_ kind: FaultKind, _ reach: HoldReach?) {
        fault = kind
        self.reach = reach
    }
}
