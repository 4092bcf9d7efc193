import Findings

/// What `doctor` found out about an installation.
public struct DoctorReport: Sendable {
    /// Which program made the report.
    public var program: RunReport.Program
    /// By check, what it found.
    public var results: [Result]

    /// A report of checks.
    public init(program: RunReport.Program, results: [Result]) {
        self.program = program
        self.results = results
    }

    /// How grave something is.
    public enum Status: String, Sendable, CaseIterable {
        /// As it should be.
        case ok
        /// It works, but a person should look.
        case warning
        /// A scheduled run would fail, or leave something readable by others.
        case error
    }

    /// One thing that a check found.
    public struct Result: Sendable, Hashable {
        /// The check's name, e.g. `free-space`.
        public var check: String
        /// How grave it is.
        public var status: Status
        /// The file or folder that it is about, with line and column where there are any; nil when it is about none.
        public var place: String?
        /// What was found.
        public var text: Text
        /// What to do about it; nil where nothing is to be done.
        public var advice: Text?

        /// Something a check found.
        public init(_ check: String, _ status: Status, at place: String? = nil, _ text: Text, advice: Text? = nil) {
            self.check = check
            self.status = status
            self.place = place
            self.text = text
            self.advice = advice
        }
    }

    /// How many results are of a status.
    public func count(_ status: Status) -> Int { results.count { $0.status == status } }

    /// 2 when something is an error, 1 when something is a warning, else 0.
    public var exitStatus: ExitStatus {
        if count(.error) > 0 { return .unusable }
        return count(.warning) > 0 ? .findings : .success
    }
}
