import Foundation
@testable import SchoolYear
import SimulatedCSN
import Testing

/// Random school years: docs/simulation.md. `Scripts/simulate 300` runs hundreds.
@Suite struct SimulatedYearTests {
    /// Two years here, for the program built for tests is some ten times slower; CSNFIL_YEARS says how many instead.
    static let years = UInt64(ProcessInfo.processInfo.environment["CSNFIL_YEARS"] ?? "") ?? 2

    @Test func `CSN has what the school says at the end of every year, and nothing came twice without reason`() {
        let outcome = SimulatedYears.run(1..<(1 + SimulatedYearTests.years))
        for failure in outcome.failures { Issue.record("\(failure.text)") }
        #expect(outcome.years == Int(SimulatedYearTests.years))
        // A year in which nothing happens shows nothing.
        guard outcome.failures.isEmpty else { return }
        #expect(outcome.tally.runs > 300 * outcome.years)
        #expect(outcome.tally.readings > 80 * outcome.years)
        #expect(outcome.tally.overtaken > 0)
        #expect(outcome.tally.again > 0)
        #expect(outcome.tally.longestQueue > 0)
    }

    @Test func `a clerk who does right is right`() throws {
        for seed in UInt64(1)...2 {
            var year = SimulatedYear(seed: seed, program: Clerk())
            let tally = try year.run()
            #expect(tally.readings > 80)
        }
    }

    @Test func `the same seed is the same year`() throws {
        var first = SimulatedYear(seed: 5, program: Clerk())
        var second = SimulatedYear(seed: 5, program: Clerk())
        #expect(try first.run() == second.run())
    }

    /// Each mistake of a clerk shows within these years (measured: the first of them that shows it is at most the
    /// fourth).
    @Test(arguments: Mistake.allCases) func `a clerk's mistake is seen`(_ mistake: Mistake) {
        let seen = (UInt64(1)...8).contains { seed in
            var year = SimulatedYear(seed: seed, program: Clerk(mistake: mistake))
            do {
                _ = try year.run()
                return false
            } catch {
                #expect("\(error)".contains("Scripts/simulate 1 \(seed)"))
                return true
            }
        }
        #expect(seen, "\(mistake)")
    }
}
