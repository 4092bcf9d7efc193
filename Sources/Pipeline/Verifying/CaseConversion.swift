import CSNRules
import Findings
import Foundation
import Reports

/// Converts sample cases as `convert` would, whatever the machine's own surroundings: without its environment, its
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
            let request = try request(sample, layout, exports: exports, out: out, jobs: jobs)
            var report = try Conversion.run(request, progress: NoProgress())
            for index in report.inputs.indices {
                report.inputs[index].path = report.inputs[index].path.withoutFolder(exports)
            }
            var files = try SchoolFolders.files(in: out)
            files[CaseConversion.diagnostics] = CaseConversion.diagnostics(of: report)
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

    private func request(
        _ sample: SampleCase, _ layout: String, exports: String, out: String, jobs: Int
    ) throws(RunFailure) -> ConvertRequest {
        var configuration = Configuration()
        if let path = sample.configuration { configuration = try Configuration.read(path: path, environment: [:]) }
        var options = TypedOptions()
        options.mappings = [sample.mappings].compactMap { $0 } + mappings
        let settings = RunSettings(
            paths: [exports], mappingFolders: try MappingSearch.folders(options, configuration, surroundings),
            layout: layout, now: sample.now, jobs: jobs, language: CaseConversion.language,
            configuration: configuration)
        return ConvertRequest(
            settings: settings, out: out, system: sample.system, school: sample.school,
            holdScope: configuration.holdScope ?? .unit)
    }

    private static func diagnostics(of report: RunReport) -> [UInt8] {
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
