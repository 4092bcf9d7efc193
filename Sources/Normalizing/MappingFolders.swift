import CSN
import Documents
import Findings
import Foundation

/// The folders in which mappings are searched, in order: option, configuration, environment, beside the configuration,
/// the installed ones, the shipped ones. A file of the same name in an earlier folder replaces a later one whole.
public struct MappingFolders: Sendable {
    /// The folders, first searched first.
    public let paths: [String]

    /// Folders in the order in which they are searched.
    public init(_ paths: [String]) { self.paths = paths }

    /// The first file of that name, relative to the folders (`national/courses.csv`); nil when none has it.
    public func find(_ name: String) -> String? {
        paths.lazy.map { $0 + "/" + name }.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The file of that name; a problem that says where was searched when there is none.
    public func require(_ name: String) throws(DocumentProblem) -> String {
        if let path = find(name) { return path }
        let searched = paths.isEmpty ? "–" : paths.joined(separator: ", ")
        throw DocumentProblem(
            path: name,
            text: Text(
                sv: "Filen saknas. Den söktes i \(searched). Ange mappen med --mappings.",
                en: "The file is missing. It was looked for in \(searched). Name the folder with --mappings."))
    }

    /// All files in a folder of the folders (`systems`) with that ending, by file name; of several with the same name
    /// the first found.
    public func all(in folder: String, ending: String) -> [String] {
        var found: [String: String] = [:]
        for path in paths {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []
            for name in names where name.hasSuffix(ending) && found[name] == nil {
                found[name] = path + "/" + folder + "/" + name
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The schools' own folders, `schools/<skolkod>`, by skolkod; `schools/example` shows what they hold.
    ///
    /// - Throws: a folder that is named otherwise: nothing in it would ever be read.
    func schools() throws(DocumentProblem) -> [(school: Skolkod, folder: String)] {
        var schools: [(school: Skolkod, folder: String)] = []
        for name in folders(in: "schools") where name != "example" && !name.hasPrefix(".") {
            guard let school = Int(name).flatMap({ Skolkod($0) }), school.description == name else {
                throw DocumentProblem(
                    path: "schools/\(name)",
                    text: Text(
                        sv: "Mappen ska heta som skolans skolkod hos CSN (1000–1999).",
                        en: "The folder is to be named by the school's skolkod at CSN (1000–1999)."))
            }
            schools.append((school, "schools/\(name)"))
        }
        return schools
    }

    /// The folders below `folder`, by name.
    private func folders(in folder: String) -> [String] {
        var names: Set<String> = []
        for path in paths {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? [] {
                var isFolder: ObjCBool = false
                let isThere = FileManager.default.fileExists(
                    atPath: "\(path)/\(folder)/\(name)", isDirectory: &isFolder)
                if isThere, isFolder.boolValue { names.insert(name) }
            }
        }
        return names.sorted()
    }
}
