/// What `verify` has of its own.
public struct TypedVerify: Sendable {
    /// DIR…
    public var folders: [String]
    /// `--update`
    public var isRecording: Bool
    /// `--junit FILE`
    public var junit: String?

    /// As typed.
    public init(folders: [String], isRecording: Bool = false, junit: String? = nil) {
        self.folders = folders
        self.isRecording = isRecording
        self.junit = junit
    }
}
