import Foundation
import Glibc
import Testing

/// Nights that must not be: another run is under way, the ledger or the clock cannot be trusted. Refused, with what to
/// do, and nothing changed.
@Suite struct RefusedNightlyTests {
    /// A night has been; another export waits.
    private func secondNight() throws -> NightlyScene {
        var scene = try NightlyScene(try Scratch())
        try scene.put(try NightlyScene.export(scene.scratch))
        let first = try scene.run()
        try #require(first.status <= 1, "\(first.error)")
        try scene.put(try NightlyScene.export(scene.scratch, changing: 1), changed: "2026-09-15T04:00")
        scene.now = "2026-09-15T09:00"
        return scene
    }

    /// Every byte, mode and name below the folders but the lock's.
    private func bytes(_ scene: NightlyScene) throws -> [String: [UInt8]] {
        var all: [String: [UInt8]] = [:]
        for folder in NightlyScene.folders {
            for name in scene.scratch.files(below: folder) where name != ".work/lock" && !name.hasSuffix("-shm") {
                let bytes = try scene.scratch.read(folder + "/" + name)
                // Looking at a ledger leaves companions in which nothing stands.
                if !(bytes.isEmpty && name.hasSuffix("-wal")) { all[folder + "/" + name] = bytes }
            }
        }
        return all
    }

    private func expectUnchanged(_ scene: NightlyScene, _ before: [String: [UInt8]]) throws {
        let now = try bytes(scene)
        let changed = Set(before.keys).union(now.keys).filter { before[$0] != now[$0] }.sorted()
        #expect(changed.isEmpty, "\(changed.map { "\($0): \(before[$0]?.count ?? -1) → \(now[$0]?.count ?? -1)" })")
    }

    @Test func twoAtOnce() throws {
        let scene = try secondNight()
        let undisturbed = try scene.copied()
        try #require(try undisturbed.run().status <= 1)
        try scene.scratch.remove("outbox/.work/lock")
        let first = try Program.start(scene.arguments(), in: scene.scratch)
        waitUntil { (try? scene.scratch.read("outbox/.work/lock").last) == UInt8(ascii: "\n") }
        first.kill(SIGSTOP)
        let before = try bytes(scene)
        for language in ["sv", "en"] {
            let second = try scene.run(["--language", language])
            #expect(second.status == 75)
            #expect(second.error.contains("process \(first.process)"), "\(second.error)")
            #expect(second.error.contains(language == "sv" ? "Vänta" : "Wait"))
            #expect(second.output.isEmpty)
        }
        try expectUnchanged(scene, before)
        first.kill(SIGCONT)
        #expect(try first.outcome().status <= 1)
        let same = try scene.state() == undisturbed.state()
        #expect(same)
    }

    /// What was done to a ledger, what is said of it.
    enum Damage: String, CaseIterable {
        case newer, truncated, header, empty, garbage, notALedger, gone

        func apply(to scene: NightlyScene) throws {
            let path = "state/ledger.sqlite"
            var bytes = try scene.scratch.read(path)
            switch self {
            case .newer: return try scene.ledger.execute("INSERT INTO grdb_migrations VALUES ('999 of the future')")
            case .truncated: bytes = Array(bytes.prefix(bytes.count / 2 + 100))
            case .header: bytes.replaceSubrange(0..<16, with: Array("No SQLite at all".utf8))
            case .empty: bytes = []
            case .garbage: bytes.replaceSubrange(4_096..<12_288, with: [UInt8](repeating: 0xA5, count: 8_192))
            case .notALedger: bytes = Array("Anteckningar om liggaren\n".utf8)
            case .gone:
                // The file is gone, its companion with the last writes is not.
                try scene.scratch.write(path + "-wal", [UInt8](repeating: 7, count: 64))
                return try scene.scratch.remove(path)
            }
            try scene.scratch.write(path, bytes)
        }
    }

    @Test(arguments: Damage.allCases) func aLedgerThatCannotBeTrusted(_ damage: Damage) throws {
        let scene = try secondNight()
        let undisturbed = try scene.copied()
        try #require(try undisturbed.run().status <= 1)
        try damage.apply(to: scene)
        let before = try bytes(scene)
        for (language, words) in [
            ("sv", damage == .newer ? "Uppgradera" : "Återställ"), ("en", damage == .newer ? "Upgrade" : "Restore"),
        ] {
            let outcome = try scene.run(["--language", language])
            #expect(outcome.status == 2, "\(outcome.error)")
            #expect(outcome.error.contains("state/ledger.sqlite"), "\(outcome.error)")
            #expect(outcome.error.contains(words), "\(outcome.error)")
        }
        try expectUnchanged(scene, before)
        // The copy beside it takes its place, as the message says.
        try scene.scratch.remove("state/ledger.sqlite")
        if damage == .gone { try scene.scratch.remove("state/ledger.sqlite-wal") }
        try copyTree(scene.scratch.file("state/ledger.sqlite.copy"), scene.scratch.file("state/ledger.sqlite"))
        #expect(try scene.run().status <= 1)
        let (healed, expected) = (try scene.state(), try undisturbed.state())
        let same = healed == expected
        #expect(same, "\(healed.difference(expected))")
    }

    @Test func aFolderInTheLedgersPlace() throws {
        let scene = try secondNight()
        try scene.scratch.remove("state/ledger.sqlite")
        try FileManager.default.createDirectory(
            atPath: scene.scratch.file("state/ledger.sqlite"), withIntermediateDirectories: false)
        let before = try bytes(scene)
        let outcome = try scene.run()
        #expect([2, 74].contains(outcome.status), "\(outcome.error)")
        #expect(outcome.error.contains("state/ledger.sqlite"), "\(outcome.error)")
        try expectUnchanged(scene, before)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read and write everything"))
    func aLedgerWithoutPermission() throws {
        let scene = try secondNight()
        try #require(chmod(scene.scratch.file("state/ledger.sqlite"), 0o000) == 0)
        let outcome = try scene.run()
        #expect(outcome.status == 74)
        #expect(outcome.error.contains("permissions"), "\(outcome.error)")
    }

    // MARK: - The clock

    @Test func anHourBackGoesOnAtTheLastTimeSeen() throws {
        var scene = try secondNight()
        scene.now = "2026-09-14T12:00"
        let undisturbed = try scene.copied()
        try #require(try undisturbed.run().status <= 1)
        scene.now = "2026-09-14T11:00"
        #expect(try scene.run().status <= 1)
        let same = try scene.state() == undisturbed.state()
        #expect(same)
        // Three hours are more than a clock is put back.
        scene.now = "2026-09-14T09:00"
        #expect(try scene.run().status == 2)
    }

    @Test func aYearBackIsRefused() throws {
        var scene = try secondNight()
        scene.now = "2025-09-15T09:00"
        let before = try scene.state()
        for (language, words) in [("sv", "--accept-clock"), ("en", "Set the clock")] {
            let outcome = try scene.run(["--language", language])
            #expect(outcome.status == 2)
            #expect(outcome.error.contains(words) && outcome.error.contains("2026-09-14"), "\(outcome.error)")
        }
        let isSame = try scene.state() == before
        #expect(isSame)
        #expect(try scene.run(["--accept-clock"]).status <= 1)
        #expect(try scene.scratch.uploadFiles("outbox").keys.allSatisfy { $0.contains("_2025-09-") })
    }

    @Test func aYearAheadAndBack() throws {
        var scene = try secondNight()
        let undisturbed = try scene.copied()
        try #require(try undisturbed.run().status <= 1)
        let now = scene.now
        scene.now = "2027-09-15T09:00"
        #expect(try scene.run().status <= 1)
        scene.now = now
        #expect(try scene.run().status == 2)
        #expect(try scene.run(["--accept-clock"]).status <= 1)
        let (back, expected) = (try scene.state().uploads, try undisturbed.state().uploads)
        #expect(Set(back.keys) == Set(expected.keys))
        // The next night as if nothing had been.
        #expect(try scene.run().status <= 1)
    }
}
