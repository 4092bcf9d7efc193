import Findings

/// `detect EXPORT…`: what files are, without reading their rows.
public struct DetectRequest: Sendable {
    /// The files and folders, as given; `-` is standard input.
    public var paths: [String]
    /// The folders that mappings are searched in, first searched first.
    public var mappingFolders: [String]
    /// A profile's name, the path of a profile, or a system's name; nil: all profiles.
    public var system: String?
    /// The language of what people read.
    public var language: Language

    /// A look at files.
    public init(paths: [String], mappingFolders: [String], system: String? = nil, language: Language = .sv) {
        self.paths = paths
        self.mappingFolders = mappingFolders
        self.system = system
        self.language = language
    }
}
