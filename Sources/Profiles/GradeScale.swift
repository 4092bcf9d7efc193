/// The scales in which courses are graded.
enum GradeScale: String, CaseIterable {
    /// Since 2012.
    case sixSteps = "A-F"
    /// Courses begun at grundläggande nivå since 2025-07-01.
    case twoSteps = "G-IG"
    /// Before 2012.
    case fourSteps = "IG-MVG"

    /// The grades as CSN writes them; `-` for a student who could not be graded belongs to each.
    var grades: Set<String> {
        switch self {
        case .sixSteps: ["A", "B", "C", "D", "E", "F", "-"]
        case .twoSteps: ["G", "I", "-"]
        case .fourSteps: ["I", "G", "V", "M", "-"]
        }
    }
}
