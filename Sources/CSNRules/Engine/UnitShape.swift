import CSN

/// How long a unit is, measured by every date written in it, against what a file may span; who plans the files asks.
///
/// CSN's list of refusals: "Intervallet mellan första och sista dag i filen ska vara max 365 dagar." Files are planned
/// for 365 days with both ends counted, which is right however CSN counts.
public enum UnitShape: Sendable, Hashable {
    /// Any file with room can take it.
    case fitsOneFile
    /// Too long only because of an event or grade date: whole, in a file of its own (`late-date-alone`).
    case ownFileForLateDate
    /// Too long only because of a course whose end is exactly 365 days after its start: whole, in a file of its own
    /// (`course-over-a-year`).
    case ownFileForCourseOf365Days
    /// Too long by its courses: to be divided (`study-period-over-a-year`). Each part has a shape of its own.
    case overLimit

    /// The most days of a file, first and last day counted.
    public static let mostDays = 365

    /// Whether it goes whole in a file of its own although it is too long.
    public var needsOwnFile: Bool { self == .ownFileForLateDate || self == .ownFileForCourseOf365Days }

    /// The shape of a unit, or of a part of one.
    ///
    /// - Parameter records: its records; those left out do not count.
    public static func of(_ records: [Record]) -> UnitShape {
        var all = Span()
        for record in records where !record.isDropped { record.forEachDate { all.take($0) } }
        if all.days <= mostDays { return .fitsOneFile }

        let present = records.filter { !$0.isDropped }
        var courses = Span()
        for record in present {
            courses.take(record.startdatum)
            courses.take(record.slutdatum)
        }
        if courses.days == mostDays + 1 && present.contains(where: isCourseOf365Days) {
            return .ownFileForCourseOf365Days
        }
        if courses.days <= mostDays && present.contains(where: LateDateAlone.applies) { return .ownFileForLateDate }
        return .overLimit
    }

    /// Whether the course ends exactly 365 days after it starts: within CSN's limit if one end is counted, a day over
    /// if both are.
    public static func isCourseOf365Days(_ record: Record) -> Bool {
        guard let start = record.startdatum, let end = record.slutdatum else { return false }
        return end - start == mostDays
    }

    /// Whether the course itself is longer than a file may span: `course-over-a-year` refuses it.
    public static func isCourseOverAYear(_ record: Record) -> Bool {
        guard let start = record.startdatum, let end = record.slutdatum else { return false }
        return end - start > mostDays
    }

    /// From the first to the last of some days.
    struct Span {
        private(set) var first: Day?
        private(set) var last: Day?

        /// First and last day counted; 0 without any.
        var days: Int {
            guard let first, let last else { return 0 }
            return last - first + 1
        }

        mutating func take(_ day: Day?) {
            guard let day else { return }
            first = first.map { min($0, day) } ?? day
            last = last.map { max($0, day) } ?? day
        }
    }
}
