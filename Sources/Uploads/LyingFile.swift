import CSN

extension OutputFolder {
    /// The hash of what lies in an output folder under a name, in hexadecimal; nil when nothing does. Needs no lock.
    public static func sha256(of file: String, in folder: String) throws(OutputProblem) -> String? {
        try hash(of: file, folder)
    }
}

extension PlannedFile {
    /// A file that was planned before, by its name.
    ///
    /// - Parameter file: relative to the output folder.
    public init(skolkod: Skolkod, readingDay: Day, file: String) {
        self.skolkod = skolkod
        self.readingDay = readingDay
        self.file = file
    }
}
