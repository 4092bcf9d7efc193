import Foundation
import Synchronization
import Uploads

/// Another run that holds an outbox.
final class OutboxHolder: Sendable {
    private let folder: Mutex<OutputFolder?>

    init(_ path: String) throws { folder = Mutex(try OutputFolder(path: path)) }

    /// Ends, some seconds from now.
    func letGo(after seconds: Double) {
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { self.folder.withLock { $0 = nil } }
    }
}
