import CSN
import Foundation
import Pipeline
import Reports
import Testing

/// A folder with sample cases, for a vendor outside the repository: only the program's shipped mappings are found.
struct CaseFolder {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// A row of the SchoolSoft list: a student with an invented number, a course, and its dates.
    static let header = "Skola;Personnummer;Kurskod;Del;Poäng;Nivå;Startdatum;Slutdatum;Påbörjad"
    static let row = "1003;19720120-9983;KEMKEM01;1:2;50;GY;2026-08-17;2026-10-16;J"
    static let description = "title: One row\nnow: 2026-11-23T12:00\nlayouts: komvux\n"

    func path(_ name: String) -> String { name.isEmpty ? folder.path : "\(folder.path)/\(name)" }

    func write(_ name: String, _ text: String) throws {
        let path = path(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    /// A case of one row, not recorded.
    func writeCase(
        _ name: String, description: String = CaseFolder.description,
        export: String = "\(CaseFolder.header)\n\(CaseFolder.row)\n"
    ) throws {
        try write("\(name)/case.yaml", description)
        try write("\(name)/export.csv", export)
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    /// The files below `expected`, in the order of their names.
    func expected(of name: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path("\(name)/expected"))
            .filter { $0.contains(".") }.sorted()
    }

    func surroundings() throws -> Surroundings {
        Surroundings(
            environment: ["CSNFIL_LANGUAGE": "en"], workingFolder: folder.path,
            executable: repository + "/.build/debug/csnfil", processors: 2,
            now: try #require(Moment("2026-01-01T00:00")))
    }

    func verify(_ name: String = "", update: Bool = false, junit: String? = nil) throws -> VerifyReport {
        try Verification.run(
            VerifyRequest(
                folders: [path(name)], isRecording: update, junit: junit.map(path), surroundings: surroundings()))
    }

    /// A call of the command.
    func call(_ folders: [String], update: Bool = false, format: String? = nil) throws -> Invocation.Outcome {
        var options = TypedOptions()
        options.format = format
        let typed = TypedVerify(folders: folders.map(path), isRecording: update)
        return Invocation(options, in: try surroundings()).verify(typed)
    }
}
