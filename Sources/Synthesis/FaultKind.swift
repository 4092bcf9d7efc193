/// A way in which one row of a sample breaks one rule. Where a rule has more than one outcome there is a kind each.
enum FaultKind: CaseIterable {
    // One field
    case unknownSchool, kommunkod, skolkodRange
    case personnummerFormat, temporaryPersonnummer, personnummerDate, checkDigit
    case codeLetterCase, codeDecoration, codeTooLong, codeEmpty, unknownCode
    case delkursDivided, kursdelRange, kursdelOrder, kursdelMissing, kursdelUnknown
    case poangRange, poangMissing, poangUnknown
    case nivaValue, nivaMissing
    case betygValue, registreringValue
    case startFormat, endFormat, eventDateFormat, gradeDateFormat, startMissing, endMissing, endOpen
    case eventValue, scopeValue, skillsValue, contractValue
    // One record
    case endBeforeStart, overAYear, eventWithoutDate, dateWithoutEvent, eventOutside
    case notStartedDate, notStartedButStarted, missedBeforeStart, dropOutNotRegistered
    case absenceAge, absenceTooShort, absenceTooEarly
    case xOnGY, skillsOnGY, ungradedGraded, gradeWithoutDate, dateWithoutGrade
    case gradeBeforeStart, gradeInFuture, gradeNotStarted, earlyGrade, startedBeforeCourse
    // One unit
    case duplicate, gradeCorrected, gradesContradict, conflicting, notStartedPartly, notStartedAll
    // Reading
    case cellTooMany, cellsMissing, invalidBytes

    /// The rule's name in the catalogue.
    var rule: String {
        switch self {
        case .unknownSchool: "unknown-school"
        case .kommunkod: "skolkod-looks-like-kommunkod"
        case .skolkodRange: "skolkod-range"
        case .personnummerFormat: "personnummer-format"
        case .temporaryPersonnummer: "temporary-personnummer"
        case .personnummerDate: "personnummer-date"
        case .checkDigit: "personnummer-check-digit"
        case .codeLetterCase, .codeDecoration: "course-code-decorated"
        case .codeTooLong, .codeEmpty: "kurskod-length"
        case .unknownCode: "unknown-course-code"
        case .delkursDivided: "delkurs-undivided"
        case .kursdelRange: "kursdel-range"
        case .kursdelOrder: "kursdel-order"
        case .kursdelMissing, .kursdelUnknown: "kursdel-missing"
        case .poangRange: "poang-range"
        case .poangMissing, .poangUnknown: "poang-missing"
        case .nivaValue: "niva-value"
        case .nivaMissing: "niva-missing"
        case .betygValue: "betyg-value"
        case .registreringValue: "registrering-value"
        case .startFormat, .endFormat, .eventDateFormat, .gradeDateFormat: "date-format"
        case .startMissing: "start-date-missing"
        case .endMissing, .endOpen: "end-date-missing"
        case .eventValue: "meddelandeorsak-value"
        case .scopeValue, .skillsValue, .contractValue: "flag-value"
        case .endBeforeStart: "end-before-start"
        case .overAYear: "course-over-a-year"
        case .eventWithoutDate, .dateWithoutEvent: "event-date-missing"
        case .eventOutside: "event-date-outside-course"
        case .notStartedDate: "not-started-date"
        case .notStartedButStarted: "not-started-but-started"
        case .missedBeforeStart: "drop-out-before-start"
        case .dropOutNotRegistered: "drop-out-not-registered"
        case .absenceAge: "absence-age"
        case .absenceTooShort: "absence-too-short"
        case .absenceTooEarly: "absence-too-early"
        case .xOnGY: "x-only-gr"
        case .skillsOnGY: "fardighetstraning-only-gr"
        case .ungradedGraded: "ungraded-course-graded"
        case .gradeWithoutDate: "grade-without-date"
        case .dateWithoutGrade: "date-without-grade"
        case .gradeBeforeStart: "grade-before-start"
        case .gradeInFuture: "grade-in-future"
        case .gradeNotStarted: "grade-not-started"
        case .earlyGrade: "early-grade-end-date"
        case .startedBeforeCourse: "started-before-course"
        case .duplicate: "duplicate-record"
        case .gradeCorrected, .gradesContradict: "corrected-grade"
        case .conflicting: "conflicting-records"
        case .notStartedPartly: "not-started-partly"
        case .notStartedAll: "not-started-all"
        case .cellTooMany, .cellsMissing: "row-cell-count"
        case .invalidBytes: "invalid-bytes"
        }
    }

    /// A student in whom the fault finds its row.
    var shape: StudentShape {
        switch self {
        case .delkursDivided: .delkurs
        case .kursdelUnknown: .crossing
        case .poangUnknown: .divided
        case .betygValue, .gradeDateFormat, .gradeWithoutDate, .gradeBeforeStart, .gradeInFuture, .gradeNotStarted,
            .earlyGrade, .xOnGY, .gradeCorrected, .gradesContradict, .dateWithoutGrade:
            .graded
        case .eventDateFormat, .eventValue, .eventWithoutDate, .eventOutside, .dropOutNotRegistered: .dropOut
        case .notStartedDate, .notStartedButStarted, .notStartedAll: .neverStarted
        case .missedBeforeStart, .notStartedPartly: .missedCourse
        case .absenceTooShort: .absent
        case .absenceTooEarly: .young
        case .ungradedGraded: .ungraded
        case .startedBeforeCourse: .coming
        case .cellTooMany, .cellsMissing, .invalidBytes: .single
        default: .ordinary
        }
    }

    /// Whether the student is to be in study-aid age.
    var needsYouth: Bool { self == .absenceTooShort || self == .absenceTooEarly }

    /// Whether the school itself fails: then the student's units at every school are held.
    var reachesEverySchool: Bool { self == .unknownSchool || self == .kommunkod || self == .skolkodRange }
}
