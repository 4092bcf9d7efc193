import CSN

/// Which command has taken a school's reading day in an output folder, and with which file.
public struct Reservation: Hashable, Sendable {
    /// The command that wrote the file.
    public enum Owner: String, Sendable, CaseIterable, Codable {
        case convert, nightly, migrate

        /// Whether the ledger knows the command's files: those commands have one queue, and each may give another's
        /// file a new content or another day.
        public var isOfLedger: Bool { self != .convert }

        /// Whether a file of this command's is the other's to replace.
        func mayReplace(_ other: Owner) -> Bool { self == other || isOfLedger && other.isOfLedger }
    }

    /// Who has taken the day.
    public var owner: Owner
    /// Whose file it is.
    public var skolkod: Skolkod
    /// The day on whose reading the file is meant.
    public var readingDay: Day
    /// Relative to the output folder.
    public var file: String
    /// Of the file's bytes, in hexadecimal.
    public var sha256: String
    /// The file that this one takes the place of, until it has: a run killed between the reservation and the renaming
    /// leaves that one.
    public var replaced: Replaced?

    /// A file that is being replaced.
    public struct Replaced: Hashable, Sendable, Codable {
        /// Relative to the output folder.
        public var file: String
        /// Of its bytes, in hexadecimal.
        public var sha256: String
    }
}
