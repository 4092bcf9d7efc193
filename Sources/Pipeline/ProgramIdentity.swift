import Reports

extension RunReport.Program {
    /// This program: its name and version, in one place.
    public static let csnfil = RunReport.Program(name: "csnfil", version: "1.0.0")
}
