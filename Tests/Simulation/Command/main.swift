import Foundation
import SchoolYear

// simulate [YEARS] [SEED]: so many random school years from a seed on, each with a seed of its own. Ends with 1 when one
// of them fails. `--keep` leaves the folder of a year that fails.
let words = CommandLine.arguments.dropFirst().filter { $0 != "--keep" }
let keeps = CommandLine.arguments.contains("--keep")
guard let years = Int(words.first ?? "100"), let first = UInt64(words.dropFirst().first ?? "1"), years > 0 else {
    FileHandle.standardError.write(Data("simulate [YEARS] [SEED] [--keep]\n".utf8))
    exit(64)
}
let outcome = SimulatedYears.run(first..<(first + UInt64(years)), keepsFolders: keeps) {
    print($0)
} progress: { done in
    // A year takes seconds: a hundred are not run without a word.
    if done % 10 == 0, done < years { FileHandle.standardError.write(Data("\(done) av \(years) år\n".utf8)) }
}
print(outcome)
exit(outcome.failures.isEmpty ? 0 : 1)
