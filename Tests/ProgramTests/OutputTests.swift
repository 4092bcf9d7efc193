import Foundation
import Glibc
import Testing

/// Where the program writes, how it is called and who else writes there.
@Suite struct OutputTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("in.csv", Export.text([Export.row()]))
    }

    @Test func theOutputFolderIsAFile() throws {
        try scratch.write("taken", "mine")
        let outcome = try Program.convert(["in.csv"], in: scratch, out: "taken")
        #expect(outcome.status == 74)
        #expect(outcome.output == "")
        #expect(outcome.error.contains("taken"))
        #expect(try scratch.read("taken") == Array("mine".utf8))
    }

    /// Nobody, not even root, can make a folder in /proc.
    @Test func aPlaceWhereNothingCanBeMade() throws {
        for (arguments, command) in [(["convert", "in.csv"], "convert"), (["sample", "schoolsoft-list"], "sample")] {
            let sample = command == "sample" ? ["--records", "5", "--seed", "1"] : []
            let outcome = try Program.run(arguments + sample + ["--out", "/proc/1/out"] + Program.now, in: scratch)
            #expect(outcome.status == 74, "\(outcome.error)")
            #expect(outcome.error.contains("/proc/1/out"), "\(outcome.error)")
            #expect(outcome.output == "")
        }
    }

    /// An unreadable export: /proc/self/mem opens, but its first bytes cannot be read by anybody.
    @Test func anExportThatCannotBeRead() throws {
        let outcome = try Program.convert(["/proc/self/mem"], in: scratch)
        #expect(outcome.status == 74 || outcome.status == 2)
        #expect(outcome.error.contains("/proc/self/mem"), "\(outcome.error)")
        #expect(scratch.isUntouched())
    }

    /// The limit (in blocks of 512 or 1,024 bytes, as the shell has it) stands for a full disk: writing ends with an
    /// error. The upload file of this sample is far greater than the limit.
    @Test func aFullDisk() throws {
        try scratch.write("in.csv", try scratch.sample(records: 2_000, seed: 4))
        let limit = Program.Manner(prelude: "trap '' XFSZ\nulimit -f 8")
        let outcome = try Program.convert(["in.csv"], in: scratch, limit)
        #expect(outcome.status == 74, "\(outcome.status) \(outcome.error)")
        #expect(outcome.error.contains("out/.work/draft-"), "\(outcome.error)")
        #expect(scratch.isUntouched(), "\(scratch.files(below: "out"))")
        #expect(try Program.convert(["in.csv"], in: scratch).status == 0)
        #expect(try Program.convert(["in.csv"], in: scratch, out: "other").status == 0)
        #expect(try scratch.result("out") == scratch.result("other"))
    }

    /// The same without the signal being ignored by whoever starts the program.
    @Test func aLimitOfFileSize() throws {
        try scratch.write("in.csv", try scratch.sample(records: 2_000, seed: 4))
        let outcome = try Program.convert(["in.csv"], in: scratch, Program.Manner(prelude: "ulimit -f 8"))
        #expect(outcome.status == 74, "\(outcome.status) \(outcome.error)")
        #expect(scratch.isUntouched(), "\(scratch.files(below: "out"))")
    }

    /// Standard output that takes nothing.
    @Test func standardOutputIsFull() throws {
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(full >= 0)
        defer { close(full) }
        let manner = Program.Manner(outputDescriptor: full)
        #expect(try Program.convert(["in.csv"], in: scratch, manner).status == 74)
        #expect(try Program.run(["rules"], in: scratch, manner).status == 74)
        let sample = try Program.run(
            ["sample", "schoolsoft-list", "--records", "9", "--seed", "1"], in: scratch, manner)
        #expect(sample.status == 74)
        #expect(!sample.error.isEmpty)
    }

    /// The lock is flock(2)'s, held here by the test.
    @Test func anotherRunHoldsTheLock() throws {
        #expect(try Program.convert(["in.csv"], in: scratch).status == 0)
        let before = try scratch.result()
        let lock = open(scratch.file("out/.work/lock"), O_RDWR | O_CLOEXEC)
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        let outcome = try Program.convert(["in.csv"], in: scratch)
        #expect(outcome.status == 75)
        #expect(outcome.output == "")
        #expect(outcome.error.contains("out"), "\(outcome.error)")
        #expect(try scratch.result() == before)
        close(lock)
        #expect(try Program.convert(["in.csv"], in: scratch).status == 0)
        #expect(try scratch.result() == before)
    }

    /// Two whole runs at once: one comes through, the other does too or says that it was locked out.
    @Test func twoRunsAtOnce() throws {
        try scratch.write("in.csv", try scratch.sample(records: 3_000, seed: 5))
        let arguments = ["convert", "in.csv", "--out", "out"] + Program.now
        let running = try (0..<2).map { _ in try Program.start(arguments, in: scratch) }
        let statuses = try running.map { try $0.outcome().status }.sorted()
        #expect(statuses == [0, 75] || statuses == [0, 0])
        #expect(try Program.convert(["in.csv"], in: scratch, out: "alone").status == 0)
        #expect(try scratch.result() == scratch.result("alone"))
    }

    @Test func aFileThatSomebodyHasChangedIsLeft() throws {
        #expect(try Program.convert(["in.csv"], in: scratch).status == 0)
        try scratch.write("out/1234/1234_2026-11-23.xml", "mine")
        let outcome = try Program.convert(["in.csv"], in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("1234/1234_2026-11-23.xml"), "\(outcome.error)")
        #expect(try scratch.uploadFiles() == ["1234/1234_2026-11-23.xml": Array("mine".utf8)])
        #expect(scratch.files(below: "out/.work") == ["lock", "reservations.json", "students.json"])
    }

    // MARK: - Options and configuration

    @Test(arguments: [
        ["convert", "in.csv", "--nosuch"], ["convert"], ["nosuch"], ["convert", "in.csv", "--jobs", "0"],
        ["convert", "in.csv", "--now", "yesterday"], ["convert", "in.csv", "--school", "12"],
        ["convert", "in.csv", "--hold", "all"], ["convert", "in.csv", "--format", "xml"],
        ["sample", "schoolsoft-list"],
        ["sample", "nosuch", "--records", "1", "--seed", "1"],
    ]) func wrongUsage(_ arguments: [String]) throws {
        let outcome = try Program.run(arguments, in: scratch)
        #expect(outcome.status == 64, "\(outcome.error)")
        #expect(outcome.output == "")
        #expect(!outcome.error.isEmpty)
        #expect(!scratch.exists("out"))
    }

    struct Mistake: CustomTestStringConvertible {
        var yaml: String
        /// Line and column, counted from 1.
        var place: String
        var english: String
        var testDescription: String { yaml }
    }

    @Test(arguments: [
        Mistake(yaml: "hold: unit\nschols: []\n", place: "2:1", english: "schools"),
        Mistake(yaml: "language: en\nhold: everything\n", place: "2:7", english: "everything"),
        Mistake(yaml: "schools:\n  - skolkod: 12345\n", place: "2:14", english: "12345"),
        Mistake(yaml: "schools:\n  - skolkod: 1234\n    nmae: A\n", place: "3:5", english: "name"),
        Mistake(yaml: "rules:\n  no-such-rule: hold\n", place: "2:3", english: "no-such-rule"),
        Mistake(yaml: "hold: [unit\n", place: "2:1", english: "YAML"),
    ]) func aMistakeInTheConfiguration(_ mistake: Mistake) throws {
        try scratch.write("settings.yaml", mistake.yaml)
        let outcome = try Program.convert(["in.csv", "--config", "settings.yaml"], in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.error.hasPrefix("settings.yaml:\(mistake.place): error: "), "\(outcome.error)")
        #expect(outcome.error.contains(mistake.english), "\(outcome.error)")
        #expect(!scratch.exists("out"))
        let swedish = try Program.convert(["in.csv", "--config", "settings.yaml", "--language", "sv"], in: scratch)
        #expect(swedish.error.hasPrefix("settings.yaml:\(mistake.place): fel: "), "\(swedish.error)")
    }

    @Test func aConfigurationThatIsNotThere() throws {
        let outcome = try Program.convert(["in.csv", "--config", "nowhere.yaml"], in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("nowhere.yaml"))
        #expect(!scratch.exists("out"))
    }

    @Test func fromAPipe() throws {
        #expect(try Program.convert(["in.csv"], in: scratch, out: "file").status == 0)
        let pipe = try NamedPipe(scratch)
        let running = try Program.start(
            ["convert", "-", "--out", "out"] + Program.now, in: scratch, Program.Manner(input: pipe.path))
        let writing = pipe.openForWriting()
        let bytes = try scratch.read("in.csv")
        #expect(write(writing, bytes, bytes.count) == bytes.count)
        close(writing)
        #expect(try running.outcome().status == 0)
        #expect(try scratch.result() == scratch.result("file"))
        #expect(scratch.files(below: "out/.work") == ["lock", "reservations.json", "students.json"])
    }

    @Test func fromAnEmptyPipe() throws {
        let outcome = try Program.convert(["-"], in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.error.hasPrefix("-: error: "), "\(outcome.error)")
        #expect(scratch.isUntouched())
    }
}
