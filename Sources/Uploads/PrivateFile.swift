import Crypto
import Dispatch
import Glibc
import Synchronization

/// A new file that only its owner can read, whatever the umask; hashed while it is written.
public final class PrivateFile: ByteSink {
    /// Where the file is.
    public let path: String
    private let durability: Durability
    private var descriptor: Int32
    private var hash = SHA256()
    private var count = 0

    /// What was written.
    public struct Contents: Hashable, Sendable {
        /// In bytes.
        public let size: Int
        /// In hexadecimal.
        public let sha256: String
    }

    /// Creates the file with mode 0600. One of that name that a killed run has left is removed first; nothing is ever
    /// written through a link.
    public convenience init(path: String) throws(OutputProblem) { try self.init(path: path, .full) }

    /// - Parameter durability: what of it is left out.
    package convenience init(path: String, _ durability: Durability) throws(OutputProblem) {
        if unlink(path) != 0, errno != ENOENT { throw .system(.remove, path) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(.create, path) }
        self.init(path: path, descriptor: descriptor, durability)
        // The umask may have taken bits away.
        guard fchmod(descriptor, 0o600) == 0 else { throw .system(.create, path) }
    }

    /// Writes to an open descriptor and owns it from now on.
    package init(path: String, descriptor: Int32, _ durability: Durability = .full) {
        self.path = path
        self.durability = durability
        self.descriptor = descriptor
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Writes the bytes.
    public func take(_ bytes: UnsafeRawBufferPointer) throws(OutputProblem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let done = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if done < 0, errno == EINTR { continue }
            guard done > 0 else { throw .system(.write, path) }
            rest = rest.dropFirst(done)
        }
        if durability.hashes { hash.update(bufferPointer: bytes) }
        count += bytes.count
    }

    /// Writes text as UTF-8.
    public func take(_ text: String) throws(OutputProblem) {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(OutputProblem) in try take(UnsafeRawBufferPointer(bytes)) }
        }
        try result.get()
    }

    /// Flushes the file to disk and closes it.
    public func finish() throws(OutputProblem) -> Contents {
        if durability.flushes {
            guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(.flush, path) }
        }
        let closed = close(descriptor)
        descriptor = -1
        guard closed == 0 else { throw .system(.write, path) }
        return Contents(size: count, sha256: hash.finalize().hexadecimal)
    }

    /// Leaves it to a queue to flush the file to disk and close it.
    func finish(flushedBy queue: FlushQueue) throws(OutputProblem) -> Contents {
        guard durability.flushes else { return try finish() }
        queue.take(descriptor, path: path)
        descriptor = -1
        return Contents(size: count, sha256: hash.finalize().hexadecimal)
    }

    /// Removes the file.
    public func discard() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        unlink(path)
    }
}

/// A file that appears whole or not at all: written beside its place, flushed, renamed. For reports.
public final class AtomicFile: ByteSink {
    private let path: String
    private let draft: PrivateFile

    /// Begins a file. Its folder is created, with mode 0700, when it is not there.
    public init(path: String) throws(OutputProblem) {
        self.path = path
        let (folder, name) = PrivateFolder.split(path)
        try PrivateFolder.create(folder)
        draft = try PrivateFile(path: "\(folder)/.\(name).part")
    }

    /// Writes the bytes, to the draft as yet.
    public func take(_ bytes: UnsafeRawBufferPointer) throws(OutputProblem) { try draft.take(bytes) }

    /// Writes text as UTF-8.
    public func take(_ text: String) throws(OutputProblem) { try draft.take(text) }

    /// Writes the bytes, to the draft as yet.
    public func take(_ bytes: [UInt8]) throws(OutputProblem) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(OutputProblem) in try take(buffer) }
        }
        try result.get()
    }

    /// Gives the file its name. Without this call the file of that name stays as it was.
    @discardableResult
    public func finish() throws(OutputProblem) -> PrivateFile.Contents {
        let contents = try draft.finish()
        try PrivateFolder.rename(draft.path, to: path)
        return contents
    }

    /// Gives up: the file of that name stays as it was.
    public func discard() { draft.discard() }

    /// Writes a whole file from memory.
    @discardableResult
    public static func write(_ text: String, to path: String) throws(OutputProblem) -> PrivateFile.Contents {
        let file = try AtomicFile(path: path)
        try file.take(text)
        return try file.finish()
    }

    /// Writes a whole file from memory.
    @discardableResult
    public static func write(_ bytes: [UInt8], to path: String) throws(OutputProblem) -> PrivateFile.Contents {
        let file = try AtomicFile(path: path)
        do throws(OutputProblem) { try file.take(bytes) } catch {
            file.discard()
            throw error
        }
        return try file.finish()
    }
}

/// Folders of mode 0700, and names that survive a loss of power.
public enum PrivateFolder {
    /// Creates the folder and those above it that are not there, each with mode 0700 whatever the umask. A folder that
    /// is there keeps its mode.
    public static func create(_ path: String) throws(OutputProblem) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw .system(.create, path: path, code: ENOTDIR) }
            return
        }
        guard errno == ENOENT else { throw .system(.create, path) }
        let (parent, name) = split(path)
        if !name.isEmpty, parent != path { try create(parent) }
        if try createLast(of: path) { try flush(parent) }
    }

    /// Creates a folder in one that is there, and leaves it to the caller to flush the latter: a flush takes about a
    /// millisecond, and an output folder gets one for each school.
    ///
    /// - Returns: false when something of that name is there already.
    static func createLast(of path: String) throws(OutputProblem) -> Bool {
        guard mkdir(path, 0o700) == 0 else {
            if errno == EEXIST { return false }
            throw .system(.create, path)
        }
        guard chmod(path, 0o700) == 0 else { throw .system(.create, path) }
        return true
    }

    /// The folder and the name in it; `.` for a name alone.
    static func split(_ path: String) -> (folder: String, name: String) {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }

    /// Renames a file, replacing one of the new name, and flushes the folder of the new name.
    static func rename(_ old: String, to new: String) throws(OutputProblem) {
        guard Glibc.rename(old, new) == 0 else { throw .system(.rename, new) }
        try flush(split(new).folder)
    }

    /// Flushes the names in a folder to disk.
    public static func flush(_ path: String) throws(OutputProblem) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(.open, path) }
        defer { close(descriptor) }
        // Some network file systems cannot flush a folder and say EINVAL: there is nothing more to be done there.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(.flush, path) }
    }

    /// Flushes several folders, a few at a time: the disk does them together.
    static func flush(_ folders: [String]) throws(OutputProblem) {
        let failure = Mutex<OutputProblem?>(nil)
        let atOnce = 4
        DispatchQueue.concurrentPerform(iterations: min(atOnce, folders.count)) { worker in
            for index in stride(from: worker, to: folders.count, by: atOnce) {
                do throws(OutputProblem) {
                    try flush(folders[index])
                } catch {
                    failure.withLock { $0 = $0 ?? error }
                    return
                }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// The names in a folder, sorted.
    static func names(in path: String) throws(OutputProblem) -> [String] {
        guard let stream = opendir(path) else { throw .system(.open, path) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
