import Findings
import Foundation
import Glibc

/// A folder of mode 0700 in the system's folder for temporary files; it goes with this value.
final class TemporaryFolder: Sendable {
    /// Where it is.
    let path: String

    /// Makes the folder.
    init() throws(RunFailure) {
        let parent = FileManager.default.temporaryDirectory.path
        var template = Array("\(parent)/csnfil-XXXXXX".utf8CString)
        // mkdtemp makes the folder with mode 0700.
        guard mkdtemp(&template) != nil else {
            let reason = String(cString: strerror(errno))
            throw RunFailure(
                .inputOutput, at: parent,
                Text(
                    sv: "Här går det inte att göra en tillfällig mapp: \(reason).",
                    en: "No temporary folder can be made here: \(reason)."))
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
