/// The grouping of one student's records at one school into *units*: what is reported whole or not at all.
///
/// Source: `docs/architecture.md`, "Units"; CSN's handbook asks for "hela bilden för den studerande vid varje
/// rapporteringstillfälle" over the study period, and gives no definition of the period: this one is csnfil's.
public enum StudyUnits {
    /// Groups records whose startdatum lies in the same calendar half-year *or* whose dates overlap, transitively.
    ///
    /// - Parameter records: one student's records at one school, each with a startdatum, sorted by startdatum. A
    ///   record whose slutdatum is not known joins by half-year only.
    /// - Returns: the ranges of the units in `records`, in order.
    public static func ranges(in records: [Record]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var first = 0
        var lastDay: Day?
        // The last day of the half-year in which the record before began.
        var halfYearEnd: Day?
        for index in records.indices {
            guard let start = records[index].startdatum else { continue }
            if index > first, let end = halfYearEnd, start > end {
                let overlaps = lastDay.map { reaches($0, records[index...]) } ?? false
                if !overlaps {
                    ranges.append(first..<index)
                    first = index
                    lastDay = nil
                }
            }
            if halfYearEnd.map({ start > $0 }) ?? true { halfYearEnd = start.halfYearEnd }
            if let end = records[index].slutdatum { lastDay = lastDay.map { max($0, end) } ?? end }
        }
        if first < records.count { ranges.append(first..<records.count) }
        return ranges
    }

    /// Whether one of the records with a known end begins on or before the last day of those before them. A record
    /// without one that stands in front of it goes along, for they share their half-year, or it lies in between.
    private static func reaches(_ lastDay: Day, _ records: ArraySlice<Record>) -> Bool {
        records.prefix { $0.startdatum.map { $0 <= lastDay } ?? true }.contains { $0.slutdatum != nil }
    }
}
