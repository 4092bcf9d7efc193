import Findings

/// The values that may be names (``Privacy/nameLike``) but stand in the rows of several students: a school's id or a
/// local course code does, a name that has slipped into their column hardly ever.
struct SharedValues {
    private let values: Set<String>

    /// The values of a list of findings.
    init(_ findings: FindingList) {
        var students: [String: Set<UInt64>] = [:]
        for finding in findings.findings {
            for parameter in findings.parameters(of: finding) where parameter.privacy == .nameLike {
                guard (students[parameter.value]?.count ?? 0) < Masking.fewestSharing else { continue }
                students[parameter.value, default: []].insert(finding.student)
            }
        }
        values = Set(students.filter { $0.value.count >= Masking.fewestSharing }.keys)
    }

    /// Whether the value stands in the rows of several students.
    func contains(_ value: String) -> Bool { values.contains(value) }
}
