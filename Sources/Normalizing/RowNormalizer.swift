import CSN
import Documents
import Exports
import Profiles

/// Makes a ``Candidate`` of one row's cells. One for each worker and input; keeps what it has looked up.
///
/// The caller sets ``cells`` for each row and calls ``normalize(at:into:)``; what did not simply become a value stands
/// in ``notes`` afterwards. No finding is made here: that is for the rules.
public struct RowNormalizer {
    /// What a run knows, the same for all workers.
    public let knowledge: Knowledge
    /// The input's cells of this row: UTF-8, trimmed.
    public var cells = RowCells()
    /// What was left in the fields of the last row.
    public private(set) var notes: [FieldNote] = []
    /// Whether the last row's course code is one that its school says is no course (`MENTORSRÅD`).
    public private(set) var isLeftOut = false

    private let columns: [Int?]
    /// Whether the export says anything of the whole course beside the occasion.
    private let hasCourseColumns: Bool
    private let profile: Profile
    let personnummer: PersonnummerReading
    private let dates: [DateReading]
    /// By slot, the first slot whose dates are read alike.
    private let dateKinds: [UInt32]
    private let givenSchool: Skolkod?
    private let persons: PersonTable?
    private var lastPerson = LastPerson()
    // What the last rows' cells became; each has room for what usually stands in its columns.
    private var recentSchools = RecentCells<Skolkod>(bits: 6)
    private var recentStudents = RecentCells<Personnummer>(bits: 6)
    private var recentDays = RecentCells<Day>(bits: 11)
    private var recentCourses = RecentCells<CourseIndex>(bits: 12)
    private var recentParts = RecentCells<Kursdel>(bits: 4)
    private var recentPoints = RecentCells<Int>(bits: 6)
    var recentWords = RecentCells<UInt8>(bits: 8)
    private var schoolsByCode = CellTable<Reading<Skolkod>>(limit: 10_000)
    private var schoolsByID = CellTable<Reading<Skolkod>>(limit: 10_000)
    private var lastStudent = LastStudent()
    private let words: RowWords
    private let codes = MetCodes(number: 0)
    private var readings: [UInt16: SchoolReading] = [:]
    private(set) var current: SchoolReading

    /// A normalizer for one input.
    ///
    /// - Parameters:
    ///   - columns: for each slot the export's column (from 0), or nil where it has none.
    ///   - school: the school of the whole export, where it has no school column.
    ///   - persons: the side table that says the numbers of students of whom the export has an id alone.
    public init(
        _ knowledge: Knowledge, profile: Profile, columns: [Int?], school: Skolkod?, persons: PersonTable? = nil
    ) {
        self.knowledge = knowledge
        self.profile = profile
        self.columns = columns
        givenSchool = school
        self.persons = persons
        personnummer = PersonnummerReading(today: knowledge.today)
        let dates = Slot.allCases.map { DateReading($0, of: profile, today: knowledge.today) }
        self.dates = dates
        dateKinds = dates.enumerated().map { number, date in
            UInt32(dates.firstIndex { $0.readsAlike(date) } ?? number)
        }
        hasCourseColumns = [Slot.kurspoang, .fortsatter].contains { columns[Int($0.rawValue)] != nil }
        words = RowWords(knowledge.vocabularies, school: 0, profile: profile, number: 0)
        current = SchoolReading(school: 0, words: words, codes: codes, declaration: nil)
        readings[0] = current
    }

    @inline(__always)
    func cell(_ slot: Slot) -> CellBytes { cells[slot] }
    func column(_ slot: Slot) -> Int? { columns[Int(slot.rawValue)] }

    /// - Parameter value: what is said to stand there; nil: the cell's text.
    mutating func note(
        _ field: Field, _ outcome: FieldNote.Outcome, _ slot: Slot, value: String? = nil, became: String = ""
    ) {
        notes.append(FieldNote(field, outcome, value: value ?? cell(slot).text, column: column(slot), became: became))
    }

    /// Takes back what was said of a field that is not read after all.
    mutating func removeNotes(of field: Field) { notes.removeAll { $0.field == field } }

    // MARK: - The row

    /// Reads the cells into a candidate.
    ///
    /// - Parameter invalid: slots whose cells hold bytes that the encoding does not know.
    public mutating func normalize(at origin: RowOrigin, invalid: [Slot] = [], into candidate: inout Candidate) {
        if !notes.isEmpty { notes.removeAll(keepingCapacity: true) }
        isLeftOut = false
        candidate = Candidate(origin: origin)
        readSchool(&candidate)
        readPersonnummer(&candidate)
        readDates(&candidate)
        move(to: candidate.skolkod?.number ?? 0)
        readCourse(&candidate)
        readNumbers(&candidate)
        readWords(&candidate)
        if hasCourseColumns { readWholeCourse(&candidate) }
        readStart(&candidate)
        if !invalid.isEmpty { noteInvalid(invalid, &candidate) }
        for note in notes {
            if case .failed = note.outcome { candidate.failed.insert(note.field) }
        }
    }

    /// Reads a row whose cells may stand in the wrong columns: of it nothing is believed but a personnummer that is
    /// right to its check digit, and a school that is known.
    ///
    /// - Parameters:
    ///   - problem: why: the row's number of cells, or the end of the file inside it.
    ///   - cells: how many cells the row has.
    ///   - columns: how many the header has.
    public mutating func normalizeShifted(
        _ problem: FieldProblem, cells cellCount: Int, columns columnCount: Int, at origin: RowOrigin,
        into candidate: inout Candidate
    ) {
        notes.removeAll(keepingCapacity: true)
        isLeftOut = false
        candidate = Candidate(origin: origin)
        readSchool(&candidate)
        if !notes.isEmpty { candidate.skolkod = nil }
        if case .value(let number) = number(&candidate) {
            candidate.personnummer = number
        } else {
            candidate.marks.insert(.unknownStudent)
        }
        // What says so may stand in another column: showing too little harms nobody.
        if column(.skyddad) != nil { candidate.marks.insert(.protectedIdentity) }
        notes = [
            FieldNote(
                .startdatum, .failed(problem), value: String(cellCount), column: nil, became: String(columnCount))
        ]
        candidate.failed.insert(.startdatum)
    }

    /// One cause, one note: what else was said of a cell with unreadable bytes goes.
    private mutating func noteInvalid(_ slots: [Slot], _ candidate: inout Candidate) {
        for slot in slots {
            guard let field = slot.field else { continue }
            removeNotes(of: field)
            note(field, .failed(.invalidBytes), slot)
        }
    }

    /// Makes ``current`` what the school's rows are read by; those of one school usually follow each other.
    private mutating func move(to school: UInt16) {
        if current.school == school { return }
        if let known = readings[school] {
            current = known
            return
        }
        let number = UInt32(readings.count)
        let hasOwnWords = knowledge.vocabularies.hasOwnGrades(school)
        current = SchoolReading(
            school: school,
            words: hasOwnWords
                ? RowWords(knowledge.vocabularies, school: school, profile: profile, number: number) : words,
            codes: knowledge.courses.hasOwnCodes(school) ? MetCodes(number: number) : codes,
            declaration: knowledge.schools.declaration(of: school))
        readings[school] = current
    }

    // MARK: - School and student

    private mutating func readSchool(_ candidate: inout Candidate) {
        let isNamed = column(.skolkod) != nil && (cells.has(.skolkod) || column(.skola) == nil)
        let slot: Slot = isNamed ? .skolkod : .skola
        if let known = recentSchools[cell(slot), UInt32(slot.rawValue)] {
            candidate.skolkod = known
            return
        }
        guard column(slot) != nil else {
            candidate.skolkod = givenSchool
            return
        }
        let bytes = cell(slot).withoutDecimalZeros
        switch school(bytes, isCSNColumn: isNamed) {
        case .value(let school):
            candidate.skolkod = school
            recentSchools.set(cell(slot), UInt32(slot.rawValue), school)
        case .doubtful(let school, let problem):
            candidate.skolkod = school
            note(.skolkod, .failed(problem), slot)
        case .failed(let problem): note(.skolkod, .failed(problem), slot)
        case .blank: note(.skolkod, .failed(.missing), slot)
        }
    }

    private mutating func school(_ bytes: CellBytes, isCSNColumn: Bool) -> Reading<Skolkod> {
        if let known = isCSNColumn ? schoolsByCode[bytes] : schoolsByID[bytes] { return known }
        let found = knowledge.schools.resolve(bytes.text, isCSNColumn: isCSNColumn)
        if isCSNColumn { schoolsByCode.set(bytes, found) } else { schoolsByID.set(bytes, found) }
        return found
    }

    private mutating func readPersonnummer(_ candidate: inout Candidate) {
        switch number(&candidate) {
        case .value(let number): candidate.personnummer = number
        case .doubtful(let number, let problem):
            candidate.personnummer = number
            note(.personnummer, .failed(problem), .personnummer)
        case .failed(let problem):
            if problem == .temporary { candidate.marks.insert(.temporaryNumber) }
            note(.personnummer, .failed(problem), .personnummer)
        case .blank: note(.personnummer, .failed(.missing), .personnummer)
        }
        candidate.studentID = studentID(candidate)
    }

    /// The row's own number, or what the side table says of the row's student.
    private mutating func number(_ candidate: inout Candidate) -> Reading<Personnummer> {
        guard let persons else { return ownNumber }
        let id = cell(.studentid)
        guard !id.isEmpty else { return .blank }
        guard let person = lastPerson.person(id, in: persons) else { return .failed(.guid) }
        if person.isProtected { candidate.marks.insert(.protectedIdentity) }
        return person.number
    }

    private var ownNumber: Reading<Personnummer> {
        mutating get {
            let bytes = cell(.personnummer)
            if let known = recentStudents[bytes, 0] { return .value(known) }
            let read = personnummer.read(bytes)
            if case .value(let number) = read { recentStudents.set(bytes, 0, number) }
            return read
        }
    }

    private mutating func studentID(_ candidate: Candidate) -> UInt32 {
        let id = cell(.studentid)
        guard cells.has(.studentid) else {
            return candidate.personnummer == nil ? knowledge.students.number(ofUnreadable: cell(.personnummer)) : 0
        }
        let school = candidate.skolkod?.number ?? 0
        if let number = lastStudent.number(of: id, school: school) { return number }
        let number = knowledge.students.number(ofID: id, school: school, system: profile.system)
        lastStudent.set(id, school: school, number: number)
        return number
    }

    func read(_ slot: Slot) -> Reading<Day> { dates[Int(slot.rawValue)].read(cell(slot)) }

    private mutating func day(_ slot: Slot, _ field: Field, isNeeded: Bool) -> Day? {
        guard cells.has(slot) else {
            if isNeeded { note(field, .failed(.missing), slot) }
            return nil
        }
        let kind = dateKinds[Int(slot.rawValue)]
        if let known = recentDays[cell(slot), kind] { return known }
        switch read(slot) {
        case .value(let day):
            recentDays.set(cell(slot), kind, day)
            return day
        case .doubtful(let day, _): return day
        case .blank: break
        case .failed(let problem):
            note(field, .failed(problem), slot)
        }
        return nil
    }

    private mutating func readDates(_ candidate: inout Candidate) {
        candidate.startdatum = day(.startdatum, .startdatum, isNeeded: true)
        candidate.slutdatum = day(.slutdatum, .slutdatum, isNeeded: true)
        candidate.handelsedatum = day(.handelsedatum, .handelsedatum, isNeeded: false)
        candidate.betygsdatum = day(.betygsdatum, .betygsdatum, isNeeded: false)
        if cells.has(.exportdag), case .value(let day) = read(.exportdag) { candidate.exportDay = day }
    }

    // MARK: - Course and numbers

    private mutating func readCourse(_ candidate: inout Candidate) {
        let bytes = cell(.kurskod)
        guard cells.has(.kurskod) else {
            note(.kurskod, .failed(.missing), .kurskod)
            return
        }
        if let known = recentCourses[bytes, current.codes.number] {
            candidate.course = known
            return
        }
        let resolved = current.codes.resolve(bytes, at: current.school, in: knowledge.courses)
        if let course = resolved.simply { recentCourses.set(bytes, current.codes.number, course) }
        candidate.course = resolved.course
        isLeftOut = resolved.isLeftOut
        if let outcome = resolved.outcome {
            note(.kurskod, outcome, .kurskod, became: resolved.became)
        } else if let condition = resolved.condition, let start = candidate.startdatum, !condition.holds(start) {
            note(.kurskod, .failed(.unknown), .kurskod)
        }
    }

    private mutating func readNumbers(_ candidate: inout Candidate) {
        if cells.has(.kursdel) { readKursdel(&candidate) }
        if cells.has(.poang) { readPoang(&candidate) }
    }

    private mutating func readKursdel(_ candidate: inout Candidate) {
        let bytes = cell(.kursdel)
        if let known = recentParts[bytes, 0] {
            candidate.kursdel = known
            return
        }
        switch NumberReading.kursdel(bytes) {
        case .value(let part), .doubtful(let part, _):
            candidate.kursdel = part
            recentParts.set(bytes, 0, part)
        case .failed(let problem): note(.kursdel, .failed(problem), .kursdel)
        case .blank: break
        }
    }

    private mutating func readPoang(_ candidate: inout Candidate) {
        let bytes = cell(.poang)
        if let known = recentPoints[bytes, 0] {
            candidate.poang = known
            return
        }
        switch NumberReading.poang(bytes) {
        case .value(let points), .doubtful(let points, _):
            candidate.poang = points
            recentPoints.set(bytes, 0, points)
        case .failed(let problem): note(.poang, .failed(problem), .poang)
        case .blank: break
        }
    }
}

/// The student of the row before: a student's rows usually follow each other.
private struct LastStudent {
    private var id: [UInt8] = []
    private var school: UInt16 = 0
    private var number: UInt32 = 0

    func number(of id: CellBytes, school: UInt16) -> UInt32? {
        number != 0 && school == self.school && id.isSame(as: self.id) ? number : nil
    }

    mutating func set(_ id: CellBytes, school: UInt16, number: UInt32) {
        self.id.removeAll(keepingCapacity: true)
        self.id.append(contentsOf: id)
        (self.school, self.number) = (school, number)
    }
}
