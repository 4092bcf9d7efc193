import CSN

/// What one row says of one course: the fields of CSN's record.
struct Enrolment: Equatable {
    var skolkod: UInt16
    /// Index into the ``CourseStock``.
    var course: Int
    var kursdel = 11
    var points: Int
    var start: Day
    var end: Day
    /// Started, J.
    var isStarted = false
    var event: Meddelandeorsak?
    var eventDay: Day?
    var grade: Betyg?
    var gradeDay: Day?
    var omfattning: Omfattning?
    var isSkillsTraining = false
    var isContract = false

    /// Whether the row says that a single course was not started.
    var isMissed: Bool { !isStarted && event == .dropOut }
}

/// What becomes of a row.
enum Fate: String {
    case sent, held, dropped, ignored
}

/// How far a row that cannot be sent reaches.
enum HoldReach {
    /// Itself alone: nobody can tell whose it is.
    case row
    /// Its unit.
    case unit
    /// All of the student's units at the school.
    case school
    /// The student's units at every school of the export.
    case everywhere
}

/// One row of the export with its truth.
struct DraftRow {
    /// What the export says.
    var shown: Enrolment
    /// What is meant: the record after everything the program mends.
    var meant: Enrolment
    /// A cell in which something else stands than ``shown`` says.
    var cell: (field: Field, text: [UInt8])?
    /// Which of ``Showing/leaveOuts`` the row has: it is read past.
    var leftOut: Int?
    /// Cells more (or fewer) than the header has.
    var surplusCells = 0
    var fate = Fate.sent
    var fault: FaultKind?
    var reach: HoldReach?
    /// The record has this row alone: no other one adds an event to it.
    var isWholeRecord = true
    /// The startdatum and slutdatum by which the row joins a unit; nil where they cannot be read.
    var unitStart: Day?
    var unitEnd: Day?

    init(_ enrolment: Enrolment) {
        shown = enrolment
        meant = enrolment
        unitStart = enrolment.start
        unitEnd = enrolment.end
    }

    /// Something is said of the course beside that it was, or will be, studied.
    var isPlain: Bool { isWholeRecord && shown.event == nil && shown.grade == nil }
    /// Started, with a grade, without an event.
    var isGraded: Bool { isWholeRecord && shown.event == nil && shown.grade != nil && shown.isStarted }
}

/// One student at one school with all rows.
struct StudentDraft {
    var person: Person
    /// The system's own id.
    var studentID: Int
    var isProtected = false
    var rows: [DraftRow] = []

    /// Holds what the faulty row reaches. Rows that are dropped stay so.
    mutating func resolveFates() {
        guard let faulty = rows.firstIndex(where: { $0.reach != nil }), let reach = rows[faulty].reach else { return }
        switch reach {
        case .row: rows[faulty].fate = .held
        case .school, .everywhere: hold(Array(rows.indices))
        case .unit: hold(StudyPeriod.members(of: faulty, in: rows))
        }
    }

    mutating func hold(_ indices: [Int]) {
        for index in indices where rows[index].fate == .sent { rows[index].fate = .held }
    }
}

/// The study period as `docs/architecture.md` defines it: startdatum in one calendar half-year, or dates that overlap,
/// transitively.
enum StudyPeriod {
    /// The indices of the rows in one period with that row, itself included.
    static func members(of row: Int, in rows: [DraftRow]) -> [Int] {
        var members = [row]
        var next = 0
        while next < members.count {
            let known = rows[members[next]]
            next += 1
            for index in rows.indices where !members.contains(index) && joins(known, rows[index]) {
                members.append(index)
            }
        }
        return members
    }

    private static func joins(_ one: DraftRow, _ other: DraftRow) -> Bool {
        guard let start = one.unitStart, let otherStart = other.unitStart else { return false }
        if start.halfYear == otherStart.halfYear { return true }
        guard let end = one.unitEnd, let otherEnd = other.unitEnd else { return false }
        return start <= otherEnd && otherStart <= end
    }
}
