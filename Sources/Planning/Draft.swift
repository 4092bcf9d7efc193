import CSN

/// A file that has its units and no reading day yet; the lesser comes first.
struct Draft: Comparable {
    private(set) var units: [Int]
    private(set) var dates: DateSpan
    let ownFile: OwnFileReason?
    private var urgency: Urgency
    /// How many of the units are as urgent as the most urgent.
    private var mostUrgent = 1
    private let student: UInt64

    init(_ unit: PlannableUnit, ownFile: OwnFileReason?, today: Day) {
        units = [unit.id]
        dates = unit.dates
        self.ownFile = ownFile
        urgency = Urgency(unit.dates, today: today)
        student = unit.student
    }

    mutating func add(_ unit: PlannableUnit, today: Day) {
        units.append(unit.id)
        dates = dates.union(unit.dates)
        let other = Urgency(unit.dates, today: today)
        if other == urgency {
            mostUrgent += 1
        } else if other < urgency {
            (urgency, mostUrgent) = (other, 1)
        }
    }

    static func < (left: Draft, right: Draft) -> Bool {
        if left.urgency != right.urgency { return left.urgency < right.urgency }
        if left.mostUrgent != right.mostUrgent { return left.mostUrgent > right.mostUrgent }
        if left.dates.first != right.dates.first { return left.dates.first < right.dates.first }
        if left.dates.last != right.dates.last { return left.dates.last < right.dates.last }
        if left.student != right.student { return left.student < right.student }
        return left.units.lexicographicallyPrecedes(right.units)
    }
}
