import Findings

/// The values that may be names (``Privacy/nameLike``) but stand in the rows of several students: a school's id or a
/// local course code does, a name that has slipped into their column hardly ever.
struct SharedValues {
    private let values: Set<String>

    /// The values of a list of findings.
    init(_ findings: FindingList) {
        var students: [String: Set<UInt64>] = [:]
        for finding in findings.findings {
            findings.stored(of: finding) { stored in
                guard stored.privacy == .nameLike else { return }
                let value = String(decoding: findings.bytes[stored.value], as: UTF8.self)
                guard (students[value]?.count ?? 0) < Masking.fewestSharing else { return }
                students[value, default: []].insert(finding.student)
            }
        }
        values = Set(students.filter { $0.value.count >= Masking.fewestSharing }.keys)
    }

    /// Whether the value stands in the rows of several students.
    func contains(_ value: String) -> Bool { values.contains(value) }
}
