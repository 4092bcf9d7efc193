import Foundation
import Pipeline
import Reports
import Testing

/// Every case under `Samples/`, converted and compared with what is expected of it by the program's own
/// `csnfil verify`. Recording anew: `csnfil verify --update Samples`, then read the difference.
@Suite struct ExpectedFilesTests {
    @Test func `every case gives the files that are expected of it`() throws {
        let report = try Verification.run(
            VerifyRequest(folders: [Samples.folder], surroundings: Samples.surroundings(processors: 2)))
        for result in report.results where !result.status.isGood {
            let only = VerifyReport(program: report.program, isRecording: false, results: [result])
            Issue.record("\(VerifyText(only, in: .en).text())")
        }
        let layouts = try Samples.all().reduce(0) { $0 + $1.layouts.count }
        #expect(report.results.count == layouts)
        #expect(layouts > 0)
    }
}

/// A comparison that cannot fail would pass for one that holds: one byte of an expected file makes it fail.
@Suite struct ChangedByteTests {
    /// The first and the last byte and six between them.
    private static func places(in bytes: [UInt8]) -> Set<Int> {
        guard let last = bytes.indices.last else { return [] }
        return Set((0...7).map { last * $0 / 7 })
    }

    @Test(arguments: try Samples.all())
    func `one byte of an expected file is one difference`(sample: SampleCase) throws {
        for layout in sample.layouts {
            for (path, bytes) in try sample.expectedFiles(in: layout) {
                for place in ChangedByteTests.places(in: bytes) {
                    var changed = bytes
                    changed[place] ^= 0x01
                    let comparison = FileComparison(expected: [path: changed], found: [path: bytes])
                    #expect(comparison.differences.first?.file == path, "\(path), byte \(place)")
                }
            }
        }
    }

    @Test func `verify fails by one byte of each expected file`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(
            at: URL(filePath: Samples.folder + "/schoolsoft-list/two-reading-days"), to: folder)
        let request = VerifyRequest(folders: [folder.path], surroundings: try Samples.surroundings(processors: 2))
        #expect(try Verification.run(request).exitStatus == .success)
        let expected = folder.appending(path: "expected")
        var tried = 0
        for path in try FileManager.default.subpathsOfDirectory(atPath: expected.path).sorted() {
            let file = expected.appending(path: path)
            guard let data = FileManager.default.contents(atPath: file.path) else { continue }
            for place in [0, data.count / 2, data.count - 1] {
                var changed = data
                changed[changed.startIndex + place] ^= 0x01
                try changed.write(to: file)
                let report = try Verification.run(request)
                #expect(report.exitStatus == .findings)
                let differing = report.results.filter { $0.status == .differs }
                let names = differing.flatMap { result in
                    result.differences.map { "\(result.layout ?? "")/\($0.file)" }
                }
                #expect(Set(names) == [path], "byte \(place)")
            }
            try data.write(to: file)
            tried += 1
        }
        #expect(tried == 6)
        #expect(try Verification.run(request).exitStatus == .success)
    }
}
