import CSN

/// How the scheduled run stands, in numbers: what the exports and files of one run do not say by themselves.
public struct NightlyNumbers: Sendable, Hashable {
    /// How one school stands.
    public struct School: Sendable, Hashable {
        /// Which.
        public var skolkod: Skolkod
        /// Files that wait in the outbox to be uploaded.
        public var filesWaiting = 0
        /// How many reading days the school's files wait for, the next one included.
        public var queueReadingDays = 0
        /// Whether nothing of it is sent until somebody confirms.
        public var isHeld = false
        /// Students of whom something is held back.
        public var studentsHeld = 0
        /// How long ago the reading was that the oldest content of a waiting file was first meant for, in seconds; 0
        /// while that reading is to come, nil when nothing waits.
        public var oldestUnconfirmedSeconds: Int?

        /// A school of which nothing waits.
        public init(skolkod: Skolkod) { self.skolkod = skolkod }
    }

    /// By school.
    public var schools: [School] = []
    /// Runs that the ledger knows of.
    public var runs = 0
    /// When a run last ended with 0 or 1, this one included, in seconds since 1970-01-01T00:00Z; nil when none has.
    public var lastSuccess: Int?
    /// The size of the ledger's file.
    public var ledgerBytes = 0

    /// Nothing known.
    public init() {}
}
