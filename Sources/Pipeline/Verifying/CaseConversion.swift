import CSNRules
import Findings
import Foundation
import Reports

/// Converts sample cases as `convert` or `migrate` would, whatever the machine's own surroundings: without its environment, its
/// configuration or its clock.
public struct CaseConversion: Sendable {
    private let mappings: [String]
    private var surroundings: Surroundings

    /// A conversion of cases.
    ///
    /// - Parameters:
    ///   - mappings: folders that go before the shipped mappings, after the case's own.
    ///   - surroundings: where the program runs: only where its shipped mappings lie counts.
    public init(mappings: [String] = [], in surroundings: Surroundings) {
        self.mappings = mappings
        self.surroundings = surroundings
        self.surroundings.environment = [:]
    }

    /// What a conversion made.
    public struct Made: Sendable {
        /// What the run ended with.
        public var status: ExitStatus
        /// What is compared with the expected files, by path: the schools' folders and `diagnostics.jsonl`, or
        /// `message.txt` where nothing could be written.
        public var files: [String: [UInt8]]
        /// How many rows met which fate; nil where nothing was read.
        public var rows: RowFates?

        /// The upload files alone.
        public var uploads: [String: [UInt8]] { files.filter { $0.key.contains("/") } }
    }

    /// What is compared beside the upload files, by name: whatever in a report does not depend on the run, the machine
    /// or the version.
    private static func documents(of report: RunReport) -> [String: [UInt8]] {
        [diagnostics: findings(of: report)]
    }

    /// The findings of a case, among its expected files.
    static let diagnostics = "diagnostics.jsonl"
    /// What is said where nothing can be written, among a case's expected files.
    static let message = "message.txt"
    /// Expected files are the same everywhere.
    private static let language = Language.sv

    /// Converts a case in one layout, into a temporary folder that is removed afterwards.
    ///
    /// - Parameters:
    ///   - folder: where exports lie that stand in for the case's own; nil: the case's folder.
    ///   - jobs: how many threads may work.
    /// - Throws: no temporary folder can be made or read.
    public func convert(
        _ sample: SampleCase, layout: String, exportsIn folder: String? = nil, jobs: Int = 1
    ) throws(RunFailure) -> Made {
        let temporary = try TemporaryFolder()
        let out = "\(temporary.path)/out"
        let exports = folder ?? sample.folder
        do throws(RunFailure) {
            let settings = try settings(sample, layout, exports: exports, jobs: jobs)
            var report = try run(sample, settings, out: out, ledger: "\(temporary.path)/ledger.sqlite")
            for index in report.inputs.indices {
                report.inputs[index].path = report.inputs[index].path.withoutFolder(exports)
            }
            var files = try SchoolFolders.files(in: out)
            files.merge(CaseConversion.documents(of: report)) { $1 }
            return Made(status: report.exitStatus, files: files, rows: report.rows)
        } catch {
            let lines = error.problems.map { problem in
                let place = problem.place ?? "csnfil"
                let said = "\(place): \(Text(sv: "fel", en: "error")[CaseConversion.language]): "
                return said + problem.text[CaseConversion.language] + "\n"
            }
            let text = lines.joined().replacing("\(out)/", with: "out/").replacing("\(exports)/", with: "")
                .replacing("\(sample.folder)/", with: "")
            return Made(status: error.status, files: [CaseConversion.message: Array(text.utf8)], rows: nil)
        }
    }

    private func settings(
        _ sample: SampleCase, _ layout: String, exports: String, jobs: Int
    ) throws(RunFailure) -> RunSettings {
        var configuration = Configuration()
        if let path = sample.configuration { configuration = try Configuration.read(path: path, environment: [:]) }
        var options = TypedOptions()
        options.mappings = [sample.mappings].compactMap { $0 } + mappings
        return RunSettings(
            paths: [exports], mappingFolders: try MappingSearch.folders(options, configuration, surroundings),
            layout: layout, now: sample.now, jobs: jobs, language: CaseConversion.language,
            configuration: configuration)
    }

    /// Runs the case's command. A migration finds an empty ledger, whatever the case's configuration says of one.
    private func run(
        _ sample: SampleCase, _ settings: RunSettings, out: String, ledger: String
    ) throws(RunFailure) -> RunReport {
        let holdScope = settings.configuration.holdScope ?? .unit
        switch sample.command {
        case .convert:
            return try Conversion.run(
                ConvertRequest(
                    settings: settings, out: out, system: sample.system, school: sample.school, holdScope: holdScope),
                progress: NoProgress())
        case .migrate(let choice):
            var settings = settings
            settings.configuration.outbox = out
            settings.configuration.ledger = ledger
            return try Migration.run(
                MigrateRequest(
                    settings: settings, days: choice.days, basis: choice.basis, holdScope: holdScope,
                    firstDay: choice.firstDay, system: sample.system, school: sample.school),
                progress: NoProgress())
        }
    }

    private static func findings(of report: RunReport) -> [UInt8] {
        var bytes: [UInt8] = []
        MachineReport(report, in: language).diagnostics { bytes += $0 }
        return bytes
    }
}

extension String {
    /// A path without the folder it begins with.
    fileprivate func withoutFolder(_ folder: String) -> String {
        let start = folder.hasSuffix("/") ? folder : "\(folder)/"
        return hasPrefix(start) ? String(dropFirst(start.count)) : self
    }
}
