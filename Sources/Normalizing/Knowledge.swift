import CSN
import Documents

/// What all workers of a run know: registers, mappings, words, the day.
public struct Knowledge: Sendable {
    /// From codes to courses.
    public let courses: CourseRegister
    /// From the schools' ids to skolkod.
    public let schools: SchoolRegister
    let vocabularies: Vocabularies
    let students: StudentIDs
    /// The day of the run.
    public let today: Day

    /// Loads everything from the mapping folders.
    public init(
        folders: MappingFolders, schools: [SchoolRegister.School] = [], patterns: [Skolkod: [String]] = [:], today: Day
    ) throws(DocumentProblem) {
        courses = try CourseRegister(folders: folders, patterns: patterns)
        self.schools = try SchoolRegister(folders: folders, configured: schools)
        vocabularies = try Vocabularies(folders: folders)
        students = StudentIDs()
        self.today = today
    }
}
