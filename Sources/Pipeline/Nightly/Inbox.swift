import CSN
import Findings
import Foundation
import Glibc
import Uploads

/// A file in the inbox, as it stood when the folder was looked at.
struct InboxFile: Hashable {
    /// In the inbox.
    let name: String
    /// The folder and the name.
    let path: String
    /// In bytes.
    let bytes: Int
    /// When it was last changed, in nanoseconds since 1970.
    let modified: Int64
}

/// What lies in the inbox.
struct Inbox {
    /// Files that are there whole, by name.
    var files: [InboxFile] = []
    /// What is left for a later run, and why.
    var notices: [Text] = []

    /// A file that was changed so recently may not be written to its end yet, in seconds.
    static let quietSeconds = 60.0

    /// Looks into the folder.
    ///
    /// - Parameter clock: the machine's own time in seconds since 1970, whatever the run takes for now.
    init(path: String, clock: Double) throws(RunFailure) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
            throw RunFailure(
                .inputOutput, at: path,
                Text(
                    sv: "Inkorgen kan inte läsas. Skapa mappen och ge användaren som kör rätt att läsa och skriva där.",
                    en: "The inbox cannot be read. Create the folder and let the user who runs this read and write "
                        + "there."))
        }
        for name in names where !Inbox.isBeingWritten(name) && !Inbox.isSetting(name) {
            var status = stat()
            let file = "\(path)/\(name)"
            guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            let modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
            let age = clock - Double(modified) / 1_000_000_000
            guard abs(age) >= Inbox.quietSeconds else {
                notices.append(
                    Text(
                        sv: "\(name) ändrades för mindre än en minut sedan och får vara till nästa körning.",
                        en: "\(name) was changed less than a minute ago and is left for the next run."))
                continue
            }
            files.append(InboxFile(name: name, path: file, bytes: Int(status.st_size), modified: modified))
        }
    }

    /// Whether the name says that somebody is writing the file.
    static func isBeingWritten(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasSuffix(".part") || name.hasSuffix(".tmp")
    }

    private static func isSetting(_ name: String) -> Bool { name == "csnfil.yaml" || name == "case.yaml" }
}

extension InboxFile {
    /// Whether the file is still the one that was read.
    var isUnchanged: Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec) == modified
            && Int(status.st_size) == bytes
    }
}
