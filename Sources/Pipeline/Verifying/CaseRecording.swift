import Findings
import Foundation
import Reports
import Uploads

/// Writes what a case made as what is expected of it from now on.
struct CaseRecording {
    /// What was written, changed and removed, by its path in the case's folder.
    private(set) var changes: [VerifyReport.Change] = []

    private let sample: SampleCase

    /// A recording of a case, which has changed nothing yet.
    init(of sample: SampleCase) { self.sample = sample }

    /// Writes the files expected in a layout, each of them whole or not at all, and removes those that are not expected
    /// any more. A file that is as it should be is not touched.
    mutating func record(_ files: [String: [UInt8]], in layout: String) throws(RunFailure) {
        let folder = sample.expected(in: layout)
        let old = try SchoolFolders.allFiles(in: folder)
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) where old[path] != bytes {
            try write(bytes, to: "\(folder)/\(path)")
            note(old[path] == nil ? .written : .changed, layout, path)
        }
        for path in old.keys.sorted() where files[path] == nil { try remove(path, in: folder, layout) }
        CaseRecording.removeEmptyFolders(in: folder)
    }

    /// Removes everything that is expected in a layout that the case does not name.
    mutating func removeAll(in layout: String) throws(RunFailure) {
        let folder = sample.expected(in: layout)
        for path in try SchoolFolders.allFiles(in: folder).keys.sorted() { try remove(path, in: folder, layout) }
        CaseRecording.removeEmptyFolders(in: folder)
        rmdir(folder)
    }

    private mutating func note(_ kind: VerifyReport.Change.Kind, _ layout: String, _ path: String) {
        changes.append(VerifyReport.Change(kind, "\(SampleCase.expectedFolder)/\(layout)/\(path)"))
    }

    private func write(_ bytes: [UInt8], to path: String) throws(RunFailure) {
        do throws(OutputProblem) { try AtomicFile.write(bytes, to: path) } catch { throw RunFailure(error) }
    }

    private mutating func remove(_ path: String, in folder: String, _ layout: String) throws(RunFailure) {
        do { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") } catch {
            throw RunFailure(
                .inputOutput, at: "\(folder)/\(path)",
                Text(
                    sv: "Filen väntas inte längre men kan inte tas bort.",
                    en: "The file is not expected any more but cannot be removed."))
        }
        note(.removed, layout, path)
    }

    /// Removes the subfolders in which nothing lies any more.
    private static func removeEmptyFolders(in folder: String) {
        for name in SchoolFolders.names(in: folder) {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            removeEmptyFolders(in: path)
            // rmdir leaves a folder in which something lies.
            rmdir(path)
        }
    }
}
