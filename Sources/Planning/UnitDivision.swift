import CSN

/// A record of a unit that has to be divided.
public struct DivisibleRecord: Sendable {
    /// The student's own first day on the course.
    public let startdatum: Day
    /// From the first to the last of every date written in the record.
    public let dates: DateSpan

    /// A record by the two things division looks at.
    public init(startdatum: Day, dates: DateSpan) {
        self.startdatum = startdatum
        self.dates = dates
    }
}

/// A part of a divided unit, to be planned as a unit of its own.
public struct UnitPart: Hashable, Sendable {
    /// Indices of the records, in the order of startdatum and dates.
    public let records: [Int]
    /// From the first to the last date of the part.
    public let dates: DateSpan
}

/// What happens to a unit whose own dates span more than a file may.
///
/// The handbook wants a study period whole ("Du ska alltså ge hela bilden för den studerande vid varje
/// rapporteringstillfälle") and a file short ("max 365 dagar"), and says nothing of a period that is both. csnfil's own
/// reading: divided where a study period most naturally ends, so that each part is as whole as it can be.
public enum UnitDivision {
    /// Divides a unit at the half-years of startdatum, and a half-year that is still too long into its records.
    ///
    /// - Parameters:
    ///   - records: the unit's records, in any order.
    ///   - today: the day of the run.
    /// - Returns: the parts, those that hold today first, then those to come, then those past, the newest first; one
    ///   part of all records if they fit one file; none when there is no record. A part that still spans more than a
    ///   file may is a single record.
    public static func parts(of records: [DivisibleRecord], today: Day) -> [UnitPart] {
        let order = records.indices.sorted { left, right in
            let (a, b) = (records[left], records[right])
            return (a.startdatum, a.dates.first, a.dates.last, left)
                < (b.startdatum, b.dates.first, b.dates.last, right)
        }
        guard let whole = part(of: order, in: records) else { return [] }
        guard !whole.dates.fitsOneFile else { return [whole] }
        var halfYears: [[Int]] = []
        for index in order {
            if let before = halfYears.last?.last,
                records[before].startdatum.halfYear == records[index].startdatum.halfYear
            {
                halfYears[halfYears.count - 1].append(index)
            } else {
                halfYears.append([index])
            }
        }
        let parts = halfYears.compactMap { part(of: $0, in: records) }.flatMap { half in
            half.dates.fitsOneFile ? [half] : half.records.compactMap { part(of: [$0], in: records) }
        }
        return parts.enumerated().sorted { left, right in
            let (a, b) = (Urgency(left.element.dates, today: today), Urgency(right.element.dates, today: today))
            return a == b ? left.offset < right.offset : a < b
        }.map(\.element)
    }

    private static func part(of indices: [Int], in records: [DivisibleRecord]) -> UnitPart? {
        guard let first = indices.first else { return nil }
        let dates = indices.reduce(records[first].dates) { $0.union(records[$1].dates) }
        return UnitPart(records: indices, dates: dates)
    }
}
