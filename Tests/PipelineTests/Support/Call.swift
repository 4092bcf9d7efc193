import CSN
import Foundation
import Pipeline
import Testing

/// The repository's folder.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

/// A folder in which the program is called in this process, with the shipped mappings and a time of its own; nothing of
/// the machine's surroundings counts.
struct Workplace {
    let folder: ScratchFolder
    var now = "2026-11-23T12:00"

    init() throws { folder = try ScratchFolder() }

    func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try FileManager.default.createDirectory(
            atPath: (path(name) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: path(name)))
        return path(name)
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(name)))) }

    /// Inside the repository, so that its mappings are known for the shipped ones.
    private var executable: String { repository + "/.build/debug/csnfil" }

    private func invocation(_ options: TypedOptions) throws -> Invocation {
        Invocation(
            options,
            in: Surroundings(
                environment: ["CSNFIL_LANGUAGE": "en"], workingFolder: folder.path, executable: executable,
                processors: 1,
                now: try #require(Moment(now))))
    }

    private func options(_ paths: [String]) -> TypedOptions {
        var options = TypedOptions()
        options.paths = paths.map { $0.hasPrefix("/") ? $0 : path($0) }
        options.mappings = [repository + "/Mappings"]
        options.now = now
        return options
    }

    /// `convert` into `out` of the folder.
    func convert(
        _ paths: [String], out: String = "out", _ change: (inout TypedOptions) -> Void = { _ in }
    ) throws -> Ending {
        var options = options(paths)
        options.out = path(out)
        change(&options)
        return try ending(try invocation(options).convert(), report: out + "/report")
    }

    /// `check`, with its report in `report` of the folder.
    func check(_ paths: [String], _ change: (inout TypedOptions) -> Void = { _ in }) throws -> Ending {
        var options = options(paths)
        options.report = path("report")
        change(&options)
        return try ending(try invocation(options).check(), report: "report")
    }

    /// `codes`, with a folder of mappings of its own before the shipped ones.
    func codes(
        _ paths: [String], mappings: [String] = [], _ change: (inout TypedOptions) -> Void = { _ in }
    ) throws -> Invocation.Outcome {
        var options = options(paths)
        options.mappings = mappings.map(path) + options.mappings
        change(&options)
        return try invocation(options).codes()
    }

    /// `profile` of one export.
    func profile(
        _ path: String, named name: String, _ change: (inout TypedOptions) -> Void = { _ in }
    ) throws -> Invocation.Outcome {
        var options = options([path])
        change(&options)
        return try invocation(options).profile(named: name)
    }

    /// `sample` into a folder; returns the export's path.
    @discardableResult
    func sample(
        _ system: String, _ export: String, records: Int, seed: UInt64, faults: Double, encoding: String? = nil,
        into name: String = "sample"
    ) throws -> String {
        let outcome = try sampleOutcome(
            system, records: records, seed: seed, faults: faults, encoding: encoding, into: name)
        try #require(outcome.status == 0, "\(outcome.error)")
        return "\(path(name))/\(export)"
    }

    /// `sample` into a folder, or to standard output.
    func sampleOutcome(
        _ system: String, records: Int = 10, seed: UInt64 = 1, faults: Double = 0, encoding: String? = nil,
        into name: String? = "sample"
    ) throws -> Invocation.Outcome {
        var options = options([])
        options.out = name.map { path($0) }
        let sample = TypedSample(system: system, records: records, seed: seed, faults: faults, encoding: encoding)
        return try invocation(options).sample(sample)
    }

    /// How a call ended.
    struct Ending {
        var status: Int32
        var said: String
        var findings: [Diagnostic]

        var rules: Set<String> { Set(findings.map(\.rule)) }
    }

    private func ending(_ outcome: Invocation.Outcome, report: String) throws -> Ending {
        let file = path(report) + "/diagnostics.jsonl"
        var findings: [Diagnostic] = []
        if FileManager.default.fileExists(atPath: file) {
            findings = try Diagnostic.all(in: Data(contentsOf: URL(filePath: file)))
            try FileManager.default.removeItem(atPath: file)
        }
        return Ending(
            status: outcome.status, said: String(decoding: outcome.output, as: UTF8.self) + outcome.error,
            findings: findings)
    }

    /// The upload files of an output folder, by `<skolkod>/<file>`.
    func uploads(_ out: String = "out") throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path(out)) {
            let parts = name.split(separator: "/")
            if parts.count == 2, Int(parts[0]) != nil { files[name] = try read("\(out)/\(name)") }
        }
        return files
    }

    /// `rows` of `report/summary.json`.
    func rows(_ out: String = "out") throws -> [String: Int] {
        struct Summary: Decodable { var rows: [String: Int] }
        return try JSONDecoder().decode(Summary.self, from: Data(read(out + "/report/summary.json"))).rows
    }
}

/// A line of `diagnostics.jsonl`.
struct Diagnostic: Decodable, Hashable, CustomStringConvertible {
    var rule: String
    var level: String
    var action: String
    var line: Int?
    var column: String?
    var element: String?
    var field: String?
    var value: String?
    var message: String

    static func all(in data: Data) throws -> [Diagnostic] {
        let decoder = JSONDecoder()
        return try data.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(Diagnostic.self, from: $0) }
    }

    var description: String {
        "\(rule) \(level) \(action) line \(line ?? 0) \(column ?? "-") \(element ?? "-"): \(message)"
    }
}
