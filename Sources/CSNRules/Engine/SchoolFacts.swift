import CSN

/// What a rule may ask of all that a school's exports hold, against what was reported before.
public struct SchoolFacts: Sendable, RuleSubject {
    /// The school.
    public let school: Skolkod
    /// How many students stood in the last exports.
    public let studentsBefore: Int
    /// How many of them stand in none any more.
    public let studentsGone: Int
    /// By a field in which the exports hold no value at all any more: how many of their records had one when they were
    /// last reported. Only `registrering` (J), `betyg` and `meddelandeorsak`.
    public let lostValues: [Field: Int]
    /// Students of whom something was reported and who stand in none of the exports.
    public let absentStudents: [EarlierStudent]
    /// The fields whose loss holds the school; set by the rule about them.
    var emptied: FieldSet = []
    /// Nothing of the school is sent.
    public internal(set) var isHeld = false

    var failed: FieldSet { [] }
    var isDropped: Bool { false }

    /// The facts of a school.
    ///
    /// - Parameter students: the rows of each student at the school.
    public init(
        school: Skolkod, students: [[Candidate]], earlier: any EarlierDelivery, courses: CourseTable
    ) {
        self.school = school
        let known = earlier.students(at: school)
        guard !known.isEmpty else {
            (studentsBefore, studentsGone, lostValues, absentStudents) = (0, 0, [:], [])
            return
        }
        let ids = Set(students.joined().map(\.studentID)).subtracting([0])
        let numbers = Set(students.joined().compactMap(\.personnummer))
        absentStudents = known.filter { student in
            !ids.contains(student.identity.studentID)
                && !(student.identity.personnummer.map { numbers.contains($0) } ?? false)
        }.sorted { $0.identity.isBefore($1.identity) }
        studentsBefore = known.count(where: \.stoodInLastExport)
        studentsGone = absentStudents.count(where: \.stoodInLastExport)
        lostValues = SchoolFacts.lostValues(students, school, earlier, courses)
    }

    /// The fields that a record loses when the export's column goes empty.
    private static let columns: [Field] = [.registrering, .betyg, .meddelandeorsak]

    private static func lostValues(
        _ students: [[Candidate]], _ school: Skolkod, _ earlier: any EarlierDelivery, _ courses: CourseTable
    ) -> [Field: Int] {
        let empty = columns.filter { field in !students.joined().contains { $0.says(field) } }
        guard !empty.isEmpty else { return [:] }
        var lost: [Field: Int] = [:]
        for rows in students {
            let records = earlier.records(of: StudentIdentity(of: rows), at: school).filter(\.isExpected)
            guard !records.isEmpty else { continue }
            let present = rows.map { Record($0) }
            for record in records where present.contains(where: { $0.isSameCourse(as: record.reported, in: courses) }) {
                for field in empty where record.reported.says(field) { lost[field, default: 0] += 1 }
            }
        }
        return lost
    }
}

extension Candidate {
    /// Whether the export says something in the field, be it readable or not; of a start only J counts.
    fileprivate func says(_ field: Field) -> Bool {
        if failed.contains(field) { return true }
        return switch field {
        case .registrering: registrering
        case .betyg: betyg != nil
        default: meddelandeorsak != nil
        }
    }
}

extension Record {
    /// Whether the record has a J, a grade, or an event.
    fileprivate func says(_ field: Field) -> Bool {
        switch field {
        case .registrering: registrering
        case .betyg: betyg != nil
        default: !events.isEmpty
        }
    }
}

extension StudentIdentity {
    /// By number; an order that does not depend on how ids were numbered, wherever numbers are known.
    fileprivate func isBefore(_ other: StudentIdentity) -> Bool {
        (personnummer?.digits ?? .max, studentID) < (other.personnummer?.digits ?? .max, other.studentID)
    }
}
