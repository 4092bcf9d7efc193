import CSN

/// The fewest windows of 365 days such that every unit lies whole in one, and which unit goes in which.
///
/// A window is known by its first day. It holds a unit if that day is neither after the unit's first day nor before
/// `DateSpan.earliestWindow`: each unit thus asks for a window that begins between two days, and the fewest windows
/// are the fewest days that meet all of these ranges.
///
/// **Fewest.** Go through the ranges in the order of their last day (the unit's first day). Whenever a range is not
/// met by the window opened last, open one on the range's last day. Any window opened before that lies earlier still,
/// so the range is met by none of them: it begins after the previous window's day, which is the last day of the range
/// that opened *that* one. The ranges that opened windows therefore have no day in common, two by two, and any plan
/// needs as many windows as there are of them.
///
/// **Earliest.** Let a plan have windows on p₁ ≤ p₂ ≤ …, and this one on g₁ < g₂ < …. Then gₖ ≥ pₖ, since of the k
/// separate ranges that opened g₁ … gₖ each needs a p of its own, and the k-th of these lies at or before gₖ. A unit
/// that the plan has in its k-th window begins to be held at a day ≤ pₖ ≤ gₖ, so the first of the g that holds it is
/// the k-th or an earlier one: no plan has any unit in an earlier window than this one has.
///
/// **In one file.** A window holds several given units if and only if it holds the one span from the first of their
/// first days to the last of their last ones. So the plans that have these units in one file are exactly the plans of
/// the same units with that span for dates, and both proofs hold of them.
///
/// Sorting included, the time is n log n.
struct Windows {
    private let units: [PlannableUnit]
    /// What must be in one window for each unit: its own dates, or those of all units of its group.
    private let spans: [DateSpan]
    /// Units that are kept in one window.
    private let groups: [Group]
    /// For each unit the number of its window, the earliest window being 0.
    private(set) var windowOfUnit: [Int]
    /// The number of windows; each has at least one unit.
    let count: Int

    /// - Parameters:
    ///   - units: in the order of ``PlannableUnit/inOrder(_:_:)``, each fit for one file.
    ///   - joint: ids of units that go together whatever it costs; one window can take them. Ids of other units may
    ///     be among them.
    ///   - wishes: sets of ids, of which each is to be together if one window can take it and if that costs no window,
    ///     beside those before it that are. Sets with an id in common are then together with each other.
    init(_ units: [PlannableUnit], inOneFile joint: Set<Int> = [], wishes: [Set<Int>] = []) {
        self.units = units
        var together = Together(units.map(\.dates))
        if let group = Group(units, { joint.contains($0.id) }) { together.add(group) }
        var starts = Windows.starts(for: together.spans)
        for wish in wishes {
            guard let group = Group(units, { wish.contains($0.id) }) else { continue }
            var wished = together
            let span = wished.add(group)
            guard span.fitsOneFile else { continue }
            let wishedStarts = Windows.starts(for: wished.spans)
            guard wishedStarts.count == starts.count else { continue }
            (together, starts) = (wished, wishedStarts)
        }
        spans = together.spans
        groups = together.groups
        count = starts.count
        windowOfUnit = spans.map { span in Windows.first(of: starts, notBefore: span.earliestWindow) }
        gatherStudents()
    }

    /// The first days of the windows, ascending. Units of one group share one span, with the first of their first days
    /// in it, and the one that comes first has that day itself: the order of first days is kept.
    private static func starts(for spans: [DateSpan]) -> [Day] {
        var starts: [Day] = []
        for span in spans {
            if let open = starts.last, span.earliestWindow <= open { continue }
            starts.append(span.first)
        }
        return starts
    }

    /// The index of the first of the ascending days that does not come before a day.
    private static func first(of days: [Day], notBefore day: Day) -> Int {
        var range = days.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if days[middle] < day {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }
}

extension Windows {
    /// A student with units in several windows, and what it takes to have them in the last of these.
    private struct Scattered {
        let units: [Int]
        let first: Day
    }

    private struct Owned {
        let student: UInt64
        let unit: Int
    }

    /// Moves the units of a student who is in several windows to the last of them, where that window, begun earlier,
    /// can take them without letting go of anything it has. No window is added by this and none is emptied (the unit
    /// that opened a window fits no later one), and nobody else's unit moves.
    ///
    /// Only the last window comes into question: its unit fits no earlier one, and a later one begins later still. A
    /// window begins at the earliest on the last of its units' `earliestWindow`; the student fits if no unit of his
    /// begins before that. From the last window to the first, so that what leaves a window does not bind it.
    private mutating func gatherStudents() {
        guard count > 1 else { return }
        let scattered = scatteredStudents()
        guard scattered.contains(where: { !$0.isEmpty }) else { return }
        var members = [[Int]](repeating: [], count: count)
        for (unit, window) in windowOfUnit.enumerated() { members[window].append(unit) }
        for window in scattered.indices.reversed() where !scattered[window].isEmpty {
            let held = members[window].filter { windowOfUnit[$0] == window }
            guard let earliest = held.map({ spans[$0].earliestWindow }).max() else { continue }
            for student in scattered[window] where student.first >= earliest {
                for unit in student.units { windowOfUnit[unit] = window }
            }
        }
    }

    /// The students in several windows, by the last of them; without those of whom a unit would have to leave the
    /// others it is kept together with.
    private func scatteredStudents() -> [[Scattered]] {
        var result = [[Scattered]](repeating: [], count: count)
        // Key and index side by side: the sort reads no unit.
        var owned = units.enumerated().map { Owned(student: $1.student, unit: $0) }
        owned.sort { $0.student == $1.student ? $0.unit < $1.unit : $0.student < $1.student }
        var start = 0
        while start < owned.count {
            var end = start + 1
            while end < owned.count, owned[end].student == owned[start].student { end += 1 }
            defer { start = end }
            guard end - start > 1 else { continue }
            let own = owned[start..<end].map(\.unit)
            guard let last = own.map({ windowOfUnit[$0] }).max(), let first = own.map({ spans[$0].first }).min() else {
                continue
            }
            let leaving = own.filter { windowOfUnit[$0] != last }
            if !leaving.isEmpty, groups.allSatisfy({ $0.isWhole(without: leaving) }) {
                result[last].append(Scattered(units: own, first: first))
            }
        }
        return result
    }
}

extension Windows {
    /// Units that are kept in one window, by their indices.
    private struct Group {
        private var isMember: [Bool]
        private var count: Int
        /// One of them.
        let someMember: Int

        /// - Returns: nil when no unit belongs to it.
        init?(_ units: [PlannableUnit], _ belongs: (PlannableUnit) -> Bool) {
            isMember = units.map(belongs)
            guard let someMember = isMember.firstIndex(of: true) else { return nil }
            self.someMember = someMember
            count = isMember.count { $0 }
        }

        func meets(_ other: Group) -> Bool {
            zip(isMember, other.isMember).contains { $0 && $1 }
        }

        mutating func add(_ other: Group) {
            isMember = zip(isMember, other.isMember).map { $0 || $1 }
            count = isMember.count { $0 }
        }

        /// The shortest span that holds all of its units.
        func span(in spans: [DateSpan]) -> DateSpan {
            zip(spans, isMember).reduce(spans[someMember]) { $1.1 ? $0.union($1.0) : $0 }
        }

        /// The spans with another one for each of its units.
        func replacing(_ spans: [DateSpan], with span: DateSpan) -> [DateSpan] {
            zip(spans, isMember).map { $1 ? span : $0 }
        }

        /// Whether it stays together when some units leave: none of its own is among them, or all are.
        func isWhole(without leaving: [Int]) -> Bool {
            [0, count].contains(leaving.count { isMember[$0] })
        }
    }
}

extension Windows {
    /// Groups that have no unit in common, and what each unit asks for because of them.
    private struct Together {
        private(set) var spans: [DateSpan]
        private(set) var groups: [Group] = []

        init(_ spans: [DateSpan]) { self.spans = spans }

        /// Keeps a group together, with all groups that it meets.
        ///
        /// - Returns: what one window must hold for it.
        @discardableResult
        mutating func add(_ group: Group) -> DateSpan {
            var whole = group
            for other in groups where other.meets(group) { whole.add(other) }
            groups.removeAll { $0.meets(group) }
            groups.append(whole)
            let span = whole.span(in: spans)
            spans = whole.replacing(spans, with: span)
            return span
        }
    }
}
