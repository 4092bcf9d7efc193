import CSN
import Profiles

/// What the columns of an export can show, and so what its sample holds and which faults it can have.
struct Showing {
    /// How the export names the school.
    enum School {
        /// In a column that is CSN's by name.
        case code
        /// By an id, which may also be CSN's code.
        case id
        /// Not at all: the export is of one school.
        case none
    }

    /// What certifies a start.
    enum Start {
        /// A column in which the school does so.
        case column
        /// The words of a status, as the configuration beside the sample declares.
        case status
        /// That there is a grade, as the configuration declares.
        case grade
    }

    let school: School
    let start: Start
    let isDelimited: Bool
    /// The words of ``Slot/status`` for a course that is studied and for one that was broken off.
    let statuses: [String]
    /// Which columns tell rows to leave out, and by which values.
    let leaveOuts: [LeaveOut]
    private let forms: [Slot: DateForm]
    /// The grades that the profile's scales have; empty: all.
    private let scale: Set<String>
    private let slots: Set<Slot>
    private let ofStudent: Set<Slot>
    private let joins: Bool

    /// A value by which the profile leaves a row out.
    struct LeaveOut {
        /// Of the sample's columns, from 0.
        var column: Int
        var value: String
        /// The column says nothing else: what kind of school form the course belongs to.
        var isForm: Bool
    }

    init(_ profile: Profile, _ shape: SampleShape) {
        func shown(_ columns: [SampleShape.Column]) -> Set<Slot> {
            Set(columns.filter { $0.text == nil }.compactMap(\.slot))
        }
        ofStudent = shown(shape.elements?.parent?.columns ?? [])
        slots = shown(shape.columns).union(ofStudent)
        scale = profile.columns[.betyg]?.scale ?? []
        forms = profile.columns.compactMapValues(\.dates.first)
        school = slots.contains(.skolkod) ? .code : slots.contains(.skola) ? .id : .none
        let words = shape.words[.status] ?? [:]
        let events = [Slot.dropOutAsGrade, ""].compactMap { words[$0] }
        statuses = slots.contains(.status) && events.count == 2 ? events : []
        start = slots.contains(.registrering) ? .column : statuses.isEmpty ? .grade : .status
        if case .delimited(let form) = profile.container {
            isDelimited = true
            joins = !form.joins.isEmpty || form.joinedPosition != nil
        } else {
            isDelimited = false
            joins = false
        }
        leaveOuts = shape.columns.enumerated().flatMap { place, column in
            (column.leaveOut.map { profile.leavesOut[$0].values } ?? []).map {
                LeaveOut(column: place, value: $0, isForm: column.slot == nil)
            }
        }
    }

    /// Whether a column holds the slot's values.
    func shows(_ slot: Slot) -> Bool { slots.contains(slot) }

    /// Whether what stands there stands for all rows of a student.
    func isOfStudent(_ slot: Slot) -> Bool { ofStudent.contains(slot) }

    /// The form in which the slot's dates are written.
    func form(of slot: Slot) -> DateForm { forms[slot] ?? .iso }

    /// Whether a row can say that, with its day, and be right.
    func shows(_ event: Meddelandeorsak) -> Bool {
        guard slots.contains(.handelsedatum) else { return false }
        if slots.contains(.meddelandeorsak) && start == .column { return true }
        return event == .dropOut && start == .status
    }

    /// Whether the part of a course that is read over two half-years can be told.
    var showsCrossing: Bool { slots.contains(.kursdel) || slots.contains(.kurspoang) }
    /// Whether the grade is one of the scales that the export has.
    func hasGrade(_ grade: Betyg) -> Bool { scale.isEmpty || scale.contains(grade.code) }
    /// Whether a row whose cells are more than the header's can be told.
    var showsSurplus: Bool { isDelimited && !joins }
}

extension FaultKind {
    /// Whether an export with those columns, in the encoding, can show the fault, and it alone: where a grade
    /// certifies the start, faults that take the grade away or set it against the start would break two rules.
    func canBeShown(by showing: Showing, _ encoding: SampleEncoding) -> Bool {
        switch self {
        // Without a byte order mark a byte that UTF-8 does not know means that the file is not in UTF-8.
        case .invalidBytes: showing.isDelimited && encoding == .utf8BOM
        case .cellTooMany: showing.showsSurplus
        case .cellsMissing: showing.isDelimited
        case .unknownSchool, .kommunkod: showing.school == .id
        case .skolkodRange: showing.school == .code
        case .personnummerFormat, .temporaryPersonnummer, .personnummerDate, .checkDigit:
            showing.shows(.personnummer)
        case .delkursDivided, .kursdelRange, .kursdelOrder, .kursdelMissing, .overAYear: showing.shows(.kursdel)
        case .poangUnknown: showing.shows(.kursdel) && showing.shows(.poang)
        case .poangRange: showing.shows(.poang)
        case .poangMissing: showing.shows(.poang) && !showing.shows(.kurspoang)
        case .nivaValue, .nivaMissing: showing.shows(.niva)
        case .eventValue: showing.shows(.meddelandeorsak) && showing.shows(.dropOut)
        case .scopeValue: showing.shows(.omfattning)
        case .skillsValue, .skillsOnGY: showing.shows(.fardighetstraning)
        case .contractValue, .conflicting: showing.shows(.uppdragsutbildning)
        case .eventDateFormat, .eventWithoutDate, .dateWithoutEvent, .eventOutside: showing.shows(.dropOut)
        case .notStartedDate, .notStartedButStarted, .notStartedPartly, .notStartedAll: showing.shows(.notStarted)
        case .registreringValue, .startedBeforeCourse: showing.start == .column
        case .missedBeforeStart, .dropOutNotRegistered: showing.start == .column && showing.shows(.dropOut)
        case .absenceAge, .absenceTooShort, .absenceTooEarly: showing.shows(.absenceBegins)
        case .gradeInFuture, .ungradedGraded: showing.shows(.betyg) && showing.start != .grade
        case .gradeNotStarted: showing.shows(.betyg) && showing.start == .column
        case .xOnGY: showing.shows(.betyg) && showing.shows(.betygsdatum) && showing.hasGrade(.x)
        case .betygValue, .gradeWithoutDate, .gradeBeforeStart, .gradeDateFormat, .dateWithoutGrade,
            .earlyGrade, .gradeCorrected, .gradesContradict:
            showing.shows(.betyg) && showing.shows(.betygsdatum)
        case .endOpen: showing.form(of: .slutdatum) != .short
        case .codeLetterCase, .codeDecoration, .codeTooLong, .codeEmpty, .unknownCode, .kursdelUnknown, .startFormat,
            .endFormat, .startMissing, .endMissing, .endBeforeStart, .duplicate:
            true
        }
    }

    /// A student in whom the fault finds its row, where what is wrong may stand for all rows of the student.
    func shape(by showing: Showing) -> StudentShape {
        switch self {
        case .personnummerFormat, .temporaryPersonnummer, .personnummerDate, .checkDigit:
            showing.isOfStudent(.personnummer) ? .single : shape
        default: shape
        }
    }
}
