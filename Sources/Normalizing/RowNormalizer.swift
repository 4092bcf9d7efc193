import CSN
import Documents
import Profiles

/// Makes a ``Candidate`` of one row's cells. One for each worker and input; keeps what it has looked up.
///
/// The caller sets ``cells`` for each row and calls ``normalize(at:into:)``; what did not simply become a value stands
/// in ``notes`` afterwards. No finding is made here: that is for the rules.
public struct RowNormalizer {
    /// What a run knows, the same for all workers.
    public let knowledge: Knowledge
    /// The input's cells of this row by slot: UTF-8, trimmed; empty where there is no column.
    public var cells: [CellBytes]
    /// What was left in the fields of the last row.
    public private(set) var notes: [FieldNote] = []

    private let columns: [Int?]
    private let profile: Profile
    private let personnummer: PersonnummerReading
    private let dates: [DateReading]
    private let givenSchool: Skolkod?
    private var courses = ShortKeyTable<CourseRegister.Resolved>()
    private var ownCourses: [UInt16: ShortKeyTable<CourseRegister.Resolved>] = [:]
    private var schools = ShortKeyTable<Skolkod>()
    private let words: RowWords
    private var lastStudent: (key: ShortKey, school: UInt16, number: UInt32)?
    private var ownWords: [UInt16: RowWords] = [:]

    /// A normalizer for one input.
    ///
    /// - Parameters:
    ///   - columns: for each slot the export's column (from 0), or nil where it has none.
    ///   - school: the school of the whole export, where it has no school column.
    public init(_ knowledge: Knowledge, profile: Profile, columns: [Int?], school: Skolkod?) {
        self.knowledge = knowledge
        self.profile = profile
        self.columns = columns
        givenSchool = school
        cells = Array(repeating: CellBytes(start: nil, count: 0), count: Slot.allCases.count)
        personnummer = PersonnummerReading(today: knowledge.today)
        dates = Slot.allCases.map {
            DateReading(forms: profile.columns[$0]?.dates ?? DateForm.usual, today: knowledge.today)
        }
        words = RowWords(knowledge.vocabularies, school: 0, profile: profile)
    }

    private func cell(_ slot: Slot) -> CellBytes { cells[Int(slot.rawValue)] }
    private func column(_ slot: Slot) -> Int? { columns[Int(slot.rawValue)] }

    private mutating func note(_ field: Field, _ outcome: FieldNote.Outcome, _ slot: Slot, became: String = "") {
        notes.append(FieldNote(field, outcome, value: cell(slot).text, column: column(slot), became: became))
    }

    // MARK: - The row

    /// Reads the cells into a candidate.
    ///
    /// - Parameter invalid: slots whose cells hold bytes that the encoding does not know.
    public mutating func normalize(at origin: RowOrigin, invalid: [Slot] = [], into candidate: inout Candidate) {
        notes.removeAll(keepingCapacity: true)
        candidate = Candidate(origin: origin)
        readSchool(&candidate)
        readPersonnummer(&candidate)
        readDates(&candidate)
        readCourse(&candidate)
        readNumbers(&candidate)
        let school = candidate.skolkod?.number ?? 0
        readWords(words(at: school), &candidate)
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
        candidate = Candidate(origin: origin)
        readSchool(&candidate)
        if case .value(let number) = personnummer.read(cell(.personnummer)) {
            candidate.personnummer = number
        } else {
            candidate.marks.insert(.unknownStudent)
        }
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
            notes.removeAll { $0.field == field }
            note(field, .failed(.invalidBytes), slot)
        }
    }

    private mutating func words(at school: UInt16) -> RowWords {
        guard knowledge.vocabularies.hasOwnGrades(school) else { return words }
        if let own = ownWords[school] { return own }
        let own = RowWords(knowledge.vocabularies, school: school, profile: profile)
        ownWords[school] = own
        return own
    }

    private mutating func readSchool(_ candidate: inout Candidate) {
        let slot: Slot = column(.skolkod) != nil ? .skolkod : .skola
        guard column(slot) != nil else {
            candidate.skolkod = givenSchool
            return
        }
        let bytes = cell(slot)
        let key = ShortKey(bytes)
        if let key, let known = schools[key] {
            candidate.skolkod = known
            return
        }
        switch knowledge.schools.resolve(bytes.text, isCSNColumn: slot == .skolkod) {
        case .value(let school):
            candidate.skolkod = school
            if let key { schools.set(key, school) }
        case .doubtful(let school, let problem):
            candidate.skolkod = school
            note(.skolkod, .failed(problem), slot)
        case .failed(let problem):
            note(.skolkod, .failed(problem), slot)
        case .blank:
            note(.skolkod, .failed(.missing), slot)
        }
    }

    private mutating func readPersonnummer(_ candidate: inout Candidate) {
        switch personnummer.read(cell(.personnummer)) {
        case .value(let number): candidate.personnummer = number
        case .doubtful(let number, let problem):
            candidate.personnummer = number
            note(.personnummer, .failed(problem), .personnummer)
        case .failed(let problem): note(.personnummer, .failed(problem), .personnummer)
        case .blank: note(.personnummer, .failed(.missing), .personnummer)
        }
        candidate.studentID = studentID(candidate)
    }

    /// A student's rows usually follow each other, so the last number is tried before it is looked up.
    private mutating func studentID(_ candidate: Candidate) -> UInt32 {
        let id = cell(.studentid)
        guard !id.isEmpty else {
            return candidate.personnummer == nil ? knowledge.students.number(ofUnreadable: cell(.personnummer)) : 0
        }
        let school = candidate.skolkod?.number ?? 0
        let key = ShortKey(id)
        if let last = lastStudent, let key, last.key == key, last.school == school { return last.number }
        let number = knowledge.students.number(ofID: id, school: school)
        if let key { lastStudent = (key, school, number) }
        return number
    }

    private func read(_ slot: Slot) -> Reading<Day> { dates[Int(slot.rawValue)].read(cell(slot)) }

    private mutating func day(_ slot: Slot, _ field: Field, isNeeded: Bool) -> Day? {
        switch read(slot) {
        case .value(let day): return day
        case .doubtful(let day, _): return day
        case .blank:
            if isNeeded { note(field, .failed(.missing), slot) }
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
        if !cell(.exportdag).isEmpty, case .value(let day) = read(.exportdag) { candidate.exportDay = day }
    }

    // MARK: - Course and numbers

    private mutating func readCourse(_ candidate: inout Candidate) {
        let bytes = cell(.kurskod)
        guard !bytes.isEmpty else {
            note(.kurskod, .failed(.missing), .kurskod)
            return
        }
        let resolved = resolve(bytes, at: candidate.skolkod?.number ?? 0)
        candidate.course = resolved.course
        if let outcome = resolved.outcome {
            note(.kurskod, outcome, .kurskod, became: resolved.became)
        } else if let condition = resolved.condition, let start = candidate.startdatum, !condition.holds(start) {
            note(.kurskod, .failed(.unknown), .kurskod)
        }
    }

    private mutating func resolve(_ bytes: CellBytes, at school: UInt16) -> CourseRegister.Resolved {
        guard let key = ShortKey(bytes) else { return knowledge.courses.resolve(bytes.text, at: school) }
        if knowledge.courses.hasOwnCodes(school) {
            if let known = ownCourses[school]?[key] { return known }
            let found = knowledge.courses.resolve(bytes.text, at: school)
            ownCourses[school, default: ShortKeyTable()].set(key, found)
            return found
        }
        if let known = courses[key] { return known }
        let found = knowledge.courses.resolve(bytes.text, at: school)
        courses.set(key, found)
        return found
    }

    private mutating func readNumbers(_ candidate: inout Candidate) {
        switch NumberReading.kursdel(cell(.kursdel)) {
        case .value(let part), .doubtful(let part, _): candidate.kursdel = part
        case .failed(let problem): note(.kursdel, .failed(problem), .kursdel)
        case .blank: break
        }
        switch NumberReading.poang(cell(.poang)) {
        case .value(let points), .doubtful(let points, _): candidate.poang = points
        case .failed(let problem): note(.poang, .failed(problem), .poang)
        case .blank: break
        }
    }

    // MARK: - Words

    /// The code of the slot's word; 0 for a blank, nil (and a note) for a word that is not known.
    private mutating func word(_ reader: inout WordReader, _ slot: Slot, _ field: Field?) -> UInt8? {
        let bytes = cell(slot)
        guard !bytes.isEmpty else { return 0 }
        let code = reader.read(bytes)
        guard code == WordReader.unknown else { return code }
        if let field { note(field, .failed(.notAllowed), slot) }
        return nil
    }

    private mutating func readWords(_ words: RowWords, _ candidate: inout Candidate) {
        candidate.fardighetstraning = word(&words.skillTraining, .fardighetstraning, .fardighetstraning) == 1
        candidate.uppdragsutbildning = word(&words.commissioned, .uppdragsutbildning, .uppdragsutbildning) == 1
        candidate.traineejobb = word(&words.trainee, .traineejobb, .traineejobb) == 1
        candidate.omfattning = word(&words.scope, .omfattning, .omfattning).flatMap { Omfattning(rawValue: $0) }
        candidate.niva = word(&words.level, .niva, .niva).flatMap { Niva(rawValue: $0) }
        candidate.meddelandeorsak = word(&words.event, .meddelandeorsak, .meddelandeorsak)
            .flatMap { Meddelandeorsak(rawValue: $0) }
        candidate.eventReason =
            word(&words.reason, .handelseorsak, nil).flatMap { EventReason(rawValue: $0) } ?? .none
        readGrade(words, &candidate)
        readMarks(words, &candidate)
        readStart(words, &candidate)
    }

    private mutating func readGrade(_ words: RowWords, _ candidate: inout Candidate) {
        var bytes = cell(.betyg)
        guard !bytes.isEmpty else { return }
        // A trailing * marks a final grade in some systems; *** is a grade of its own (not graded).
        if bytes.count > 1, bytes[bytes.count - 1] == UInt8(ascii: "*"), bytes[0] != UInt8(ascii: "*") {
            bytes = CellBytes(rebasing: bytes[0..<bytes.count - 1])
        }
        let code = words.grade.read(bytes)
        switch code {
        case WordReader.unknown: note(.betyg, .failed(.notAllowed), .betyg)
        case RowWords.dropOut: readDropOutInGradeColumn(&candidate)
        default: candidate.betyg = Betyg(rawValue: code)
        }
    }

    /// A drop-out written in the grade column ("Avbrott", "AVB") is an event 99 with the grade's date, not a grade.
    private mutating func readDropOutInGradeColumn(_ candidate: inout Candidate) {
        let date = candidate.betygsdatum
        candidate.betygsdatum = nil
        switch candidate.meddelandeorsak {
        case nil where cell(.meddelandeorsak).isEmpty:
            candidate.meddelandeorsak = .dropOut
            if candidate.handelsedatum == nil { candidate.handelsedatum = date }
        case .dropOut:
            if candidate.handelsedatum == nil { candidate.handelsedatum = date }
        default:
            // Another event on the same row: one row holds one event, and nobody knows which is meant.
            note(.betyg, .failed(.notAllowed), .betyg)
        }
    }

    private mutating func readMarks(_ words: RowWords, _ candidate: inout Candidate) {
        if word(&words.examination, .provning, nil) == RowWords.yes { candidate.marks.insert(.examination) }
        if word(&words.programme, .program, nil) == RowWords.yes { candidate.marks.insert(.introductoryProgramme) }
        if word(&words.status, .status, nil) == RowWords.yes { candidate.marks.insert(.deceased) }
        // A word nobody knows in this column protects: showing too little harms nobody.
        if !cell(.skyddad).isEmpty, word(&words.protected, .skyddad, nil) != RowWords.no {
            candidate.marks.insert(.protectedIdentity)
        }
    }

    /// J from a column in which the school certifies the start; where the export has none, from what the school has
    /// declared as that certificate. Nothing is inferred otherwise.
    private mutating func readStart(_ words: RowWords, _ candidate: inout Candidate) {
        guard column(.registrering) == nil else {
            candidate.registrering = word(&words.started, .registrering, .registrering) == RowWords.yes
            return
        }
        guard let school = candidate.skolkod, let declared = knowledge.schools.declaration(of: school.number) else {
            return
        }
        let grade = candidate.betyg
        // A grade of a day that is still to come certifies nothing yet.
        let isGiven = candidate.betygsdatum.map { $0 <= knowledge.today } ?? true
        let isGraded = grade != nil && grade != .notGraded && grade != .z && isGiven
        candidate.registrering =
            (declared.byGrade && isGraded)
            || (!declared.statuses.isEmpty && declared.statuses.contains(cell(.status).text.lowercased()))
    }
}
