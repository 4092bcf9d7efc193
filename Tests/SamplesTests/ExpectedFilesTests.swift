import Foundation
import Testing

/// Every case under `Samples/` is converted and compared with what is expected of it, byte for byte.
///
/// Recording anew: `CSNFIL_RECORD=1 swift test --filter SamplesTests`, then read the difference. A run that records
/// never passes.
@Suite struct ExpectedFilesTests {
    static let isRecording = ProcessInfo.processInfo.environment["CSNFIL_RECORD"] == "1"

    @Test(arguments: try SampleCase.all())
    func `a case gives the files that are expected of it`(sample: SampleCase) throws {
        for layout in sample.layouts {
            let converted = try ConvertedCase(sample, layout: layout)
            try #require(converted.status == 0 || converted.status == 1, "\(converted.error)")
            if ExpectedFilesTests.isRecording { try record(converted, sample.expected(in: layout)) }
            let folder = sample.expected(in: layout)
            guard FileManager.default.fileExists(atPath: folder + "/diagnostics.jsonl") else {
                Issue.record("\(folder) is missing: record it with CSNFIL_RECORD=1 and read it")
                continue
            }
            var expected = try ConvertedCase.files(in: folder)
            expected["diagnostics.jsonl"] = try Array(Data(contentsOf: URL(filePath: folder + "/diagnostics.jsonl")))
            let difference = Difference(expected: expected, found: try converted.comparable())
            if !difference.isEmpty { Issue.record("\(layout):\n\(difference)") }
        }
        if ExpectedFilesTests.isRecording { Issue.record("\(sample.name) is recorded anew: read the difference") }
    }

    private func record(_ converted: ConvertedCase, _ folder: String) throws {
        try? FileManager.default.removeItem(atPath: folder)
        for (path, bytes) in try converted.comparable() {
            let file = URL(filePath: "\(folder)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
    }
}
