import Findings
import Foundation
import Reports

/// The folders of scheduled runs are there or can be made, may be read and written, and are not inside each other.
enum FoldersCheck: DoctorCheck {
    static let name = "folders"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        let folders = installation.folders
        var results = folders.flatMap { look(at: $0.key, $0.path) }
        for (index, one) in folders.enumerated() {
            for other in folders.dropFirst(index + 1) { results += nesting(one, other) }
        }
        if let ledger = installation.configuration.ledger {
            let folder = ledger.folderOfPath.isEmpty ? "." : ledger.folderOfPath
            results += look(at: "ledger", folder)
        }
        return results
    }

    private static func look(at key: String, _ path: String) -> [DoctorReport.Result] {
        guard let look = FileLook(path) else {
            if let above = FileLook.nearestFolder(path), access(above.path, W_OK | X_OK) == 0 {
                return [
                    ok(
                        Text(
                            sv: "\(key) finns inte än och skapas av den första körningen",
                            en: "\(key) is not there yet; the first run makes it"), at: path)
                ]
            }
            return [
                error(
                    Text(sv: "\(key) finns inte och kan inte skapas", en: "\(key) is not there and cannot be made"),
                    at: path, advice: makeIt(path))
            ]
        }
        guard look.isFolder else {
            return [
                error(
                    Text(sv: "\(key) är ingen mapp", en: "\(key) is no folder"), at: path,
                    advice: Text(sv: "Ange en mapp i csnfil.yaml.", en: "Name a folder in csnfil.yaml."))
            ]
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            return [
                error(
                    Text(
                        sv: "\(key) kan inte läsas och skrivas: \(reason)",
                        en: "\(key) cannot be read and written: \(reason)"),
                    at: path, advice: makeIt(path))
            ]
        }
        return [ok(Text(sv: "\(key) kan läsas och skrivas", en: "\(key) can be read and written"), at: path)]
    }

    private static func makeIt(_ path: String) -> Text {
        Text(
            sv: "Kör doctor som den användare som kör nightly. Är det den: install -d -m 0700 -o ANVÄNDARE \(path)",
            en: "Run doctor as the user who runs nightly. If that is so: install -d -m 0700 -o USER \(path)")
    }

    private static func nesting(
        _ one: (key: String, path: String), _ other: (key: String, path: String)
    ) -> [DoctorReport.Result] {
        let (first, second) = (whole(one.path), whole(other.path))
        guard first == second || first.hasPrefix(second + "/") || second.hasPrefix(first + "/") else { return [] }
        return [
            error(
                Text(
                    sv: "\(one.key) och \(other.key) ligger i varandra", en: "\(one.key) and \(other.key) overlap"),
                at: one.path,
                advice: Text(
                    sv: "Ge var och en en egen mapp, annars läses det egna resultatet som export.",
                    en: "Give each a folder of its own, or what one writes is read as an export by another."))
        ]
    }

    /// The path from the root, links followed.
    private static func whole(_ path: String) -> String {
        URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
}
