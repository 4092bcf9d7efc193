import CSN
import CSNRules
import Documents
import Exports
import Findings
import Foundation
import Profiles
import Reports

/// An export that has been opened, surveyed and recognised: ready to be read row by row.
struct OpenedExport: Sendable {
    /// By which findings name it.
    let number: UInt16
    let input: ExportInput
    let survey: InputSurvey
    let match: ProfileMatch
    let sha256: String
    /// Profiles that would read it alike.
    let otherProfiles: [String]

    /// What the report says of it.
    func report(rows: Int) -> RunReport.Input {
        var report = RunReport.Input(
            path: input.source.path, system: match.profile.system, profile: match.profile.name,
            encoding: match.encoding.name,
            encodingEvidence: match.encodingEvidence(survey), rows: rows, sha256: sha256, columns: match.headers,
            elements: match.reading?.elements ?? [], rowElement: match.reading?.row ?? "",
            taken: match.columns.sorted { $0.value < $1.value }.map { slot, column in
                RunReport.TakenColumn(header: match.headers[column], slot: slot.name)
            })
        report.isOwnReading = !match.profile.basis.ours.isEmpty
        report.otherProfiles = otherProfiles
        return report
    }
}

/// An export that has been opened and surveyed, and what it was recognised as.
struct SeenExport: Sendable {
    let source: ExportSource
    let survey: InputSurvey
    let sha256: String
    let finding: Finding

    /// What an export was recognised as.
    enum Finding: Sendable {
        /// By one profile; `others` are the names of those that would read it alike.
        case recognised(ProfileMatch, others: [String])
        /// By several that would read it to different records.
        case tie([ProfileMatch], Unreadable)
        /// By none, or it is nothing that could be; the nearest profile where there is one.
        case refused(Unreadable, nearest: ProfileMatch?)
    }
}

/// Why an export is not read: a rule of the catalogue says it, with exit status 2.
struct Unreadable: Error {
    var rule: RuleName
    var path: String
    var line = 0
    var message: Int
    var parameters: [Parameter]
}

/// Opens exports and recognises them.
struct ExportOpening {
    let profiles: [Profile]
    /// Whether the user named the profile or system.
    let isChosen: Bool
    /// Where what comes through a pipe is kept while it is read.
    let workFolder: String
    /// Whether inputs are hashed.
    var hashes = true

    /// The files that the arguments name: a file, the files in a folder (not in its subfolders), or `-`.
    ///
    /// - Returns: each path with whether it was named itself: an unrecognised file in a folder is ignored.
    static func files(_ paths: [String]) throws(RunFailure) -> [(path: String, isNamed: Bool)] {
        var files: [(path: String, isNamed: Bool)] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard path != "-" else {
                files.append((path, true))
                continue
            }
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw RunFailure(
                    .unusable, at: path,
                    Text(
                        sv: "Filen finns inte. Kontrollera sökvägen till exporten.",
                        en: "There is no such file. Check the path of the export."))
            }
            guard isFolder.boolValue else {
                files.append((path, true))
                continue
            }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            for name in names.sorted() where !name.hasPrefix(".") && name != "case.yaml" && name != "csnfil.yaml" {
                var isInner: ObjCBool = false
                let file = path.hasSuffix("/") ? path + name : path + "/" + name
                if FileManager.default.fileExists(atPath: file, isDirectory: &isInner), !isInner.boolValue {
                    files.append((file, false))
                }
            }
        }
        return files
    }

    /// Opens, surveys and recognises one export, to be read.
    func open(_ path: String, number: UInt16) throws -> OpenedExport {
        try opened(try look(at: path), number: number)
    }

    /// Takes a recognised export to be read.
    func opened(_ seen: SeenExport, number: UInt16) throws -> OpenedExport {
        switch seen.finding {
        case .recognised(let match, let others):
            return OpenedExport(
                number: number, input: try match.input(seen.source, seen.survey), survey: seen.survey, match: match,
                sha256: seen.sha256, otherProfiles: others)
        case .tie(_, let why), .refused(let why, _): throw why
        }
    }

    /// Opens one export and says what it is; `convert` and `detect` see the same.
    ///
    /// - Throws: ``ExportProblem``, when it cannot be opened or read.
    func look(at path: String) throws -> SeenExport {
        let source = try ExportSource(path: path, keepingPipesIn: workFolder)
        let (survey, sha256) = try SurveyedSource.survey(source, hashes: hashes)
        return SeenExport(source: source, survey: survey, sha256: sha256, finding: try finding(source, survey))
    }

    private func finding(_ source: ExportSource, _ survey: InputSurvey) throws -> SeenExport.Finding {
        func refused(_ message: Int, _ parameters: [Parameter] = []) -> Unreadable {
            Unreadable(rule: "export-not-readable", path: source.path, message: message, parameters: parameters)
        }
        if survey.kind == .empty || survey.kind == .blank { return .refused(refused(1), nearest: nil) }
        let isXML = survey.kind == .xml && profiles.contains { $0.container.delimited == nil }
        if survey.kind != .text, !isXML {
            let kind = survey.kind.text
            return .refused(
                refused(0, [Parameter("kind", kind.sv), Parameter("kindEnglish", kind.en)]), nearest: nil)
        }
        guard survey.encoding.encoding != nil || profiles.contains(where: { $0.encoding != nil }) else {
            let evidence = survey.encoding.text
            return .refused(
                refused(4, [Parameter("evidence", evidence.sv), Parameter("evidenceEnglish", evidence.en)]),
                nearest: nil)
        }
        switch try ProfileDetection.detect(source, survey, among: profiles) {
        case .found(let match, let others): return .recognised(match, others: others)
        case .tie(let matches):
            let names = matches.map(\.profile.name)
            return .tie(
                matches,
                refused(
                    3,
                    [
                        Parameter("profiles", names.joined(separator: ", ")),
                        Parameter("options", names.map { "--system \($0)" }.joined(separator: " eller ")),
                        Parameter("optionsEnglish", names.map { "--system \($0)" }.joined(separator: " or ")),
                    ]))
        case .none(let nearest, let headers):
            return .refused(unrecognised(source.path, nearest, headers: headers), nearest: nearest)
        case .unknownXML(let row, let names):
            return .refused(refused(5, [Parameter("row", row)] + ExportOpening.shown(names)), nearest: nil)
        case .noRows: return .refused(refused(1), nearest: nil)
        }
    }

    /// Whether what was taken for a row of headers has digits as a student's number has them: then it is a row of
    /// values, with names beside.
    static func holdsValues(_ headers: [String]) -> Bool { headers.contains { $0.contains(/\d{6}/) } }

    /// The headers that no profile knows; nothing of a row of values.
    private static func shown(_ headers: [String]) -> [Parameter] {
        guard !holdsValues(headers) else {
            return [
                Parameter("headers", "(\(headers.count) celler som ser ut som uppgifter)"),
                Parameter("headersEnglish", "(\(headers.count) cells that look like values)"),
            ]
        }
        let shown = headers.prefix(8).map { "”\($0)”" }.joined(separator: ", ")
        return [Parameter("headers", shown + (headers.count > 8 ? " …" : ""))]
    }

    /// No profile fits. Where one nearly does, what it lacks is the better answer than that nothing is known.
    private func unrecognised(_ path: String, _ nearest: ProfileMatch?, headers: [String]) -> Unreadable {
        guard let nearest, isChosen || nearest.columns.count >= 3 || !nearest.ambiguous.isEmpty else {
            return Unreadable(
                rule: "export-not-readable", path: path, message: 2, parameters: ExportOpening.shown(headers))
        }
        let profile = Parameter("profile", nearest.profile.name)
        if let (slot, columns) = nearest.ambiguous.min(by: { $0.key.rawValue < $1.key.rawValue }) {
            let names = columns.map { nearest.headers[$0] }
            return Unreadable(
                rule: "header-ambiguous", path: path, line: nearest.headerLine, message: 0,
                parameters: [
                    profile, Parameter("field", slot.name), Parameter("first", names.first ?? ""),
                    Parameter("second", names.last ?? ""),
                ])
        }
        let accepted = nearest.missing.flatMap { nearest.profile.columns[$0]?.headers ?? [] }
        return Unreadable(
            rule: "header-missing", path: path, line: nearest.headerLine, message: 0,
            parameters: [
                profile, Parameter("field", nearest.missing.map(\.name).joined(separator: ", ")),
                Parameter("headers", accepted.map { "”\($0)”" }.joined(separator: ", ")),
            ])
    }
}

extension ConvertSetup {
    /// The rules for a run over exports, whose numbers are their places in the list.
    func engine(of exports: [OpenedExport]) -> RuleEngine {
        engine(columns: exports.map(\.match.binding), systems: exports.map(\.match.profile.system))
    }
}
