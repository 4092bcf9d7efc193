import CSN
import GRDB

/// What is written to the ledger, within one transaction.
struct LedgerWriting {
    let db: Database

    func write(_ changes: LedgerChanges) throws {
        for (school, student) in changes.students { try write(student, of: school) }
        var interned = InternedRecords(db: db)
        for file in changes.files { try write(file, records: &interned) }
        for closing in changes.closings { try close(closing, at: changes.at) }
        for forgotten in changes.forgotten { try write(forgotten.course) }
        for input in changes.inputs { try write(input) }
        for school in changes.confirmed {
            try run("DELETE FROM last_export WHERE skolkod = ?", [Int(school.number)])
        }
        for export in changes.lastExports { try write(export.students, of: export.system, at: export.school) }
        if let run = changes.run { try write(run) }
        try run("UPDATE state SET last_moment = ?", [changes.at.stored])
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private func write(_ student: LedgerStudent, of school: Skolkod) throws {
        let key = student.key.number
        try run(
            """
            INSERT INTO student (id, skolkod, personnummer, is_protected) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET skolkod = excluded.skolkod, personnummer = excluded.personnummer,
              is_protected = excluded.is_protected
            """, [key, Int(school.number), student.personnummer.inClear, student.isProtected])
        try run("DELETE FROM student_number WHERE student = ?", [key])
        for number in student.numbers.union([student.personnummer]) {
            try run("INSERT INTO student_number (student, personnummer) VALUES (?, ?)", [key, number.inClear])
        }
        try run("DELETE FROM student_export_id WHERE student = ?", [key])
        for id in student.exportIDs {
            try run(
                "INSERT INTO student_export_id (student, system, export_id) VALUES (?, ?, ?)",
                [key, id.system, id.text])
        }
        try run("UPDATE state SET last_student = ?1 WHERE last_student < ?1", [key])
    }

    private func write(_ new: LedgerChanges.NewFile, records: inout InternedRecords) throws {
        let facts = new.facts
        // Planned is what a file begins as; its reading is its own reading day until somebody says otherwise.
        try run(
            """
            INSERT INTO file (id, skolkod, reading_day, name, sha256, bytes, records, students, first_date, last_date,
              made, made_by, outcome, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?)
            """,
            [
                new.id.number, Int(facts.skolkod.number), facts.readingDay.description, facts.name, facts.sha256,
                facts.bytes, facts.records, facts.students, facts.firstDate.description, facts.lastDate.description,
                facts.made.stored, facts.madeBy, facts.readingDay.description,
            ])
        for (student, course, version) in new.versions {
            let waitingSince = version.waitingSince.description
            if let record = version.record {
                try run(
                    "INSERT INTO file_record (file, record, waiting_since, is_forced) VALUES (?, ?, ?, ?)",
                    [new.id.number, try records.id(of: record, student), waitingSince, version.isForced])
            } else {
                try run(
                    """
                    INSERT INTO file_gone (file, student, kurskod, kursdel, startdatum, waiting_since, is_forced)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        new.id.number, student.number, course.kurskod, Int(course.kursdel.number),
                        course.startdatum.description, waitingSince, version.isForced,
                    ])
            }
        }
        try run("UPDATE state SET last_file = ?1 WHERE last_file < ?1", [new.id.number])
    }

    private func close(_ closing: LedgerChanges.Closing, at now: Moment) throws {
        let outcome = closing.outcome.rawValue
        try run(
            """
            UPDATE file SET
              closed = CASE WHEN ?1 = 'planned' THEN NULL WHEN ?1 = outcome THEN closed ELSE ?2 END,
              outcome = ?1, reading = ?3,
              sent = COALESCE(?4, CASE WHEN ?1 = 'planned' THEN NULL ELSE sent END)
            WHERE id = ?5
            """,
            [outcome, now.stored, closing.reading.description, closing.sent?.stored, closing.file.number])
        guard db.changesCount == 1 else {
            throw DatabaseError(
                resultCode: .SQLITE_CONSTRAINT, message: "no file \(closing.file.number) in the ledger")
        }
    }

    private func write(_ forgotten: ForgottenCourse) throws {
        let course = forgotten.course
        try run(
            """
            INSERT INTO forgotten (student, kurskod, kursdel, startdatum, up_to_file, reason, said)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                forgotten.student.number, course.kurskod, Int(course.kursdel.number), course.startdatum.description,
                forgotten.upTo.number, forgotten.reason, forgotten.at.stored,
            ])
    }

    /// Written anew when it is there: what was taken last has the highest number.
    private func write(_ input: TakenInput) throws {
        try run(
            "DELETE FROM input WHERE sha256 = ? AND name = ? AND archived = ?",
            [input.sha256, input.name, input.archived])
        let last = try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM input") ?? 0
        let id = last + 1
        try run(
            """
            INSERT INTO input (id, name, archived, sha256, bytes, modified, profile, system, taken, is_persons)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, input.name, input.archived, input.sha256, input.bytes, input.modified.stored, input.profile,
                input.system, input.taken.stored, input.isPersons,
            ])
        for school in Set(input.schools) {
            try run("INSERT INTO input_school (input, skolkod) VALUES (?, ?)", [id, Int(school.number)])
        }
    }

    /// Most students are the same from day to day: only the others are written.
    private func write(_ students: Set<StudentKey>, of system: String, at school: Skolkod) throws {
        let code = Int(school.number)
        let statement = try db.cachedStatement(
            sql: "SELECT student FROM last_export WHERE skolkod = ? AND system = ?")
        let before = Set(try Int64.fetchSet(statement, arguments: [code, system]).map { StudentKey(number: $0) })
        for student in before.subtracting(students) {
            try run(
                "DELETE FROM last_export WHERE skolkod = ? AND system = ? AND student = ?",
                [code, system, student.number])
        }
        for student in students.subtracting(before).sorted() {
            try run(
                "INSERT INTO last_export (skolkod, system, student) VALUES (?, ?, ?)", [code, system, student.number])
        }
    }

    private func write(_ done: LedgerRun) throws {
        try run("DELETE FROM run WHERE id = ?", [done.id])
        try run(
            "INSERT INTO run (id, started, finished, now, status) VALUES (?, ?, ?, ?, ?)",
            [done.id, done.started, done.finished, done.now.stored, Int(done.status)])
    }
}

/// The records of the ledger by content: a student's record is stored once, however many files it stands in.
private struct InternedRecords {
    let db: Database
    private var known: [StudentKey: [DeliveredRecord: Int64]] = [:]

    init(db: Database) { self.db = db }

    /// The number of the student's record with that content, which is written if there is none.
    mutating func id(of record: DeliveredRecord, _ student: StudentKey) throws -> Int64 {
        if known[student] == nil {
            var stored: [DeliveredRecord: Int64] = [:]
            for one in try LedgerReading(db: db).records("student = ?", [student.number]) {
                stored[one.record] = one.id
            }
            known[student] = stored
        }
        if let id = known[student]?[record] { return id }
        let id = try insert(record, student)
        known[student]?[record] = id
        return id
    }

    private func insert(_ record: DeliveredRecord, _ student: StudentKey) throws -> Int64 {
        let content = record.content
        try db.cachedStatement(
            sql: """
                INSERT INTO record (student, personnummer, kurskod, kursdel, startdatum, slutdatum, poang, niva,
                  fardighetstraning, omfattning, uppdragsutbildning, traineejobb, registrering, betyg, betygsdatum,
                  last_date, system, had_start_too_early)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            student.number, content.personnummer.inClear, content.key.kurskod, Int(content.key.kursdel.number),
            content.key.startdatum.description, content.slutdatum.description, content.poang, content.niva.code,
            content.fardighetstraning, content.omfattning?.code, content.uppdragsutbildning, content.traineejobb,
            content.registrering, content.betyg?.code, content.betygsdatum?.description,
            content.span.upperBound.description, record.system, record.hadStartTooEarly,
        ])
        let id = db.lastInsertedRowID
        for (number, event) in content.events.enumerated() {
            try db.cachedStatement(
                sql: """
                    INSERT INTO record_event (record, number, meddelandeorsak, handelsedatum) VALUES (?, ?, ?, ?)
                    """
            ).execute(arguments: [
                id, number + 1, event.orsak.map { Int($0.rawValue) }, event.date?.description,
            ])
        }
        return id
    }
}
