import Findings
import Reports

/// `check`, put together from the rooms.
public enum Checking {
    /// Runs the whole.
    ///
    /// - Throws: why it could not be carried through.
    public static func run(_ request: CheckRequest, progress: any ProgressSink) throws(RunFailure) -> RunReport {
        throw RunFailure(
            .unusable, Text(sv: "Kommandot är inte klart än.", en: "The command is not ready yet."))
    }
}
