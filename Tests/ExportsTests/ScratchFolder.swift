import Exports
import Foundation

/// A folder of its own for one test, gone with it.
final class ScratchFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    func file(_ bytes: [UInt8], named name: String = "export.txt") throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    /// Writes a file and opens it.
    func source(_ bytes: [UInt8]) throws -> ExportSource {
        try ExportSource(path: file(bytes), keepingPipesIn: path)
    }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path) } }
}
