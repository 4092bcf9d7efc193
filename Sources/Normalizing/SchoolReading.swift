import CSN
import Profiles

/// What the rows of one school are read by. A class, so that a worker's rows fill its tables in place.
final class SchoolReading {
    /// The skolkod; 0 for rows whose school could not be told.
    let school: UInt16
    /// The words, shared by all schools without words of their own.
    let words: RowWords
    /// The codes met, shared by all schools without codes of their own.
    let codes: MetCodes
    /// What the school stands for as the certificate of a start.
    private let declaration: SchoolRegister.StartedDeclaration?
    private var certifying = CellTable<Bool>(limit: 1_000)

    init(school: UInt16, words: RowWords, codes: MetCodes, declaration: SchoolRegister.StartedDeclaration?) {
        self.school = school
        self.words = words
        self.codes = codes
        self.declaration = declaration
    }

    /// Whether the school takes the status, or that there is a grade, as the certificate that the student started.
    func certifies(status: CellBytes, isGraded: Bool) -> Bool {
        guard let declaration else { return false }
        if declaration.byGrade, isGraded { return true }
        if declaration.statuses.isEmpty || status.isEmpty { return false }
        if let known = certifying[status] { return known }
        let certifies = declaration.statuses.contains(status.text.lowercased())
        certifying.set(status, certifies)
        return certifies
    }
}

/// The course codes that a worker has met, with what became of them.
final class MetCodes {
    private var met = CellTable<CourseRegister.Resolved>(limit: 100_000)

    /// Sets the codes of schools apart that have codes of their own; 0 is for all others.
    let number: UInt32

    init(number: UInt32) { self.number = number }

    /// What the code means at the school, looked up in the register at first sight only.
    func resolve(_ code: CellBytes, at school: UInt16, in register: CourseRegister) -> CourseRegister.Resolved {
        if let known = met[code] { return known }
        let found = register.resolve(code.text, at: school)
        met.set(code, found)
        return found
    }
}
