import Documents
import Findings
import Foundation

/// Finds the sample cases under folders, and files outside of them.
struct SampleSearch {
    /// In the order of their names.
    private(set) var cases: [SampleCase] = []
    /// The files of folders that are no case, by folder, in the order of the folders.
    private(set) var others: [(name: String, files: [String])] = []
    private var problems: [DocumentProblem] = []

    /// Searches folders, their subfolders and so on. A case's own subfolders are not searched, nor are hidden folders
    /// and links to folders.
    ///
    /// - Throws: a folder that is not there, or everything that is wrong in the cases' descriptions.
    init(_ folders: [String]) throws(RunFailure) {
        for folder in folders {
            guard SampleSearch.isFolder(folder) else {
                throw RunFailure(
                    .unusable, at: folder,
                    Text(sv: "Mappen finns inte.", en: "There is no such folder."))
            }
            let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
            search(trimmed, below: trimmed, prefix: folders.count > 1 ? trimmed : "")
        }
        guard problems.isEmpty else {
            throw RunFailure(.unusable, problems.flatMap { RunFailure($0).problems })
        }
    }

    private mutating func search(_ folder: String, below top: String, prefix: String) {
        let inner = folder == top ? "" : String(folder.dropFirst(top.count + 1))
        let parts = [prefix, inner].filter { !$0.isEmpty }
        // The folder that was named is a case itself: it goes by its own name.
        let own = URL(filePath: top).standardizedFileURL.lastPathComponent
        let name = parts.isEmpty ? own : parts.joined(separator: "/")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        if names.contains(SampleCase.description) {
            do throws(DocumentProblem) { cases.append(try SampleCase(name: name, folder: folder)) } catch {
                problems.append(error)
            }
            return
        }
        var files: [String] = []
        for entry in names where !entry.hasPrefix(".") {
            let path = "\(folder)/\(entry)"
            if SampleSearch.isFolder(path) {
                if !SampleSearch.isLink(path) { search(path, below: top, prefix: prefix) }
            } else {
                files.append(path)
            }
        }
        if !files.isEmpty { others.append((name, files)) }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }
}

extension SampleCase {
    /// Every case under a folder, in the order of the names.
    ///
    /// - Throws: the folder is not there, or everything that is wrong in the cases' descriptions.
    public static func all(under folder: String) throws(RunFailure) -> [SampleCase] {
        try SampleSearch([folder]).cases
    }
}
