extension OutputFolder {
    /// The hash of what lies in an output folder under a name, in hexadecimal; nil when nothing does. Needs no lock.
    public static func sha256(of file: String, in folder: String) throws(OutputProblem) -> String? {
        try hash(of: file, folder)
    }
}
