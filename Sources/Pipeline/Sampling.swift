import Findings
import Reports

/// `sample`, put together from the rooms.
public enum Sampling {
    /// Writes the export and its truth, or the export alone on standard output.
    ///
    /// - Throws: why it could not be carried through.
    public static func run(_ request: SampleRequest) throws(RunFailure) {
        throw RunFailure(
            .unusable, Text(sv: "Kommandot är inte klart än.", en: "The command is not ready yet."))
    }
}
