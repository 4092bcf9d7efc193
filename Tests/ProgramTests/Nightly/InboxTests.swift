import Foundation
import Glibc
import Testing

/// Which files of the inbox a night takes, and what becomes of them.
@Suite struct InboxTests {
    let scene: NightlyScene
    var scratch: Scratch { scene.scratch }

    init() throws { scene = try NightlyScene(try Scratch()) }

    private func expectUploads(_ names: [String]) throws {
        #expect(try scratch.uploadFiles("outbox").keys.sorted() == names)
    }

    private static let file = "1234/1234_2026-09-14.xml"

    @Test(arguments: [".kurser.csv", "kurser.csv.part", "kurser.csv.tmp"]) func beingWritten(_ name: String) throws {
        try scene.put(try NightlyScene.small(), as: name)
        let outcome = try scene.run()
        #expect(outcome.status == 0)
        #expect(scratch.files(below: "inbox") == [name])
        try expectUploads([])
    }

    /// By the machine's own clock, whatever `--now` says.
    @Test func changedAMomentAgo() throws {
        let export = try NightlyScene.small()
        try scratch.write("inbox/kurser.csv", export.text)
        let outcome = try Program.run(scene.arguments().filter { $0 != "--quiet" }, in: scratch)
        #expect(outcome.output.contains("kurser.csv was changed less than a minute ago"), "\(outcome.output)")
        #expect(scratch.files(below: "inbox") == ["kurser.csv"])
        try expectUploads([])
        var times = [timespec(), timespec()]
        for place in times.indices { times[place].tv_sec = time(nil) - 61 }
        try #require(utimensat(AT_FDCWD, scratch.file("inbox/kurser.csv"), times, 0) == 0)
        try scene.run()
        try expectUploads([Self.file])
    }

    @Test func olderOnesAreArchivedUnreadAndSaid() throws {
        try scene.put(
            try NightlyScene.small(["Betyg": "F", "Betygsdatum": "2026-09-01"]), as: "b.csv",
            changed: "2026-09-14T03:00")
        try scene.put(try NightlyScene.small(), as: "a.csv", changed: "2026-09-14T04:00")
        let outcome = try Program.run(scene.arguments().filter { $0 != "--quiet" }, in: scratch)
        #expect(outcome.output.contains("b.csv is older than another export"), "\(outcome.output)")
        #expect(scratch.files(below: "inbox").isEmpty)
        #expect(scratch.files(below: "archive").count == 2)
        let file = String(decoding: try scratch.read("outbox/" + Self.file), as: UTF8.self)
        #expect(!file.contains("betygsdatum"))
    }

    @Test func ofTheSameTimeTheLastByNameCounts() throws {
        try scene.put(try NightlyScene.small(), as: "a.csv")
        try scene.put(try NightlyScene.small(["Poäng": "50"]), as: "b.csv")
        try scene.run()
        #expect(String(decoding: try scratch.read("outbox/" + Self.file), as: UTF8.self).contains(">50<"))
    }

    @Test func oneLikeAnArchivedOne() throws {
        let export = try NightlyScene.small()
        try scene.put(export)
        try scene.run()
        let before = try scratch.uploadFiles("outbox")
        try scene.put(export)
        let outcome = try scene.run()
        #expect(outcome.status == 0, "\(outcome.said)")
        #expect(try scratch.uploadFiles("outbox") == before)
        #expect(scratch.files(below: "inbox").isEmpty)
        #expect(scratch.files(below: "archive").count == 1)
        #expect(try scene.ledger.rows("SELECT count(*) FROM file") == ["1"])
    }

    /// A header alone says nothing of schools that stand in a column: the export of before stands.
    @Test func aHeaderAlone() throws {
        try scene.put(try NightlyScene.small())
        try scene.run()
        let before = try scratch.uploadFiles("outbox")
        #expect(before.count == 1)
        try scene.put(text: Export.text([]), as: "tom.csv", changed: "2026-09-14T05:00")
        let outcome = try Program.run(scene.arguments().filter { $0 != "--quiet" }, in: scratch)
        #expect(outcome.status == 1, "\(outcome.said)")
        #expect(outcome.output.contains("tom.csv has no rows and does not count"), "\(outcome.output)")
        #expect(try scratch.uploadFiles("outbox") == before)
        #expect(try scene.run().status == 0)
        #expect(try scratch.uploadFiles("outbox") == before)
    }

    /// Where the configuration says whose export it is, everybody is gone: the school is held until somebody confirms.
    @Test func aHeaderAloneOfAConfiguredSchool() throws {
        let sample = try Program.run(
            ["sample", "schoolsoft", "--records", "12", "--seed", "9", "--out", "made", "--today", "2026-09-14"],
            in: scratch)
        try #require(sample.status == 0, "\(sample.error)")
        try scene.configure(String(decoding: try scratch.read("made/csnfil.yaml"), as: UTF8.self))
        let lines = Scratch.lines(try scratch.read("made/StudieplanerKurser.txt"))
        try scene.put(text: lines.joined(separator: "\n") + "\n", as: "StudieplanerKurser.txt")
        let first = try scene.run()
        #expect(first.status == 0, "\(first.said)")
        let before = try scratch.uploadFiles("outbox")
        #expect(!before.isEmpty)
        try scene.put(text: lines[0] + "\n", as: "StudieplanerKurser.txt", changed: "2026-09-14T05:00")
        for _ in 0..<2 {
            let outcome = try scene.run()
            #expect(outcome.status == 1, "\(outcome.said)")
            #expect(outcome.output.contains("students-missing"), "\(outcome.output)")
            #expect(try scratch.uploadFiles("outbox") == before)
        }
    }

    /// Two systems of one school: what stands in either counts, and neither makes the other's students missing.
    @Test func twoSystemsOfOneSchool() throws {
        let sample = try Program.run(
            ["sample", "alvis", "--records", "12", "--seed", "9", "--out", "other", "--today", "2026-09-14"],
            in: scratch)
        try #require(sample.status == 0, "\(sample.error)")
        let other = Scratch.lines(try scratch.read("other/alvis.csv"))
            .map { ($0.hasPrefix("1000;") ? "1234" + $0.dropFirst(4) : $0) + "\n" }.joined()
        try scene.put(try NightlyScene.small())
        try scene.put(text: other, as: "alvis.csv", changed: "2026-09-14T03:00")
        let first = try scene.run()
        #expect(first.status <= 1, "\(first.said)")
        #expect(try scene.ledger.rows("SELECT count(DISTINCT system) FROM last_export WHERE skolkod = 1234") == ["2"])
        // The other system's newer export leaves the first one's as it is.
        let before = try scratch.uploadFiles("outbox")
        #expect(!before.isEmpty)
        try scene.put(text: other, as: "alvis.csv", changed: "2026-09-14T05:00")
        let second = try scene.run()
        #expect(second.status == first.status, "\(second.said)")
        #expect(!second.output.contains("students-missing") && !second.output.contains("reported-course-missing"))
        #expect(try scratch.uploadFiles("outbox") == before)
        #expect(try scene.ledger.rows("SELECT count(DISTINCT system) FROM last_export WHERE skolkod = 1234") == ["2"])
    }

    /// The other school goes all the same, and the file stays where somebody can look at it.
    @Test(arguments: ["\u{0}\u{1}\u{2} ingen export alls \u{0}", "", "a;b;c\n1;2;3\n"])
    func oneOfTwoIsUnreadable(_ text: String) throws {
        try scene.put(text: text, as: "andra.csv")
        try scene.put(try NightlyScene.small())
        let outcome = try Program.run(scene.arguments().filter { $0 != "--quiet" }, in: scratch)
        #expect(outcome.status == 1, "\(outcome.said)")
        #expect(outcome.output.contains("andra.csv was not read and stays where it is"), "\(outcome.output)")
        #expect(scratch.files(below: "inbox") == ["andra.csv"])
        try expectUploads([Self.file])
    }

    @Test func nothingAtAll() throws {
        let outcome = try scene.run()
        #expect(outcome.status == 0)
        try expectUploads([])
        #expect(try scene.ledger.rows("SELECT count(*) FROM run") == ["1"])
    }

    /// An export that grows while it is read: the program is stopped when it has begun, the file is written to, and it
    /// goes on. Neither the old nor the half new one counts.
    @Test func growingWhileItIsRead() throws {
        var rows: [String] = []
        let sample = Scratch.lines(try scratch.sample(records: 60_000, seed: 3)).dropFirst()
        rows.append(contentsOf: sample)
        try scene.put(text: Export.text(rows))
        let path = scratch.file("inbox/kurser.csv")
        let running = try Program.start(scene.arguments(), in: scratch)
        waitUntil { scratch.exists("state/ledger.sqlite-wal") }
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((Export.row() + "\r\n").utf8))
        try handle.close()
        let outcome = try running.outcome()
        #expect(outcome.status == 0, "\(outcome.said)")
        #expect(scratch.files(below: "inbox") == ["kurser.csv"])
        try expectUploads([])
    }
}
