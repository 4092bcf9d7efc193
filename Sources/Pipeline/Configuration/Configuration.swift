import CSN
import CSNRules
import Findings

/// What `csnfil.yaml` says, checked; the defaults are those of a run without one. Paths are already relative to the
/// working folder or absolute.
public struct Configuration: Sendable {
    /// The file it was read from; nil without one.
    public var path: String?
    /// The schools that report.
    public var schools: [School] = []
    /// Where the nightly run takes exports from.
    public var inbox: String?
    /// Where the nightly run leaves upload files.
    public var outbox: String?
    /// Where read exports are kept.
    public var archive: String?
    /// The record of what CSN has been sent.
    public var ledger: String?
    /// A folder of mappings; nil: `Mappings` beside the configuration, if it is there.
    public var mappings: String?
    /// A layout's name or the path of a layout file.
    public var layout: String?
    /// `absenceCodes: file`: 31 and 32 are sent; `off`: left out and listed.
    public var sendsAbsenceCodes = true
    /// By catalogue number.
    public var policies: [UInt16: RulePolicy] = [:]
    /// How much is held back when something is held; nil: not said.
    public var holdScope: HoldScope?
    /// The language of what people read; nil: not said.
    public var language: Language?
    /// After how many days archived inputs and ledger records go.
    public var retentionDays = 400
    /// Days without a reading beyond the built-in ones.
    public var noReadingDays: Set<Day> = []
    /// What is to be said of the file although it can be used: names of rules that are others today.
    public var notices: [Text] = []

    /// The defaults.
    public init() {}

    /// One school of the list `schools`.
    public struct School: Sendable {
        /// CSN's code.
        public var skolkod: Skolkod
        /// What people call it.
        public var name: String?
        /// What exports call it.
        public var ids: [String] = []
        /// `komvux`; nothing else is offered yet.
        public var form: String?
        /// A profile's or system's name.
        public var system: String?
        /// What it stands for as the certificate of a start.
        public var started = Started()
        /// Whether its export holds everybody.
        public var isComplete = true
        /// Decorations glued onto its course codes: regular expressions with exactly one group, the national code.
        public var codePatterns: [String] = []
        /// For the cover page.
        public var contact: String?

        /// A school.
        public init(skolkod: Skolkod) { self.skolkod = skolkod }
    }

    /// What a school stands for as the certificate of a start where the export has no column for it.
    public struct Started: Sendable, Hashable {
        /// Status words of the export that say so.
        public var statuses: [String] = []
        /// Who was graded has begun.
        public var byGrade = false

        /// Nothing declared.
        public init() {}
    }
}
