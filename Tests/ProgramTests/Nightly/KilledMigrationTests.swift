import Foundation
import Glibc
import Testing

/// A migration that goes on, killed or without room at calls that change a file, and run again.
@Suite struct KilledMigrationTests {
    private typealias Undisturbed = KilledNightlyTests.Undisturbed

    /// The second part: a file is read by CSN, one has moved on, and the export has changed since.
    private static func scene() throws -> NightlyScene {
        var scene = try NightlyScene(try Scratch())
        scene.command = ["migrate", "betyg.csv", "--from", "2000-01-01", "--to", "2026-12-31", "--by", "period"]
        let scratch = scene.scratch
        try scratch.write("betyg.csv", try NightlyScene.export(scratch).text)
        let before = try scene.run()
        try #require(before.status <= 1, "\(before.error)")
        let first = try #require(try scene.state().uploads.keys.sorted().first { $0.hasPrefix("outbox/1234/") })
        let sent = try Program.run(
            ["outbox", "sent", (first as NSString).lastPathComponent, "--now", "2026-09-14T13:00"], in: scratch)
        try #require(sent.status == 0, "\(sent.error)")
        try scratch.write("betyg.csv", try NightlyScene.export(scratch, changing: 1).text)
        scene.now = "2026-09-15T09:00"
        return scene
    }

    private static let slices = 2

    @Test(.enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"), arguments: 0..<slices)
    func atManyCalls(_ slice: Int) throws {
        let undisturbed = try Undisturbed(Self.scene())
        #expect(undisturbed.points.count >= 60)
        #expect(undisturbed.new.files["outbox/.work/migrations.json"]?.bytes.isEmpty == false)
        #expect(undisturbed.new.uploads != undisturbed.old.uploads)
        let step = 2 * Self.slices
        for (number, point) in undisturbed.points.enumerated() where number % step == slice {
            let scene = try undisturbed.before.copied()
            let killed = try scene.run([], FaultShim.manner(.kill, at: point, in: scene.scratch))
            #expect(killed.status == -SIGKILL, "call \(point)")
            try undisturbed.expectWhole(scene, "call \(point)")
            try undisturbed.expectHealed(scene, "call \(point)")
        }
    }

    /// The disk is full from that call on.
    @Test(.enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"))
    func aDiskThatIsFull() throws {
        let undisturbed = try Undisturbed(Self.scene())
        var failed = 0
        for (number, point) in undisturbed.points.enumerated() where number % 9 == 4 {
            let scene = try undisturbed.before.copied()
            let outcome = try scene.run(
                [], FaultShim.manner(.fail(ENOSPC, isLasting: true), at: point, in: scene.scratch))
            #expect([74, undisturbed.status].contains(outcome.status), "call \(point): \(outcome.said)")
            if outcome.status == 74 {
                failed += 1
                #expect(
                    outcome.error.contains("Free some space") || outcome.error.contains("the free space"),
                    "call \(point): \(outcome.error)")
            }
            try undisturbed.expectWhole(scene, "call \(point)")
            try undisturbed.expectHealed(scene, "call \(point)")
        }
        #expect(failed >= 4)
    }
}
