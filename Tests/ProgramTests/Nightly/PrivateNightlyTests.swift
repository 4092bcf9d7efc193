import Foundation
import Glibc
import Testing

/// What a night leaves is for its owner alone, and nobody is named outside the upload files and the ledger.
@Suite struct PrivateNightlyTests {
    /// Everything below the folders that the program makes or fills, and its mode.
    private func expectPrivate(_ scene: NightlyScene, _ comment: Comment) throws -> Int {
        var count = 0
        for folder in ["outbox", "archive", "state"] where scene.scratch.exists(folder) {
            // The ledger's folder was there before.
            if folder != "state" { #expect(try scene.scratch.mode(folder) == 0o700, "\(folder) \(comment)") }
            for path in try FileManager.default.subpathsOfDirectory(atPath: scene.scratch.file(folder)) {
                let mode = try scene.scratch.mode(folder + "/" + path)
                #expect(mode == 0o600 || mode == 0o700, "\(folder)/\(path) \(String(mode, radix: 8)) \(comment)")
                count += 1
            }
        }
        return count
    }

    /// Whatever the umask, at moments all over a run.
    @Test(
        .enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"),
        arguments: [KilledNightlyTests.Night.first, .movingOn])
    func whateverTheUmask(_ night: KilledNightlyTests.Night) throws {
        let undisturbed = try KilledNightlyTests.Undisturbed(night)
        var seen = 0
        for point in undisturbed.points where point % 5 == 2 {
            let scene = try undisturbed.before.copied()
            let manner = try FaultShim.manner(.kill, at: point, in: scene.scratch, prelude: "umask 000")
            #expect(try scene.run([], manner).status == -SIGKILL)
            seen += try expectPrivate(scene, "call \(point)")
        }
        #expect(seen > 100)
        let scene = try undisturbed.before.copied()
        #expect(try scene.run([], Program.Manner(prelude: "umask 000")).status == undisturbed.status)
        #expect(try expectPrivate(scene, "at the end") > 12)
    }

    /// Numbers and names, in each language and form, also of exports full of faults; protected identities wholly.
    @Test(arguments: ["sv", "en"], ["text", "json"]) func nobodyIsNamed(_ language: String, _ format: String) throws {
        var scene = try NightlyScene(try Scratch())
        let scratch = scene.scratch
        var export = try PrivateExport(scratch.sample(records: 300, seed: 14, faults: 20))
        let students = Set(export.rows.map { $0[1] }).sorted()
        let guarded = Set(students.enumerated().filter { $0.offset.isMultiple(of: 4) }.map(\.element))
        for row in export.rows.indices where export.rows[row].count == 21 {
            export.rows[row][20] = guarded.contains(export.rows[row][1]) ? "J" : ""
        }
        try scene.put(export)
        let options = ["--format", format, "--language", language, "--log", format, "--log-level", "info"]
        var said = ""
        for night in 14...16 {
            scene.now = "2026-09-\(night)T09:00"
            let outcome = try Program.run(scene.arguments(options).filter { $0 != "--quiet" }, in: scratch)
            #expect(outcome.status == 1, "\(outcome.error)")
            said += outcome.said + (try scratch.left(below: "outbox"))
            // Students and values that are gone are spoken of too.
            var less = export
            less.rows.removeSubrange(0..<(night - 13) * 20)
            try scene.put(less, changed: "2026-09-\(night)T05:00")
        }
        #expect(said.utf8.count > 10_000)
        let seen = export.seen(in: said)
        #expect(seen.isEmpty, "\(seen.count): \(seen.prefix(5))")
        // A protected identity is not even told by its date of birth.
        let dates = { (numbers: [String]) in
            Set(numbers.map { number in String(number.filter(\.isNumber).suffix(10).prefix(6)) })
        }
        let alone = dates(Array(guarded)).subtracting(dates(students.filter { !guarded.contains($0) }))
        #expect(alone.count > 3)
        for date in alone { #expect(!said.contains("\(date)-****"), "\(date)") }
        #expect(said.contains("-****"))
    }
}
