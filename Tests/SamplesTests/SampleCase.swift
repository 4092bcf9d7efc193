import Documents
import Foundation
import Pipeline
import Testing
import CSN

/// The repository's folder.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// A folder under `Samples/<system>/`: an export, and `case.yaml`, which says when and how it is converted.
struct SampleCase: Sendable, CustomStringConvertible {
    /// `<system>/<case>`
    let name: String
    /// The case's folder.
    let folder: String
    /// The layouts that files are expected in.
    let layouts: [String]
    private let now: String
    private let school: String?
    private let system: String?

    var description: String { name }

    /// Every case under `Samples`, in the order of the names.
    static func all() throws -> [SampleCase] {
        let samples = repository + "/Samples"
        let systems = try FileManager.default.contentsOfDirectory(atPath: samples).sorted()
        return try systems.flatMap { system in
            try FileManager.default.contentsOfDirectory(atPath: "\(samples)/\(system)").sorted()
                .map { try SampleCase(name: "\(system)/\($0)", folder: "\(samples)/\(system)/\($0)") }
        }
    }

    private init(name: String, folder: String) throws {
        self.name = name
        self.folder = folder
        let keys = try YAMLNode.read(path: folder + "/case.yaml")
            .mapping(allowing: ["title", "now", "system", "school", "layouts"])
        _ = try keys.required("title").string()
        now = try keys.required("now").string()
        school = try keys.optional("school")?.string()
        system = try keys.optional("system")?.string()
        layouts = try keys.optional("layouts")?.strings() ?? ["komvux", "komvux-fixed"]
    }

    /// Where the files expected in a layout lie.
    func expected(in layout: String) -> String { "\(folder)/expected/\(layout)" }

    /// The exports themselves: the case's own files but for what csnfil never takes for one.
    func exports() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { !["case.yaml", "csnfil.yaml", "expected", "mappings"].contains($0) }
    }

    /// Approved local courses: the codes that stand for themselves in the case's own course lists.
    func localCourses() throws -> [String] {
        let schools = folder + "/mappings/schools"
        guard FileManager.default.fileExists(atPath: schools) else { return [] }
        var codes: [String] = []
        for school in try FileManager.default.contentsOfDirectory(atPath: schools) {
            let table = try String(contentsOfFile: "\(schools)/\(school)/courses.csv", encoding: .utf8)
            for line in table.split(separator: "\n") {
                let cells = line.split(separator: ";", omittingEmptySubsequences: false)
                if cells.count > 1, cells[0] == cells[1] { codes.append(String(cells[0])) }
            }
        }
        return codes
    }

    /// What a command is given in this case.
    ///
    /// - Parameters:
    ///   - paths: the files or folders; the case's folder unless said.
    ///   - jobs: `--jobs`
    func options(layout: String, paths: [String]? = nil, out: String? = nil, jobs: Int = 1) -> TypedOptions {
        var options = TypedOptions()
        options.paths = paths ?? [folder]
        options.now = now
        options.school = school
        options.system = system
        options.layout = layout
        options.jobs = jobs
        options.language = "sv"
        options.out = out
        let configuration = folder + "/csnfil.yaml"
        if FileManager.default.fileExists(atPath: configuration) { options.config = configuration }
        return options
    }

    /// A call of the program as it would be from the repository, whatever the machine's own surroundings.
    func invocation(_ options: TypedOptions) throws -> Invocation {
        let now = try #require(Moment(now), "\(name)/case.yaml: now is no time such as 2026-11-23T12:00")
        return Invocation(
            options,
            in: Surroundings(
                environment: [:], workingFolder: repository, executable: repository + "/.build/debug/csnfil",
                processors: 1, now: now))
    }
}
