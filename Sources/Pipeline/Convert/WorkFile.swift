import Foundation
import Uploads

/// What runs into one output folder tell the next one, as JSON in its `.work`. Nothing depends on it: a file that is gone
/// or cannot be read says nothing.
struct WorkFile<Contents: Codable> {
    private let path: String

    /// - Parameters:
    ///   - name: in `.work`.
    ///   - folder: the output folder.
    init(_ name: String, in folder: String) { path = "\(folder)/.work/\(name)" }

    /// What the last run has told; nil when nothing can be read.
    func read() -> Contents? {
        (try? Data(contentsOf: URL(filePath: path))).flatMap { try? JSONDecoder().decode(Contents.self, from: $0) }
    }

    /// Takes the place of what was told before.
    func write(_ contents: Contents) throws(OutputProblem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(contents) else { return }
        try AtomicFile.write(String(decoding: data, as: UTF8.self) + "\n", to: path)
    }
}
