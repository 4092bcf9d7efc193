import Foundation
import Glibc
import Testing

/// The program killed with SIGKILL at a hundred moments of its run.
@Suite(.serialized) struct KilledProgramTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let arguments = ["convert", "in.csv", "--out", "out"] + Program.now

    /// Every run begins where the killed one before it stopped, and is killed in its turn. Delays are spread over the
    /// time that a whole run takes, half of them over its last fifth, where the files get their names.
    @Test func leavesOnlyWholeFilesAndTheNextRunHeals() throws {
        try scratch.write("in.csv", try scratch.sample(records: 3_000, seed: 6))
        let begun = ContinuousClock.now
        #expect(try Program.convert(["in.csv"], in: scratch, out: "undisturbed").status == 0)
        let microseconds = Int((ContinuousClock.now - begun) / .microseconds(1))
        let undisturbed = try scratch.result("undisturbed")
        #expect(undisturbed.count > 10)

        // An older state lies there: the same school and day from another export.
        try scratch.write("old.csv", try scratch.sample(records: 1_600, seed: 7))
        #expect(try Program.convert(["old.csv"], in: scratch).status == 0)
        let old = try scratch.result()
        #expect(old.count > 5 && old != undisturbed)

        var random = SplitMix(state: 2_026)
        var states = Set<Int>()
        var killed = 0
        for round in 0..<100 {
            let share = Double.random(in: round.isMultiple(of: 2) ? 0...1 : 0.8...1, using: &random)
            let running = try Program.start(Self.arguments, in: scratch)
            usleep(useconds_t(Double(microseconds) * share))
            running.kill(SIGKILL)
            let outcome = try running.outcome()
            #expect(outcome.status == -SIGKILL || outcome.status == 0, "\(outcome.error)")
            if outcome.status == -SIGKILL { killed += 1 }
            // Whole: either the old run's bytes or the new one's, nothing between.
            var new = 0
            for (name, contents) in try scratch.uploadFiles() {
                #expect(contents == old[name] || contents == undisturbed[name], "\(name) in round \(round)")
                if contents == undisturbed[name], contents != old[name] { new += 1 }
            }
            states.insert(new)
            if round % 25 == 24 { try checkAll() }
            // Begin again from the older state now and then, so that all moments are met in both.
            if outcome.status == 0 || new == undisturbed.count - 1 { try restore(old) }
        }
        #expect(killed >= 50, "\(killed) of 100")
        #expect(states.contains(0))
        #expect(try Program.convert(["in.csv"], in: scratch).status == 0)
        for (name, contents) in undisturbed where !name.hasPrefix(".work/") {
            #expect(try scratch.read("out/" + name) == contents)
        }
        #expect(scratch.files(below: "out/.work") == ["lock", "reservations.json", "students.json"])
        try checkAll()
    }

    /// The same from an empty folder: after the last kill one run gives what an undisturbed one gives, reservations
    /// included.
    @Test func fromNothingTheNextRunEqualsAnUndisturbedOne() throws {
        try scratch.write("in.csv", try scratch.sample(records: 1_000, seed: 8))
        let begun = ContinuousClock.now
        #expect(try Program.convert(["in.csv"], in: scratch, out: "undisturbed").status == 0)
        let microseconds = Int((ContinuousClock.now - begun) / .microseconds(1))
        let undisturbed = try scratch.result("undisturbed")
        var random = SplitMix(state: 11)
        for _ in 0..<15 {
            try scratch.remove("out")
            for _ in 0..<2 {
                let running = try Program.start(Self.arguments, in: scratch)
                usleep(useconds_t(Double(microseconds) * Double.random(in: 0.2...1, using: &random)))
                running.kill(SIGKILL)
                _ = try running.outcome()
            }
            #expect(try Program.convert(["in.csv"], in: scratch).status == 0)
            #expect(try scratch.result() == undisturbed)
            #expect(scratch.files(below: "out/.work") == ["lock", "reservations.json", "students.json"])
        }
    }

    private func checkAll() throws {
        let files = try scratch.uploadFiles().keys.sorted().map { "out/" + $0 }
        try #require(!files.isEmpty)
        let outcome = try Program.run(["check"] + files + Program.now + ["--quiet"], in: scratch)
        #expect(outcome.status == 0, "\(outcome.said.prefix(3_000))")
    }

    private func restore(_ state: [String: [UInt8]]) throws {
        try scratch.remove("out")
        for (name, contents) in state { try scratch.write("out/" + name, contents) }
    }
}
