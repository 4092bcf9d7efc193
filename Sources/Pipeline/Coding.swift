import CSN
import Findings
import Foundation
import Normalizing
import Reports
import Synchronization

/// `codes EXPORT…`: the course codes that nothing knows.
public struct CodesRequest: Sendable {
    /// The exports, mappings, configuration and day, as `convert` has them.
    public var conversion: ConvertRequest
    /// Rows are added to the schools' course lists.
    public var writes: Bool
    /// The folders of mappings in which may be written, in the order in which they are searched.
    public var writableFolders: [String]

    /// A request.
    public init(conversion: ConvertRequest, writes: Bool = false, writableFolders: [String] = []) {
        self.conversion = conversion
        self.writes = writes
        self.writableFolders = writableFolders
    }
}

/// `codes`: reads exports as `convert` does, up to the course codes, and tells which of them would hold their rows.
enum Coding {
    /// Runs the whole.
    ///
    /// - Throws: why it could not be carried through, as `convert` would.
    static func run(_ request: CodesRequest, progress: any ProgressSink) throws(RunFailure) -> CodesReport {
        let setup = try ConvertSetup(request.conversion)
        let files = try ExportOpening.files(request.conversion.settings.paths)
        var notices: [Text] = []
        let exports = try Conversion.open(
            files, setup, workFolder: FileManager.default.temporaryDirectory.path, &notices)
        var codes = UnknownCodes()
        progress.begin(Text(sv: "Läser", en: "Reading"))
        for export in exports where export.match.profile.records == .courses {
            // Whose rows they are the export's own ids tell: no side table is needed.
            var conversion = RowConversion(
                opened: export, knowledge: setup.knowledge, engine: setup.engine(columns: exports.map(\.match.binding)),
                school: try setup.schools.school(of: export), persons: nil, jobs: request.conversion.settings.jobs)
            conversion.gathersCodes = true
            do {
                let found = Mutex(codes)
                try conversion.run(progress) { slice in found.withLock { $0.add(slice.codes) } }
                codes = found.withLock { $0 }
            } catch {
                throw RunFailure(error)
            }
        }
        var report = CodesReport(
            entries: entries(of: codes, exports, setup.knowledge.courses), rowsWithoutCode: codes.rowsWithoutCode,
            notices: notices)
        guard request.writes else { return report }
        try CourseListWriting(
            folders: MappingFolders(request.conversion.settings.mappingFolders), writable: request.writableFolders,
            language: request.conversion.settings.language
        ).write(&report)
        return report
    }

    private static func entries(
        of codes: UnknownCodes, _ exports: [OpenedExport], _ register: CourseRegister
    ) -> [CodesReport.Entry] {
        let entries = codes.met.map { key, met in
            let isShown = met.mayBeShown(key.code)
            let name = met.name { register.isCourseName($0) }
            let waiting = register.waiting[key.school]
            return CodesReport.Entry(
                school: key.school, code: isShown ? key.code.precomposedStringWithCanonicalMapping : nil, name: name,
                rows: met.rows, students: met.studentCount, isTooLong: met.isTooLong,
                place: "\(exports[Int(met.first.input)].input.source.path):\(met.first.line)",
                candidates: isShown ? register.candidates(for: key.code, name: name) : [],
                waitsAt: waiting.flatMap { waiting in
                    waiting.lines[key.code.precomposedStringWithCanonicalMapping].map { "\(waiting.path):\($0)" }
                })
        }
        return entries.sorted { one, other in
            (one.school, other.rows, one.code ?? "", one.place) < (
                other.school, one.rows, other.code ?? "", other.place
            )
        }
    }
}

extension Resolving {
    /// Which codes are asked for, and where they may be written.
    static func codes(_ options: TypedOptions, in surroundings: Surroundings) throws(RunFailure) -> CodesRequest {
        try requireKomvux(options)
        let settings = try settings(options, surroundings)
        let conversion = ConvertRequest(
            settings: settings, out: "", system: options.system, school: try skolkod(options.school))
        return CodesRequest(
            conversion: conversion, writes: options.writes,
            writableFolders: MappingSearch.writable(among: settings.mappingFolders, surroundings))
    }
}

extension Invocation {
    /// `codes`
    public func codes() -> Outcome {
        outcome { presenting throws(RunFailure) in
            let request = try Resolving.codes(options, in: surroundings)
            let language = request.conversion.settings.language
            let report = try Coding.run(request, progress: presenting.progress(in: language))
            let text = CodesText(report: report, language: language)
            let isJSON = options.format == OutputFormat.json.rawValue
            return Outcome(
                output: isJSON ? text.json() : Array(text.text().utf8), error: "",
                status: (report.entries.isEmpty ? ExitStatus.success : .findings).rawValue)
        }
    }
}
