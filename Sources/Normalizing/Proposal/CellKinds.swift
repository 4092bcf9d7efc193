import CSN
import Exports
import Profiles

/// What a cell could be, whatever its column is called.
struct CellKinds: OptionSet, Sendable, Hashable {
    let rawValue: UInt32

    static let personnummer = CellKinds(rawValue: 1 << 0)
    static let guid = CellKinds(rawValue: 1 << 1)
    static let date = CellKinds(rawValue: 1 << 2)
    static let courseCode = CellKinds(rawValue: 1 << 3)
    /// A national code with something around it, or in the wrong letter case.
    static let decoratedCode = CellKinds(rawValue: 1 << 4)
    /// Of the form of national codes, but in no register.
    static let codeForm = CellKinds(rawValue: 1 << 5)
    static let courseName = CellKinds(rawValue: 1 << 6)
    /// `1:2`, `1 av 3`.
    static let dividedPart = CellKinds(rawValue: 1 << 7)
    /// Two digits that could be a kursdel.
    static let partNumber = CellKinds(rawValue: 1 << 8)
    /// 0–999.
    static let smallNumber = CellKinds(rawValue: 1 << 9)
    static let wholeNumber = CellKinds(rawValue: 1 << 10)
    static let level = CellKinds(rawValue: 1 << 11)
    /// A word of the level column that says nothing of it (KV).
    static let emptyLevel = CellKinds(rawValue: 1 << 12)
    static let grade = CellKinds(rawValue: 1 << 13)
    static let event = CellKinds(rawValue: 1 << 14)
    static let reason = CellKinds(rawValue: 1 << 15)
    static let scope = CellKinds(rawValue: 1 << 16)
    static let yes = CellKinds(rawValue: 1 << 17)
    static let no = CellKinds(rawValue: 1 << 18)
    /// 1000–1999.
    static let skolkod = CellKinds(rawValue: 1 << 19)
    static let knownSchool = CellKinds(rawValue: 1 << 20)
    /// Three letters or more.
    static let text = CellKinds(rawValue: 1 << 21)
    /// U, which stands for uppdragsutbildning and for nothing else.
    static let commission = CellKinds(rawValue: 1 << 22)
    static let examination = CellKinds(rawValue: 1 << 23)
    /// A word that stands for a protected identity and for nothing else.
    static let protection = CellKinds(rawValue: 1 << 24)
    static let introductory = CellKinds(rawValue: 1 << 25)

    static let flag: CellKinds = [.yes, .no]
}

/// A cell's text, looked at once.
struct KnownCell: Sendable {
    var kinds: CellKinds = []
    /// The first form in which it is a date.
    var form: DateForm?
    /// nil also for an open end.
    var day: Day?
    var number: Int?
    /// The digits of a personnummer that is right.
    var person: UInt64?
    /// The day of birth that it says.
    var birth: Day?
    /// The national course that a code means.
    var course: CourseFacts?
    var niva: Niva?
}

/// Looks at cells with everything that a run knows.
struct CellReading {
    private let knowledge: Knowledge
    private let personnummer: PersonnummerReading
    private let forms: [(form: DateForm, reading: DateReading)]

    init(_ knowledge: Knowledge) {
        self.knowledge = knowledge
        personnummer = PersonnummerReading(today: knowledge.today)
        forms = [DateForm.iso, .compact, .dateTime, .slashed, .short, .excel].map {
            ($0, DateReading(forms: [$0], today: knowledge.today))
        }
    }

    /// Whether the text is more a value than a header: a date, a number, a personnummer or a course code.
    func isData(_ text: String) -> Bool {
        let kinds = read(text).kinds
        return !kinds.isDisjoint(with: [.personnummer, .date, .courseCode, .wholeNumber, .dividedPart])
    }

    func read(_ text: String) -> KnownCell {
        var cell = KnownCell()
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            readPersonnummer(bytes, &cell)
            readDate(bytes, &cell)
            readNumbers(bytes, &cell)
        }
        readCourse(text, &cell)
        readWords(text, &cell)
        if text.filter(\.isLetter).count >= 3 { cell.kinds.insert(.text) }
        return cell
    }

    private func readPersonnummer(_ bytes: CellBytes, _ cell: inout KnownCell) {
        guard bytes.count >= 8 else { return }
        switch personnummer.read(bytes) {
        case .value(let number):
            cell.kinds.insert(.personnummer)
            cell.person = number.digits
            cell.birth = number.birthday
        case .doubtful, .failed(.temporary): cell.kinds.insert(.personnummer)
        case .failed(.guid): cell.kinds.insert(.guid)
        case .blank, .failed: break
        }
    }

    private func readDate(_ bytes: CellBytes, _ cell: inout KnownCell) {
        for (form, reading) in forms {
            switch reading.read(bytes) {
            case .value(let day), .doubtful(let day, _):
                guard (1920...2100).contains(day.year) else { continue }
                cell.day = day
            case .failed(.open): break
            case .blank, .failed: continue
            }
            cell.kinds.insert(.date)
            cell.form = form
            return
        }
    }

    private func readNumbers(_ bytes: CellBytes, _ cell: inout KnownCell) {
        if case .value(let part) = NumberReading.kursdel(bytes) {
            cell.kinds.insert(bytes.wholeNumber == nil ? .dividedPart : .partNumber)
            _ = part
        }
        guard let number = bytes.withoutDecimalZeros.wholeNumber else { return }
        cell.number = number
        cell.kinds.insert(.wholeNumber)
        if number < 1_000 { cell.kinds.insert(.smallNumber) }
        if bytes.count == 4, (1_000...1_999).contains(number) { cell.kinds.insert(.skolkod) }
    }

    private func readCourse(_ text: String, _ cell: inout KnownCell) {
        guard (3...40).contains(text.count), cell.number == nil, !cell.kinds.contains(.date) else { return }
        let resolved = knowledge.courses.resolve(text, at: 0)
        if let index = resolved.course {
            let facts = knowledge.courses.table.facts(index)
            switch resolved.outcome {
            case .repaired: cell.kinds.insert(.decoratedCode)
            case nil: cell.kinds.insert(facts.isInRegister ? .courseCode : .codeForm)
            default: break
            }
            if facts.isInRegister { cell.course = facts }
        } else if case .failed(.tooLong)? = resolved.outcome, knowledge.courses.national.indices[text] != nil {
            cell.kinds.insert(.courseCode)
        }
        if knowledge.courses.isCourseName(text) { cell.kinds.insert(.courseName) }
    }

    private func readWords(_ text: String, _ cell: inout KnownCell) {
        guard text.count <= 40 else { return }
        func value(_ slot: Slot) -> String? { knowledge.vocabularies.common(text, in: slot) }
        if let level = value(.niva) {
            cell.kinds.insert(level.isEmpty ? .emptyLevel : .level)
            cell.niva = Niva.allCases.first { $0.code == level }
        }
        let grade = text.count > 1 && text.hasSuffix("*") && !text.hasPrefix("*") ? String(text.dropLast()) : text
        if let value = knowledge.vocabularies.common(grade, in: .betyg), !value.isEmpty { cell.kinds.insert(.grade) }
        if let event = value(.meddelandeorsak), !event.isEmpty { cell.kinds.insert(.event) }
        if value(.handelseorsak) != nil { cell.kinds.insert(.reason) }
        if let scope = value(.omfattning), !scope.isEmpty { cell.kinds.insert(.scope) }
        if let yes = value(.registrering) { cell.kinds.insert(yes == "J" ? .yes : .no) }
        if text.lowercased() == "u" { cell.kinds.insert(.commission) }
        let isFlag = !cell.kinds.isDisjoint(with: .flag)
        if value(.provning) == "J", !isFlag { cell.kinds.insert(.examination) }
        if let word = value(.skyddad), !isFlag, cell.number == nil, word == "J" || text.count > 2 {
            cell.kinds.insert(.protection)
        }
        if value(.program) == "J" { cell.kinds.insert(.introductory) }
        if case .value = knowledge.schools.resolve(text, isCSNColumn: false), cell.number == nil {
            cell.kinds.insert(.knownSchool)
        }
    }
}
