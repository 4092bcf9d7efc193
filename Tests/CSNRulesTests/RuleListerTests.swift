import Foundation
import Testing

/// A rule is one file: the build lists it by itself. `RuleLister` is run as the build runs it, over the rules that there
/// are and one more.
struct RuleListerTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func ruleFiles() throws -> [URL] {
        let rules = root.appending(path: "Sources/CSNRules/Rules")
        return try FileManager.default.subpathsOfDirectory(atPath: rules.path).filter { $0.hasSuffix(".swift") }
            .map { rules.appending(path: $0) }
    }

    /// The tool has ended with a mistake in the rules.
    private struct Refused: Error {}

    /// What the tool writes of those files.
    private func listing(_ files: [URL], in folder: URL) throws -> String {
        // The tests lie beside the tool; where it runs before the build of the tests it has a suffix.
        let products = Self.root.appending(path: ".build/debug")
        let tool = try #require(
            ["RuleLister", "RuleLister-tool"].map { products.appending(path: $0) }
                .first { FileManager.default.isExecutableFile(atPath: $0.path) })
        let output = folder.appending(path: "GeneratedCatalogue.swift")
        let process = Process()
        process.executableURL = tool
        process.arguments = [output.path] + files.map(\.path)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refused() }
        return try String(contentsOf: output, encoding: .utf8)
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rules-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    /// In the pass the direct calls carry the rules' numbers, which move by one behind the new rule.
    private func withoutNumbers(_ text: String) -> [String] {
        text.replacing(/context\.runs\([0-9]+,/, with: "context.runs(n,").split(separator: "\n").map(String.init)
    }

    @Test func aNewFileIsFoundWithoutTouchingAnother() throws {
        try withFolder { folder in
            let before = withoutNumbers(try listing(Self.ruleFiles(), in: folder))
            let file = folder.appending(path: "GradeOnASunday.swift")
            try """
            /// A rule that nobody needs.
            enum GradeOnASunday: RecordRule {
                static let name: RuleName = "grade-on-a-sunday"
                static let turn = Turn(.check, 1)
            }
            """.write(to: file, atomically: true, encoding: .utf8)
            let after = withoutNumbers(try listing(Self.ruleFiles() + [file], in: folder))

            let added = after.difference(from: before)
            #expect(added.removals.isEmpty)
            #expect(
                added.insertions.map { change in
                    if case .insert(_, let line, _) = change { line.trimmingCharacters(in: .whitespaces) } else { "" }
                } == [
                    "GradeOnASunday.self,", "GradeOnASunday.inputs,",
                    "if context.runs(n, isDropped: subject.isDropped, failed: subject.failed) "
                        + "{ GradeOnASunday.apply(to: &subject, &context) }",
                ])
            // By its name in the list, and by its turn first of the record's checks.
            let place = try #require(after.firstIndex { $0.contains("GradeOnASunday.self") })
            #expect(after[place - 1].contains("GradeNotStarted.self"))
            let checks = try #require(after.firstIndex { $0.contains("static func recordChecks") })
            let first = try #require(after[checks...].firstIndex { $0.contains(".apply(to") })
            #expect(after[first].contains("GradeOnASunday.apply"))
        }
    }

    @Test func aRuleThatIsNoMoreIsListedApart() throws {
        try withFolder { folder in
            let file = folder.appending(path: "GradeOnASunday.swift")
            try """
            enum GradeOnASunday: RetiredRule {
                static let name: RuleName = "grade-on-a-sunday"
            }
            """.write(to: file, atomically: true, encoding: .utf8)
            let text = try listing([file], in: folder)
            #expect(text.contains("listedAsRetired: [any RetiredRule.Type] = [GradeOnASunday.self]"))
            #expect(text.contains("listed: [any Rule.Type] = [\n    ]"))
            #expect(!text.contains("GradeOnASunday.apply"))
        }
    }

    @Test func twoRulesOfOneNameStopTheBuild() throws {
        try withFolder { folder in
            let files = try ["One", "Two"].map { type in
                let file = folder.appending(path: "\(type).swift")
                try "enum \(type): RecordRule {\n    static let name: RuleName = \"same\"\n}\n"
                    .write(to: file, atomically: true, encoding: .utf8)
                return file
            }
            #expect(throws: Refused.self) { try listing(files, in: folder) }
        }
    }
}
