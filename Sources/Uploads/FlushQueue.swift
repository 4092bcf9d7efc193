import Dispatch
import Glibc
import Synchronization

/// Flushes written files to disk while the run goes on with others: a flush waits for the disk and needs no processor.
final class FlushQueue: Sendable {
    private let queue = DispatchQueue(label: "csnfil.flush", attributes: .concurrent)
    private let group = DispatchGroup()
    /// So many files wait for the disk at a time; who comes with one more waits, too.
    private let places = DispatchSemaphore(value: 4)
    private let failure = Mutex<OutputProblem?>(nil)

    /// Flushes and closes a file.
    func take(_ descriptor: Int32, path: String) {
        places.wait()
        group.enter()
        queue.async { [self] in
            if fsync(descriptor) != 0, errno != EINVAL {
                let problem = OutputProblem.system(.flush, path)
                failure.withLock { $0 = $0 ?? problem }
            }
            if close(descriptor) != 0 {
                let problem = OutputProblem.system(.write, path)
                failure.withLock { $0 = $0 ?? problem }
            }
            places.signal()
            group.leave()
        }
    }

    /// Waits until all files are on the disk.
    ///
    /// - Throws: why one of them is not.
    func wait() throws(OutputProblem) {
        group.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
