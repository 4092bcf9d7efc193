import GRDB
import Glibc

extension LedgerFile {
    /// Opens the ledger so that nothing is written, not even beside it.
    ///
    /// A connection to a database in write-ahead mode makes the companions `-wal` and `-shm`, also one that only reads
    /// (https://sqlite.org/wal.html, "Read-only databases"). Where there is no `-wal` all stands in the file itself,
    /// and SQLite is told that nobody changes it (`immutable`), so that it makes none. Where there is one, a run is
    /// under way or was killed, and the companions are there already.
    func openForReading() throws(LedgerProblem) -> DatabaseQueue {
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK) == 0 else { throw system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw system(EISDIR) }
        guard status.st_size > 0 else { throw .damaged(path: path, reason: "the file is empty") }
        var companion = stat()
        let isAlone = stat(path + "-wal", &companion) != 0 || companion.st_size == 0
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(patience)
        do {
            let queue = try DatabaseQueue(path: isAlone ? immutable : path, configuration: configuration)
            _ = try queue.read { try examine($0, size: Int(status.st_size), hasCompanion: !isAlone) }
            return queue
        } catch { throw problem(error) }
    }

    /// The file as an address that says that nobody changes it.
    private var immutable: String {
        var address = "file:"
        for byte in path.utf8 {
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "-")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            let digits = String(byte, radix: 16)
            address += isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
        }
        return address + "?immutable=1"
    }
}
