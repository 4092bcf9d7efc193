import CSN

/// What both exports need to write a row's cells. Text is sample text (see ``SampleText``).
struct CellText {
    let stock: CourseStock
    let days: DayText
    let today: Day

    /// The cell of one of CSN's fields, as an export of SchoolSoft's writes it.
    func append(_ field: Field, of row: DraftRow, to line: inout [UInt8]) {
        if let cell = row.cell, cell.field == field { return line.append(contentsOf: cell.text) }
        let shown = row.shown
        switch field {
        case .skolkod: line.append(digits: UInt64(shown.skolkod))
        case .personnummer: break
        case .kurskod: line.append(contentsOf: stock.courses[shown.course].code)
        case .kursdel:
            line.append(UInt8(ascii: "0") + UInt8(shown.kursdel / 10))
            line.append(UInt8(ascii: ":"))
            line.append(UInt8(ascii: "0") + UInt8(shown.kursdel % 10))
        case .poang: line.append(digits: UInt64(shown.points))
        case .niva: line.append(stock.courses[shown.course].niva == .gr ? "GR" : "GY")
        case .startdatum: line.append(contentsOf: days.iso(shown.start))
        case .slutdatum: line.append(contentsOf: days.iso(shown.end))
        case .registrering: if shown.isStarted { line.append("J") }
        case .meddelandeorsak: if let event = shown.event { line.append(digits: UInt64(event.number)) }
        case .handelsedatum: if let day = shown.eventDay { line.append(contentsOf: days.iso(day)) }
        case .betyg: if let grade = shown.grade { append(grade, to: &line) }
        case .betygsdatum: if let day = shown.gradeDay { line.append(contentsOf: days.iso(day)) }
        case .omfattning: if let scope = shown.omfattning { line.append(scope.rawValue) }
        case .fardighetstraning: if shown.isSkillsTraining { line.append("J") }
        case .uppdragsutbildning: if shown.isContract { line.append("U") }
        case .traineejobb: break
        }
    }

    /// IG in two letters, as schools write it.
    private func append(_ grade: Betyg, to line: inout [UInt8]) {
        if grade == .i { return line.append("IG") }
        line.append(grade.rawValue)
    }

    /// The number in one of the spellings of one person: mostly ÅÅÅÅMMDD-XXXX, now and then without the hyphen or
    /// without the century.
    func append(_ person: Person, spelling: Int, to line: inout [UInt8]) {
        let date = person.number / 10_000
        let year = Int(date / 10_000)
        let isLong = spelling % 16 != 3 || year < 1928
        line.append(digits: isLong ? date : date % 1_000_000, width: isLong ? 8 : 6)
        if !isLong || spelling % 8 != 5 { line.append(UInt8(ascii: "-")) }
        line.append(digits: person.number % 10_000, width: 4)
    }
}

extension Meddelandeorsak {
    /// CSN's number.
    var number: Int {
        switch self {
        case .absenceBegins: 31
        case .absenceEnds: 32
        case .notStarted: 81
        case .dropOut: 99
        }
    }
}

/// Writes one of the exports, row by row.
struct ExportWriter {
    let cells: CellText
    let system: SampleSystem

    /// The header, without line end.
    var header: [UInt8] {
        switch system {
        case .schoolsoftList:
            Array(ExportWriter.listHeaders.map(SampleText.bytes).joined(separator: [UInt8(ascii: ";")]))
        case .schoolsoft: Array(ExportWriter.textHeaders.joined(separator: "\t").utf8)
        }
    }

    static let listHeaders = [
        "Skola", "Personnummer", "Förnamn", "Efternamn", "Grupp", "Kurskod", "Kursnamn", "Del", "Poäng", "Nivå",
        "Startdatum", "Slutdatum", "Påbörjad", "Avbrott", "Avbrottsdatum", "Betyg", "Betygsdatum", "Omfattning",
        "Färdighetsträning", "Uppdragsutbildning", "Sekretess",
    ]
    static let textHeaders = [
        "studentid", "class", "gradeclass", "gradeprogram", "gradeprogramcode", "socialnumber", "fname", "lname",
        "sex", "course", "specialization", "points", "category", "teacher", "examtype", "printdate", "startdate",
        "enddate", "year", "status", "extent", "grade", "gradedate", "code", "comment", "coursewarning",
        "coursedeviation", "studentgrade", "active", "showincatalog",
    ]

    /// A row, without line end. `place` varies what varies from row to row.
    func append(_ row: DraftRow, of student: StudentDraft, place: Int, to line: inout [UInt8]) {
        switch system {
        case .schoolsoftList: appendList(row, student, place, &line)
        case .schoolsoft: appendText(row, student, place, &line)
        }
        changeCellCount(row.surplusCells, &line)
    }

    private func appendList(_ row: DraftRow, _ student: StudentDraft, _ place: Int, _ line: inout [UInt8]) {
        let semicolon = UInt8(ascii: ";")
        let course = cells.stock.courses[row.shown.course]
        cells.append(.skolkod, of: row, to: &line)
        line.append(semicolon)
        appendNumber(row, student, place, &line)
        line.append(semicolon)
        appendNames(student, semicolon, &line)
        line.append(semicolon)
        line.append(contentsOf: course.code)
        line.append(UInt8(ascii: "-"))
        line.append(digits: UInt64(1 + place % 4))
        line.append(semicolon)
        cells.append(.kurskod, of: row, to: &line)
        line.append(semicolon)
        line.append(contentsOf: course.name)
        for field in ExportWriter.listFields {
            line.append(semicolon)
            cells.append(field, of: row, to: &line)
        }
        line.append(semicolon)
        if student.isProtected { line.append(UInt8(ascii: "J")) }
    }

    /// What follows the course's name, up to the mark of a protected identity.
    private static let listFields: [Field] = [
        .kursdel, .poang, .niva, .startdatum, .slutdatum, .registrering, .meddelandeorsak, .handelsedatum, .betyg,
        .betygsdatum, .omfattning, .fardighetstraning, .uppdragsutbildning,
    ]

    /// The columns of `StudieplanerKurser.txt`. What its status numbers mean is not public: 1 stands everywhere.
    private func appendText(_ row: DraftRow, _ student: StudentDraft, _ place: Int, _ line: inout [UInt8]) {
        let tab = UInt8(ascii: "\t")
        let course = cells.stock.courses[row.shown.course]
        line.append(digits: UInt64(student.studentID))
        line.append("\tVUX")
        line.append(digits: UInt64(1 + student.studentID % 9))
        line.append("\t\t\t\t")
        appendNumber(row, student, place, &line)
        line.append(tab)
        appendNames(student, tab, &line)
        line.append(student.person.isWoman ? "\tK\t" : "\tM\t")
        line.append(contentsOf: course.name)
        line.append("\t\t")
        cells.append(.poang, of: row, to: &line)
        line.append("\tKurs\t\t\t")
        line.append(contentsOf: cells.days.iso(cells.today))
        line.append(tab)
        cells.append(.startdatum, of: row, to: &line)
        line.append(tab)
        cells.append(.slutdatum, of: row, to: &line)
        line.append(tab)
        line.append(digits: UInt64(row.shown.start.year))
        line.append("\t1\t\t")
        cells.append(.betyg, of: row, to: &line)
        line.append(tab)
        cells.append(.betygsdatum, of: row, to: &line)
        line.append(tab)
        cells.append(.kurskod, of: row, to: &line)
        line.append("\t\t\t\t\t1\t1")
    }

    private func appendNumber(_ row: DraftRow, _ student: StudentDraft, _ place: Int, _ line: inout [UInt8]) {
        if let cell = row.cell, cell.field == .personnummer { return line.append(contentsOf: cell.text) }
        cells.append(student.person, spelling: place, to: &line)
    }

    private func appendNames(_ student: StudentDraft, _ delimiter: UInt8, _ line: inout [UInt8]) {
        let person = student.person
        line.append(contentsOf: person.isWoman ? Names.women[person.firstName] : Names.men[person.firstName])
        line.append(delimiter)
        line.append(contentsOf: Names.families[person.lastName])
    }

    /// Cells more than the header has, or the last ones cut off.
    private func changeCellCount(_ surplus: Int, _ line: inout [UInt8]) {
        let delimiter = UInt8(ascii: system == .schoolsoft ? "\t" : ";")
        for _ in 0..<max(0, surplus) { line.append(contentsOf: [delimiter, UInt8(ascii: "x")]) }
        for _ in 0..<max(0, -surplus) {
            if let last = line.lastIndex(of: delimiter) { line.removeSubrange(last...) }
        }
    }
}
