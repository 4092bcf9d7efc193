import Foundation
import Testing

/// Compares an output with the file of that name under `Fixtures/`. With `CSNFIL_RECORD=1` in the environment the
/// file is written anew, and the test fails so that nobody takes a recording for a pass.
func expectGolden(_ text: String, _ name: String, _ location: SourceLocation = #_sourceLocation) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    if ProcessInfo.processInfo.environment["CSNFIL_RECORD"] == "1" {
        try text.write(to: path, atomically: true, encoding: .utf8)
        Issue.record("\(name) was recorded: read it, then run again without CSNFIL_RECORD.", sourceLocation: location)
        return
    }
    let golden = try String(contentsOf: path, encoding: .utf8)
    guard golden != text else { return }
    let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
        zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        ?? min(expected.count, found.count)
    let before = expected.indices.contains(line) ? String(expected[line]) : "(end)"
    let after = found.indices.contains(line) ? String(found[line]) : "(end)"
    Issue.record("\(name):\(line + 1): expected “\(before)”, found “\(after)”", sourceLocation: location)
}
