import CSN
import DeliveryLedger

/// Which study periods a run is about. A study period is chosen whole or not at all.
enum UnitSelection: Hashable, Sendable {
    /// Every one.
    case all
    /// Those with a grade of these days.
    case grades(ClosedRange<Day>)
    /// Those with a course that goes on on one of these days.
    case periods(ClosedRange<Day>)

    /// What a migration of some days is about.
    init(_ basis: MigrationBasis, _ days: ClosedRange<Day>) {
        switch basis {
        case .grade: self = .grades(days)
        case .period: self = .periods(days)
        }
    }

    /// Whether the study period of these records is chosen.
    func holds(_ records: [Record]) -> Bool { self == .all || records.contains(where: holds) }

    /// Whether a record has its study period chosen. A grade of which nobody knows the day counts where its course goes
    /// on: left out, it would be so by every run, and nobody would hear of it.
    func holds(_ record: Record) -> Bool {
        switch self {
        case .all: true
        case .grades(let days):
            record.betygsdatum.map(days.contains)
                ?? (record.hasGradeWithoutDay && UnitSelection.periods(days).holds(record))
        case .periods(let days):
            record.startdatum.map { start in
                start <= days.upperBound && (record.slutdatum.map { $0 >= days.lowerBound } ?? true)
            } ?? false
        }
    }
}

extension UnitSelection {
    /// Whether a record of a file has its study period chosen.
    func holds(_ content: RecordContent) -> Bool {
        switch self {
        case .all: true
        case .grades(let days): content.betygsdatum.map(days.contains) ?? false
        case .periods(let days):
            content.key.startdatum <= days.upperBound && content.slutdatum >= days.lowerBound
        }
    }
}

extension Record {
    /// Whether there is a grade, or something in its place, and no day of it.
    fileprivate var hasGradeWithoutDay: Bool {
        betygsdatum == nil && (betyg != nil || !fields.failed.isDisjoint(with: FieldSet(.betyg, .betygsdatum)))
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
        let dated = rows.indices.flatMap { index in
            rows[index].possibleRecords.map { (record: $0, index: index) }
        }.sorted { ($0.record.startdatum?.number ?? 0, $0.index) < ($1.record.startdatum?.number ?? 0, $1.index) }
        let records = dated.map(\.record)
        var chosen: Set<Int> = []
        var others: [Set<Int>] = []
        for range in StudyUnits.ranges(in: records) {
            let indices = Set(dated[range].map(\.index))
            let isChosen = holds(Array(records[range])) || records[range].contains { wasChosen(student, $0) }
            if isChosen { chosen.formUnion(indices) } else { others.append(indices) }
        }
        // An examination that may belong to either of two study periods chooses both.
        while let tied = others.firstIndex(where: { !$0.isDisjoint(with: chosen) }) {
            chosen.formUnion(others.remove(at: tied))
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
        case .grades: holds(record) || record.hasGradeWithoutDay
        case .all, .periods: true
        }
    }
}

extension Candidate {
    /// As which records the rules may take the row: as it is, or an examination on the day of its grade
    /// (`provning-dates`). None without a startdatum.
    fileprivate var possibleRecords: [Record] {
        guard let startdatum else { return [] }
        let record = Record(self)
        guard marks.contains(.examination), let betygsdatum, betygsdatum != startdatum else { return [record] }
        var moved = record
        (moved.startdatum, moved.slutdatum) = (betygsdatum, betygsdatum)
        return [record, moved]
    }
}
