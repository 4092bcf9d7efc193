import Findings
import Reports

/// `convert`, put together from the rooms.
public enum Conversion {
    /// Runs the whole.
    ///
    /// - Throws: why it could not be carried through.
    public static func run(_ request: ConvertRequest, progress: any ProgressSink) throws(RunFailure) -> RunReport {
        throw RunFailure(
            .unusable, Text(sv: "Kommandot är inte klart än.", en: "The command is not ready yet."))
    }
}
