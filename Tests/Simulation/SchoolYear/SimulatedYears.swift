import Dispatch
import Synchronization

/// Many years, on all processors.
public struct SimulatedYears: Sendable, CustomStringConvertible {
    /// How many were run.
    public private(set) var years = 0
    /// What they consisted of, together.
    public private(set) var tally = YearTally()
    /// The years that failed, by seed, and why.
    public private(set) var failures: [(seed: UInt64, text: String)] = []

    /// Runs csnfil through a year for each seed.
    ///
    /// - Parameters:
    ///   - keepsFolders: leaves the folder of a year that fails, and says where it is.
    ///   - report: gets every failure as it comes.
    ///   - progress: gets how many years are done, after each.
    public static func run(
        _ seeds: Range<UInt64>, keepsFolders: Bool = false, report: @Sendable (String) -> Void = { _ in },
        progress: @Sendable (Int) -> Void = { _ in }
    ) -> SimulatedYears {
        let all = Mutex(SimulatedYears())
        DispatchQueue.concurrentPerform(iterations: seeds.count) { index in
            let seed = seeds.lowerBound + UInt64(index)
            let result = Result { try run(seed, keepsFolders: keepsFolders) }
            if case .failure(let error) = result { report("\(error)") }
            let done = all.withLock {
                $0.add(result, of: seed)
                return $0.years
            }
            progress(done)
        }
        return all.withLock { $0 }
    }

    private static func run(_ seed: UInt64, keepsFolders: Bool) throws -> YearTally {
        let program = try CsnfilProgram()
        var year = SimulatedYear(seed: seed, program: program, migrates: true)
        do {
            let tally = try year.run()
            program.remove()
            return tally
        } catch {
            if keepsFolders { print("\(seed): \(program.folder)") } else { program.remove() }
            throw error
        }
    }

    private mutating func add(_ result: Result<YearTally, any Error>, of seed: UInt64) {
        years += 1
        switch result {
        case .success(let tally): self.tally += tally
        case .failure(let error): failures.append((seed, "\(error)"))
        }
    }

    /// For people.
    public var description: String {
        """
        \(years) år: \(years - failures.count) rätt, \(failures.count) fel\
        \(failures.isEmpty ? "" : " (frö \(failures.map { String($0.seed) }.sorted().joined(separator: ", ")))")
        I de rätta: \(tally.runs) körningar, \(tally.migrations) flyttar, \(tally.files) filer i utkorgen, \(tally.uploads) uppladdade, \
        \(tally.readings) lästa, \(tally.overtaken) ersatta före läsning; \(tally.periods) studieperioder lästa, varav \
        \(tally.again) igen med skäl; längsta kö \(tally.longestQueue); \(tally.students) studerande.
        """
    }
}
