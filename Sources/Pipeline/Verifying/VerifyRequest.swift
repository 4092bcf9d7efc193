/// `verify DIR…`: sample cases, converted and compared with what is expected of them, or recorded anew.
public struct VerifyRequest: Sendable {
    /// The folders that are searched for cases.
    public var folders: [String]
    /// `--update`: what is made is what is expected from now on.
    public var isRecording: Bool
    /// Where the results go as JUnit XML; nil: nowhere.
    public var junit: String?
    /// Folders of mappings that go before the shipped ones, after a case's own.
    public var mappings: [String]
    /// Where the program runs. Only where its shipped mappings lie counts, never the environment or the clock.
    public var surroundings: Surroundings

    /// A verification.
    public init(
        folders: [String], isRecording: Bool = false, junit: String? = nil, mappings: [String] = [],
        surroundings: Surroundings
    ) {
        self.folders = folders
        self.isRecording = isRecording
        self.junit = junit
        self.mappings = mappings
        self.surroundings = surroundings
    }
}
