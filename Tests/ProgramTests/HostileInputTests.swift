import Foundation
import Glibc
import Testing

/// Inputs made to be too much: they end with a message that names the place, within a bound of memory that does not
/// depend on their size.
@Suite(.serialized) struct HostileInputTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// What the program needs for its mappings and a few blocks of input, in a debug build. Measured: 70 MB for one
    /// row.
    private static let memory = 200 << 20

    private func convert(_ arguments: [String] = ["in.csv"]) throws -> Outcome {
        try Program.start(["convert"] + arguments + ["--out", "out"] + Program.now, in: scratch).measuredOutcome()
    }

    private func writeRepeated(_ head: String, _ piece: String, count: Int) throws {
        let path = try scratch.write("in.csv", head)
        let file = try FileHandle(forWritingTo: URL(filePath: scratch.file(path)))
        try file.seekToEnd()
        let block = Data(String(repeating: piece, count: max(1, (1 << 20) / piece.utf8.count)).utf8)
        for _ in 0..<count { try file.write(contentsOf: block) }
        try file.close()
    }

    /// 50 MB behind a quote that nobody closes.
    @Test func aQuoteThatIsNeverClosed() throws {
        let row = Export.row(["Kursnamn": "\"Matematik"])
        try writeRepeated(Export.text([Export.row()]) + row + "\r\n", Export.row() + "\r\n", count: 50)
        let outcome = try convert()
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("in.csv:3: "), "\(outcome.error)")
        #expect(outcome.error.contains("a quote is opened that is never closed"))
        #expect((1..<Self.memory).contains(outcome.peakMemory), "\(outcome.peakMemory >> 20) MB")
        #expect(scratch.isUntouched())
    }

    /// A line of 10 MB in a column that nobody reads.
    @Test func aLineWithoutEnd() throws {
        try writeRepeated(Export.text([Export.row()]) + "1234;19980908-9809;", "x", count: 10)
        let outcome = try convert()
        #expect(outcome.status == 2 || outcome.status == 1)
        #expect(outcome.said.contains("in.csv:3"), "\(outcome.said.prefix(2_000))")
        #expect((1..<Self.memory).contains(outcome.peakMemory), "\(outcome.peakMemory >> 20) MB")
    }

    @Test(arguments: [true, false]) func aMillionColumns(_ isInHeader: Bool) throws {
        let many = String(repeating: ";", count: 1_000_000)
        try scratch.write(
            "in.csv",
            isInHeader
                ? Export.text([Export.row()], header: Export.header + many + "x")
                : Export.text([Export.row() + many + "x", Export.row(["Personnummer": Export.people[1]])]))
        let outcome = try convert()
        #expect((1..<Self.memory).contains(outcome.peakMemory), "\(outcome.peakMemory >> 20) MB")
        #expect(outcome.status == 1 || isInHeader && outcome.status == 2, "\(outcome.said.prefix(2_000))")
        #expect(outcome.said.contains("in.csv"))
        #expect(outcome.said.utf8.count < 100_000)
        for contents in try scratch.uploadFiles().values {
            #expect(!String(decoding: contents, as: UTF8.self).contains("199809089809"))
        }
    }

    /// A file in which one digit goes on and on.
    @Test func aNumberWithoutEnd() throws {
        let digits = String(repeating: "9", count: 60_000)
        let row = Export.row(["Poäng": digits, "Del": digits, "Startdatum": digits, "Personnummer": digits])
        try scratch.write("in.csv", Export.text([row, Export.row()]))
        let outcome = try convert()
        #expect(outcome.status == 1)
        #expect(!outcome.said.contains(String(repeating: "9", count: 500)))
        #expect(try scratch.uploadFiles().count == 1)
    }

    /// Somebody writes to the export while it is read. The program is stopped in the middle to make sure of it.
    @Test(arguments: [true, false]) func anExportThatChangesWhileItIsRead(_ grows: Bool) throws {
        try scratch.write("in.csv", try scratch.sample(records: 20_000, seed: 3))
        let size = try scratch.read("in.csv").count
        let running = try Program.start(
            ["convert", "in.csv", "--out", "out", "--jobs", "1"] + Program.now, in: scratch)
        // It has opened the file once the size it saw no longer matters.
        waitUntil { isOpen("in.csv", in: running.process) }
        running.kill(SIGSTOP)
        let file = try FileHandle(forUpdating: URL(filePath: scratch.file("in.csv")))
        try file.truncate(atOffset: UInt64(grows ? size : size / 2))
        if grows {
            try file.seekToEnd()
            try file.write(contentsOf: Data(Export.row().utf8))
        }
        try file.close()
        running.kill(SIGCONT)
        let outcome = try running.outcome()
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("in.csv changed while it was read. Run again"), "\(outcome.error)")
        #expect(scratch.isUntouched())
    }

    private func isOpen(_ name: String, in process: pid_t) -> Bool {
        let folder = "/proc/\(process)/fd"
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return descriptors.contains { descriptor in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")
            return target?.hasSuffix("/" + name) == true
        }
    }
}
