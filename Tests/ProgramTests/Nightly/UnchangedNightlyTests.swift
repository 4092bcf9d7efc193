import Foundation
import Testing

/// Nights in which nothing is new, and the inbox's rules.
@Suite struct UnchangedNightlyTests {
    private func scene() throws -> NightlyScene { try NightlyScene(try Scratch()) }

    /// The night after a file was uploaded and read, with the same export once more.
    private func read(_ export: PrivateExport) throws -> NightlyScene {
        var scene = try scene()
        try scene.put(export)
        let first = try scene.run()
        try #require(first.status == 0, "\(first.said)")
        try #require(try scene.scratch.uploadFiles("outbox").count == 1)
        try say(scene)
        scene.now = "2026-09-15T09:00"
        return scene
    }

    /// Somebody has uploaded the file.
    private func say(_ scene: NightlyScene) throws {
        let said = try Program.run(
            ["outbox", "sent", "1234/1234_2026-09-14.xml", "--now", "2026-09-14T13:00"], in: scene.scratch)
        try #require(said.status == 0, "\(said.said)")
        try #require(try scene.ledger.rows("SELECT outcome FROM file") == ["sent"])
    }

    @Test func theSameExportAgain() throws {
        for (language, words) in [
            ("sv", "Ingenting har ändrats sedan det som CSN redan har."),
            ("en", "Nothing has changed since what CSN has already."),
        ] {
            let export = try NightlyScene.small()
            let scene = try read(export)
            try scene.put(export, changed: "2026-09-15T04:00")
            let outcome = try scene.run(["--language", language])
            #expect(outcome.status == 0, "\(outcome.said)")
            #expect(outcome.output.contains(words), "\(outcome.output)")
            #expect(try scene.scratch.uploadFiles("outbox").isEmpty)
            #expect(try scene.ledger.rows("SELECT outcome FROM file") == ["accepted"])
            #expect(scene.scratch.files(below: "inbox").isEmpty)
            #expect(scene.scratch.files(below: "archive").count == 2)
            // It did read it: a change in one row makes a file.
            try scene.put(try NightlyScene.small(["Poäng": "50"]), changed: "2026-09-15T05:00")
            #expect(try scene.run().status <= 1)
            #expect(try scene.scratch.uploadFiles("outbox").keys.sorted() == ["1234/1234_2026-09-15.xml"])
        }
    }

    @Test func theFileThatWaitsIsTheSame() throws {
        for (language, words) in [
            ("sv", "Inget nytt; filen som väntar är densamma."),
            ("en", "Nothing new; the file that waits is the same."),
        ] {
            let scene = try scene()
            let export = try NightlyScene.small()
            try scene.put(export)
            let first = try scene.run(["--language", language])
            #expect(!first.output.contains(words))
            #expect(first.output.contains("csnfil outbox sent 1234/1234_2026-09-14.xml"), "\(first.output)")
            let before = try scene.scratch.uploadFiles("outbox")
            try scene.put(export, changed: "2026-09-14T05:00")
            let outcome = try scene.run(["--language", language])
            #expect(outcome.status == 0)
            #expect(outcome.output.contains(words), "\(outcome.output)")
            #expect(outcome.output.contains("csnfil outbox sent 1234/1234_2026-09-14.xml"), "\(outcome.output)")
            #expect(try scene.scratch.uploadFiles("outbox") == before)
            #expect(try scene.ledger.rows("SELECT count(*) FROM file") == ["1"])
        }
    }

    /// The inbox cannot be written to: what was reported stays reported, however often the same export is found there.
    @Test(.enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"))
    func anInboxThatIsReadOnly() throws {
        var scene = try scene()
        try scene.put(try NightlyScene.small())
        let rehearsal = try scene.copied()
        let log = rehearsal.scratch.path + ".calls/log"
        try rehearsal.run([], FaultShim.manner(in: rehearsal.scratch, log: log))
        let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        let call = try #require(calls.firstIndex { $0.hasPrefix("rename") && $0.contains("inbox/") })
        let outcome = try scene.run([], FaultShim.manner(.fail(EACCES), at: call + 1, in: scene.scratch))
        #expect(outcome.status == 74)
        #expect(outcome.error.contains("kurser.csv"), "\(outcome.error)")
        #expect(outcome.error.contains("Let the user who runs this"), "\(outcome.error)")
        #expect(outcome.output.contains("Upload outbox/1234/1234_2026-09-14.xml"), "\(outcome.output)")
        #expect(scene.scratch.files(below: "inbox") == ["kurser.csv"])
        try say(scene)
        scene.now = "2026-09-15T09:00"
        #expect(try scene.run().status == 0)
        #expect(try scene.scratch.uploadFiles("outbox").isEmpty)
        #expect(scene.scratch.files(below: "inbox").isEmpty)
    }
}
