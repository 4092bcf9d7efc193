import CSN

/// Which study periods a run is about. A study period is chosen whole or not at all.
enum UnitSelection: Hashable, Sendable {
    /// Every one.
    case all
    /// Those with a grade of these days.
    case grades(ClosedRange<Day>)
    /// Those with a course that goes on on one of these days.
    case periods(ClosedRange<Day>)

    /// Whether the study period of these records is chosen.
    func holds(_ records: [Record]) -> Bool { self == .all || records.contains(where: holds) }

    /// Whether a record has its study period chosen.
    func holds(_ record: Record) -> Bool {
        switch self {
        case .all: true
        case .grades(let days): record.betygsdatum.map(days.contains) ?? false
        case .periods(let days):
            record.startdatum.map { start in
                start <= days.upperBound && (record.slutdatum ?? start) >= days.lowerBound
            } ?? false
        }
    }
}

extension UnitSelection {
    /// The rows that may belong to a chosen study period, by what the rows themselves say of dates.
    ///
    /// Rules may shorten a course and so divide a study period: whether its parts are chosen is asked again of what the
    /// rules have made. A row without a startdatum may belong to any study period of its student.
    ///
    /// - Parameters:
    ///   - rows: one school's, of all students.
    ///   - wasChosen: whether a student's course was reported as one of a chosen study period: what has since become
    ///     another day is still about it.
    /// - Returns: in the order of the students.
    func chosen(_ rows: [Candidate], wasChosen: (StudentIdentity, Record) -> Bool) -> [Candidate] {
        guard self != .all else { return rows }
        return StudentGrouping(rows).groups.flatMap { chosen(ofOne: $0, wasChosen) }
    }

    private func chosen(ofOne rows: [Candidate], _ wasChosen: (StudentIdentity, Record) -> Bool) -> [Candidate] {
        let student = StudentIdentity(of: rows)
        let dated = rows.indices.compactMap { index in rows[index].startdatum.map { (day: $0, index: index) } }.sorted {
            ($0.day, $0.index) < ($1.day, $1.index)
        }
        let records = dated.map { Record(rows[$0.index]) }
        var chosen: Set<Int> = []
        for range in StudyUnits.ranges(in: records)
        where holds(Array(records[range])) || records[range].contains(where: { wasChosen(student, $0) }) {
            chosen.formUnion(dated[range].map(\.index))
        }
        let isAnyChosen = !chosen.isEmpty
        return rows.indices.filter { index in
            guard rows[index].startdatum == nil else { return chosen.contains(index) }
            return isAnyChosen || mayHold(Record(rows[index]))
        }.map { rows[$0] }
    }

    /// Whether a record is chosen, or may be: the day that would say so could not be read.
    private func mayHold(_ record: Record) -> Bool {
        switch self {
        case .grades: holds(record) || record.betyg != nil && record.betygsdatum == nil
        case .all, .periods: true
        }
    }
}
