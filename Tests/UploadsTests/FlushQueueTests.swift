import Foundation
import Testing

@testable import Uploads

/// Files that are flushed beside the run: all of them, and a failure is not lost.
@Suite("Flushing beside the run")
struct FlushQueueTests {
    @Test("files are closed and on the disk when the queue has been waited for")
    func flushes() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flush-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let queue = FlushQueue()
        for number in 0..<20 {
            let path = folder.appending(path: "\(number)").path
            let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
            try #require(descriptor >= 0)
            queue.take(descriptor, path: path)
        }
        #expect(throws: Never.self) { try queue.wait() }
    }

    @Test("what cannot be flushed is thrown when the queue is waited for, every time")
    func saysAFailure() throws {
        let queue = FlushQueue()
        queue.take(-1, path: "draft.part")
        for _ in 0..<2 {
            #expect {
                try queue.wait()
            } throws: { error in
                guard case .system(.flush, path: let path, code: let code)? = error as? OutputProblem else {
                    return false
                }
                return path == "draft.part" && code == EBADF
            }
        }
    }
}
