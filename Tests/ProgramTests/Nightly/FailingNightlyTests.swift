import Foundation
import Glibc
import Testing

/// A night's run in which a call that changes a file fails: said with the place and what to do, and the next night
/// leaves what an undisturbed one does.
@Suite struct FailingNightlyTests {
    typealias Night = KilledNightlyTests.Night

    /// The disk is full from that call on.
    @Test(
        .enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"),
        arguments: Night.allCases, [0, 2])
    func aDiskThatIsFull(_ night: Night, _ slice: Int) throws {
        try expect(.fail(ENOSPC, isLasting: true), night, slice, step: 4, says: ["Free some space", "the free space"])
    }

    /// One call alone fails, by another cause each.
    @Test(
        .enabled(if: FaultShim.library != nil, "there is no C compiler for Fixtures/faults.c"),
        arguments: Night.allCases, [EIO, EACCES])
    func oneCallThatFails(_ night: Night, _ code: Int32) throws {
        try expect(
            .fail(code), night, code == EIO ? 1 : 4, step: 6,
            says: ["Let the user who runs this", "Check the permissions", "Check the disk"])
    }

    private func expect(
        _ fault: FaultShim.Fault, _ night: Night, _ slice: Int, step: Int, says words: [String]
    ) throws {
        let undisturbed = try KilledNightlyTests.Undisturbed(night)
        let export = try NightlyScene.export(undisturbed.before.scratch)
        var failed = 0
        for (number, point) in undisturbed.points.enumerated() where number % step == slice {
            let scene = try undisturbed.before.copied()
            let outcome = try scene.run([], FaultShim.manner(fault, at: point, in: scene.scratch))
            // A call without which the night is what it is (the ledger's companion removed at the end) may fail.
            #expect([74, undisturbed.status].contains(outcome.status), "call \(point): \(outcome.said)")
            if outcome.status == 74 {
                failed += 1
                let places = ["outbox", "state/ledger.sqlite", "archive", "inbox"]
                #expect(places.contains { outcome.error.contains($0) }, "call \(point): \(outcome.error)")
                #expect(words.contains { outcome.error.contains($0) }, "call \(point): \(outcome.error)")
                let parts = scene.scratch.files(below: "outbox").filter { $0.hasPrefix(".work/draft") }
                #expect(parts.isEmpty, "call \(point): \(parts)")
            }
            let seen = export.seen(in: outcome.said + (try scene.scratch.left(below: "outbox")))
            #expect(seen.isEmpty, "call \(point): \(seen.prefix(3))")
            try undisturbed.expectWhole(scene, "call \(point)")
            try undisturbed.expectHealed(scene, "call \(point)")
        }
        #expect(failed >= 15)
    }

    /// A limit of file size, which the system says by a signal that would end the process.
    @Test(arguments: [0, 4, 16, 120]) func aLimitOfFileSize(_ blocks: Int) throws {
        let undisturbed = try KilledNightlyTests.Undisturbed(.movingOn)
        let scene = try undisturbed.before.copied()
        // The unit of a shell's limit is 512 bytes.
        let outcome = try scene.run(["--format", "json"], Program.Manner(prelude: "ulimit -f \(blocks)"))
        #expect(outcome.status == 74, "\(blocks): \(outcome.status) \(outcome.error)")
        try undisturbed.expectWhole(scene, "limit \(blocks)")
        try undisturbed.expectHealed(scene, "limit \(blocks)")
    }

    /// A small file system that is really full.
    @Test(.enabled(if: SmallFileSystem.canBeMade, "a small file system can only be made by root"))
    func aFileSystemThatIsFull() throws {
        let undisturbed = try KilledNightlyTests.Undisturbed(.replacing)
        for kilobytes in [8, 40, 160] {
            let scene = try undisturbed.before.copied()
            let small = try SmallFileSystem(scene.scratch, holding: NightlyScene.folders, free: kilobytes)
            let outcome = try scene.run()
            #expect(outcome.status == 74, "\(kilobytes): \(outcome.said)")
            #expect(outcome.error.contains("Free some space") || outcome.error.contains("the free space"))
            try undisturbed.expectWhole(scene, "\(kilobytes) kB")
            try small.makeRoom()
            try undisturbed.expectHealed(scene, "\(kilobytes) kB")
            try small.remove()
        }
    }
}

/// A file system in memory, with room for a night's folders and little more.
struct SmallFileSystem {
    private let scratch: Scratch
    private let kilobytes: Int
    private var place: String { scratch.file("small") }

    /// Whether the machine lets us mount one.
    static let canBeMade: Bool = {
        let place = FileManager.default.temporaryDirectory.appending(path: "small-\(UUID().uuidString)").path
        guard geteuid() == 0, mkdir(place, 0o700) == 0 else { return false }
        defer { rmdir(place) }
        guard mount("tmpfs", place, "tmpfs", 0, "size=64k") == 0 else { return false }
        return umount(place) == 0
    }()

    /// Moves the folders there, and leaves links in their places.
    init(_ scratch: Scratch, holding folders: [String], free: Int) throws {
        self.scratch = scratch
        let used = folders.flatMap { folder in
            scratch.files(below: folder).map { (try? scratch.read(folder + "/" + $0).count) ?? 0 }
        }.reduce(0) { $0 + ($1 + 4_095) / 4_096 * 4 }
        kilobytes = used + free
        try #require(mkdir(scratch.file("small"), 0o700) == 0)
        try #require(mount("tmpfs", scratch.file("small"), "tmpfs", 0, "size=\(kilobytes)k") == 0)
        for folder in folders where scratch.exists(folder) {
            try copyTree(scratch.file(folder), scratch.file("small/" + folder))
            try scratch.remove(folder)
            try #require(symlink("small/" + folder, scratch.file(folder)) == 0)
        }
    }

    func makeRoom() throws {
        try #require(mount("tmpfs", place, "tmpfs", UInt(MS_REMOUNT), "size=\(kilobytes + 16_384)k") == 0)
    }

    func remove() throws { try #require(umount(place) == 0) }
}
