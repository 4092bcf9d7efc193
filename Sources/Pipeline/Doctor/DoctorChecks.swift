import Reports

/// The checks of `doctor`, in the order in which a person mends what they find. `DoctorChecksTests` compares the list
/// with the files under `Checks`.
enum DoctorChecks {
    static let all: [any DoctorCheck.Type] = [
        ConfigurationCheck.self, MappingsCheck.self, ProfilesCheck.self, LayoutsCheck.self, FoldersCheck.self,
        PermissionsCheck.self, FreeSpaceCheck.self, ClockCheck.self, LedgerCheck.self, LedgerCopyCheck.self,
        LastRunCheck.self, WaitingFilesCheck.self, ConfirmationsCheck.self,
    ]
}

extension Invocation {
    /// `doctor`
    public func doctor() -> Outcome {
        outcome { _ throws(RunFailure) in
            let now = try Resolving.moment(options) ?? surroundings.now
            let installation = Installation(options, in: surroundings, now: now)
            let report = DoctorReport(
                program: .csnfil, results: DoctorChecks.all.flatMap { $0.look(at: installation) })
            let language =
                options.language == nil
                ? installation.configuration.language ?? surroundings.language(typed: nil)
                : surroundings.language(typed: options.language)
            let text = DoctorText(
                report, in: language, isColoured: surroundings.allowsColour(options), isQuiet: options.isQuiet)
            let isJSON = options.format == OutputFormat.json.rawValue
            return Outcome(
                output: isJSON ? report.json(in: language) : Array(text.text().utf8), error: "",
                status: report.exitStatus.rawValue)
        }
    }
}
