import Foundation
import Pipeline

/// What `convert` made of a case, in a folder that goes with this value.
final class ConvertedCase {
    /// The exit status.
    let status: Int32
    /// What was said on standard error.
    let error: String
    private let out: String
    private let exportFolder: String

    /// Converts a case, or other files as if they were its exports.
    init(_ sample: SampleCase, layout: String, exportFolder: String? = nil, jobs: Int = 1) throws {
        out = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)").path
        self.exportFolder = exportFolder ?? sample.folder
        let options = sample.options(layout: layout, paths: [self.exportFolder], out: out, jobs: jobs)
        let outcome = try sample.invocation(options).convert()
        status = outcome.status
        error = outcome.error
    }

    deinit { try? FileManager.default.removeItem(atPath: out) }

    /// The upload files, by `<skolkod>/<file>`.
    func uploads() throws -> [String: [UInt8]] {
        guard FileManager.default.fileExists(atPath: out) else { return [:] }
        return try ConvertedCase.files(in: out) { Int($0) != nil }
    }

    /// `report/diagnostics.jsonl`, the exports named without their folder.
    func diagnostics() throws -> [UInt8] {
        let text = try String(contentsOfFile: out + "/report/diagnostics.jsonl", encoding: .utf8)
        return Array(text.replacing(exportFolder + "/", with: "").utf8)
    }

    /// `rows` of `report/summary.json`.
    func rows() throws -> [String: Int] {
        struct Summary: Decodable { var rows: [String: Int] }
        let bytes = try Data(contentsOf: URL(filePath: out + "/report/summary.json"))
        return try JSONDecoder().decode(Summary.self, from: bytes).rows
    }

    /// What is compared with the case's expected folder.
    func comparable() throws -> [String: [UInt8]] {
        try uploads().merging(["diagnostics.jsonl": diagnostics()]) { $1 }
    }

    /// The files in a folder and in its subfolders that `includes` wants, by their path in it.
    static func files(
        in folder: String, subfolders includes: (String) -> Bool = { _ in true }
    ) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            for file in try includes(name) ? FileManager.default.contentsOfDirectory(atPath: path) : [] {
                files["\(name)/\(file)"] = try Array(Data(contentsOf: URL(filePath: "\(path)/\(file)")))
            }
        }
        return files
    }
}
