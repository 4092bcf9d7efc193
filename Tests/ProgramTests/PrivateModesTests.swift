import Foundation
import Glibc
import Testing

/// Whatever the umask, what the program makes is for its owner alone.
@Suite struct PrivateModesTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func expectPrivate(_ name: String) throws {
        #expect(try scratch.mode(name) == 0o700)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: scratch.file(name)).map { name + "/" + $0 }
        for path in paths {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: scratch.file(path), isDirectory: &isFolder)
            #expect(try scratch.mode(path) == (isFolder.boolValue ? 0o700 : 0o600), "\(path)")
        }
    }

    @Test(arguments: ["000", "022", "277"]) func everyFileAndFolder(_ mask: String) throws {
        let open = Program.Manner(prelude: "umask \(mask)")
        let sample = ["sample", "schoolsoft-list", "--records", "900", "--seed", "10", "--faults", "10"]
        #expect(try Program.run(sample + ["--out", "deep/sample"] + Program.now, in: scratch, open).status == 0)
        try expectPrivate("deep")
        #expect(scratch.files(below: "deep/sample").count >= 2)

        let outcome = try Program.convert(
            ["deep/sample/csn-lista.csv", "--report", "told/here"], in: scratch, out: "made/out", open)
        #expect(outcome.status <= 1, "\(outcome.error)")
        try expectPrivate("made")
        try expectPrivate("told")
        #expect(try scratch.uploadFiles("made/out").count > 1)
        #expect(scratch.files(below: "told/here").contains("diagnostics.jsonl"))
        #expect(scratch.files(below: "told/here").contains("summary.json"))
        #expect(scratch.files(below: "told/here").contains("metrics.prom"))

        let files = try scratch.uploadFiles("made/out").keys.map { "made/out/" + $0 }
        let check = try Program.run(
            ["check", "--report", "checked"] + files.sorted() + Program.now, in: scratch, open)
        #expect(check.status == 0)
        try expectPrivate("checked")

        // Once more over the files that are there.
        #expect(try Program.convert(["deep/sample/csn-lista.csv"], in: scratch, out: "made/out", open).status <= 1)
        try expectPrivate("made")
    }

    /// While it works too: drafts, and what is kept of a pipe.
    @Test func whileItWorks() throws {
        try scratch.write("in.csv", try scratch.sample(records: 5_000, seed: 12))
        let running = try Program.start(
            ["convert", "in.csv", "--out", "out"] + Program.now, in: scratch, Program.Manner(prelude: "umask 000"))
        var seen = Set<String>()
        var worst: mode_t = 0
        while try !hasEnded(running.process) {
            let parts = scratch.files(below: "out").filter { $0.hasSuffix(".part") }
            for name in parts {
                var status = stat()
                guard lstat(scratch.file("out/" + name), &status) == 0 else { continue }
                seen.insert(name)
                worst |= status.st_mode & 0o7777
            }
        }
        #expect(try running.outcome().status == 0)
        #expect(!seen.isEmpty)
        #expect(worst == 0o600)
    }

    private func hasEnded(_ process: pid_t) throws -> Bool {
        let stat = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return stat.contains(") Z ")
    }
}
