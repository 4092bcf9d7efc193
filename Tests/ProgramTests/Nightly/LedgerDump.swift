import Foundation
import GRDBSQLite
import Testing

/// A ledger's file, asked through SQLite's own interface: what stands in it, or a change that a test needs.
struct LedgerDatabase {
    private let path: String

    init(_ path: String) { self.path = path }

    /// The rows of a question, each as one text, sorted.
    func rows(_ sql: String) throws -> [String] {
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        try #require(sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        try #require(
            sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK,
            "\(String(cString: sqlite3_errmsg(connection)))")
        var rows: [String] = []
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { break }
            try #require(code == SQLITE_ROW, "\(String(cString: sqlite3_errmsg(connection)))")
            rows.append(
                (0..<sqlite3_column_count(statement)).map { column in
                    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "-"
                }.joined(separator: "|"))
        }
        return rows.sorted()
    }

    /// What the ledger says, whatever the numbers under which it keeps records and inputs.
    ///
    /// Left out are the runs that were carried through: a night that was interrupted may have more of them.
    func dump() throws -> [String] {
        let records = """
            record.student || '/' || record.personnummer || '/' || kurskod || '/' || kursdel || '/' || startdatum
              || '/' || slutdatum || '/' || poang || '/' || record.niva || '/' || fardighetstraning || '/'
              || COALESCE(omfattning, '') || '/' || uppdragsutbildning || '/' || traineejobb || '/' || registrering
              || '/' || COALESCE(betyg, '') || '/' || COALESCE(betygsdatum, '') || '/' || last_date || '/' || system
              || '/' || had_start_too_early
            """
        let questions = [
            "student": "SELECT * FROM student", "number": "SELECT * FROM student_number",
            "export id": "SELECT * FROM student_export_id", "record": "SELECT \(records) FROM record",
            "event": "SELECT \(records), number, meddelandeorsak, handelsedatum FROM record_event JOIN record "
                + "ON record.id = record",
            "file": "SELECT * FROM file",
            "file record": "SELECT file, \(records), waiting_since, is_forced FROM file_record JOIN record "
                + "ON record.id = record",
            "gone": "SELECT * FROM file_gone", "forgotten": "SELECT * FROM forgotten",
            "input": "SELECT name, archived, sha256, bytes, modified, profile, system, taken, is_persons FROM input",
            "input school": "SELECT name, sha256, skolkod FROM input_school JOIN input ON input.id = input",
            "last export": "SELECT * FROM last_export", "state": "SELECT * FROM state",
        ]
        return try questions.sorted { $0.key < $1.key }.flatMap { name, sql in
            try rows(sql).map { "\(name): \($0)" }
        }
    }

    /// Whether SQLite finds nothing wrong with the file.
    func isWhole() throws -> Bool { try rows("PRAGMA integrity_check") == ["ok"] }

    func execute(_ sql: String) throws { _ = try rows(sql) }
}
