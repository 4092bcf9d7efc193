import CSN
import GRDB

/// Removes what is old from the ledger, within one transaction.
///
/// What goes or stays as one is a student's study period, as ``StudyUnits`` divides them: were one version of a course
/// removed and an older one kept, the older one would pass for what CSN has; were one course of a period removed, the
/// period would pass for one that CSN has not got whole, and be sent again.
struct LedgerPurge {
    let db: Database
    /// What is before this day is old.
    let limit: Day

    /// - Returns: the archive paths of inputs that are gone.
    func purge() throws -> [String] {
        for (student, course) in try oldCourses() { try remove(course, of: student) }
        let day = limit.description
        try run(
            """
            DELETE FROM forgotten WHERE said < ?
              AND NOT EXISTS (SELECT 1 FROM record WHERE record.student = forgotten.student
                AND record.kurskod = forgotten.kurskod AND record.kursdel = forgotten.kursdel
                AND record.startdatum = forgotten.startdatum)
              AND NOT EXISTS (SELECT 1 FROM file_gone WHERE file_gone.student = forgotten.student
                AND file_gone.kurskod = forgotten.kurskod AND file_gone.kursdel = forgotten.kursdel
                AND file_gone.startdatum = forgotten.startdatum)
            """, [day])
        try run(
            """
            DELETE FROM file WHERE reading < ?1 AND reading_day < ?1 AND outcome NOT IN ('planned', 'sent')
              AND NOT EXISTS (SELECT 1 FROM file_record WHERE file = file.id)
              AND NOT EXISTS (SELECT 1 FROM file_gone WHERE file = file.id)
            """, [day])
        try run(
            """
            DELETE FROM student WHERE NOT EXISTS (SELECT 1 FROM record WHERE student = student.id)
              AND NOT EXISTS (SELECT 1 FROM file_gone WHERE student = student.id)
              AND NOT EXISTS (SELECT 1 FROM forgotten WHERE student = student.id)
              AND NOT EXISTS (SELECT 1 FROM last_export WHERE student = student.id)
            """, [])
        try run("DELETE FROM run WHERE now < ?", [day])
        return try removeInputs(before: day)
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private static let isOldInput = "taken < ? AND id NOT IN (\(LedgerReading.currentInputs))"

    /// The archive paths of inputs that are old, where no input that is kept has the same.
    func oldInputs() throws -> [String] {
        let isOld = LedgerPurge.isOldInput
        let day = limit.description
        let paths = try String.fetchAll(
            db, sql: "SELECT archived FROM input WHERE \(isOld) ORDER BY id", arguments: [day])
        let kept = try String.fetchSet(db, sql: "SELECT archived FROM input WHERE NOT (\(isOld))", arguments: [day])
        return paths.filter { !kept.contains($0) }
    }

    private func removeInputs(before day: String) throws -> [String] {
        let paths = try oldInputs()
        try run("DELETE FROM input WHERE \(LedgerPurge.isOldInput)", [day])
        return paths
    }

    private func remove(_ course: CourseKey, of student: StudentKey) throws {
        let isCourse = "student = ? AND kurskod = ? AND kursdel = ? AND startdatum = ?"
        let arguments: StatementArguments = [
            student.number, course.kurskod, Int(course.kursdel.number), course.startdatum.description,
        ]
        try run("DELETE FROM file_record WHERE record IN (SELECT id FROM record WHERE \(isCourse))", arguments)
        for table in ["record", "file_gone", "forgotten"] {
            try run("DELETE FROM \(table) WHERE \(isCourse)", arguments)
        }
    }

    /// A course of a student over all its versions.
    private struct Lifetime {
        var course: CourseKey
        var slutdatum: Day?
        var isOld: Bool

        /// What ``StudyUnits`` looks at.
        var record: CSN.Record {
            var fields = Candidate(origin: .nowhere)
            fields.startdatum = course.startdatum
            fields.slutdatum = slutdatum
            return CSN.Record(fields)
        }
    }

    /// The courses of study periods in which nothing is younger than the limit: no date of a record, no reading of a
    /// file, and none of whose files still waits.
    ///
    /// Only students of whom something stands in an old file are looked at: asking after all of them costs more than
    /// the rest of a night.
    private func oldCourses() throws -> [(StudentKey, CourseKey)] {
        let sql = """
            WITH old_file AS (
              SELECT id FROM file WHERE reading < ?1 AND reading_day < ?1 AND outcome NOT IN ('planned', 'sent')
            ), concerned AS (
              SELECT record.student FROM old_file JOIN file_record ON file_record.file = old_file.id
                JOIN record ON record.id = file_record.record
              UNION
              SELECT file_gone.student FROM old_file JOIN file_gone ON file_gone.file = old_file.id
            )
            SELECT student, kurskod, kursdel, startdatum, MAX(slutdatum),
              MAX(last_date) < ?1 AND MAX(reading) < ?1 AND MAX(reading_day) < ?1 AND MAX(is_open) = 0
            FROM (
              SELECT record.student, record.kurskod, record.kursdel, record.startdatum, record.slutdatum,
                record.last_date, file.reading, file.reading_day, file.outcome IN ('planned', 'sent') AS is_open
              FROM concerned CROSS JOIN record ON record.student = concerned.student
                CROSS JOIN file_record ON file_record.record = record.id JOIN file ON file.id = file_record.file
              UNION ALL
              SELECT file_gone.student, file_gone.kurskod, file_gone.kursdel, file_gone.startdatum, NULL,
                file_gone.startdatum, file.reading, file.reading_day, file.outcome IN ('planned', 'sent')
              FROM concerned CROSS JOIN file_gone ON file_gone.student = concerned.student
                JOIN file ON file.id = file_gone.file
            ) AS version
            GROUP BY student, kurskod, kursdel, startdatum ORDER BY student, startdatum, kurskod, kursdel
            """
        var old: [(StudentKey, CourseKey)] = []
        var student: StudentKey?
        var courses: [Lifetime] = []
        func divide() {
            guard let student, courses.contains(where: \.isOld) else { return }
            for unit in StudyUnits.ranges(in: courses.map(\.record)) where courses[unit].allSatisfy(\.isOld) {
                old += courses[unit].map { (student, $0.course) }
            }
        }
        try LedgerReading(db: db).forEach(sql, [limit.description], of: "record") { row in
            let whose = try row.student()
            if whose != student {
                divide()
                student = whose
                courses = []
            }
            let (course, slutdatum) = (try row.course(), try row.optionalDay())
            courses.append(Lifetime(course: course, slutdatum: slutdatum, isOld: try row.flag()))
        }
        divide()
        return old
    }
}
