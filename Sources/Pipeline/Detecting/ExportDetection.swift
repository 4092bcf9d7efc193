import Documents
import Exports
import Findings
import Foundation
import Normalizing
import Profiles
import Reports

/// `detect`: which system and profile a file is of, and what that rests on. It reads and writes nothing.
public struct ExportDetection {
    private let opening: ExportOpening

    /// What every file of the request is.
    ///
    /// - Throws: a path that is not there, a profile that cannot be used, a file that cannot be read.
    public static func run(_ request: DetectRequest) throws(RunFailure) -> DetectReport {
        let detection = try ExportDetection(profilesIn: request.mappingFolders, named: request.system)
        var files: [DetectReport.File] = []
        for (path, isNamed) in try ExportOpening.files(request.paths) {
            files.append(try detection.file(path, isNamed: isNamed))
        }
        return DetectReport(program: .csnfil, files: files)
    }

    /// Detection among the profiles of folders, all or those of a name.
    init(profilesIn mappings: [String], named system: String? = nil) throws(RunFailure) {
        do throws(DocumentProblem) {
            opening = ExportOpening(
                profiles: try ConvertSetup.profiles(named: system, MappingFolders(mappings)), isChosen: system != nil,
                workFolder: FileManager.default.temporaryDirectory.path)
        } catch {
            throw RunFailure(error)
        }
    }

    /// Whether a profile recognises the file, or several do. What cannot be opened is no export.
    func isExport(_ path: String) -> Bool {
        switch try? opening.look(at: path).finding {
        case .recognised, .tie: true
        case .refused, nil: false
        }
    }

    private func file(_ path: String, isNamed: Bool) throws(RunFailure) -> DetectReport.File {
        let seen: SeenExport
        do { seen = try opening.look(at: path) } catch let problem as ExportProblem {
            throw RunFailure(problem)
        } catch {
            throw RunFailure(.fault, at: path, Text(sv: "\(error)", en: "\(error)"))
        }
        var file = DetectReport.File(
            path: path, isNamed: isNamed, size: seen.survey.size,
            kind: (String(describing: seen.survey.kind), seen.survey.kind.text))
        if seen.survey.kind == .text || seen.survey.kind == .xml { file.encoding = seen.survey.encoding.text }
        switch seen.finding {
        case .recognised(let match, let others):
            file.readings = [DetectReport.Reading(match)]
            file.otherProfiles = others
        case .tie(let matches, let why):
            file.readings = matches.map { DetectReport.Reading($0) }
            file.problem = why.text
            if let first = matches.first {
                file.distinctions = matches.dropFirst().flatMap { ProfileDistinctions(first, $0).texts }
                if file.distinctions.isEmpty { file.distinctions = [ExportDetection.comparing(matches)] }
            }
            file.next = ExportDetection.choosing(among: matches, path)
        case .refused(let why, let nearest):
            // A row of values that a profile happens to know a cell of is no row of headers, and is not shown.
            file.nearest = nearest.flatMap { match in
                ExportOpening.holdsValues(match.headers) ? nil : DetectReport.Reading(match)
            }
            file.problem = why.text
            if seen.survey.kind == .text || seen.survey.kind == .xml { file.next = ExportDetection.proposing(path) }
        }
        return file
    }

    private static func choosing(among matches: [ProfileMatch], _ path: String) -> Text {
        let commands = matches.map { "csnfil convert \(path) --system \($0.profile.name)" }
        return Text(
            sv: "välj den som är rätt för din export: \(commands.joined(separator: " eller "))",
            en: "choose the one that is right for your export: \(commands.joined(separator: " or "))")
    }

    private static func comparing(_ matches: [ProfileMatch]) -> Text {
        let paths = matches.map(\.profile.path).joined(separator: ", ")
        return Text(sv: "jämför profilerna: \(paths)", en: "compare the profiles: \(paths)")
    }

    private static func proposing(_ path: String) -> Text {
        Text(
            sv: "csnfil profile \(path) --name NAMN föreslår en exportprofil för filen.",
            en: "csnfil profile \(path) --name NAME proposes an export profile for the file.")
    }
}
