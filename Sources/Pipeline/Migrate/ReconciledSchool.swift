import CSN
import CSNRules
import Findings
import Reports

/// The rows of one school that a migration is about, counted by course and grade, each by its fate.
struct ReconciledSchool: Sendable {
    /// Which course and grade a row has.
    struct Key: Hashable, Sendable {
        /// nil where the code could not be read.
        var course: CourseIndex?
        var isKnown: Bool
        var grade: Reconciliation.Grade

        /// What a row of an export says after its cells were read, before any rule mended its record.
        init(_ row: Candidate) {
            course = row.course
            isKnown = row.course != nil && !row.failed.contains(.kurskod)
            grade = row.betyg.map { .given($0) } ?? (row.failed.contains(.betyg) ? .unclear : .none)
        }
    }

    /// Where a row begins. A finding about it may name another line of the same row.
    struct Place: Hashable, Sendable {
        private var input: UInt16
        private var offset: UInt64

        init(_ origin: RowOrigin) { (input, offset) = (origin.input, origin.offset) }
        init(_ place: Findings.Place) { (input, offset) = (place.input, place.offset) }
    }

    /// By course and grade. Rows in files ahead count as waiting, rehearsal or not.
    private(set) var counts: [Key: Reconciliation.Counts] = [:]
    /// Records in files ahead.
    private var recordsAhead: [Key: Int] = [:]
    /// The held rows, to be found again among the findings.
    private(set) var held: Set<Place> = []
    /// Rows that were to go and whose file has no place.
    private(set) var heldByOccupied = 0

    /// Counts rows.
    ///
    /// - Parameter judged: what the rules have made of them.
    init(_ rows: [Candidate], _ judged: JudgedRows) {
        for row in rows {
            // A row of which nothing has become is not sent.
            let outcome = judged.outcomes[row.origin] ?? JudgedRows.Outcome(fate: .held)
            guard outcome.fate != .outside else { continue }
            let key = Key(row)
            counts[key, default: Reconciliation.Counts()].count(outcome)
            if outcome.fate == .held { held.insert(Place(row.origin)) }
            if outcome.fate == .ahead && outcome.isRecord { recordsAhead[key, default: 0] += 1 }
        }
    }

    /// The school's files have no place in the outbox: what was to go in them is held.
    ///
    /// - Returns: how many rows that are.
    mutating func holdBack() -> Int {
        var rows = 0
        for (key, counted) in counts where counted.waiting > 0 {
            var moved = counted
            moved.held += counted.waiting
            moved.waiting = 0
            moved.records -= recordsAhead[key] ?? 0
            counts[key] = moved
            rows += counted.waiting
        }
        recordsAhead = [:]
        heldByOccupied += rows
        return rows
    }
}

extension Reconciliation.Counts {
    fileprivate mutating func count(_ outcome: JudgedRows.Outcome) {
        rows += 1
        switch outcome.fate {
        case .withCSN: withCSN += 1
        case .uploaded: uploaded += 1
        case .ahead: waiting += 1
        case .held: held += 1
        case .dropped: dropped += 1
        case .copy: copies += 1
        case .outside: break
        }
        if outcome.isRecord { records += 1 }
    }
}
