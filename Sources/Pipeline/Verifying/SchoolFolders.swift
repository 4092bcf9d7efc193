import Findings
import Foundation

/// Files read whole, by their paths in a folder.
enum SchoolFolders {
    /// The files in the folders that are named like a school, four digits.
    static func files(in folder: String) throws(RunFailure) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for school in names(in: folder) where school.utf8.count == 4 && Int(school) != nil {
            for (path, bytes) in try allFiles(in: "\(folder)/\(school)") { files["\(school)/\(path)"] = bytes }
        }
        return files
    }

    /// All files in the folder and in its subfolders, but for hidden ones.
    static func allFiles(in folder: String) throws(RunFailure) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in names(in: folder) {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                for (inner, bytes) in try allFiles(in: path) { files["\(name)/\(inner)"] = bytes }
            } else {
                files[name] = try bytes(of: path)
            }
        }
        return files
    }

    /// The names in a folder that are not hidden, sorted; none where there is no folder.
    static func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func bytes(of path: String) throws(RunFailure) -> [UInt8] {
        do { return Array(try Data(contentsOf: URL(filePath: path))) } catch {
            throw RunFailure(
                .inputOutput, at: path, Text(sv: "Filen kan inte läsas.", en: "The file cannot be read."))
        }
    }
}
