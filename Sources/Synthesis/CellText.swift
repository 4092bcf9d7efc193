import CSN
import Profiles

/// The text of a row's cells by slot, in the forms and words of the profile. All text is sample text (see
/// ``SampleText``).
struct CellText {
    let stock: CourseStock
    let today: Day
    private let spelling: PersonnummerSpelling
    private let statuses: [[UInt8]]
    private let hasSecondGrade: Bool
    private let hasAssessments: Bool
    /// By slot: its dates; empty where it holds none.
    private let days: [DayText?]
    /// By slot: the words of yes and no.
    private let yes: [[UInt8]]
    private let no: [[UInt8]]
    private let words: [Slot: [String: [UInt8]]]

    init(_ profile: Profile, _ shape: SampleShape, _ showing: Showing, _ stock: CourseStock, today: Day) {
        self.stock = stock
        self.today = today
        spelling = shape.personnummer
        statuses = showing.statuses.map(SampleText.bytes)
        hasSecondGrade = showing.shows(.andrabetyg) && showing.shows(.andrabetygsdatum)
        hasAssessments = showing.shows(.omdome)
        let forms = Slot.allCases.map { $0.content == .date ? showing.form(of: $0) : nil }
        let tables = Dictionary(
            uniqueKeysWithValues: Set(forms.compactMap { $0 }).map { ($0, DayText(around: today, as: $0)) })
        days = forms.map { $0.flatMap { tables[$0] } }
        words = shape.words.mapValues { $0.mapValues(SampleText.bytes) }
        let own = words
        yes = Slot.allCases.map { slot in
            let value = slot == .uppdragsutbildning ? "U" : "J"
            return own[slot]?[value] ?? Array(value.utf8)
        }
        no = Slot.allCases.map { own[$0]?["N"] ?? [] }
    }

    /// Writes the cell of a slot.
    ///
    /// - Parameter place: varies what varies from row to row.
    func append(_ slot: Slot, of row: DraftRow, _ student: StudentDraft, place: Int, to line: inout [UInt8]) {
        if let cell = row.cell, cell.field == (slot == .skola ? .skolkod : slot.field) {
            return line.append(contentsOf: cell.text)
        }
        let shown = row.shown
        switch slot {
        case .skolkod, .skola: line.append(digits: UInt64(shown.skolkod))
        case .personnummer: append(student.person, place, to: &line)
        case .studentid: line.append(digits: UInt64(student.studentID))
        case .kurskod: line.append(contentsOf: stock.courses[shown.course].code)
        case .kursnamn: line.append(contentsOf: stock.courses[shown.course].name)
        case .kursdel: append(part: shown.kursdel, to: &line)
        case .poang: line.append(digits: UInt64(shown.points))
        case .kurspoang: line.append(digits: UInt64(stock.courses[shown.course].points))
        case .fortsatter: append(shown.points < stock.courses[shown.course].points && place % 2 == 0, slot, &line)
        case .niva: append(stock.courses[shown.course].niva == .gr ? "GR" : "GY", slot, &line)
        case .startdatum: append(shown.start, slot, &line)
        case .slutdatum: append(shown.end, slot, &line)
        case .registrering: append(shown.isStarted, slot, &line)
        case .fardighetstraning: append(shown.isSkillsTraining, slot, &line)
        case .uppdragsutbildning: append(shown.isContract, slot, &line)
        case .omdome: append(isAssessed(row), slot, &line)
        case .traineejobb, .provning, .program: append(false, slot, &line)
        case .betyglast: append(shown.grade != nil, slot, &line)
        case .skyddad: append(student.isProtected, slot, &line)
        case .omfattning: if let scope = shown.omfattning { append(scope.code, slot, &line) }
        case .meddelandeorsak: if let event = shown.event { append(String(event.number), slot, &line) }
        case .status: if let word = status(shown) { line.append(contentsOf: word) }
        case .handelsedatum: append(shown.eventDay, slot, &line)
        case .handelseorsak: break
        case .exportdag: append(today, slot, &line)
        case .betyg, .betygsdatum, .andrabetyg, .andrabetygsdatum: appendGrade(slot, of: row, place, &line)
        }
    }

    private func append(_ day: Day?, _ slot: Slot, _ line: inout [UInt8]) {
        guard let day, let text = days[Int(slot.rawValue)]?.text(day) else { return }
        line.append(contentsOf: text)
    }

    private func append(_ isSo: Bool, _ slot: Slot, _ line: inout [UInt8]) {
        line.append(contentsOf: isSo ? yes[Int(slot.rawValue)] : no[Int(slot.rawValue)])
    }

    /// A value, in the word of the profile where it has one.
    private func append(_ value: String, _ slot: Slot, _ line: inout [UInt8]) {
        guard let word = words[slot]?[value] else { return line.append(contentsOf: value.utf8) }
        line.append(contentsOf: word)
    }

    private func append(part: Int, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "0") + UInt8(part / 10))
        line.append(UInt8(ascii: ":"))
        line.append(UInt8(ascii: "0") + UInt8(part % 10))
    }

    private func status(_ shown: Enrolment) -> [UInt8]? {
        guard statuses.count == 2 else { return nil }
        return shown.event == .dropOut ? statuses[0] : statuses[1]
    }

    // MARK: - Grades

    /// Where an export tells grades from assessments (omdömen), courses that are not graded have one of these.
    private func isAssessed(_ row: DraftRow) -> Bool {
        hasAssessments && row.fault == nil && row.isPlain && row.shown.end < today
            && !stock.courses[row.shown.course].isGradable
    }

    /// A grade and its day; now and then as a second one, after a first that was not passed.
    private func appendGrade(_ slot: Slot, of row: DraftRow, _ place: Int, _ line: inout [UInt8]) {
        let shown = row.shown
        let isSecond =
            hasSecondGrade && row.fault == nil && row.cell == nil && place % 5 == 2
            && (shown.gradeDay.map { $0 > shown.end } ?? false)
        switch slot {
        case .betyg:
            if isAssessed(row) { return append(.e, slot, to: &line) }
            guard let grade = shown.grade else { return }
            append(isSecond ? (grade == .g || grade == .i ? .i : .f) : grade, slot, to: &line)
        case .betygsdatum: append(isSecond || isAssessed(row) ? shown.end : shown.gradeDay, slot, &line)
        case .andrabetyg: if isSecond, let grade = shown.grade { append(grade, slot, to: &line) }
        default: if isSecond { append(shown.gradeDay, slot, &line) }
        }
    }

    /// IG in two letters, as schools write it.
    private func append(_ grade: Betyg, _ slot: Slot, to line: inout [UInt8]) {
        if let word = words[slot]?[grade.code] { return line.append(contentsOf: word) }
        if grade == .i { return line.append("IG") }
        line.append(grade.rawValue)
    }

    // MARK: - Personnummer

    private func append(_ person: Person, _ place: Int, to line: inout [UInt8]) {
        let date = person.number / 10_000
        let isLong: Bool
        let hasHyphen: Bool
        switch spelling {
        case .longHyphen: (isLong, hasHyphen) = (true, true)
        case .long: (isLong, hasHyphen) = (true, false)
        case .shortHyphen: (isLong, hasHyphen) = (false, true)
        case .short: (isLong, hasHyphen) = (false, false)
        case .mixed:
            isLong = place % 16 != 3 || date / 10_000 < 1928
            hasHyphen = !isLong || place % 8 != 5
        }
        line.append(digits: isLong ? date : date % 1_000_000, width: isLong ? 8 : 6)
        if hasHyphen { line.append(UInt8(ascii: "-")) }
        line.append(digits: person.number % 10_000, width: 4)
    }
}

extension Meddelandeorsak {
    /// CSN's number.
    var number: Int { Int(rawValue) }
}
