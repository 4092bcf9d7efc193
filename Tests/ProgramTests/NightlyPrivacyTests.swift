import Foundation
import Glibc
import Testing

/// A scheduled run, its log and what it leaves: nothing of persons outside the upload files, the ledger and the archive,
/// and nothing that others can read.
@Suite struct NightlyPrivacyTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        for folder in ["inbox", "outbox", "archive", "state"] {
            try FileManager.default.createDirectory(
                atPath: scratch.file(folder), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        try scratch.write(
            "csnfil.yaml", "inbox: inbox\noutbox: outbox\narchive: archive\nledger: state/ledger.sqlite\n")
    }

    /// Puts an export into the inbox as if it had lain there for a while.
    private func put(_ text: String, as name: String, mode: mode_t = 0o644) throws {
        try scratch.write("inbox/" + name, text)
        try #require(chmod(scratch.file("inbox/" + name), mode) == 0)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -120)], ofItemAtPath: scratch.file("inbox/" + name))
    }

    private func run(_ arguments: String..., at now: String, umask: String = "022") throws -> Outcome {
        try Program.run(arguments + ["--now", now], in: scratch, Program.Manner(prelude: "umask \(umask)"))
    }

    /// Ledger and archive are full of persons, and are not looked at.
    private func seen(of export: PrivateExport, in outcome: Outcome) throws -> [String] {
        export.seen(in: outcome.said + (try scratch.left(below: "outbox")))
    }

    @Test(arguments: ["text", "json"]) func `nothing of persons in the log, the text, the reports`(form: String) throws
    {
        let export = try PrivateExport(scratch.sample(records: 300, seed: 21, faults: 15))
        try put(export.text, as: "export.csv")
        let first = try run("nightly", "--log", form, "--format", form, at: "2026-11-23T02:00")
        #expect(first.status == 1, "\(first.error)")
        #expect(first.error.contains("file-planned"))
        #expect(first.error.contains("finished"))
        #expect(try seen(of: export, in: first).isEmpty)
        #expect(scratch.files(below: "outbox/report").contains("metrics.prom"))
        // Half of them gone: the school is held, and its courses are missing.
        var half = export
        half.rows = Array(export.rows.prefix(150))
        try put(half.text, as: "export.csv")
        let second = try run("nightly", "--log", form, "--format", form, at: "2026-11-24T02:00")
        #expect(second.status == 1, "\(second.error)")
        #expect(try seen(of: export, in: second).isEmpty)
        for arguments in [["outbox"], ["doctor"]] {
            let outcome = try Program.run(
                arguments + ["--format", form, "--now", "2026-11-24T08:00"], in: scratch, .ordinary)
            #expect(export.seen(in: outcome.said).isEmpty)
            #expect(outcome.output.utf8.count > 200)
        }
        // A run that fails says so, and no more.
        try scratch.write("inbox/.gitkeep", "")
        try scratch.write("state/ledger.sqlite", "no ledger")
        let third = try run("nightly", "--log", form, at: "2026-11-25T02:00")
        #expect(third.status == 2)
        #expect(third.error.contains("failed"))
        #expect(try seen(of: export, in: third).isEmpty)
    }

    @Test func `a log is written where no person watches, and not when it is off`() throws {
        try put(Export.text([Export.row()]), as: "export.csv")
        let logged = try run("nightly", at: "2026-11-23T02:00")
        #expect(logged.status == 0, "\(logged.error)")
        #expect(logged.error.hasPrefix("2026-11-23T02:00 info nightly started "))
        #expect(try run("nightly", "--log", "off", at: "2026-11-23T02:10").error.isEmpty)
        let warnings = try run("nightly", "--log-level", "warning", at: "2026-11-23T02:20")
        #expect(warnings.error.isEmpty)
    }

    @Test(arguments: ["000", "022", "277"]) func `all that a run makes is its owner's`(mask: String) throws {
        try put(Export.text([Export.row()]), as: "export.csv", mode: 0o666)
        #expect(try run("nightly", at: "2026-11-23T02:00", umask: mask).status == 0)
        #expect(try run("outbox", "sent", "1234_2026-11-23.xml", at: "2026-11-23T08:00", umask: mask).status == 0)
        try put(Export.text([Export.row(["Slutdatum": "2026-12-11"])]), as: "export.csv", mode: 0o666)
        #expect(try run("nightly", at: "2026-11-24T02:00", umask: mask).status == 0)
        var count = 0
        for folder in ["outbox", "archive", "state"] {
            for name in try FileManager.default.subpathsOfDirectory(atPath: scratch.file(folder)) {
                let path = folder + "/" + name
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: scratch.file(path), isDirectory: &isFolder)
                #expect(try scratch.mode(path) == (isFolder.boolValue ? 0o700 : 0o600), "\(path)")
                count += 1
            }
        }
        #expect(count > 12)
        // doctor thinks so too.
        let doctor = try run("doctor", "--quiet", at: "2026-11-24T08:00")
        #expect(!doctor.output.contains("permissions"), "\(doctor.output)")
    }
}
