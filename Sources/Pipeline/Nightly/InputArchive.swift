import CSN
import DeliveryLedger
import Findings
import Foundation
import Glibc
import Uploads

/// Where exports lie when they have been taken: `<archive>/<day of change>/<beginning of the hash>_<name>`.
struct InputArchive {
    /// The folder.
    let path: String

    /// Where an input with that name and those bytes lies, relative to the archive. The same input has the same place,
    /// so that a run that was killed and is repeated does not keep it twice.
    static func place(of name: String, sha256: String, changed: Day) -> String {
        "\(changed)/\(sha256.prefix(12))_\(name)"
    }

    /// Moves an input from the inbox, readable by its owner alone.
    func take(_ file: InboxFile, as place: String) throws(OutputProblem) {
        let target = "\(path)/\(place)"
        try PrivateFolder.create(target.folderOfPath)
        if chmod(file.path, 0o600) == 0 {
            if rename(file.path, target) == 0 { return try PrivateFolder.flush(target.folderOfPath) }
            guard errno == EXDEV else { throw .system(.rename, path: target, code: errno) }
        } else if errno != EPERM {
            throw .system(.rename, path: file.path, code: errno)
        }
        // To another file system; or the file is somebody else's, as when the school system's transfer has a user of its
        // own: renamed it would keep that owner and whoever may read it.
        try copy(file, to: target)
        guard unlink(file.path) == 0 || errno == ENOENT else { throw .system(.remove, path: file.path, code: errno) }
    }

    /// To another file system: written and flushed beside its place, then renamed; the time of change goes along,
    /// because it says how old the export is.
    private func copy(_ file: InboxFile, to target: String) throws(OutputProblem) {
        let source = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard source >= 0 else { throw .system(.open, path: file.path, code: errno) }
        defer { close(source) }
        let copy = try AtomicFile(path: target)
        do throws(OutputProblem) {
            let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
            defer { block.deallocate() }
            while true {
                let count = read(source, block.baseAddress, block.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw .system(.read, path: file.path, code: errno) }
                guard count > 0 else { break }
                try copy.take(UnsafeRawBufferPointer(rebasing: block[..<count]))
            }
        } catch {
            copy.discard()
            throw error
        }
        try copy.finish()
        var times = [timespec(), timespec()]
        for index in times.indices {
            times[index].tv_sec = Int(file.modified / 1_000_000_000)
            times[index].tv_nsec = Int(file.modified % 1_000_000_000)
        }
        _ = utimensat(AT_FDCWD, target, times, 0)
    }

    /// Removes inputs that the ledger has let go of, and folders that are empty then.
    func remove(_ places: [String]) throws(OutputProblem) {
        for place in places {
            let file = "\(path)/\(place)"
            guard unlink(file) == 0 || errno == ENOENT else { throw .system(.remove, path: file, code: errno) }
            _ = rmdir(file.folderOfPath)
        }
    }
}
