import SimulatedCSN

/// A file in the outbox's folder of the school.
public struct OutboxFile: Hashable, Sendable {
    /// `<skolkod>_<läsdag>.txt`.
    public var name: String
    /// What stands in it.
    public var bytes: [UInt8]

    /// A file.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// The program as the school's people and machines use it: a nightly run, an outbox, and what they say of its files.
public protocol Program {
    /// The school's system leaves an export in the inbox.
    mutating func deliver(_ export: String, at time: WallTime) throws
    /// The nightly run.
    ///
    /// - Returns: the exit status.
    mutating func nightly(at time: WallTime) throws -> Int
    /// Moves what an export says of days past.
    ///
    /// - Returns: the exit status.
    mutating func migrate(_ export: String, _ days: ClosedRange<CalendarDay>, firstDay: CalendarDay?, at time: WallTime)
        throws -> Int
    /// What the last run said, for whoever looks into a failure.
    func lastWords() -> [String]
    /// What a person sees in the school's folder.
    func outbox() throws -> [OutboxFile]
    /// Somebody has uploaded a file at a moment, and it was confirmed on the screen.
    mutating func sent(_ file: OutboxFile, uploaded: WallTime, now: WallTime) throws
    /// CSN took nothing of it.
    mutating func rejected(_ file: OutboxFile, now: WallTime) throws
    /// It is not to be uploaded.
    mutating func withdraw(_ file: OutboxFile, now: WallTime) throws
    /// A course is not to be reported any more; by its start where the student has read it before, too.
    mutating func forget(student: String, code: String, part: Int, start: CalendarDay, now: WallTime) throws
    /// So many students really left.
    mutating func confirm(now: WallTime) throws
}

/// A program was asked what it cannot do.
struct NoMigration: Error {}

extension Program {
    /// A program that cannot.
    public mutating func migrate(
        _ export: String, _ days: ClosedRange<CalendarDay>, firstDay: CalendarDay?, at time: WallTime
    ) throws -> Int { throw NoMigration() }
}
