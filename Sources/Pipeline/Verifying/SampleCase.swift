import CSN
import Documents
import Findings
import Foundation

/// A sample case: a folder with an export or several, `case.yaml`, which says when and how they are converted, and
/// what is expected of them under `expected/<layout>/`. `docs/samples.md` describes it.
public struct SampleCase: Sendable {
    /// The folder, below the one that was searched.
    public let name: String
    /// The folder.
    public let folder: String
    /// One line that says what the case shows.
    public let title: String
    /// What the run takes for now, on the clock in Stockholm.
    public let now: Moment
    /// What is done with the exports.
    public var command: SampleCommand
    /// A profile's name, the path of a profile, or a system's name; nil: detected.
    public let system: String?
    /// The school of an export without a school column.
    public let school: Skolkod?
    /// The layouts that files are expected in.
    public let layouts: [String]
    /// The exit status that the run must end with: 0, 1 or 2; nil: 0 or 1, whichever it is.
    public let status: Int32?
    /// How many rows the exports hold, where that is not one a line below a line of headers; nil where it is.
    public let rows: Int?

    /// What `case.yaml` may hold.
    private enum Key: String, CaseIterable {
        case title, now, command, from, to, by, firstDay, system, school, layouts, status, rows
    }

    /// The file that makes a folder a case.
    static let description = "case.yaml"
    /// Where a case's expected files lie, in its folder.
    static let expectedFolder = "expected"
    /// Where a case's own mappings lie, in its folder.
    static let mappingFolder = "mappings"
    /// What lies in a case's folder beside its exports.
    private static let notExports = [description, "csnfil.yaml", expectedFolder, mappingFolder]

    /// Reads the case in a folder.
    ///
    /// - Parameter name: what the case is called in reports.
    /// - Throws: what is wrong in `case.yaml`, with line and column.
    public init(name: String, folder: String) throws(DocumentProblem) {
        self.name = name
        self.folder = folder
        let root = try YAMLNode.read(path: "\(folder)/\(SampleCase.description)")
        let keys = try root.mapping(allowing: Key.allCases.map(\.rawValue))
        func optional(_ key: Key) -> YAMLNode? { keys.optional(key.rawValue) }
        title = try keys.required(Key.title.rawValue).string()
        now = try SampleCase.readNow(keys.required(Key.now.rawValue))
        command = try SampleCommand(keys)
        let system = try optional(.system)?.string()
        // A profile that is named by its path lies in the case.
        self.system = system.map { $0.contains("/") && !$0.hasPrefix("/") ? "\(folder)/\($0)" : $0 }
        school = try optional(.school).map(SampleCase.readSchool)
        layouts = try optional(.layouts).map(SampleCase.readLayouts) ?? ["komvux", "komvux-fixed"]
        status = try optional(.status).map { node throws(DocumentProblem) in Int32(try node.int(in: 0...2)) }
        rows = try optional(.rows)?.int(in: 0...Int(Int32.max))
    }

    private static func readNow(_ node: YAMLNode) throws(DocumentProblem) -> Moment {
        guard let now = Moment(try node.string()) else {
            throw node.expected(Text(sv: "en tid som 2026-11-23T12:00", en: "a time such as 2026-11-23T12:00"))
        }
        return now
    }

    private static func readSchool(_ node: YAMLNode) throws(DocumentProblem) -> Skolkod {
        guard let school = Skolkod(try node.int(in: 1_000...1_999)) else {
            throw node.expected(Text(sv: "en skolkod, 1000–1999", en: "a skolkod, 1000–1999"))
        }
        return school
    }

    /// The layouts' names, each of which is a folder's name too.
    private static func readLayouts(_ node: YAMLNode) throws(DocumentProblem) -> [String] {
        var layouts: [String] = []
        for item in node.isList ? try node.list() : [node] {
            let name = try item.string()
            guard !name.isEmpty, !name.contains("/"), !name.hasPrefix("."), !layouts.contains(name) else {
                throw item.expected(
                    Text(sv: "en layouts namn, en gång", en: "the name of a layout, once"))
            }
            layouts.append(name)
        }
        guard !layouts.isEmpty else {
            throw node.expected(Text(sv: "minst en layout", en: "at least one layout"))
        }
        return layouts
    }

    /// Whether the run is to end before anything is written; then a message is expected, and no upload file.
    public var expectsRefusal: Bool { status == 2 }

    /// The configuration that lies in the case; nil where none does.
    public var configuration: String? {
        let path = "\(folder)/csnfil.yaml"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// The folder of mappings that lies in the case; nil where none does.
    public var mappings: String? {
        let path = "\(folder)/\(SampleCase.mappingFolder)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Where the files expected in a layout lie.
    public func expected(in layout: String) -> String { "\(folder)/\(SampleCase.expectedFolder)/\(layout)" }

    /// The names of the exports: the folder's own files but for what csnfil never takes for one.
    public func exports() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
            return exists && !isFolder.boolValue && !name.hasPrefix(".") && !SampleCase.notExports.contains(name)
        }
    }
}
