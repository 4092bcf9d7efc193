import Foundation
import Glibc
import Testing

/// A night's run killed with SIGKILL at every call that changes a file, and run again.
@Suite struct KilledNightlyTests {
    /// A kind of night.
    enum Night: String, CaseIterable {
        /// Nothing is there but the export.
        case first
        /// A newer export of the same day: each file is made anew under the same name.
        case replacing
        /// The next day: what nobody has uploaded moves on, and of two exports one is archived unread.
        case movingOn

        /// The folders before the night, and its time.
        func scene() throws -> NightlyScene {
            var scene = try NightlyScene(try Scratch())
            let scratch = scene.scratch
            try scene.put(try NightlyScene.export(scratch))
            if self == .first { return scene }
            let before = try scene.run()
            try #require(before.status <= 1, "\(before.error)")
            let newer = try NightlyScene.export(scratch, changing: 1)
            if self == .replacing {
                try scene.put(newer, changed: "2026-09-14T11:00")
                scene.now = "2026-09-14T14:00"
                return scene
            }
            try scene.put(try NightlyScene.export(scratch, changing: 2), as: "aldre.csv", changed: "2026-09-14T20:00")
            try scene.put(newer, as: "nyare.csv", changed: "2026-09-15T03:00")
            scene.now = "2026-09-15T09:00"
            return scene
        }
    }

    /// A night, what it leaves when nothing disturbs it, and the calls at which it can be killed.
    struct Undisturbed {
        let before: NightlyScene
        let old: NightlyScene.State
        let new: NightlyScene.State
        let status: Int32
        let points: [Int]

        init(_ night: Night) throws { try self.init(try night.scene(), isFirst: night == .first) }

        /// - Parameter isFirst: nothing has run before it.
        init(_ scene: NightlyScene, isFirst: Bool = false) throws {
            before = scene
            let scene = try before.copied()
            let log = scene.scratch.path + ".calls/log"
            let outcome = try scene.run(
                [], FaultShim.library == nil ? .ordinary : try FaultShim.manner(in: scene.scratch, log: log))
            status = outcome.status
            try #require(status <= 1, "\(outcome.error)")
            new = try scene.state()
            old = isFirst ? NightlyScene.State(files: [:], ledger: []) : try before.state()
            points = FaultShim.points((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
            let days = Set(new.uploads.keys)
            try #require(days.count >= 4, "\(days.sorted())")
        }

        /// What must hold at any moment: upload files are whole, old or new, and nothing else lies beside them.
        func expectWhole(_ scene: NightlyScene, _ comment: Comment) throws {
            let folder = scene.scratch.file("outbox")
            for path in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] {
                let name = "outbox/" + path
                var status = stat()
                try #require(lstat(scene.scratch.file(name), &status) == 0)
                #expect(status.st_mode & 0o077 == 0, "\(name) \(comment)")
                guard !path.hasPrefix("."), !path.hasPrefix("report"), path.contains("/") else { continue }
                let bytes = try scene.scratch.read(name)
                #expect(
                    bytes == old.uploads[name]?.bytes || bytes == new.uploads[name]?.bytes, "\(name) \(comment)")
            }
        }

        /// Runs once more, undisturbed, and expects what an undisturbed night leaves.
        func expectHealed(_ scene: NightlyScene, _ comment: Comment) throws {
            let outcome = try scene.run()
            #expect(outcome.status == status, "\(comment): \(outcome.error)")
            let state = try scene.state()
            let isSame = state == new
            #expect(isSame, "\(comment): \(state.difference(new))")
        }
    }

    private static let slices = 4

    /// Each night in several parts, which run beside each other.
    @Test(
        .enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"),
        arguments: Night.allCases, 0..<slices)
    func atEveryCall(_ night: Night, _ slice: Int) throws {
        let undisturbed = try Undisturbed(night)
        #expect(undisturbed.points.count >= 90)
        // Later nights begin as the first one does; there every other call will do.
        let points = night == .first ? undisturbed.points : undisturbed.points.filter { $0.isMultiple(of: 2) }
        for (number, point) in points.enumerated() where number % Self.slices == slice {
            let scene = try undisturbed.before.copied()
            let killed = try scene.run([], FaultShim.manner(.kill, at: point, in: scene.scratch))
            #expect(killed.status == -SIGKILL, "call \(point)")
            try undisturbed.expectWhole(scene, "call \(point)")
            try undisturbed.expectHealed(scene, "call \(point)")
        }
    }

    /// Several kills one after the other, at random calls.
    @Test(.enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"))
    func againAndAgain() throws {
        let undisturbed = try Undisturbed(.movingOn)
        var random = SplitMix(state: 5)
        for round in 0..<6 {
            let scene = try undisturbed.before.copied()
            for _ in 0..<4 {
                let point = try #require(undisturbed.points.randomElement(using: &random))
                _ = try scene.run([], FaultShim.manner(.kill, at: point, in: scene.scratch))
                try undisturbed.expectWhole(scene, "round \(round), call \(point)")
            }
            try undisturbed.expectHealed(scene, "round \(round)")
        }
    }

    /// At random times, with several threads: needs no compiler.
    @Test(arguments: Night.allCases) func atRandomTimes(_ night: Night) throws {
        let undisturbed = try Undisturbed(night)
        let timed = try undisturbed.before.copied()
        let begun = ContinuousClock.now
        try timed.run()
        let microseconds = Int((ContinuousClock.now - begun) / .microseconds(1))
        var random = SplitMix(state: 77)
        var killed = 0
        for round in 0..<12 {
            let scene = try undisturbed.before.copied()
            let arguments = scene.arguments().filter { $0 != "--jobs" && $0 != "1" }
            let running = try Program.start(arguments, in: scene.scratch)
            usleep(useconds_t(Double(microseconds) * Double.random(in: 0.2...1, using: &random)))
            running.kill(SIGKILL)
            if try running.outcome().status == -SIGKILL { killed += 1 }
            try undisturbed.expectWhole(scene, "round \(round)")
            try undisturbed.expectHealed(scene, "round \(round)")
        }
        #expect(killed >= 5)
    }
}
