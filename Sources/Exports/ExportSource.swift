import Glibc

/// An opened export: a file, or what came through a pipe, kept in a file without a name.
///
/// It is read with pread, never mapped: a file cut short while it is read must give an error, not a signal. Many
/// threads may read at the same time.
public final class ExportSource: Sendable {
    /// The path as it was named; `-` for standard input.
    public let path: String
    /// Bytes.
    public let size: Int
    /// When the file was last written to, in nanoseconds since 1970.
    public let modified: Int64
    private let descriptor: Int32
    private let isKept: Bool

    /// Opens a file, or standard input for `-`.
    ///
    /// - Parameter folder: where the bytes of a pipe are kept while they are read: in a file of mode 0600 without a
    ///   name, which is gone when the process is.
    public convenience init(path: String, keepingPipesIn folder: String) throws(ExportProblem) {
        let descriptor = path == "-" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, code: errno) }
        try self.init(path: path, descriptor: descriptor, keepingPipesIn: folder)
    }

    /// Takes over an open descriptor.
    init(path: String, descriptor: Int32, keepingPipesIn folder: String) throws(ExportProblem) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw .cannotOpen(path: path, code: code)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw .isFolder(path: path)
        }
        self.path = path
        // A redirected file of which somebody has read the beginning is taken from there, like a pipe.
        if status.st_mode & S_IFMT == S_IFREG, lseek(descriptor, 0, SEEK_CUR) == 0 {
            self.descriptor = descriptor
            isKept = false
        } else {
            defer { close(descriptor) }
            self.descriptor = try ExportSource.keep(descriptor, path: path, folder: folder)
            isKept = true
            guard fstat(self.descriptor, &status) == 0 else {
                throw .cannotKeep(path: path, folder: folder, code: errno)
            }
        }
        size = Int(status.st_size)
        modified = ExportSource.nanoseconds(status)
    }

    deinit { close(descriptor) }

    private static func nanoseconds(_ status: stat) -> Int64 {
        Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }

    /// Copies everything a pipe gives into a file that has no name any more.
    private static func keep(_ pipe: Int32, path: String, folder: String) throws(ExportProblem) -> Int32 {
        var template = Array("\(folder)/.csnfil-XXXXXX".utf8CString)
        // mkstemp makes the file with mode 0600.
        let file = mkstemp(&template)
        guard file >= 0 else { throw .cannotKeep(path: path, folder: folder, code: errno) }
        unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        do throws(ExportProblem) {
            try copy(pipe, to: file, path: path, folder: folder)
        } catch {
            close(file)
            throw error
        }
        return file
    }

    private static func copy(_ pipe: Int32, to file: Int32, path: String, folder: String) throws(ExportProblem) {
        var block = [UInt8](repeating: 0, count: 1 << 18)
        var offset = 0
        while true {
            let count = Glibc.read(pipe, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .cannotRead(path: path, offset: offset, code: errno) }
            guard count > 0 else { return }
            var written = 0
            while written < count {
                let step = block.withUnsafeBytes { bytes in
                    bytes.baseAddress.map { Glibc.write(file, $0 + written, count - written) } ?? 0
                }
                if step < 0, errno == EINTR { continue }
                guard step > 0 else { throw .cannotKeep(path: path, folder: folder, code: errno) }
                written += step
            }
            offset += count
        }
    }

    /// Reads from an offset until the buffer is full or the file ends; gives the number of bytes read.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ExportProblem) -> Int {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let step = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else { throw .cannotRead(path: path, offset: offset + done, code: errno) }
            guard step > 0 else { break }
            done += step
        }
        return done
    }

    /// Reads from an offset and fills the buffer; fewer bytes mean that the file has changed.
    public func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ExportProblem) {
        guard try read(into: buffer, at: offset) == buffer.count else { throw .changedWhileRead(path: path) }
    }

    /// The first bytes, at most so many.
    public func head(_ length: Int) throws(ExportProblem) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(length, size), alignment: 1)
        defer { buffer.deallocate() }
        return Array(buffer.prefix(try read(into: buffer, at: 0)))
    }

    /// Throws when the file is not what it was when it was opened. To be called after the last read.
    public func checkUnchanged() throws(ExportProblem) {
        guard !isKept else { return }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotRead(path: path, offset: size, code: errno) }
        guard Int(status.st_size) == size, ExportSource.nanoseconds(status) == modified else {
            throw .changedWhileRead(path: path)
        }
    }
}
