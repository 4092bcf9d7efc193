import Foundation
import Glibc
import Testing

/// Memory of a long export that comes through a pipe.
@Suite struct PipeMemoryTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    #if DEBUG
        private static let records = 100_000
    #else
        private static let records = 600_000
    #endif

    /// At most 200 bytes a record, over what the program needs for one record: mappings, register, code.
    @Test func aPipeOfManyRecords() throws {
        try scratch.write("one.csv", Export.text([Export.row()]))
        let one = try Program.start(["convert", "one.csv", "--out", "one"] + Program.now, in: scratch).measuredOutcome()
        #expect(one.status == 0)
        try #require(one.peakMemory > 0)

        let pipe = try NamedPipe(scratch)
        let converting = try Program.start(
            ["convert", "-", "--out", "out", "--quiet", "--jobs", "2"] + Program.now, in: scratch,
            Program.Manner(input: pipe.path))
        let writing = pipe.openForWriting()
        let sampling = try Program.start(
            ["sample", "schoolsoft-list", "--records", "\(Self.records)", "--seed", "23", "--today", "2026-11-23"],
            in: scratch, Program.Manner(outputDescriptor: writing))
        close(writing)
        let outcome = try converting.measuredOutcome()
        #expect(try sampling.outcome().status == 0)
        #expect(outcome.status == 0, "\(outcome.said.suffix(2_000))")
        let summary = String(decoding: try scratch.read("out/report/summary.json"), as: UTF8.self)
        #expect(summary.contains("\"rows\": \(Self.records)"), "\(summary.prefix(500))")
        let bound = one.peakMemory + 200 * Self.records
        #expect(
            outcome.peakMemory <= bound,
            "\((outcome.peakMemory - one.peakMemory) / Self.records) bytes a record, \(outcome.peakMemory >> 20) MB")
        #expect(scratch.files(below: "out/.work") == ["lock", "reservations.json", "students.json"])
    }
}
