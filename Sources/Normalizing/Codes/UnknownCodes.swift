import CSN
import Findings
import Profiles

/// The course codes of an export that would hold their rows because nothing knows them: how often each stands there,
/// for how many students, and what the course is called beside it.
///
/// Gathered row by row, slice by slice; what comes out does not depend on how the export was cut.
public struct UnknownCodes: Sendable {
    /// A code at a school.
    public struct Key: Hashable, Sendable {
        /// The skolkod; 0 where the school could not be told.
        public let school: UInt16
        /// As it stands in the export, blanks around it left out.
        public let code: String
    }

    /// What was met of a code.
    public struct Met: Sendable {
        /// The row it stands in first.
        public private(set) var first: RowOrigin
        /// The code is longer than CSN's field, rather than unknown.
        public let isTooLong: Bool
        /// Rows that it stands in.
        public private(set) var rows = 0
        /// The code looks like a personnummer or a temporary number.
        public let mayBeNumber: Bool
        private(set) var students: Set<UInt64> = []
        private(set) var names: [String: Name] = [:]

        fileprivate init(_ first: RowOrigin, isTooLong: Bool, mayBeNumber: Bool) {
            self.first = first
            self.isTooLong = isTooLong
            self.mayBeNumber = mayBeNumber
        }

        /// How many students' rows hold it.
        public var studentCount: Int { students.count }
    }

    /// A course's name beside a code.
    struct Name: Sendable {
        var rows = 0
        var students: Set<UInt64> = []
    }

    /// What was met, by school and code.
    public private(set) var met: [Key: Met] = [:]
    /// Rows without any code.
    public private(set) var rowsWithoutCode = 0

    /// More codes than any school has: a column of something else must not fill the memory.
    private static let mostCodes = 100_000
    /// More names than a course goes by.
    private static let mostNames = 20

    /// Nothing met yet.
    public init() {}

    /// Takes the row that was normalized last, where its code would hold it.
    public mutating func take(_ row: Candidate, _ normalizer: RowNormalizer) {
        guard let problem = UnknownCodes.problem(in: normalizer.notes) else { return }
        if problem == .missing {
            rowsWithoutCode += 1
            return
        }
        let school = row.failed.contains(.skolkod) ? 0 : row.skolkod?.number ?? 0
        let cell = normalizer.cell(.kurskod)
        let key = Key(school: school, code: cell.text)
        guard met[key] != nil || met.count < UnknownCodes.mostCodes else { return }
        met[
            key,
            default: Met(
                row.origin, isTooLong: problem == .tooLong, mayBeNumber: normalizer.mayBePersonnummer(cell))
        ].take(row, name: normalizer.cell(.kursnamn).text)
    }

    /// Why the row's code would hold it: what `unknown-course-code` and `kurskod-length` are told.
    private static func problem(in notes: [FieldNote]) -> FieldProblem? {
        for note in notes where note.field == .kurskod {
            if case .failed(let problem) = note.outcome,
                [.unknown, .format, .notAllowed, .tooLong, .missing].contains(problem)
            {
                return problem
            }
        }
        return nil
    }

    /// Takes over what another part of the export, or another export, has.
    public mutating func add(_ other: UnknownCodes) {
        rowsWithoutCode += other.rowsWithoutCode
        for (key, code) in other.met {
            if met[key] == nil { met[key] = code } else { met[key]?.add(code) }
        }
    }

    fileprivate static var nameLimit: Int { mostNames }
}

extension UnknownCodes.Met {
    fileprivate mutating func take(_ row: Candidate, name: String) {
        rows += 1
        first = min(first, row.origin)
        students.insert(row.studentKey)
        guard !name.isEmpty, names[name] != nil || names.count < UnknownCodes.nameLimit else { return }
        names[name, default: UnknownCodes.Name()].rows += 1
        names[name]?.students.insert(row.studentKey)
    }

    fileprivate mutating func add(_ other: UnknownCodes.Met) {
        rows += other.rows
        first = min(first, other.first)
        students.formUnion(other.students)
        for (name, met) in other.names {
            names[name, default: UnknownCodes.Name()].rows += met.rows
            names[name]?.students.formUnion(met.students)
        }
    }

    /// Whether the code may be shown: not what may be a person's name in the wrong column, unless several students'
    /// rows hold it (as `unknown-course-code` shows it), and not what may be a person's number.
    public func mayBeShown(_ code: String) -> Bool {
        if mayBeNumber || Masking.withoutNumbers(code) != code { return false }
        return !Masking.mayBeName(code) || students.count >= Masking.fewestSharing
    }

    /// What the course is called in most rows; nil where nothing stands there, or what does may be a person's name.
    ///
    /// - Parameter isCourse: whether the register has a course of that name: then it is nobody's.
    public func name(isCourse: (String) -> Bool) -> String? {
        let name = names.max { ($0.value.rows, $1.key) < ($1.value.rows, $0.key) }
        guard let (name, met) = name, Masking.withoutNumbers(name) == name else { return nil }
        let isNobodys = !Masking.mayBeName(name) || met.students.count >= Masking.fewestSharing || isCourse(name)
        return isNobodys ? name : nil
    }
}

extension RowNormalizer {
    /// Whether the cell holds a personnummer or a temporary number, right or nearly.
    fileprivate func mayBePersonnummer(_ cell: CellBytes) -> Bool {
        switch personnummer.read(cell) {
        case .value, .doubtful, .failed(.temporary): true
        case .blank, .failed: false
        }
    }
}
