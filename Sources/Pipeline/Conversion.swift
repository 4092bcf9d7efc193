import CSN
import CSNRules
import Dispatch
import Exports
import Findings
import Foundation
import Normalizing
import Planning
import Reports
import Synchronization
import Uploads

/// `convert`, put together from the rooms: exports are opened and recognised, their rows read and judged, each
/// school's units planned, its files written and read back; then all files get their names.
public enum Conversion {
    /// Runs the whole.
    ///
    /// - Parameters:
    ///   - request: what to convert, with options, environment and configuration brought together.
    ///   - progress: told how far the run has come.
    /// - Throws: why it could not be carried through; then no file has got a name that it did not have before.
    public static func run(_ request: ConvertRequest, progress: any ProgressSink) throws(RunFailure) -> RunReport {
        let started = Date()
        let setup = try ConvertSetup(request)
        let files = try ExportOpening.files(request.settings.paths)
        let folder: OutputFolder
        do throws(OutputProblem) {
            folder = try OutputFolder(path: request.out, request.durability)
        } catch {
            throw RunFailure(error)
        }
        var notices = request.settings.configuration.notices
        let exports = try open(files, setup, workFolder: request.out + "/.work", &notices)
        var run = ConversionRun(setup: setup, folder: folder, exports: exports, started: started, notices: notices)
        try run.readRows(progress)
        try run.convertSchools(progress)
        try run.placeFiles()
        return run.report()
    }

    /// Opens every export; one in a folder that nothing recognises is named and left, one given by name ends the run.
    static func open(
        _ files: [(path: String, isNamed: Bool)], _ setup: ConvertSetup, workFolder: String, _ notices: inout [Text]
    ) throws(RunFailure) -> [OpenedExport] {
        let opening = ExportOpening(
            profiles: setup.profiles, isChosen: setup.request.system != nil, workFolder: workFolder,
            hashes: setup.request.durability.hashes)
        // Each file is surveyed by itself; what is said of them stands in their order.
        let seen = Mutex<[Int: Result<SeenExport, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let result = Result { try opening.look(at: files[index].path) }
            seen.withLock { $0[index] = result }
        }
        let looks = seen.withLock { $0 }
        var exports: [OpenedExport] = []
        for (index, (path, isNamed)) in files.enumerated() {
            do {
                guard let look = try looks[index]?.get() else { continue }
                exports.append(try opening.opened(look, number: UInt16(exports.count)))
            } catch let unreadable as Unreadable {
                let text = unreadable.text
                guard !isNamed else { throw RunFailure(.unusable, at: unreadable.place, text) }
                notices.append(
                    Text(sv: "\(path) lästes inte: \(text.sv)", en: "\(path) was not read: \(text.en)"))
            } catch let problem as ExportProblem {
                throw RunFailure(problem)
            } catch {
                throw RunFailure(.fault, at: path, Text(sv: "\(error)", en: "\(error)"))
            }
        }
        guard exports.isEmpty else { return exports }
        throw RunFailure(
            .unusable,
            notices.map { RunFailure.Problem($0) } + [
                RunFailure.Problem(
                    Text(
                        sv: "Ingen export att läsa. Ange minst en fil som någon profil känner igen.",
                        en: "No export to read. Name at least one file that some profile recognises."))
            ])
    }
}

extension Unreadable {
    /// The file, with the line where there is one.
    var place: String { line > 0 ? "\(path):\(line)" : path }

    /// The sentence of the rule that says it, with what to do.
    var text: Text {
        guard let rule = Catalogue.shared.rule(named: rule), rule.messages.indices.contains(message) else {
            return Text(sv: "\(rule)", en: "\(rule)")
        }
        func sentence(_ language: Language) -> String {
            var values: [String: String] = [:]
            for parameter in parameters {
                // A parameter that is a phrase itself is given in both languages.
                if parameter.name.hasSuffix("English") {
                    if language == .en { values[String(parameter.name.dropLast(7))] = parameter.value }
                } else if language == .sv || values[parameter.name] == nil {
                    values[parameter.name] = parameter.value
                }
            }
            let said = rule.messages[message].text.filled(in: language, values)
            let remedy = rule.remedy.filled(in: language, values)
            let end = said.hasSuffix(".") || said.hasSuffix("?") ? "" : "."
            return "[\(rule.name)] \(said)\(end) \(remedy)"
        }
        return Text(sv: sentence(.sv), en: sentence(.en))
    }
}
