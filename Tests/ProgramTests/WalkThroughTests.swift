import Foundation
import Testing

/// Pages run from their beginning to their end: every command they show, with the files they have written, prints what
/// the page says and ends with the status it says.
@Suite struct WalkThroughTests {
    @Test func `adding a system`() throws {
        let scratch = try Scratch()
        let export = WalkThrough.repository.appending(path: "docs/examples/adding-a-system/kurslista.csv")
        try FileManager.default.copyItem(atPath: export.path, toPath: scratch.path + "/kurslista.csv")
        #expect(try WalkThrough("adding-a-system.md").run(in: scratch) > 10)
        // The step that the page leaves to the reader's eyes.
        let script = WalkThrough.repository.appending(path: "Scripts/compare-truth").path
        try WalkThrough.run(
            WalkThrough.Command(text: "\(script) prov/truth.jsonl prov/ut", printed: ["the same"]), in: scratch)
    }

    @Test func `operation`() throws {
        let scratch = try Scratch()
        #expect(try WalkThrough("operation.md").run(in: scratch) > 25)
    }

    @Test func `drift`() throws {
        let scratch = try Scratch()
        #expect(try WalkThrough("drift.md").run(in: scratch, language: "sv") > 5)
    }

    @Test func `migrate`() throws {
        let scratch = try Scratch()
        #expect(try WalkThrough("migrate.md").run(in: scratch) > 10)
    }

    @Test func `flytta betyg`() throws {
        let scratch = try Scratch()
        #expect(try WalkThrough("flytta-betyg.md").run(in: scratch, language: "sv") > 7)
    }

    /// The configuration of an installation, with its folders in another place.
    @Test func `the configuration that the page shows can be used`() throws {
        let scratch = try Scratch()
        var found = 0
        for case .file("/etc/csnfil/csnfil.yaml", let text) in try WalkThrough("operation.md").blocks {
            found += 1
            try scratch.write("etc/csnfil.yaml", text.replacing("/var/lib/csnfil", with: scratch.path + "/var"))
            for folder in ["inbox", "outbox", "archive", "state"] {
                try FileManager.default.createDirectory(
                    atPath: scratch.file("var/" + folder), withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            }
            try WalkThrough.run(
                WalkThrough.Command(
                    text: "csnfil doctor --config etc/csnfil.yaml", printed: ["All is as it should be."]), in: scratch)
        }
        #expect(found == 1)
    }
}
