import Foundation
import Testing

/// The shipped mutations of the program: `Scripts/mutations` applies, builds and runs each; here only that each still
/// fits the sources, so that none is forgotten when they change.
@Suite struct MutationPatchTests {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func patches() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: repository.appending(path: "Tests/Simulation/Mutations").path
        ).filter { $0.hasSuffix(".patch") }.sorted()
    }

    @Test func `there are more than ten`() throws { #expect(try MutationPatchTests.patches().count > 10) }

    @Test func `each fits and changes the program's sources alone`() throws {
        for name in try MutationPatchTests.patches() {
            let path = "Tests/Simulation/Mutations/\(name)"
            let text = try String(contentsOf: MutationPatchTests.repository.appending(path: path), encoding: .utf8)
            let changed = text.split(separator: "\n").filter { $0.hasPrefix("+++ ") }
            #expect(changed.count == 1, "\(name) changes one file")
            #expect(changed.allSatisfy { $0.hasPrefix("+++ b/Sources/") }, "\(name)")
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["git", "apply", "--check", path]
            process.currentDirectoryURL = MutationPatchTests.repository
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(name) does not fit the sources any more: make it anew")
        }
    }
}
