import Foundation
import Glibc
import Testing

/// No personnummer and no name is seen anywhere but in the upload files.
@Suite struct LeakTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func expectNothingSeen(
        of export: PrivateExport, _ arguments: [String] = [], _ location: SourceLocation = #_sourceLocation
    ) throws {
        try scratch.write("in.csv", export.text)
        for language in ["sv", "en"] {
            for format in ["text", "json"] {
                let out = "out-\(language)-\(format)"
                let outcome = try Program.convert(
                    ["in.csv", "--language", language, "--format", format] + arguments, in: scratch, out: out)
                try #require(outcome.status == 1, "\(outcome.error)", sourceLocation: location)
                for (place, text) in [
                    ("standard output", outcome.output), ("standard error", outcome.error),
                    ("files", try scratch.left(below: out)),
                ] {
                    let seen = export.seen(in: text)
                    #expect(
                        seen.isEmpty, "\(place), \(language), \(format): \(seen.count), \(seen.prefix(5))",
                        sourceLocation: location)
                }
                #expect(try scratch.left(below: out).utf8.count > 10_000)
            }
        }
    }

    /// The search finds what is there: an export is full of what must not be seen.
    @Test func theSearchFindsThem() throws {
        let export = try PrivateExport(scratch.sample(records: 50, seed: 13))
        let seen = export.seen(in: export.text)
        #expect(seen.count >= 100 + 8)
        #expect(export.seen(in: "20260823-**** 2026-11-23 123456").isEmpty)
        #expect(export.seen(in: "x" + export.rows[7][1].filter(\.isNumber) + "y").count >= 1)
        #expect(export.seen(in: "(" + export.rows[7][1].filter(\.isNumber).suffix(10) + ")").count == 1)
    }

    @Test func faultsOfAllKinds() throws {
        try expectNothingSeen(of: try PrivateExport(scratch.sample(records: 600, seed: 14, faults: 20)))
    }

    /// A cell too many somewhere, with and without the last one cut off.
    @Test(arguments: [true, false], ["", "Qwyba", "19980908-9809", "x1"])
    func aCellInserted(_ keepsCount: Bool, _ cell: String) throws {
        var export = try PrivateExport(scratch.sample(records: 84, seed: 15))
        for number in export.rows.indices {
            export.rows[number].insert(cell, at: number % 21)
            if keepsCount { export.rows[number].removeLast() }
        }
        try expectNothingSeen(of: export)
    }

    @Test(arguments: [true, false]) func aCellMissing(_ keepsCount: Bool) throws {
        var export = try PrivateExport(scratch.sample(records: 84, seed: 16))
        for number in export.rows.indices {
            export.rows[number].remove(at: number % 20)
            if keepsCount { export.rows[number].append("") }
        }
        try expectNothingSeen(of: export)
    }

    /// Each pair of columns changed for each other, on a row of its own.
    @Test func twoCellsSwapped() throws {
        var export = try PrivateExport(scratch.sample(records: 230, seed: 17))
        var number = 0
        for first in 0..<21 {
            for second in first + 1..<21 {
                export.rows[number].swapAt(first, second)
                number += 1
            }
        }
        try expectNothingSeen(of: export)
    }

    /// A name column and a column that is read, changed for each other on all rows while the header stays.
    @Test(arguments: [0, 1, 5, 7, 8, 9, 10, 12, 13, 14, 15, 17, 20])
    func aNameInAColumnThatIsRead(_ column: Int) throws {
        var export = try PrivateExport(scratch.sample(records: 60, seed: 18))
        for number in export.rows.indices { export.rows[number].swapAt(column, number.isMultiple(of: 2) ? 2 : 3) }
        try scratch.write("in.csv", export.text)
        let outcome = try Program.convert(["in.csv"], in: scratch)
        let seen = export.seen(in: outcome.said + (try scratch.left(below: "out")))
        #expect(seen.isEmpty, "\(seen.count), \(seen.prefix(5))")
    }

    /// `--show-personnummer`: on standard output as text, for those without protected identity, and nowhere else.
    @Test func shownOnRequest() throws {
        var export = try PrivateExport(scratch.sample(records: 1_000, seed: 19, faults: 20))
        for number in export.rows.indices where export.rows[number].count == 21 { export.rows[number][20] = "" }
        let students = Array(Set(export.rows.map { $0[1] })).sorted()
        let guarded = Set(students.enumerated().filter { $0.offset.isMultiple(of: 3) }.map(\.element))
        for number in export.rows.indices
        where guarded.contains(export.rows[number][1]) && export.rows[number].count == 21 {
            export.rows[number][20] = "J"
        }
        var hidden = export
        hidden.rows = export.rows.filter { guarded.contains($0[1]) }
        try scratch.write("in.csv", export.text)
        let text = try Program.convert(["in.csv", "--show-personnummer"], in: scratch)
        #expect(export.seenNumbers(in: text.output).count > 10)
        #expect(hidden.seenNumbers(in: text.output).isEmpty, "\(hidden.seenNumbers(in: text.output).prefix(5))")
        #expect(export.seen(in: text.output).allSatisfy { !$0.hasPrefix("Qwy") })
        #expect(export.seen(in: text.error).isEmpty)
        #expect(export.seen(in: try scratch.left(below: "out")).isEmpty)
        let json = try Program.convert(["in.csv", "--show-personnummer", "--format", "json"], in: scratch)
        #expect(export.seen(in: json.said + (try scratch.left(below: "out"))).isEmpty)
    }

    /// What a fault of the program itself leaves: its exit status, one sentence, no core, no backtrace.
    @Test(arguments: [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV]) func aTrap(_ signal: Int32) throws {
        let export = try PrivateExport(scratch.sample(records: 2_000, seed: 20, faults: 20))
        try scratch.write("in.csv", export.text)
        let running = try Program.start(
            ["convert", "in.csv", "--out", "out"] + Program.now, in: scratch,
            Program.Manner(environment: ["SWIFT_BACKTRACE": "enable=yes"], prelude: "ulimit -c unlimited"))
        waitUntil { scratch.exists("out/.work/lock") }
        running.kill(signal)
        let outcome = try running.outcome()
        #expect(outcome.status == 70)
        #expect(outcome.output == "")
        #expect(
            outcome.error
                == "csnfil: fel i programmet, körningen avbröts. A fault of the program ended the run. (70)\n")
        let left = scratch.files(below: ".").filter { !$0.hasPrefix("out/.work/") }
        #expect(left == ["in.csv"], "\(left)")
        #expect(try export.seen(in: scratch.left(below: "out")).isEmpty)
        for name in scratch.files(below: "out") { #expect(try scratch.mode("out/" + name) == 0o600) }
        #expect(try Program.convert(["in.csv"], in: scratch).status == 1)
        #expect(scratch.files(below: "out/.work") == ["lock", "reservations.json", "students.json"])
    }
}
