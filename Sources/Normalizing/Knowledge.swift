import CSN
import Documents

/// What all workers of a run know: registers, mappings, words, the day.
public struct Knowledge: Sendable {
    /// The national courses and the schools' own.
    public let courses: CourseRegister
    /// Which skolkod is meant by what exports call a school.
    public let schools: SchoolRegister
    let vocabularies: Vocabularies
    let students: StudentIDs
    /// The day of the run.
    public let today: Day

    /// Loads everything from the mapping folders.
    ///
    /// - Parameters:
    ///   - schools: what the configuration says of schools.
    ///   - patterns: by skolkod, the decorations glued onto codes that the school has declared.
    ///   - today: the day of the run.
    ///   - keepsStudentIDs: ``studentID(of:)`` is asked afterwards.
    /// - Throws: a file that is missing, or a mistake in one with its line and column.
    public init(
        folders: MappingFolders, schools: [SchoolRegister.School] = [], patterns: [Skolkod: [String]] = [:], today: Day,
        keepsStudentIDs: Bool = false
    ) throws(DocumentProblem) {
        courses = try CourseRegister(folders: folders, patterns: patterns)
        self.schools = try SchoolRegister(folders: folders, configured: schools)
        vocabularies = try Vocabularies(folders: folders)
        students = StudentIDs(keepsTexts: keepsStudentIDs)
        self.today = today
    }

    /// The same for another run: what was loaded is shared, students are numbered anew.
    public func renewed(today: Day, keepsStudentIDs: Bool = false) -> Knowledge {
        Knowledge(self, today: today, students: StudentIDs(keepsTexts: keepsStudentIDs))
    }

    private init(_ other: Knowledge, today: Day, students: StudentIDs) {
        (courses, schools, vocabularies) = (other.courses, other.schools, other.vocabularies)
        self.students = students
        self.today = today
    }
}
