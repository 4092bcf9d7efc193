import CSN
import DeliveryLedger

/// The ledger as the protocol describes it, in plain values: what a database is held against.
struct ModelStore {
    private(set) var students: [StudentKey: (school: Skolkod, student: LedgerStudent)] = [:]
    private(set) var files: [DeliveredFile] = []
    private(set) var contents: [DeliveredFile.ID: LedgerChanges.NewFile] = [:]
    private(set) var inputs: [TakenInput] = []
    private(set) var forgotten: [(school: Skolkod, course: ForgottenCourse)] = []
    private(set) var lastExports: [Skolkod: [String: Set<StudentKey>]] = [:]
    private(set) var runs: [LedgerRun] = []
    private(set) var lastMoment: Moment?

    mutating func commit(_ changes: LedgerChanges) {
        for (school, student) in changes.students { students[student.key] = (school, student) }
        for new in changes.files {
            files.append(DeliveredFile(id: new.id, facts: new.facts))
            contents[new.id] = new
        }
        for closing in changes.closings {
            guard let place = files.firstIndex(where: { $0.id == closing.file }) else { continue }
            if closing.outcome == .planned {
                files[place].closed = nil
                files[place].sent = nil
            } else if closing.outcome != files[place].outcome {
                files[place].closed = changes.at
            }
            files[place].outcome = closing.outcome
            files[place].reading = closing.reading
            if let sent = closing.sent { files[place].sent = sent }
        }
        forgotten += changes.forgotten
        for input in changes.inputs {
            inputs.removeAll {
                $0.sha256 == input.sha256 && $0.name == input.name && $0.archived == input.archived
            }
            inputs.append(input)
        }
        for school in changes.confirmed { lastExports[school] = nil }
        for (school, system, students) in changes.lastExports {
            lastExports[school, default: [:]][system] = students.isEmpty ? nil : students
        }
        if let run = changes.run {
            runs.removeAll { $0.id == run.id }
            runs.append(run)
        }
        lastMoment = changes.at
    }

    func deliveries(of school: Skolkod) -> SchoolDeliveries {
        var deliveries = SchoolDeliveries(skolkod: school, lastExports: lastExports[school] ?? [:])
        for (key, value) in students where value.school == school { deliveries.students[key] = value.student }
        for file in files where file.facts.skolkod == school {
            deliveries.files[file.id] = file
            guard file.outcome != .rejected, file.outcome != .withdrawn else { continue }
            for (student, course, version) in contents[file.id]?.versions ?? [] {
                deliveries.versions[student, default: [:]][course, default: []].append(version)
            }
        }
        for (owner, course) in forgotten where owner == school {
            deliveries.forgotten[course.student, default: []].append(course)
        }
        return deliveries
    }

    func history(of student: StudentKey) -> [(file: DeliveredFile, course: CourseKey, version: DeliveredVersion)] {
        files.flatMap { file in
            (contents[file.id]?.versions ?? []).filter { $0.student == student }
                .sorted { $0.course < $1.course }.map { (file, $0.course, $0.version) }
        }
    }

    func files(since: Day?) -> [DeliveredFile] {
        files.filter { file in
            since.map { file.facts.readingDay >= $0 || file.outcome == .planned || file.outcome == .sent } ?? true
        }
    }

    /// Walks back from the input taken last: the first that has a school of a system is the one for it.
    func currentInputs() -> [TakenInput] {
        var served: Set<[String]> = []
        var current: [TakenInput] = []
        for input in inputs.reversed() {
            if input.isPersons {
                if served.insert(["persons", input.profile]).inserted { current.append(input) }
                continue
            }
            var left = input
            left.schools = Set(input.schools).sorted().filter { served.insert([input.system, "\($0)"]).inserted }
            if !left.schools.isEmpty { current.append(left) }
        }
        return current.reversed()
    }
}
