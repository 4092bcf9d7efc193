import GRDB

/// The tables of the ledger. What each column means stands in docs/ledger.md, which a test holds against this.
///
/// Plain SQL that PostgreSQL takes as it is, but for `STRICT` and `WITHOUT ROWID`. Dates are ISO 8601 text, which
/// sorts as the days do; moments have their seconds always, for the same reason.
enum LedgerSchema {
    /// Tells a ledger from another program's SQLite file: "csnf" in ASCII.
    static let applicationID: Int32 = 0x6373_6E66

    /// The steps from an empty file to the tables of this version. A step that has been in a release is never changed:
    /// a new one is added after it.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 deliveries") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            for sql in [students, records, files, inputs, runs] { try db.execute(sql: sql) }
        }
        return migrator
    }

    private static let students = """
        CREATE TABLE student (
          id INTEGER NOT NULL PRIMARY KEY,
          skolkod INTEGER NOT NULL,
          personnummer TEXT NOT NULL,
          is_protected INTEGER NOT NULL CHECK (is_protected IN (0, 1))
        ) STRICT;
        CREATE INDEX student_of_school ON student (skolkod);

        CREATE TABLE student_number (
          student INTEGER NOT NULL REFERENCES student (id) ON DELETE CASCADE,
          personnummer TEXT NOT NULL,
          PRIMARY KEY (student, personnummer)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX student_of_number ON student_number (personnummer);

        CREATE TABLE student_export_id (
          student INTEGER NOT NULL REFERENCES student (id) ON DELETE CASCADE,
          system TEXT NOT NULL,
          export_id TEXT NOT NULL,
          PRIMARY KEY (student, system, export_id)
        ) STRICT, WITHOUT ROWID;
        """

    private static let records = """
        CREATE TABLE record (
          id INTEGER NOT NULL PRIMARY KEY,
          student INTEGER NOT NULL REFERENCES student (id),
          personnummer TEXT NOT NULL,
          kurskod TEXT NOT NULL,
          kursdel INTEGER NOT NULL,
          startdatum TEXT NOT NULL,
          slutdatum TEXT NOT NULL,
          poang INTEGER NOT NULL,
          niva TEXT NOT NULL CHECK (niva IN ('GR', 'GY', 'PU')),
          fardighetstraning INTEGER NOT NULL CHECK (fardighetstraning IN (0, 1)),
          omfattning TEXT CHECK (omfattning IN ('H', 'D')),
          uppdragsutbildning INTEGER NOT NULL CHECK (uppdragsutbildning IN (0, 1)),
          traineejobb INTEGER NOT NULL CHECK (traineejobb IN (0, 1)),
          registrering INTEGER NOT NULL CHECK (registrering IN (0, 1)),
          betyg TEXT,
          betygsdatum TEXT,
          last_date TEXT NOT NULL,
          system TEXT NOT NULL,
          had_start_too_early INTEGER NOT NULL CHECK (had_start_too_early IN (0, 1))
        ) STRICT;
        CREATE INDEX record_of_student ON record (student, kurskod, kursdel, startdatum);

        CREATE TABLE record_event (
          record INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          meddelandeorsak INTEGER,
          handelsedatum TEXT,
          PRIMARY KEY (record, number)
        ) STRICT, WITHOUT ROWID;
        """

    private static let files = """
        CREATE TABLE file (
          id INTEGER NOT NULL PRIMARY KEY,
          skolkod INTEGER NOT NULL,
          reading_day TEXT NOT NULL,
          name TEXT NOT NULL,
          sha256 TEXT NOT NULL,
          bytes INTEGER NOT NULL,
          records INTEGER NOT NULL,
          students INTEGER NOT NULL,
          first_date TEXT NOT NULL,
          last_date TEXT NOT NULL,
          made TEXT NOT NULL,
          made_by TEXT NOT NULL,
          outcome TEXT NOT NULL
            CHECK (outcome IN ('planned', 'sent', 'accepted', 'rejected', 'withdrawn', 'replaced')),
          reading TEXT NOT NULL,
          sent TEXT,
          closed TEXT
        ) STRICT;
        CREATE INDEX file_of_school ON file (skolkod);

        CREATE TABLE file_record (
          file INTEGER NOT NULL REFERENCES file (id),
          record INTEGER NOT NULL REFERENCES record (id),
          waiting_since TEXT NOT NULL,
          is_forced INTEGER NOT NULL CHECK (is_forced IN (0, 1)),
          PRIMARY KEY (file, record)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX file_of_record ON file_record (record);

        CREATE TABLE file_gone (
          file INTEGER NOT NULL REFERENCES file (id),
          student INTEGER NOT NULL REFERENCES student (id),
          kurskod TEXT NOT NULL,
          kursdel INTEGER NOT NULL,
          startdatum TEXT NOT NULL,
          waiting_since TEXT NOT NULL,
          is_forced INTEGER NOT NULL CHECK (is_forced IN (0, 1)),
          PRIMARY KEY (file, student, kurskod, kursdel, startdatum)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX file_gone_of_student ON file_gone (student, kurskod, kursdel, startdatum);

        CREATE TABLE forgotten (
          id INTEGER NOT NULL PRIMARY KEY,
          student INTEGER NOT NULL REFERENCES student (id),
          kurskod TEXT NOT NULL,
          kursdel INTEGER NOT NULL,
          startdatum TEXT NOT NULL,
          up_to_file INTEGER NOT NULL,
          reason TEXT NOT NULL,
          said TEXT NOT NULL
        ) STRICT;
        CREATE INDEX forgotten_of_student ON forgotten (student, kurskod, kursdel, startdatum);
        """

    private static let inputs = """
        CREATE TABLE input (
          id INTEGER NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          archived TEXT NOT NULL,
          sha256 TEXT NOT NULL,
          bytes INTEGER NOT NULL,
          modified TEXT NOT NULL,
          profile TEXT NOT NULL,
          system TEXT NOT NULL,
          taken TEXT NOT NULL,
          is_persons INTEGER NOT NULL CHECK (is_persons IN (0, 1)),
          UNIQUE (sha256, name, archived)
        ) STRICT;

        CREATE TABLE input_school (
          input INTEGER NOT NULL REFERENCES input (id) ON DELETE CASCADE,
          skolkod INTEGER NOT NULL,
          PRIMARY KEY (input, skolkod)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE last_export (
          skolkod INTEGER NOT NULL,
          system TEXT NOT NULL,
          student INTEGER NOT NULL REFERENCES student (id),
          PRIMARY KEY (skolkod, system, student)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX last_export_of_student ON last_export (student);
        """

    private static let runs = """
        CREATE TABLE run (
          number INTEGER NOT NULL PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          started TEXT NOT NULL,
          finished TEXT NOT NULL,
          now TEXT NOT NULL,
          status INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE state (
          id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
          last_moment TEXT,
          last_student INTEGER NOT NULL,
          last_file INTEGER NOT NULL
        ) STRICT;
        INSERT INTO state (id, last_moment, last_student, last_file) VALUES (1, NULL, 0, 0);
        """
}
