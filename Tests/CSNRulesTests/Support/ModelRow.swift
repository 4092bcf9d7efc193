import CSN
import Testing

/// The model row of ``Example`` and its strict reading: CSN's own forms and nothing else, so that the examples say what
/// the rules see without leaning on how vendors' spellings are read.
struct ModelRow {
    /// What stands in the model row.
    static let cells = [
        "skolkod": "1003", "personnummer": "19900101-9802", "kurskod": "SVESVE01", "kursdel": "11", "poang": "100",
        "niva": "GY", "startdatum": "2026-08-17", "slutdatum": "2026-12-18", "registrering": "J",
    ]

    /// Courses of the national register with what it says of them; GRNORI21A is ungraded.
    static let courses: [Course] = [
        Course(code: "SVESVE01", facts: gy11(100)),
        Course(code: "SVESVE02", facts: gy11(100)),
        Course(code: "MATMAT01a", facts: gy11(100)),
        Course(code: "MATMAT02b", facts: gy11(100)),
        Course(code: "ENGENG05", facts: gy11(100)),
        Course(code: "BILBIL01a1", facts: gy11(50)),
        Course(
            code: "MATE1A00X",
            facts: CourseFacts(
                points: 100, niva: .gy, isInRegister: true, family: .gy25,
                validFrom: Day(year: 2025, month: 7, day: 1))),
        Course(code: "GRNMAT2", facts: grvux(600)),
        Course(code: "GRNENG2", facts: grvux(600)),
        Course(code: "GRNMATA", facts: grvux(100, isDelkurs: true)),
        Course(code: "GRNMATB", facts: grvux(100, isDelkurs: true)),
        Course(code: "GRNORI21A", facts: grvux(nil, isUngraded: true)),
        Course(code: "GRNORI21B", facts: grvux(nil, isUngraded: true)),
        Course(
            code: "GYARNA",
            facts: CourseFacts(points: 100, niva: .gy, isInRegister: true, family: .gy11, isDegreeProject: true)),
        // Of a national form, but not in the register.
        Course(code: "VGRSVE1", facts: CourseFacts(family: .grvux)),
        // A school's own.
        Course(code: "LOKAL1", facts: CourseFacts(points: 50, niva: .gy)),
    ]

    private static func gy11(_ points: Int) -> CourseFacts {
        CourseFacts(
            points: points, niva: .gy, isInRegister: true, family: .gy11, validTo: Day(year: 2030, month: 6, day: 30))
    }

    private static func grvux(_ points: Int?, isDelkurs: Bool = false, isUngraded: Bool = false) -> CourseFacts {
        CourseFacts(
            points: points, niva: .gr, isInRegister: true, family: .grvux, isDelkurs: isDelkurs, isUngraded: isUngraded)
    }

    /// Codes of municipalities that lie inside CSN's range.
    static let kommunkoder: Set<Int> = [1280, 1480]

    private let cells: [String: String]
    private let isCheck: Bool
    private(set) var candidate: Candidate
    private(set) var notes: [FieldNote] = []

    /// Reads the model row with `overlay` laid over it. `line` is where it stands in the export
    /// `input`.
    init(_ overlay: [String: String], line: Int, input: UInt16 = 0, isCheck: Bool, table: CourseTable) throws {
        for slot in overlay.keys { try #require(ModelRow.slots.contains(slot), "no slot \(slot)") }
        cells = ModelRow.cells.merging(overlay) { $1 }
        self.isCheck = isCheck
        candidate = Candidate(origin: RowOrigin(input: input, line: UInt32(line), offset: UInt64(line) * 100))
        readMarks()
        try readReason()
        readSchool()
        readPersonnummer()
        readCourse(table)
        readNumbers()
        readDates()
        readWords()
        readSecondGrade()
    }

    private static let slots = Set(
        Field.allCases.map(\.name)
            + [
                "skola", "studentid", "handelseorsak", "status", "provning", "program", "skyddad", "exportdag",
                "andrabetyg",
                "andrabetygsdatum",
            ])

    private func text(_ slot: String) -> String { cells[slot] ?? "" }
    private func text(_ field: Field) -> String { text(field.name) }

    private mutating func note(_ field: Field, _ problem: FieldProblem, slot: String? = nil, became: String = "") {
        candidate.failed.insert(field)
        notes.append(
            FieldNote(
                field, .failed(problem), value: text(slot ?? field.name), column: Int(field.rawValue), became: became))
    }

    // MARK: - Beside CSN's fields

    private mutating func readMarks() {
        if text("provning") == "J" { candidate.marks.insert(.examination) }
        if text("skyddad") == "J" { candidate.marks.insert(.protectedIdentity) }
        if text("status") == "avliden" { candidate.marks.insert(.deceased) }
        if text("program") == "introduktionsprogram" { candidate.marks.insert(.introductoryProgramme) }
        candidate.exportDay = Day(iso: text("exportdag"))
        // Any number will do that is the same for the same id.
        candidate.studentID = text("studentid").utf8.reduce(0) { $0 &* 31 &+ UInt32($1) }
    }

    private mutating func readReason() throws {
        let reasons: [String: EventReason] = [
            "": .none, "ledighet": .leave, "sjukdom heltid": .illFullTime, "sjukdom deltid": .illPartTime,
            "sjukdom": .illUnknownExtent, "avliden": .death,
        ]
        candidate.eventReason = try #require(reasons[text("handelseorsak")])
    }

    // MARK: - CSN's fields

    private mutating func readSchool() {
        guard cells["skola"] == nil else { return readForeignSchool() }
        guard !text(.skolkod).isEmpty else { return note(.skolkod, .missing) }
        guard let number = ModelRow.digits(text(.skolkod)) else { return note(.skolkod, .format) }
        candidate.skolkod = Skolkod(number)
        if candidate.skolkod == nil { note(.skolkod, .range) }
    }

    /// A school id that is not CSN's by name: here no mapping knows any.
    private mutating func readForeignSchool() {
        let id = text("skola")
        guard !id.isEmpty else { return note(.skolkod, .missing, slot: "skola") }
        guard let number = ModelRow.digits(id), let code = Skolkod(number) else {
            return note(.skolkod, .unknown, slot: "skola", became: id)
        }
        candidate.skolkod = code
        if ModelRow.kommunkoder.contains(number) { note(.skolkod, .kommunkod, slot: "skola") }
    }

    private mutating func readPersonnummer() {
        let text = text(.personnummer)
        guard !text.isEmpty else { return note(.personnummer, .missing) }
        if text.hasPrefix("{") { return note(.personnummer, .guid) }
        let plain = text.replacing("-", with: "")
        if plain.prefix(8).utf8.allSatisfy(ModelRow.isDigit), plain.dropFirst(8).contains(where: \.isLetter) {
            candidate.marks.insert(.temporaryNumber)
            return note(.personnummer, .temporary)
        }
        guard plain.count == 12, let digits = ModelRow.digits(plain) else { return note(.personnummer, .format) }
        candidate.personnummer = Personnummer(digits: UInt64(digits))
        guard let number = candidate.personnummer else { return note(.personnummer, .unrealDate) }
        if !number.hasRightCheckDigit { note(.personnummer, .checkDigit) }
    }

    private mutating func readCourse(_ table: CourseTable) {
        let code = text(.kurskod)
        guard !code.isEmpty else { return note(.kurskod, .missing) }
        let codes = ModelRow.courses.map(\.code)
        if let index = codes.firstIndex(of: code) {
            candidate.course = CourseIndex(number: UInt32(index))
        } else if let index = codes.firstIndex(where: { $0.lowercased() == code.lowercased() }) {
            repair(to: index, .letterCase)
        } else if let index = codes.firstIndex(where: { code.split(separator: " ").contains($0[...]) }) {
            repair(to: index, .decoration)
        } else {
            candidate.course = table.index(ofUnregistered: code)
            note(.kurskod, code.count > 10 ? .tooLong : .unknown, became: code)
        }
    }

    private mutating func repair(to index: Int, _ repair: FieldRepair) {
        candidate.course = CourseIndex(number: UInt32(index))
        notes.append(
            FieldNote(
                .kurskod, .repaired(repair), value: text(.kurskod), column: Int(Field.kurskod.rawValue),
                became: ModelRow.courses[index].code))
    }

    private mutating func readNumbers() {
        if text(.kursdel).isEmpty {
            if isCheck { note(.kursdel, .missing) }
        } else if let number = ModelRow.digits(text(.kursdel)) {
            candidate.kursdel = Kursdel(number)
            if !(11...99).contains(number) {
                note(.kursdel, .range)
            } else if candidate.kursdel == nil {
                note(.kursdel, .order)
            }
        } else {
            note(.kursdel, .format)
        }

        if text(.poang).isEmpty {
            if isCheck { note(.poang, .missing) }
        } else if let number = ModelRow.digits(text(.poang)) {
            if number <= 999 { candidate.poang = number } else { note(.poang, .range) }
        } else {
            note(.poang, .format)
        }

        guard !text(.meddelandeorsak).isEmpty else { return }
        candidate.meddelandeorsak = Meddelandeorsak.allCases.first { String($0.rawValue) == text(.meddelandeorsak) }
        if candidate.meddelandeorsak == nil { note(.meddelandeorsak, .notAllowed) }
    }

    private mutating func readDates() {
        candidate.startdatum = day(.startdatum, isNeeded: true)
        candidate.slutdatum = day(.slutdatum, isNeeded: true)
        candidate.handelsedatum = day(.handelsedatum, isNeeded: false)
        candidate.betygsdatum = day(.betygsdatum, isNeeded: false)
    }

    private mutating func day(_ field: Field, isNeeded: Bool) -> Day? {
        let text = text(field)
        if text.isEmpty {
            if isNeeded { note(field, .missing) }
            return nil
        }
        if let day = Day(iso: text) { return day }
        let hasForm =
            text.count == 10
            && text.enumerated().allSatisfy { $0 == 4 || $0 == 7 ? $1 == "-" : $1.isASCII && $1.isNumber }
        note(field, text == "9999-12-31" ? .open : hasForm ? .unrealDate : .format)
        return nil
    }

    private mutating func readWords() {
        candidate.fardighetstraning = flag(.fardighetstraning, "J")
        candidate.uppdragsutbildning = flag(.uppdragsutbildning, "U")
        candidate.traineejobb = flag(.traineejobb, "J")
        switch text(.registrering) {
        case "J": candidate.registrering = true
        case "N": candidate.registrering = false
        case "": if isCheck { note(.registrering, .missing) }
        default: note(.registrering, .notAllowed)
        }
        if text(.niva).isEmpty {
            if isCheck { note(.niva, .missing) }
        } else {
            candidate.niva = Niva.allCases.first { $0.code == text(.niva) }
            if candidate.niva == nil { note(.niva, .notAllowed) }
        }
        if !text(.omfattning).isEmpty {
            candidate.omfattning = Omfattning.allCases.first { $0.code == text(.omfattning) }
            if candidate.omfattning == nil { note(.omfattning, .notAllowed) }
        }
        if !text(.betyg).isEmpty {
            candidate.betyg = Betyg.allCases.first { $0.code == text(.betyg) }
            if candidate.betyg == nil { note(.betyg, .notAllowed) }
        }
    }

    /// Only a second grade of a later day.
    private mutating func readSecondGrade() {
        guard let second = Betyg.allCases.first(where: { $0.code == text("andrabetyg") }), let first = candidate.betyg
        else { return }
        candidate.betyg = second
        candidate.betygsdatum = Day(iso: text("andrabetygsdatum"))
        notes.append(
            FieldNote(
                .betyg, .repaired(.secondGrade), value: first.code, column: Int(Field.betyg.rawValue),
                became: second.code))
    }

    private mutating func flag(_ field: Field, _ yes: String) -> Bool {
        if !text(field).isEmpty && text(field) != yes { note(field, .notAllowed) }
        return text(field) == yes
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The number that digits and nothing else write; nil for any other text.
    private static func digits(_ text: String) -> Int? { text.utf8.allSatisfy(isDigit) ? Int(text) : nil }
}
