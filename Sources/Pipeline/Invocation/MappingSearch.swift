import Findings
import Foundation

/// In which folders mappings are searched, first searched first: option, configuration, environment, beside the
/// configuration, `<prefix>/share/csnfil`, and last the set the program was shipped with.
enum MappingSearch {
    /// The file that tells a folder of mappings from any other.
    private static let mark = "national/courses.csv"

    /// The folders of a run.
    ///
    /// - Throws: a folder named with `--mappings` that is not there.
    static func folders(
        _ options: TypedOptions, _ configuration: Configuration, _ surroundings: Surroundings
    ) throws(RunFailure) -> [String] {
        for folder in options.mappings where !isFolder(folder) {
            throw RunFailure(
                .unusable, at: folder,
                Text(
                    sv: "Mappen finns inte. Ange en annan med --mappings.",
                    en: "There is no such folder. Name another one with --mappings."))
        }
        var folders = options.mappings
        if let mappings = configuration.mappings { folders.append(mappings) }
        let named = surroundings.environment["CSNFIL_MAPPINGS"] ?? ""
        folders += named.split(separator: ":").map(String.init).filter { isFolder($0) }
        if let path = configuration.path {
            let beside = path.folderOfPath
            let folder = beside.isEmpty ? "Mappings" : "\(beside)/Mappings"
            if isFolder(folder) { folders.append(folder) }
        }
        folders += installed(surroundings.executable)
        var seen: Set<String> = []
        return folders.filter { seen.insert($0).inserted }
    }

    /// Those of the folders in which a person's own mappings may be written: not what came with the program, and only
    /// where the file system lets us.
    static func writable(among folders: [String], _ surroundings: Surroundings) -> [String] {
        let shipped = Set(installed(surroundings.executable).map(real))
        return folders.filter { !shipped.contains(real($0)) && FileManager.default.isWritableFile(atPath: $0) }
    }

    /// The folder itself, links followed.
    private static func real(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }

    /// What came with the program: `<prefix>/share/csnfil` of `<prefix>/bin/csnfil`, then the nearest folder above
    /// the executable that has a `Mappings` (a working copy's `.build` lies inside it).
    private static func installed(_ executable: String) -> [String] {
        guard !executable.isEmpty else { return [] }
        var folders: [String] = []
        var folder = executable.folderOfPath
        let share = folder.folderOfPath + "/share/csnfil"
        if exists("\(share)/\(mark)") { folders.append(share) }
        while !folder.isEmpty, folder != "/" {
            if exists("\(folder)/Mappings/\(mark)") {
                folders.append("\(folder)/Mappings")
                break
            }
            folder = folder.folderOfPath
        }
        return folders
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
