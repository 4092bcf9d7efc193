import CSNRules
import Foundation
import Pipeline
import Reports
import Testing

/// What holds for every sample, whatever is expected of it in particular.
///
/// Cases that end with a message (`status: 2`) have nothing to hold it for. Where the exports' rows are not one a line
/// below a line of headers (XML, headings between rows, line ends inside quotes), `case.yaml` says how many rows there
/// are (`rows`): their lines are not shuffled, and their rows are not counted by lines.
@Suite struct SampleLawTests {
    @Test(arguments: try Samples.converted())
    func `the number of jobs does not change the files`(sample: SampleCase) throws {
        for layout in sample.layouts {
            let parallel = try Samples.convert(sample, layout, jobs: 3)
            expectSame(try sample.expectedFiles(in: layout), parallel.files, "\(layout), 3 jobs")
        }
    }

    @Test(arguments: try Samples.ofLines())
    func `the order of rows does not change the files`(sample: SampleCase) throws {
        for layout in sample.layouts {
            let straight = try sample.expectedFiles(in: layout).filter { $0.key.contains("/") }
            for seed in 1...2 as ClosedRange<UInt64> {
                let shuffled = try ShuffledExports(sample, seed: seed)
                let found = try Samples.convert(sample, layout, exportsIn: shuffled.folder)
                expectSame(straight, found.uploads, "\(layout), rows shuffled with seed \(seed)")
            }
        }
    }

    private func expectSame(_ expected: [String: [UInt8]], _ found: [String: [UInt8]], _ what: String) {
        let differences = FileComparison(expected: expected, found: found).differences
        for difference in differences.prefix(10) { Issue.record("\(what): \(difference)") }
    }

    @Test(arguments: try Samples.converted())
    func `every row has exactly one fate`(sample: SampleCase) throws {
        let lines = try sample.exports().reduce(0) { count, name in
            let bytes = try Data(contentsOf: URL(filePath: "\(sample.folder)/\(name)"))
            return count + bytes.count { $0 == 0x0A } - 1
        }
        for layout in sample.layouts {
            let rows = try #require(try Samples.convert(sample, layout).rows)
            #expect(rows.read == sample.rows ?? lines)
            #expect(rows.read == rows.sent + rows.held + rows.dropped + rows.ignored, "\(rows)")
        }
    }

    @Test(arguments: try Samples.converted())
    func `csnfil itself would send what is expected`(sample: SampleCase) throws {
        for layout in sample.layouts {
            let uploads = try sample.expectedUploads(in: layout)
            guard !uploads.isEmpty else { continue }
            var options = TypedOptions()
            options.paths = uploads
            options.now = "\(sample.now)"
            options.layout = layout
            options.jobs = 1
            options.language = "sv"
            options.config = sample.configuration
            options.mappings = [sample.mappings].compactMap { $0 }
            let outcome = Invocation(options, in: try Samples.surroundings()).check()
            #expect(outcome.status == 0, "\(String(decoding: outcome.output, as: UTF8.self))\(outcome.error)")
        }
    }

    @Test(arguments: try Samples.converted())
    func `an independent reading finds no error in what is expected`(sample: SampleCase) throws {
        let local = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: local) }
        try sample.localCourses().joined(separator: "\n").write(toFile: local, atomically: true, encoding: .utf8)
        for layout in sample.layouts {
            let uploads = try sample.expectedUploads(in: layout)
            guard !uploads.isEmpty else { continue }
            let answer = try Tool.run([repository + "/Scripts/check-upload", "--local", local] + uploads)
            #expect(answer.status == 0, "\(answer.output)")
        }
    }

    @Test(arguments: try Samples.converted().filter { $0.layouts.contains("komvux") })
    func `xmllint finds the XML valid by its schema`(sample: SampleCase) throws {
        let uploads = try sample.expectedUploads(in: "komvux")
        guard !uploads.isEmpty else { return }
        let answer = try Tool.run(
            ["xmllint", "--nonet", "--noout", "--schema", repository + "/Mappings/layouts/komvux.xsd"] + uploads)
        #expect(answer.status == 0, "\(answer.output)")
    }
}

/// The exports of a case with their rows in another order, in a folder that goes with this value.
final class ShuffledExports {
    let folder: String

    /// - Parameter seed: the same seed gives the same order.
    init(_ sample: SampleCase, seed: UInt64) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var generator = SplitMix(state: seed)
        for name in sample.exports() {
            let bytes = try Data(contentsOf: URL(filePath: "\(sample.folder)/\(name)"))
            // Every line with its end; the first is the header row.
            var lines = bytes.split(separator: 0x0A).map { $0 + [0x0A] }
            let header = lines.removeFirst()
            lines.shuffle(using: &generator)
            try (header + lines.joined()).write(to: URL(filePath: "\(folder)/\(name)"))
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// Steele, Lea and Flood's SplitMix64: the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Programs beside csnfil that judge its files.
enum Tool {
    /// Runs a command found on the path.
    ///
    /// - Returns: its exit status, and what it said on standard output and standard error; status 127 where there is no
    ///   such program.
    static func run(_ command: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }
}
