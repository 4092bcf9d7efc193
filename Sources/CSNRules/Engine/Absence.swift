import CSN

/// A whole absence on one course: the event that begins it (31) and the one that ends it (32), as indices into the
/// record's events.
struct Absence: Hashable {
    /// The 31; nil for a 32 that nothing began.
    var begin: Int?
    /// The 32; nil while the absence lasts.
    var end: Int?

    /// How many calendar days in a row make an absence that is reported.
    ///
    /// Source: the handbook, "frånvarande i minst 15 kalenderdagar i följd".
    static let reportableDays = 15

    /// Brings each 32 together with the last 31 before it. Events without a date belong to no absence.
    ///
    /// - Returns: the absences by first day. Of two 31 without a 32 between, the first has no end of its own.
    static func all(in events: [Event]) -> [Absence] {
        // On one day a 32 first ends what lasted before, then a 31 begins anew.
        let ordered = events.indices
            .filter { events[$0].date != nil && events[$0].orsak?.isAbsence == true }
            .sorted { key(events[$0]) < key(events[$1]) }
        var absences: [Absence] = []
        for index in ordered {
            let last = absences.indices.last
            if events[index].orsak == .absenceBegins {
                if let last, absences[last].begin == nil, let end = absences[last].end,
                    events[end].date == events[index].date
                {
                    absences[last].begin = index
                } else {
                    absences.append(Absence(begin: index))
                }
            } else if let last, absences[last].begin != nil, absences[last].end == nil {
                absences[last].end = index
            } else {
                absences.append(Absence(end: index))
            }
        }
        return absences
    }

    private static func key(_ event: Event) -> (Int32, Int) {
        (event.date?.number ?? 0, event.orsak == .absenceEnds ? 0 : 1)
    }

    /// The indices of its events.
    var events: [Int] { [begin, end].compactMap(\.self) }
}

extension Record {
    /// Whether an absence (31 or 32) stands in the record; cheap, so that rules about absences cost nothing elsewhere.
    var hasAbsence: Bool { events.contains { $0.orsak?.isAbsence == true } }

    /// Leaves out the events at those indices. The rows that said them stay the record's.
    mutating func dropEvents(at indices: Set<Int>) {
        guard !indices.isEmpty else { return }
        events = events.indices.filter { !indices.contains($0) }.map { events[$0] }
    }
}
