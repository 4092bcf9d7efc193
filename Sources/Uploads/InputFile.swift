import Crypto
import Glibc

/// A file that is read once from its beginning to its end, and hashed on the way.
final class InputFile {
    /// The file as it was named.
    let path: String
    private let descriptor: Int32
    private var hash = SHA256()
    private(set) var count = 0
    /// Why reading failed; the XML parser's callback cannot throw.
    private(set) var failure: OutputProblem?

    init(path: String) throws(OutputProblem) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(.open, path) }
    }

    deinit { close(descriptor) }

    /// Fills the buffer from the file: the number of bytes, 0 at its end, −1 after a failure.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else {
                failure = .system(.read, path)
                return -1
            }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
            count += got
            return got
        }
    }

    /// Reads what is left, so that the hash is the whole file's.
    func readRest() throws(OutputProblem) {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { block.deallocate() }
        while read(into: block) > 0 {}
        if let failure { throw failure }
    }

    /// The hash of everything read so far, in hexadecimal.
    var sha256: String { hash.finalize().hexadecimal }
}

extension Sequence<UInt8> {
    /// Two hexadecimal digits a byte.
    var hexadecimal: String {
        var text = ""
        for byte in self {
            for digit in [byte >> 4, byte & 0x0F] { text += String(digit, radix: 16) }
        }
        return text
    }
}
