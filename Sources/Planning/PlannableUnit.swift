import CSN

/// Why a unit goes in a file of its own, whole, although it spans more days than a file may.
public enum OwnFileReason: Hashable, Sendable {
    /// A händelsedatum or betygsdatum, not the course itself, takes the unit over the limit (rule `late-date-alone`).
    /// The handbook does not say which dates count: alone in its file, a refusal harms nobody else.
    case lateDate
    /// A course whose slutdatum is exactly 365 days after its startdatum (rule `course-over-a-year`): right if CSN
    /// counts one of the ends, one day too long if it counts both.
    case courseOfExactly365Days
}

/// Which file a unit may share.
public enum Allowance: Hashable, Sendable {
    /// Any file with 365 days round all of it.
    case shared
    /// A file of its own, whatever it spans.
    case ownFile(OwnFileReason)
}

/// What planning knows of a unit: one student's study period at one school, reported whole in one file.
///
/// CSN's handbook, "Hur du rapporterar ändringar": "Varje gång du rapporterar något för en studerande ska du
/// rapportera allt som hänt eller planeras hända under studieperioden."
public struct PlannableUnit: Sendable {
    /// The caller's number for the unit, different from every other's.
    public let id: Int
    /// Which student: equal for the units of one student, otherwise opaque. Breaks the last ties of the order, so a
    /// key that is the same on every run gives the same plan on every run.
    public let student: UInt64
    /// From the first to the last of every date written in the unit: start, end, event, grade.
    public let dates: DateSpan
    /// Which file it may share.
    public let allowance: Allowance

    /// - Returns: nil for a unit that spans more than a file may and has no leave to: divide it first
    ///   (``UnitDivision``).
    public init?(id: Int, student: UInt64, dates: DateSpan, allowance: Allowance = .shared) {
        guard dates.fitsOneFile || allowance != .shared else { return nil }
        self.id = id
        self.student = student
        self.dates = dates
        self.allowance = allowance
    }
}

extension PlannableUnit {
    /// The order in which units are gone through, so that the order they came in plays no part.
    static func inOrder(_ left: PlannableUnit, _ right: PlannableUnit) -> Bool {
        if left.dates.first != right.dates.first { return left.dates.first < right.dates.first }
        if left.dates.last != right.dates.last { return left.dates.last < right.dates.last }
        if left.student != right.student { return left.student < right.student }
        return left.id < right.id
    }
}
