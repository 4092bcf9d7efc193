import CSN
import DeliveryLedger
import Testing

/// Random changes, the same for the same seed.
struct CommitMaker {
    private var random: SeededGenerator
    private(set) var today: Day
    let schools: [Skolkod]
    private static let codes = ["MATMAT01a", "ENGENG05", "A&B'C\"", "ÅÄÖ"]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        today = Day(number: 20_700)
        schools = [1234, 1235].compactMap { Skolkod($0) }
    }

    private mutating func chance(_ outOf: Int) -> Bool { Int.random(in: 0..<outOf, using: &random) == 0 }
    private mutating func day(_ around: Int = 200) -> Day { today + Int.random(in: -around...around, using: &random) }
    private mutating func pick<Value>(_ values: [Value]) throws -> Value {
        try #require(values.randomElement(using: &random))
    }
    private mutating func moment() throws -> Moment {
        try #require(
            Moment(
                today, hour: .random(in: 0...23, using: &random), minute: .random(in: 0...59, using: &random),
                second: chance(2) ? 0 : .random(in: 0...59, using: &random)))
    }

    /// What may follow on what the model knows.
    mutating func changes(_ next: (student: Int64, file: Int64), _ model: ModelStore) throws -> LedgerChanges {
        today = chance(8) ? today - 1 : today + Int.random(in: 0...3, using: &random)
        var changes = LedgerChanges(at: try moment())
        var students = model.students.mapValues(\.school)
        for number in 0..<Int64.random(in: 0...3, using: &random) {
            let school = try pick(schools)
            let student = try student(StudentKey(number: next.student + number))
            changes.students.append((school, student))
            students[student.key] = school
        }
        if let known = model.students.keys.sorted().randomElement(using: &random), let school = students[known] {
            changes.students.append((school, try student(known)))
        }
        for number in 0..<Int64.random(in: 0...2, using: &random) {
            let school = try pick(schools)
            let of = students.filter { $0.value == school }.keys.sorted()
            changes.files.append(try file(DeliveredFile.ID(number: next.file + number), school, of))
        }
        for file in model.files + changes.files.map({ DeliveredFile(id: $0.id, facts: $0.facts) }) where chance(4) {
            let outcome = try pick(Outcome.allCases)
            let sent = chance(2) ? try moment() : nil
            changes.closings.append(LedgerChanges.Closing(file.id, outcome, reading: day(9), sent: sent))
        }
        if let (student, school) = students.sorted(by: { $0.key < $1.key }).randomElement(using: &random) {
            let forgotten = ForgottenCourse(
                student: student, course: try key(), upTo: DeliveredFile.ID(number: next.file), reason: "Åter 'bort'",
                at: changes.at)
            changes.forgotten.append((school, forgotten))
        }
        try addExports(to: &changes, students)
        return changes
    }

    private mutating func addExports(to changes: inout LedgerChanges, _ students: [StudentKey: Skolkod]) throws {
        for _ in 0..<Int.random(in: 0...2, using: &random) { changes.inputs.append(try input()) }
        let school = try pick(schools)
        if chance(4) { changes.confirmed.append(school) }
        if chance(2) {
            let all = students.filter { $0.value == school }.keys.sorted()
            let present = Set(all.filter { _ in !chance(3) })
            changes.lastExports.append((school, try pick(["alpha", "beta"]), present))
        }
        if chance(2) {
            let id = "run \(Int.random(in: 0...20, using: &random))"
            changes.run = LedgerRun(
                id: id, started: "2026-11-22T06:00:00+01:00", finished: "2026-11-22T06:00:02+01:00", now: changes.at,
                status: Int32.random(in: 0...75, using: &random))
        }
    }

    private mutating func student(_ key: StudentKey) throws -> LedgerStudent {
        let numbers = try (0..<Int.random(in: 1...3, using: &random)).map { _ in
            try personnummer(Int.random(in: 0..<40, using: &random))
        }
        let ids = try (0..<Int.random(in: 0...2, using: &random)).map { _ in
            ExportID(system: try pick(["alpha", "beta"]), text: "\(Int.random(in: 0..<9, using: &random))")
        }
        return LedgerStudent(
            key: key, personnummer: numbers[0], numbers: Set(numbers), exportIDs: Set(ids), isProtected: chance(4))
    }

    private mutating func key() throws -> CourseKey {
        CourseKey(
            kurskod: try pick(CommitMaker.codes), kursdel: try #require(Kursdel(try pick([11, 12, 22]))),
            startdatum: Day(number: try pick([20_600, 20_700])))
    }

    private mutating func file(
        _ id: DeliveredFile.ID, _ school: Skolkod, _ students: [StudentKey]
    ) throws -> LedgerChanges.NewFile {
        var versions: [(student: StudentKey, course: CourseKey, version: DeliveredVersion)] = []
        for student in students where !chance(3) {
            var courses: Set<CourseKey> = []
            for _ in 0..<Int.random(in: 0...3, using: &random) { courses.insert(try key()) }
            for course in courses.sorted() {
                let record = chance(5) ? nil : try record(course)
                versions.append(
                    (
                        student, course,
                        DeliveredVersion(file: id, record: record, waitingSince: day(9), isForced: chance(5))
                    ))
            }
        }
        var made = try facts(of: school, readingDay: day(9), made: try moment())
        made.madeBy = try pick(["nightly", "migrate"])
        return LedgerChanges.NewFile(id: id, facts: made, versions: versions)
    }

    /// Few values, so that records repeat.
    mutating func record(_ key: CourseKey) throws -> DeliveredRecord {
        var content = RecordContent(
            personnummer: try personnummer(Int.random(in: 0..<3, using: &random)), key: key,
            poang: try pick([0, 100, 999]), niva: try pick(Niva.allCases), slutdatum: Day(number: try pick([20_800])))
        if chance(3) {
            content.fardighetstraning = chance(2)
            content.omfattning = chance(2) ? try pick(Omfattning.allCases) : nil
            content.uppdragsutbildning = chance(2)
            content.traineejobb = chance(2)
            content.registrering = chance(2)
            content.betyg = chance(2) ? try pick(Betyg.allCases) : nil
            content.betygsdatum = chance(2) ? day() : nil
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let orsak = chance(5) ? nil : try pick(Meddelandeorsak.allCases)
                content.events.append(RecordContent.Event(orsak: orsak, date: chance(5) ? nil : day()))
            }
        }
        return DeliveredRecord(content, system: try pick(["alpha", ""]), hadStartTooEarly: chance(5))
    }

    private mutating func input() throws -> TakenInput {
        let isPersons = chance(4)
        let name = try pick(["a.csv", "b.csv"])
        let schools = try isPersons || chance(5) ? [] : chance(2) ? self.schools : [pick(self.schools)]
        return TakenInput(
            name: name, archived: "\(try pick(["one", "two"]))/\(name)", sha256: try pick(["aa", "bb", "cc"]),
            bytes: Int.random(in: 0..<9_000_000_000, using: &random), modified: try moment(),
            profile: try pick(["alpha-1", "beta-1"]), system: try pick(["alpha", "beta"]), taken: try moment(),
            schools: schools, isPersons: isPersons)
    }
}
