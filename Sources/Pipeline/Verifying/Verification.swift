import Dispatch
import Findings
import Foundation
import Reports
import Synchronization
import Uploads

/// `verify`: every sample case under the folders is converted in each of its layouts and compared, byte for byte, with
/// what is expected of it: the schools' folders and `diagnostics.jsonl`, never run ids, times or versions.
public struct Verification: Sendable {
    private let request: VerifyRequest
    private let conversion: CaseConversion

    /// How many differences of a case in a layout are shown.
    private static let shownDifferences = 20

    /// Runs the whole, and writes the JUnit file where one is asked for.
    ///
    /// - Parameter progress: told which case is being converted.
    /// - Throws: no case was found, a `case.yaml` cannot be used, or something cannot be read or written.
    public static func run(
        _ request: VerifyRequest, progress: any ProgressSink = NoProgress()
    ) throws(RunFailure) -> VerifyReport {
        let search = try SampleSearch(request.folders)
        let verification = Verification(
            request: request,
            conversion: CaseConversion(mappings: request.mappings, in: request.surroundings))
        var results = try verification.strays(search.others)
        guard !search.cases.isEmpty || !results.isEmpty else { throw nothingFound(request.folders) }
        progress.begin(Text(sv: "Prövar", en: "Trying"))
        results += try verification.results(of: search.cases, progress)
        for sample in search.cases { results += try verification.unlisted(sample) }
        // A stable sort: layouts stay in the case's own order.
        results = results.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
            .map(\.element)
        let report = VerifyReport(program: .csnfil, isRecording: request.isRecording, results: results)
        if let path = request.junit {
            do throws(OutputProblem) { try AtomicFile.write(report.junit(), to: path) } catch {
                throw RunFailure(error)
            }
        }
        return report
    }

    private static func nothingFound(_ folders: [String]) -> RunFailure {
        let list = folders.joined(separator: ", ")
        return RunFailure(
            .unusable, at: list,
            Text(
                sv: "Här finns inget exempel: ingen mapp har en case.yaml. Så skrivs den: docs/samples.md.",
                en: "There is no sample case here: no folder has a case.yaml. How to write one: docs/samples.md."))
    }

    // MARK: - One case in one layout

    /// Every case in each of its layouts, several at a time: they touch nothing in common.
    private func results(
        of cases: [SampleCase], _ progress: any ProgressSink
    ) throws(RunFailure) -> [VerifyReport.Result] {
        let tasks = cases.flatMap { sample in sample.layouts.map { (sample, $0) } }
        let state = Mutex(Results())
        let workers = min(max(1, request.surroundings.processors), tasks.count)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let number = state.withLock({ $0.take(of: tasks.count) }) {
                let (sample, layout) = tasks[number]
                let result = Result { () throws(RunFailure) in try self.result(of: sample, layout) }
                let done = state.withLock { state in
                    state.made[number] = result
                    return state.made.count
                }
                progress.advance(bytes: done, of: tasks.count, rows: 0)
            }
        }
        let made = state.withLock(\.made)
        var results: [VerifyReport.Result] = []
        for number in tasks.indices {
            if let result = try made[number]?.get() { results.append(result) }
        }
        return results
    }

    /// What workers share.
    private struct Results {
        private var next = 0
        var made: [Int: Result<VerifyReport.Result, RunFailure>] = [:]

        /// The next task's number; nil when there is none left or one has failed.
        mutating func take(of total: Int) -> Int? {
            let hasFailed = made.values.contains { if case .failure = $0 { true } else { false } }
            guard next < total, !hasFailed else { return nil }
            defer { next += 1 }
            return next
        }
    }

    private func result(of sample: SampleCase, _ layout: String) throws(RunFailure) -> VerifyReport.Result {
        let made = try conversion.convert(sample, layout: layout)
        var result = VerifyReport.Result(name: sample.name, layout: layout, status: .same)
        if let fault = Verification.fault(in: made, of: sample) {
            result.status = .notConverted
            result.message = fault
            return result
        }
        if request.isRecording {
            var recording = CaseRecording(of: sample)
            try recording.record(made.files, in: layout)
            result.changes = recording.changes
            result.status = recording.changes.isEmpty ? .same : .recorded
            return result
        }
        let expected = try SchoolFolders.allFiles(in: sample.expected(in: layout))
        guard !expected.isEmpty else {
            result.status = .notRecorded
            result.message = Verification.recordingAdvice(sample)
            return result
        }
        let differences = FileComparison(expected: expected, found: made.files).differences
        result.differences = Array(differences.prefix(Verification.shownDifferences))
        result.more = differences.count - result.differences.count
        result.status = differences.isEmpty ? .same : .differs
        return result
    }

    /// Why what was made cannot be compared or recorded; nil when the run ended as the case says.
    private static func fault(in made: CaseConversion.Made, of sample: SampleCase) -> Text? {
        let isExpected = sample.status.map { $0 == made.status.rawValue } ?? (0...1).contains(made.status.rawValue)
        guard isExpected else {
            let wanted = sample.status.map { "\($0)" }
            let said = made.files[CaseConversion.message].map { String(decoding: $0, as: UTF8.self) } ?? ""
            return Text(
                sv: "Körningen slutade med status \(made.status.rawValue), inte \(wanted ?? "0 eller 1").\n\(said)",
                en: "The run ended with status \(made.status.rawValue), not \(wanted ?? "0 or 1").\n\(said)")
        }
        guard let rows = sample.rows, let read = made.rows?.read, rows != read else { return nil }
        return Text(
            sv: "Exporten ska ha \(rows) rader enligt case.yaml, men \(read) lästes.",
            en: "The export should have \(rows) rows by case.yaml, but \(read) were read.")
    }

    private static func recordingAdvice(_ sample: SampleCase) -> Text {
        Text(
            sv: "Spela in det med: csnfil verify --update \(sample.folder), och läs sedan det som skrevs.",
            en: "Record it with: csnfil verify --update \(sample.folder), then read what was written.")
    }

    // MARK: - What is beside the cases

    /// What lies in `expected` and belongs to no layout of the case: nobody would ever compare it.
    private func unlisted(_ sample: SampleCase) throws(RunFailure) -> [VerifyReport.Result] {
        let folder = "\(sample.folder)/\(SampleCase.expectedFolder)"
        var results: [VerifyReport.Result] = []
        for name in SchoolFolders.names(in: folder) where !sample.layouts.contains(name) {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
            if exists, isFolder.boolValue, request.isRecording {
                var recording = CaseRecording(of: sample)
                try recording.removeAll(in: name)
                var result = VerifyReport.Result(name: sample.name, layout: name, status: .recorded)
                result.changes = recording.changes
                results.append(result)
            } else {
                results.append(
                    VerifyReport.Result(
                        name: sample.name, layout: name, status: .notListed,
                        message: Text(
                            sv:
                                "expected/\(name) hör inte till någon layout i case.yaml: lägg till den, eller ta bort det.",
                            en: "expected/\(name) belongs to no layout of case.yaml: add it there, or remove this.")))
            }
        }
        return results
    }

    /// Exports that lie in a folder without `case.yaml`: somebody meant them to be tried.
    private func strays(_ folders: [(name: String, files: [String])]) throws(RunFailure) -> [VerifyReport.Result] {
        guard !folders.isEmpty else { return [] }
        var options = TypedOptions()
        options.mappings = request.mappings
        var surroundings = request.surroundings
        surroundings.environment = [:]
        let mappings = try MappingSearch.folders(options, Configuration(), surroundings)
        let detection = try ExportDetection(profilesIn: mappings)
        var results: [VerifyReport.Result] = []
        for (name, files) in folders {
            let recognised = files.filter { detection.isExport($0) }.map { $0.split(separator: "/").last ?? "" }
            guard !recognised.isEmpty else { continue }
            let list = recognised.joined(separator: ", ")
            results.append(
                VerifyReport.Result(
                    name: name, layout: nil, status: .noCase,
                    message: Text(
                        sv: """
                            \(list): en profil känner igen exporten, men mappen har ingen case.yaml. Skriv en \
                            (docs/samples.md) och spela in det som väntas med csnfil verify --update.
                            """,
                        en: """
                            \(list): a profile recognises the export, but the folder has no case.yaml. Write one \
                            (docs/samples.md) and record what is expected with csnfil verify --update.
                            """)))
        }
        return results
    }
}
