import Foundation
import Testing

/// Three years of students from two systems, moved by the built program and judged by `Scripts/migration-trial`, which
/// shares nothing with it; `docs/migration-trial.md` has what 20 000 students gave.
@Suite struct MigrationTrialTests {
    /// By student two or three study periods; five schools only once, since each has a file a day to be told of.
    @Test(arguments: [(seed: 1, schools: 1, by: "grade"), (seed: 2, schools: 2, by: "period")])
    func everyGradeGoesOnceInTheFewestFiles(_ trial: (seed: Int, schools: Int, by: String)) throws {
        let judged = try Script.run(
            "migration-trial",
            [
                "--program", try Program.path(), "--students", "300", "--seed", "\(trial.seed)", "--schools",
                "\(trial.schools)", "--by", trial.by, "--small", "60",
            ])
        #expect(judged.status == 0, "\(judged.said)")
    }
}
