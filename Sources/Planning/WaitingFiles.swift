import CSN

/// Where a unit of the queue waits already.
public struct WaitingPlace: Hashable, Sendable {
    /// The reading day of the file, which is the school's only one for that reading.
    public let readingDay: Day
    /// Whether the unit is another than it was when the file was made.
    public let hasChanged: Bool

    /// A place in a file that waits, or that has waited until its reading.
    public init(readingDay: Day, hasChanged: Bool = false) {
        self.readingDay = readingDay
        self.hasChanged = hasChanged
    }
}

/// The files that wait already: what a plan of another day keeps of an earlier one.
///
/// Which units hold today, and what is most urgent, is another thing each day; a plan that began anew would give the
/// files that are left other units and another order. So each file that waits keeps its units where that costs no file,
/// and the files their order.
struct WaitingFiles {
    /// By unit id.
    private let places: [Int: WaitingPlace]
    /// What is new goes together where that costs no file, so that files that wait are left as they are.
    private let gathersNew: Bool

    /// Nothing waits.
    static let none = WaitingFiles([:], gathersNew: false)

    init(_ places: [Int: WaitingPlace], gathersNew: Bool) {
        self.places = places
        self.gathersNew = gathersNew
    }

    private func isNew(_ id: Int) -> Bool { places[id]?.hasChanged ?? true }

    /// What is to be together, the first wish before the second:
    ///
    /// 1. each file that waits, with what has changed in it; else without that,
    /// 2. the units that hold today; else those of them that are new,
    /// 3. what is new.
    func wishes(_ units: [PlannableUnit], today: Day) -> [Set<Int>] {
        let held = units.filter { $0.dates.holds(today) }.map(\.id)
        guard !places.isEmpty else { return [Set(held)] }
        var files: [Day: (all: Set<Int>, same: Set<Int>)] = [:]
        for unit in units {
            guard let place = places[unit.id] else { continue }
            files[place.readingDay, default: ([], [])].all.insert(unit.id)
            if !place.hasChanged { files[place.readingDay]?.same.insert(unit.id) }
        }
        var wishes = files.sorted { $0.key < $1.key }.flatMap { _, file in
            file.all == file.same ? [file.all] : [file.all, file.same]
        }
        wishes += [Set(held), Set(held.filter(isNew))]
        if gathersNew { wishes.append(Set(units.map(\.id).filter(isNew))) }
        return wishes
    }

    // MARK: - The order

    /// The files in the order of their readings: those that wait as they did, and what is new before the first of them
    /// that it is more urgent than. A file that waits goes with what is new in it.
    ///
    /// - Parameter unit: a unit by its id.
    func inOrder(_ drafts: [Draft], today: Day, unit: (Int) -> PlannableUnit?) -> [Draft] {
        let kept = drafts.compactMap { draft in day(of: draft).map { (day: $0, draft: draft) } }.sorted {
            ($0.day, $0.draft) < ($1.day, $1.draft)
        }
        // What is new may go before a file that waits and that has a less urgent one before it.
        var least: Draft?
        var places: [Place] = kept.enumerated().map { number, file in
            let latest = least.map { max($0, file.draft) } ?? file.draft
            least = latest
            let place = Place(draft: file.draft, key: latest, number: number + 1)
            guard let new = new(in: file.draft, today: today, unit: unit) else { return place }
            return min(place, Place(draft: file.draft, key: new, number: 0))
        }
        places += drafts.filter { day(of: $0) == nil }.map { Place(draft: $0, key: $0, number: 0) }
        return places.sorted().map(\.draft)
    }

    private func day(of draft: Draft) -> Day? {
        draft.units.lazy.compactMap { places[$0]?.readingDay }.min()
    }

    /// What is new in a file, as a file of its own would be placed; nil when nothing is.
    private func new(in draft: Draft, today: Day, unit: (Int) -> PlannableUnit?) -> Draft? {
        draft.units.filter(isNew).compactMap(unit).reduce(into: nil) { new, unit in
            if new == nil {
                new = Draft(unit, ownFile: nil, today: today)
            } else {
                new?.add(unit, today: today)
            }
        }
    }

    private struct Place: Comparable {
        var draft: Draft
        var key: Draft
        /// 0 for what is new, else the place among the files that wait.
        var number: Int

        static func < (left: Place, right: Place) -> Bool {
            if left.key != right.key { return left.key < right.key }
            if left.number != right.number { return left.number < right.number }
            return left.draft < right.draft
        }
    }
}
