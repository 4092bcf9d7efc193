import Foundation
import Testing

/// What holds for every sample, whatever is expected of it in particular.
@Suite struct SampleLawTests {
    @Test(arguments: try SampleCase.all())
    func `the order of rows and the number of jobs do not change the files`(sample: SampleCase) throws {
        for layout in sample.layouts {
            let straight = try ConvertedCase(sample, layout: layout)
            let files = try straight.uploads()
            try #require(!files.isEmpty)
            for jobs in [2, 4] {
                let parallel = try ConvertedCase(sample, layout: layout, jobs: jobs)
                let difference = Difference(expected: try straight.comparable(), found: try parallel.comparable())
                if !difference.isEmpty { Issue.record("\(layout), \(jobs) jobs:\n\(difference)") }
            }
            for seed in 1...3 as ClosedRange<UInt64> {
                let shuffled = try ShuffledExports(sample, seed: seed)
                let found = try ConvertedCase(sample, layout: layout, exportFolder: shuffled.folder).uploads()
                let difference = Difference(expected: files, found: found)
                if !difference.isEmpty { Issue.record("\(layout), rows shuffled with seed \(seed):\n\(difference)") }
            }
        }
    }

    @Test(arguments: try SampleCase.all())
    func `every row has exactly one fate`(sample: SampleCase) throws {
        let lines = try sample.exports().reduce(0) { count, name in
            let bytes = try Data(contentsOf: URL(filePath: "\(sample.folder)/\(name)"))
            return count + bytes.count { $0 == 0x0A } - 1
        }
        for layout in sample.layouts {
            let rows = try ConvertedCase(sample, layout: layout).rows()
            #expect(rows["read"] == lines)
            let fates = try ["sent", "held", "dropped", "ignored"].map { try #require(rows[$0]) }
            #expect(rows["read"] == fates.reduce(0, +), "\(rows)")
        }
    }

    @Test(arguments: try SampleCase.all())
    func `csnfil itself would send what is expected`(sample: SampleCase) throws {
        for layout in sample.layouts {
            let options = sample.options(layout: layout, paths: try expectedUploads(of: sample, in: layout))
            let outcome = try sample.invocation(options).check()
            #expect(outcome.status == 0, "\(String(decoding: outcome.output, as: UTF8.self))\(outcome.error)")
        }
    }

    @Test(arguments: try SampleCase.all())
    func `an independent reading finds no error in what is expected`(sample: SampleCase) throws {
        let local = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: local) }
        try sample.localCourses().joined(separator: "\n").write(toFile: local, atomically: true, encoding: .utf8)
        for layout in sample.layouts {
            let answer = try Tool.run(
                [repository + "/Scripts/check-upload", "--local", local] + expectedUploads(of: sample, in: layout))
            #expect(answer.status == 0, "\(answer.output)")
        }
    }

    @Test(arguments: try SampleCase.all())
    func `xmllint finds the XML valid by its schema`(sample: SampleCase) throws {
        let answer = try Tool.run(
            ["xmllint", "--nonet", "--noout", "--schema", repository + "/Mappings/layouts/komvux.xsd"]
                + expectedUploads(of: sample, in: "komvux"))
        #expect(answer.status == 0, "\(answer.output)")
    }

    private func expectedUploads(of sample: SampleCase, in layout: String) throws -> [String] {
        let folder = sample.expected(in: layout)
        let paths = try ConvertedCase.files(in: folder).keys.sorted().map { "\(folder)/\($0)" }
        try #require(!paths.isEmpty)
        return paths
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
        for name in try sample.exports() {
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
