import CSN
import GRDB
import GRDBSQLite

/// What is asked of the ledger, within one transaction.
struct LedgerReading {
    let db: Database

    /// Calls `body` with each row of a query.
    ///
    /// Steps through the statement itself: of a ledger's millions of rows GRDB's own rows cost several times as much.
    ///
    /// - Parameter table: whose rows they are said to be when one cannot be read.
    func forEach(
        _ sql: String, _ arguments: StatementArguments = [], of table: String,
        _ body: (inout RowReading) throws -> Void
    ) throws {
        let cached = try db.cachedStatement(sql: sql)
        try cached.setArguments(arguments)
        let statement = cached.sqliteStatement
        defer { sqlite3_reset(statement) }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code),
                    message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
            }
            var row = RowReading(statement, of: table)
            try body(&row)
        }
    }

    func schools() throws -> [Skolkod] {
        var schools: [Skolkod] = []
        let sql = """
            SELECT skolkod FROM student UNION SELECT skolkod FROM file UNION SELECT skolkod FROM input_school
            UNION SELECT skolkod FROM last_export ORDER BY skolkod
            """
        try forEach(sql, of: "student") { row in
            schools.append(try row.skolkod())
        }
        return schools
    }

    func files(since: Day?) throws -> [DeliveredFile] {
        guard let since else { return try files("TRUE") }
        return try files("reading_day >= ? OR outcome IN ('planned', 'sent')", [since.description])
    }

    private func files(_ condition: String, _ arguments: StatementArguments = []) throws -> [DeliveredFile] {
        var files: [DeliveredFile] = []
        try forEach("SELECT \(RowReading.fileColumns) FROM file WHERE \(condition) ORDER BY id", arguments, of: "file")
        { row in
            files.append(try row.deliveredFile())
        }
        return files
    }

    func runs(limit: Int) throws -> [LedgerRun] {
        var runs: [LedgerRun] = []
        let sql = "SELECT id, started, finished, now, status FROM run ORDER BY number DESC LIMIT ?"
        try forEach(sql, [max(0, limit)], of: "run") { row in
            let (id, started, finished) = (try row.text(), try row.text(), try row.text())
            let now = try row.moment()
            let status = Int32(truncatingIfNeeded: try row.number())
            runs.append(LedgerRun(id: id, started: started, finished: finished, now: now, status: status))
        }
        return runs
    }

    func lastMoment() throws -> Moment? {
        var moment: Moment?
        try forEach("SELECT last_moment FROM state", of: "state") { row in
            moment = try row.optionalMoment()
        }
        return moment
    }

    func nextNumbers() throws -> (student: Int64, file: Int64) {
        var last: (student: Int64, file: Int64) = (0, 0)
        try forEach("SELECT last_student, last_file FROM state", of: "state") { row in
            last = (try row.number(), try row.number())
        }
        return (last.student + 1, last.file + 1)
    }
}

// MARK: - Students

extension LedgerReading {
    func students(_ number: Personnummer) throws -> [(school: Skolkod, student: LedgerStudent)] {
        try students(
            "student.id IN (SELECT student FROM student_number WHERE personnummer = ?)", [number.inClear])
    }

    func student(_ key: StudentKey) throws -> (school: Skolkod, student: LedgerStudent)? {
        try students("student.id = ?", [key.number]).first
    }

    private func students(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [(school: Skolkod, student: LedgerStudent)] {
        var students: [(school: Skolkod, student: LedgerStudent)] = []
        var places: [StudentKey: Int] = [:]
        let sql = "SELECT skolkod, id, personnummer, is_protected FROM student WHERE \(condition) ORDER BY id"
        try forEach(sql, arguments, of: "student") { row in
            let (skolkod, key, number) = (try row.skolkod(), try row.student(), try row.personnummer())
            places[key] = students.count
            students.append((skolkod, LedgerStudent(key: key, personnummer: number, isProtected: try row.flag())))
        }
        let numbers = """
            SELECT student, student_number.personnummer FROM student_number JOIN student ON student.id = student
            WHERE \(condition)
            """
        try forEach(numbers, arguments, of: "student_number") { row in
            guard let place = places[try row.student()] else { return }
            students[place].student.numbers.insert(try row.personnummer())
        }
        let ids = """
            SELECT student, system, export_id FROM student_export_id JOIN student ON student.id = student
            WHERE \(condition)
            """
        try forEach(ids, arguments, of: "student_export_id") { row in
            guard let place = places[try row.student()] else { return }
            let system = try row.text()
            students[place].student.exportIDs.insert(ExportID(system: system, text: try row.text()))
        }
        return students
    }
}

// MARK: - Deliveries

extension LedgerReading {
    /// A record with its number in the database and whose it is.
    struct StoredRecord {
        var id: Int64
        var student: StudentKey
        var record: DeliveredRecord
    }

    func deliveries(of school: Skolkod) throws -> SchoolDeliveries {
        let code = Int(school.number)
        var deliveries = SchoolDeliveries(skolkod: school)
        for (_, student) in try students("skolkod = ?", [code]) { deliveries.students[student.key] = student }
        for file in try files("skolkod = ?", [code]) { deliveries.files[file.id] = file }
        deliveries.versions = try versions(of: school)
        for forgotten in try forgotten(of: school) {
            deliveries.forgotten[forgotten.student, default: []].append(forgotten)
        }
        try forEach("SELECT system, student FROM last_export WHERE skolkod = ?", [code], of: "last_export") { row in
            let system = try row.text()
            deliveries.lastExports[system, default: []].insert(try row.student())
        }
        return deliveries
    }

    /// By student and course, what stands in files that are not void, in the order of the files.
    private func versions(of school: Skolkod) throws -> [StudentKey: ByCourse<[DeliveredVersion]>] {
        let code = Int(school.number)
        let records = try records("student IN (SELECT id FROM student WHERE skolkod = ?)", [code])
        var places: [Int64: Int] = [:]
        places.reserveCapacity(records.count)
        for index in records.indices { places[records[index].id] = index }
        var versions: [StudentKey: ByCourse<[DeliveredVersion]>] = [:]
        let isOfSchool = "file.skolkod = ? AND file.outcome NOT IN ('rejected', 'withdrawn')"
        // By the number of the file itself: the order in which they are found, so that nothing has to be sorted.
        let sql = """
            SELECT file, record, waiting_since, is_forced FROM file JOIN file_record ON file = file.id
            WHERE \(isOfSchool) ORDER BY file.id
            """
        try forEach(sql, [code], of: "file_record") { row in
            let file = try row.file()
            guard let place = places[try row.number()] else { return }
            let waitingSince = try row.day()
            let version = DeliveredVersion(
                file: file, record: records[place].record, waitingSince: waitingSince, isForced: try row.flag())
            let course = records[place].record.content.key
            versions[records[place].student, default: [:]][course, default: []].append(version)
        }
        try forEachGone(isOfSchool, [code]) { student, course, version in
            versions[student, default: [:]][course, default: []].insert(version)
        }
        return versions
    }

    /// What stood in a school's files that became void on a day or later, in the order of the files.
    func takenBack(of school: Skolkod, since: Day) throws -> [TakenBackRecord] {
        let isVoid = "skolkod = ?1 AND outcome IN ('rejected', 'withdrawn') AND closed >= ?2"
        let arguments: StatementArguments = [Int(school.number), since.description]
        let files = try files(isVoid, arguments)
        guard !files.isEmpty else { return [] }
        let ofThese = "SELECT file, record FROM file_record WHERE file IN (SELECT id FROM file WHERE \(isVoid))"
        var records: [Int64: StoredRecord] = [:]
        for stored in try self.records("id IN (SELECT record FROM (\(ofThese)) AS void)", arguments) {
            records[stored.id] = stored
        }
        let byID = Dictionary(files.map { ($0.id, $0) }) { first, _ in first }
        var taken: [TakenBackRecord] = []
        try forEach("\(ofThese) ORDER BY file, record", arguments, of: "file_record") { row in
            let file = byID[try row.file()]
            guard let file, let stored = records[try row.number()] else { return }
            taken.append(TakenBackRecord(file: file, student: stored.student, record: stored.record))
        }
        return taken
    }

    /// Every version of a student's courses, in files that are void too, in the order of the files.
    func history(of student: StudentKey) throws -> [(file: DeliveredFile, course: CourseKey, version: DeliveredVersion)]
    {
        var records: [Int64: DeliveredRecord] = [:]
        for stored in try self.records("student = ?", [student.number]) { records[stored.id] = stored.record }
        var courses: ByCourse<[DeliveredVersion]> = [:]
        let sql = """
            SELECT file, record, waiting_since, is_forced FROM file_record
            WHERE record IN (SELECT id FROM record WHERE student = ?) ORDER BY file
            """
        try forEach(sql, [student.number], of: "file_record") { row in
            let file = try row.file()
            guard let record = records[try row.number()] else { return }
            let waitingSince = try row.day()
            courses[record.content.key, default: []].append(
                DeliveredVersion(file: file, record: record, waitingSince: waitingSince, isForced: try row.flag()))
        }
        try forEachGone("student = ?", [student.number]) { _, course, version in
            courses[course, default: []].insert(version)
        }
        let files = try files(
            """
            id IN (SELECT file FROM file_gone WHERE student = ?1) OR id IN
              (SELECT file FROM file_record WHERE record IN (SELECT id FROM record WHERE student = ?1))
            """, [student.number])
        let byID = Dictionary(files.map { ($0.id, $0) }) { first, _ in first }
        let all = courses.flatMap { course, versions in
            versions.compactMap { version in
                byID[version.file].map { (file: $0, course: course, version: version) }
            }
        }
        return all.sorted { ($0.file.id, $0.course) < ($1.file.id, $1.course) }
    }

    /// The records that meet a condition, with their events, in no particular order.
    func records(_ condition: String, _ arguments: StatementArguments) throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        let sql = "SELECT id, student, \(RowReading.recordColumns) FROM record WHERE \(condition)"
        try forEach(sql, arguments, of: "record") { row in
            let (id, student) = (try row.number(), try row.student())
            records.append(StoredRecord(id: id, student: student, record: try row.deliveredRecord()))
        }
        let events = try events(of: records.map(\.id))
        if !events.isEmpty {
            for index in records.indices {
                if let events = events[records[index].id] { records[index].record.content.events = events }
            }
        }
        return records
    }

    /// The events of records, in their order, by record; those of a few other records too.
    ///
    /// Few records have any, and a file's have numbers in a row, as they were written: to look once for each run of
    /// numbers costs a twentieth of looking for each record.
    private func events(of records: [Int64]) throws -> [Int64: [RecordContent.Event]] {
        var events: [Int64: [RecordContent.Event]] = [:]
        let sql = """
            SELECT record, meddelandeorsak, handelsedatum FROM record_event WHERE record BETWEEN ? AND ?
            ORDER BY record, number
            """
        let sorted = records.sorted()
        var first = 0
        while first < sorted.count {
            var last = first
            while last + 1 < sorted.count, sorted[last + 1] - sorted[last] <= 100 { last += 1 }
            try forEach(sql, [sorted[first], sorted[last]], of: "record_event") { row in
                events[try row.number(), default: []].append(try row.event())
            }
            first = last + 1
        }
        return events
    }

    private func forEachGone(
        _ condition: String, _ arguments: StatementArguments,
        _ body: (StudentKey, CourseKey, DeliveredVersion) throws -> Void
    ) throws {
        let sql = """
            SELECT file, student, kurskod, kursdel, startdatum, waiting_since, is_forced
            FROM file_gone JOIN file ON file.id = file WHERE \(condition) ORDER BY file.id
            """
        try forEach(sql, arguments, of: "file_gone") { row in
            let (file, student, course) = (try row.file(), try row.student(), try row.course())
            let waitingSince = try row.day()
            let version = DeliveredVersion(
                file: file, record: nil, waitingSince: waitingSince, isForced: try row.flag())
            try body(student, course, version)
        }
    }

    private func forgotten(of school: Skolkod) throws -> [ForgottenCourse] {
        var all: [ForgottenCourse] = []
        let sql = """
            SELECT student, kurskod, kursdel, startdatum, up_to_file, reason, said FROM forgotten
            WHERE student IN (SELECT id FROM student WHERE skolkod = ?) ORDER BY id
            """
        try forEach(sql, [Int(school.number)], of: "forgotten") { row in
            let (student, course, upTo) = (try row.student(), try row.course(), try row.file())
            let reason = try row.text()
            all.append(
                ForgottenCourse(student: student, course: course, upTo: upTo, reason: reason, at: try row.moment()))
        }
        return all
    }
}

extension [DeliveredVersion] {
    /// Inserts at the file's place.
    fileprivate mutating func insert(_ version: DeliveredVersion) {
        insert(version, at: firstIndex { $0.file > version.file } ?? endIndex)
    }
}

// MARK: - Inputs

extension LedgerReading {
    /// Which input counts for which school: the one taken last of each school and system.
    private static let currentSchools = """
        SELECT MAX(input.id) AS input, skolkod FROM input JOIN input_school ON input = input.id
        WHERE is_persons = 0 GROUP BY skolkod, system
        """
    /// The persons' tables that count: the one taken last of each profile.
    private static let currentPersons = "SELECT MAX(id) AS input FROM input WHERE is_persons = 1 GROUP BY profile"
    /// The numbers of all inputs that count.
    static let currentInputs = "SELECT input FROM (\(currentSchools)) AS school UNION \(currentPersons)"

    func currentInputs() throws -> [TakenInput] {
        try inputs("id IN (\(LedgerReading.currentInputs))", schools: LedgerReading.currentSchools)
    }

    func input(sha256: String) throws -> TakenInput? {
        try inputs(
            "id = (SELECT MAX(id) FROM input WHERE sha256 = ?)", [sha256],
            schools: "SELECT input, skolkod FROM input_school WHERE input IN (SELECT id FROM input WHERE sha256 = ?)"
        ).first
    }

    private func inputs(
        _ condition: String, _ arguments: StatementArguments = [], schools: String
    ) throws -> [TakenInput] {
        var schoolsOf: [Int64: [Skolkod]] = [:]
        try forEach(schools, arguments, of: "input_school") { row in
            schoolsOf[try row.number(), default: []].append(try row.skolkod())
        }
        var inputs: [TakenInput] = []
        try forEach(
            "SELECT id, \(RowReading.inputColumns) FROM input WHERE \(condition) ORDER BY id", arguments, of: "input"
        ) { row in
            let id = try row.number()
            var input = try row.takenInput()
            input.schools = (schoolsOf[id] ?? []).sorted()
            inputs.append(input)
        }
        return inputs
    }
}
