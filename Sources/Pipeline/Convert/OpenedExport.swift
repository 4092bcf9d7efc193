import CSN
import CSNRules
import Crypto
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
        return report
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

    /// Opens, surveys and recognises one export.
    func open(_ path: String, number: UInt16) throws -> OpenedExport {
        let source = try ExportSource(path: path, keepingPipesIn: workFolder)
        var hash = SHA256()
        let survey = try InputSurvey(of: source) { hash.update(bufferPointer: $0) }
        if survey.kind == .empty || survey.kind == .blank {
            throw Unreadable(rule: "export-not-readable", path: path, message: 1, parameters: [])
        }
        let isXML = survey.kind == .xml && profiles.contains { $0.container.isXML }
        guard survey.kind == .text || isXML else {
            throw Unreadable(
                rule: "export-not-readable", path: path, message: 0,
                parameters: [Parameter("kind", survey.kind.text.sv), Parameter("kindEnglish", survey.kind.text.en)])
        }
        guard survey.encoding.encoding != nil || profiles.contains(where: { $0.encoding != nil }) else {
            throw Unreadable(
                rule: "export-not-readable", path: path, message: 4,
                parameters: [
                    Parameter("evidence", survey.encoding.text.sv),
                    Parameter("evidenceEnglish", survey.encoding.text.en),
                ])
        }
        let found = try ProfileDetection.detect(source, survey, among: profiles)
        let match: ProfileMatch
        var others: [String] = []
        switch found {
        case .found(let one, let alike): (match, others) = (one, alike)
        case .tie(let matches):
            throw Unreadable(
                rule: "export-not-readable", path: path, message: 3,
                parameters: [Parameter("profiles", matches.map(\.profile.name).joined(separator: ", "))])
        case .unknownXML(let row, let names):
            throw Unreadable(
                rule: "export-not-readable", path: path, message: 5,
                parameters: [Parameter("row", row), Parameter("headers", ExportOpening.shown(names))])
        case .none(let nearest, let headers): throw unrecognised(path, nearest, headers: headers)
        case .noRows:
            throw Unreadable(rule: "export-not-readable", path: path, message: 1, parameters: [])
        }
        return OpenedExport(
            number: number, input: try match.input(source, survey), survey: survey, match: match,
            sha256: hash.finalize().map { String(format: "%02x", $0) }.joined(), otherProfiles: others)
    }

    private static func shown(_ names: [String]) -> String {
        names.prefix(8).map { "”\($0)”" }.joined(separator: ", ") + (names.count > 8 ? " …" : "")
    }

    /// No profile fits. Where one nearly does, what it lacks is the better answer than that nothing is known.
    private func unrecognised(_ path: String, _ nearest: ProfileMatch?, headers: [String]) -> Unreadable {
        guard let nearest, isChosen || nearest.columns.count >= 3 || !nearest.ambiguous.isEmpty else {
            return Unreadable(
                rule: "export-not-readable", path: path, message: 2,
                parameters: [Parameter("headers", ExportOpening.shown(headers))])
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
