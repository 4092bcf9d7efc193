import Glibc

/// The lock of an output folder: one run at a time writes there. The system gives it up when the process ends, however
/// it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - path: the lock file; created when it is not there.
    ///   - folder: what is locked, for the error.
    init(path: String, folder: String) throws(OutputProblem) {
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(.lock, path) }
        guard fchmod(descriptor, 0o600) == 0 else { throw .system(.lock, path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .system(.lock, path) }
            throw .locked(path: folder, process: FolderLock.holder(descriptor))
        }
        let process = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { throw .system(.lock, path) }
        let written = pwrite(descriptor, process, process.count, 0)
        // A disk that becomes full takes a part, and says why at the next write only.
        guard written == process.count else { throw .system(.lock, path: path, code: written < 0 ? errno : ENOSPC) }
    }

    deinit { close(descriptor) }

    /// The process that has written its number into the file; 0 when none can be read.
    private static func holder(_ descriptor: Int32) -> Int32 {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { $0 != 0x0A }
        return Int32(String(decoding: digits, as: UTF8.self)) ?? 0
    }
}
