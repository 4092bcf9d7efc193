import CSN

/// From a first day to a last one, both included.
///
/// CSN's handbook, "Om filen innehåller fel": "Intervallet mellan första och sista dag i filen ska vara max 365 dagar."
/// The sentence leaves open whether both ends are counted. csnfil's own reading is the narrow one, which both readings
/// take: at most 365 days with both ends, so that the last day is at most 364 days after the first.
public struct DateSpan: Hashable, Sendable {
    /// The most days a file may span, both ends counted.
    public static let mostDays = 365

    /// The first day.
    public let first: Day
    /// The last day, never before the first.
    public let last: Day

    /// From one day to another; nil when the last comes before the first.
    public init?(first: Day, last: Day) {
        guard first <= last else { return nil }
        self.init(from: first, to: last)
    }

    private init(from first: Day, to last: Day) {
        self.first = first
        self.last = last
    }

    /// The number of days, both ends counted.
    public var days: Int { last - first + 1 }

    /// Whether one file may hold it.
    public var fitsOneFile: Bool { days <= DateSpan.mostDays }

    /// Whether a day lies in it.
    public func holds(_ day: Day) -> Bool { first <= day && day <= last }

    /// The shortest span that holds both.
    public func union(_ other: DateSpan) -> DateSpan {
        DateSpan(from: min(first, other.first), to: max(last, other.last))
    }

    /// The first day of the earliest window of 365 days that holds the whole span. The latest begins on ``first``.
    var earliestWindow: Day { last - (DateSpan.mostDays - 1) }
}
