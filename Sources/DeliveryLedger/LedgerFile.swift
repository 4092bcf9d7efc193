import Foundation
import GRDB
import Glibc

/// The file of a ledger: made whole or not at all, looked at before it is written to.
struct LedgerFile {
    /// Where it is.
    let path: String
    /// How long somebody else may hold the database before ``LedgerProblem/busy(path:)``, in seconds.
    var patience = 5.0

    /// Opens the ledger, made new if there is none. A ledger that is damaged, or newer than this program, is left as
    /// it is, byte by byte.
    func open() throws(LedgerProblem) -> DatabasePool {
        while try !exists() {
            try makeNew()
        }
        try requireAccess()
        let isOfThisVersion = try inspect()
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.maximumReaderCount = max(2, ProcessInfo.processInfo.activeProcessorCount)
        configuration.prepareDatabase { [patience] db in
            // Nothing of a student in a temporary file, and nothing left in the pages of rows that are gone.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            if !db.configuration.readonly { try db.execute(sql: "PRAGMA secure_delete = ON") }
            // The pool gives its readers another patience.
            try db.execute(sql: "PRAGMA busy_timeout = \(Int(patience * 1_000))")
        }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // A commit is on the disk when it returns. The pool itself asks for less.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            if !isOfThisVersion { try LedgerSchema.migrator.migrate(pool) }
            return pool
        } catch { throw problem(error) }
    }

    /// Whether the file is there.
    private func exists() throws(LedgerProblem) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw system(status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
            }
            return true
        }
        guard errno == ENOENT else { throw system(errno) }
        // A new file would take over what stands in it.
        if stat(path + "-wal", &status) == 0, status.st_size > 0 {
            throw .damaged(path: path, reason: "the file is gone, but not its companion \(path)-wal")
        }
        return false
    }

    /// Makes an empty ledger beside its place and renames it: a run that is killed leaves no half one. Of two that
    /// make one at once the second waits for nothing and tries again.
    private func makeNew() throws(LedgerProblem) {
        let draft = path + ".new"
        let descriptor = Glibc.open(draft, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw system(errno) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? .busy(path: path) : system(errno)
        }
        // Whoever held the lock may have renamed the file that this one waited for.
        var opened = stat()
        var named = stat()
        guard fstat(descriptor, &opened) == 0 else { throw system(errno) }
        guard stat(draft, &named) == 0, named.st_ino == opened.st_ino, named.st_dev == opened.st_dev, try !exists()
        else { return }
        // The umask may have taken bits away; a killed run may have left bytes.
        guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else { throw system(errno) }
        unlink(draft + "-journal")
        do {
            let queue = try DatabaseQueue(path: draft)
            try LedgerSchema.migrator.migrate(queue)
            try queue.close()
        } catch {
            unlink(draft)
            throw problem(error)
        }
        guard fsync(descriptor) == 0, rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw system(code)
        }
        try flush(folder(of: path))
    }

    /// SQLite says little of why a file cannot be opened; the system says more. Files of another mode, as a restored
    /// copy may have, are made private: SQLite gives its companions the mode of the database.
    private func requireAccess() throws(LedgerProblem) {
        guard access(path, R_OK | W_OK) == 0, access(folder(of: path), R_OK | W_OK | X_OK) == 0 else {
            throw system(errno)
        }
        for path in [path, path + "-wal", path + "-shm"] {
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & 0o7777 != 0o600 else { continue }
            guard chmod(path, 0o600) == 0 else { throw system(errno) }
        }
    }

    /// Looks at the file by a connection that cannot write.
    ///
    /// - Returns: whether it has all tables of this version; otherwise an older version wrote it.
    private func inspect() throws(LedgerProblem) -> Bool {
        var file = stat()
        guard stat(path, &file) == 0 else { throw system(errno) }
        let size = Int(file.st_size)
        // SQLite would take an empty file for a new database.
        guard size > 0 else { throw .damaged(path: path, reason: "the file is empty") }
        var companion = stat()
        let hasCompanion = stat(path + "-wal", &companion) == 0 && companion.st_size > 0
        var configuration = Configuration()
        // A program killed while it brought a new or restored ledger to write-ahead logging has left a journal, without
        // which the file must not be read and which only a connection that may write can take back.
        configuration.readonly = !(stat(path + "-journal", &file) == 0 && file.st_size > 0)
        configuration.busyMode = .timeout(patience)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return try queue.read { try examine($0, size: size, hasCompanion: hasCompanion) }
        } catch { throw problem(error) }
    }

    /// Looks at an open database, whole.
    ///
    /// - Parameters:
    ///   - size: the file's, in bytes.
    ///   - hasCompanion: there are pages that are to be written to the file still.
    /// - Returns: whether it has all tables of this version; otherwise an older version wrote it.
    func examine(_ db: Database, size: Int, hasCompanion: Bool) throws -> Bool {
        let migrator = LedgerSchema.migrator
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == LedgerSchema.applicationID,
            try !migrator.appliedIdentifiers(db).isEmpty
        else { throw LedgerProblem.damaged(path: path, reason: "not a ledger of csnfil") }
        guard try !migrator.hasBeenSuperseded(db) else { throw LedgerProblem.newer(path: path) }
        // SQLite reads a page that was cut short as if zeros followed. While a companion has pages that are to be
        // written still, the file may end in the middle of one.
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        guard hasCompanion || pageSize > 0 && size % pageSize == 0 else {
            throw LedgerProblem.damaged(path: path, reason: "the end of the file is missing")
        }
        let faults = try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
        guard faults == ["ok"] else {
            throw LedgerProblem.damaged(path: path, reason: faults.joined(separator: "; "))
        }
        return try migrator.hasCompletedMigrations(db)
    }
}

extension LedgerFile {
    /// Writes a copy, on the disk before it gets its name.
    func copy(_ pool: any DatabaseWriter, to target: String) throws(LedgerProblem) {
        let copy = LedgerFile(path: target)
        let draft = target + ".part"
        var own = stat()
        var other = stat()
        // The ledger itself would be replaced under its open connections.
        if stat(path, &own) == 0, stat(target, &other) == 0, own.st_ino == other.st_ino, own.st_dev == other.st_dev {
            throw copy.system(EEXIST)
        }
        if unlink(draft) != 0, errno != ENOENT { throw copy.system(errno) }
        let descriptor = Glibc.open(draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw copy.system(errno) }
        defer { close(descriptor) }
        do {
            guard fchmod(descriptor, 0o600) == 0 else { throw copy.system(errno) }
            do { try LedgerFile.copyPages(of: pool, to: draft) } catch { throw copy.problem(error) }
            guard fsync(descriptor) == 0, rename(draft, target) == 0 else { throw copy.system(errno) }
        } catch {
            unlink(draft)
            for companion in ["-journal", "-wal", "-shm"] { unlink(draft + companion) }
            throw copy.problem(error)
        }
        try copy.flush(folder(of: target))
    }

    /// Page by page, as one transaction sees them: `VACUUM INTO`, which builds every table and index anew, takes twice
    /// as long. What was removed stands in no page any more (`secure_delete`).
    private static func copyPages(of pool: any DatabaseWriter, to draft: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            // A draft that is lost is made again, and who makes it flushes it.
            try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        }
        let queue = try DatabaseQueue(path: draft, configuration: configuration)
        try pool.backup(to: queue)
        // The copy is one file, which needs no companions to be opened.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
    }
}

extension LedgerFile {
    /// What an error of the database means for the ledger.
    func problem(_ error: any Error) -> LedgerProblem {
        switch error {
        case let error as LedgerProblem: error
        case let error as UnreadableRow: .damaged(path: path, reason: error.reason)
        case let error as DatabaseError: problem(error)
        // A value of another type than its column's.
        case let error as RowDecodingError: .damaged(path: path, reason: error.description)
        default: .system(path: path, reason: "\(error)", isFull: false)
        }
    }

    /// The message alone: the values of a statement are personal data.
    private func problem(_ error: DatabaseError) -> LedgerProblem {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: return .damaged(path: path, reason: reason)
        case .SQLITE_FULL: return .system(path: path, reason: reason, isFull: true)
        default: return .system(path: path, reason: reason, isFull: false)
        }
    }

    func system(_ code: Int32) -> LedgerProblem {
        .system(path: path, reason: String(cString: strerror(code)), isFull: code == ENOSPC || code == EDQUOT)
    }

    private func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Flushes the names in a folder to disk.
    private func flush(_ folder: String) throws(LedgerProblem) {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw system(errno) }
        defer { close(descriptor) }
        // Some network file systems cannot flush a folder and say EINVAL: there is nothing more to be done there.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw system(errno) }
    }
}
