import CSN
import DeliveryLedger

/// Study periods as CSN may have them, against the units of now.
///
/// CSN replaces a study period by what a file says of it (our reading of "hela bilden"). Where an end date has changed,
/// or a course is let go, what CSN has as one period may be two units now; and a course may be held while others of its
/// former period go. A file with one part takes away from CSN what it does not hold of that period.
struct FormerPeriods {
    /// By course, what CSN may have of it.
    let possible: [(key: CourseKey, record: Record)]

    /// Whether CSN may have anything.
    var isEmpty: Bool { possible.isEmpty }

    /// Units that CSN may have as one period go together, and what a unit that goes takes away is known of it.
    ///
    /// - Parameter units: a student's, by unit the parts that go by themselves.
    func tie(_ units: inout [[WeighedUnit]]) {
        let own = units.map { parts in Set(parts.flatMap(\.versions.keys)) }
        var all = units.indices.flatMap { unit in
            units[unit].flatMap(\.unit.records).map { (record: $0, unit: Int?.some(unit), key: CourseKey?.none) }
        }
        all += possible.map { (record: $0.record, unit: nil, key: $0.key) }
        all.sort { ($0.record.startdatum?.number ?? 0) < ($1.record.startdatum?.number ?? 0) }
        for range in StudyUnits.ranges(in: all.map(\.record)) {
            let tied = Set(all[range].compactMap(\.unit)).sorted()
            let courses = Set(all[range].compactMap(\.key))
            let goes = tied.contains { unit in units[unit].contains { $0.isNeeded && !$0.isForced } }
            guard goes else { continue }
            for unit in tied {
                // The parts of one that is divided go each by itself.
                if tied.count > 1 { for part in units[unit].indices { units[unit][part].isNeeded = true } }
                guard let going = units[unit].firstIndex(where: \.isNeeded) else { continue }
                for course in courses.subtracting(own[unit]) { units[unit][going].versions[course] = .some(nil) }
            }
        }
    }
}
