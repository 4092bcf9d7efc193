import Profiles

/// Which column of an export holds which slot: the assignment of all columns to all slots that headers, content and
/// what stands beside each other speak for most, taken together and not one after the other.
struct SlotMatching {
    /// A column taken for a slot.
    struct Taken: Sendable {
        var column: Int
        var header: HeaderKnowledge.Evidence?
        /// What the content and the rows around it add.
        var content: Double
        /// How much worse the whole would be without it; small where another column, or none, is nearly as good.
        var margin: Double
    }

    private(set) var taken: [Slot: Taken] = [:]

    private let columns: [ColumnContent]
    private let headers: [[Slot?: HeaderKnowledge.Evidence]]
    private let rowCount: Int

    /// So many points a column must have for a slot.
    private static let threshold = 4.0
    /// Both schools' slots are one field.
    private static let slots = Slot.allCases

    init(_ columns: [ColumnContent], headers: [[Slot?: HeaderKnowledge.Evidence]], rowCount: Int) {
        self.columns = columns
        self.headers = headers
        self.rowCount = rowCount
        guard !columns.isEmpty else { return }
        var relations = RelationScores(columns: columns, rowCount: rowCount, anchors: [:])
        // The second grade is told by the first, and its day by it.
        for _ in 0..<2 {
            let found = Assignment(table(relations))
            var anchors: [Slot: Int] = [:]
            for slot in [Slot.personnummer, .kurskod, .niva, .betyg, .meddelandeorsak, .andrabetyg] {
                anchors[slot] = found.columns[Int(slot.rawValue)]
            }
            relations = RelationScores(columns: columns, rowCount: rowCount, anchors: anchors)
        }
        match(relations)
    }

    // MARK: - Points

    /// What a header says of a slot, less what it says of none or of another.
    private func headerPoints(_ column: Int, _ slot: Slot) -> Double {
        guard headers.indices.contains(column) else { return 0 }
        let own = headers[column][slot]?.points ?? 0
        let none = headers[column][nil]?.points ?? 0
        if none >= HeaderKnowledge.exact, own < none { return -6 }
        if none > own { return -4 }
        let others = headers[column].filter { $0.key != nil && $0.key != slot }.values.map(\.points).max() ?? 0
        // A column that is called otherwise is hardly this one, unless the content says so very clearly.
        return own > 0 ? own : others >= HeaderKnowledge.exact ? -3 : others > 0 ? -1 : 0
    }

    private func contentPoints(_ column: Int, _ slot: Slot) -> Double? {
        let named = headers.indices.contains(column) ? headers[column] : [:]
        return ContentScores(column: columns[column], isNamed: { named[$0] != nil }).points(slot)
    }

    /// The points of each slot and column, without what two columns say of each other.
    private func table(_ relations: RelationScores) -> [[Double?]] {
        SlotMatching.slots.map { slot in
            columns.indices.map { column in
                guard let content = contentPoints(column, slot) else { return nil }
                let points = headerPoints(column, slot) + content + relations.points(slot, column)
                return points >= SlotMatching.threshold ? points : nil
            }
        }
    }

    // MARK: - The whole

    /// A whole assignment, with the columns of the first and last day.
    private struct Whole {
        var start: Int?
        var end: Int?
        var assignment: Assignment
        var total: Double
    }

    private mutating func match(_ relations: RelationScores) {
        let table = table(relations)
        var wholes = candidates(.startdatum, table).flatMap { start in
            candidates(.slutdatum, table).compactMap { end in
                start == nil || start != end ? whole(start, end, table, relations) : nil
            }
        }
        wholes.sort { $0.total > $1.total }
        guard let best = wholes.first else { return }
        for (index, column) in best.assignment.columns.enumerated() {
            guard let column else { continue }
            let slot = SlotMatching.slots[index]
            let rest = without(slot, column, best, wholes, relations)
            take(slot, column, margin: best.total - rest, relations)
        }
        uniteSchools()
        if taken[.andrabetyg] == nil || taken[.andrabetygsdatum] == nil {
            // Which of two grades counts only their days tell.
            (taken[.andrabetyg], taken[.andrabetygsdatum]) = (nil, nil)
        }
    }

    /// The columns that could hold a slot, and none.
    private func candidates(_ slot: Slot, _ table: [[Double?]]) -> [Int?] {
        let row = table[Int(slot.rawValue)]
        return [nil] + columns.indices.filter { row[$0] != nil }.map { $0 }
    }

    /// The best assignment in which those columns are the first and last day.
    private func whole(_ start: Int?, _ end: Int?, _ table: [[Double?]], _ relations: RelationScores) -> Whole {
        var table = table
        fix(.startdatum, start, &table)
        fix(.slutdatum, end, &table)
        if let start {
            for slot in [Slot.betygsdatum, .handelsedatum] {
                for column in columns.indices {
                    guard let points = table[Int(slot.rawValue)][column] else { continue }
                    let changed = points + relations.isAfter(start, column)
                    table[Int(slot.rawValue)][column] = changed >= SlotMatching.threshold ? changed : nil
                }
            }
        }
        let assignment = Assignment(table)
        var total = assignment.total
        if let start, let end { total += relations.span(start, end) }
        return Whole(start: start, end: end, assignment: assignment, total: total)
    }

    private func fix(_ slot: Slot, _ column: Int?, _ table: inout [[Double?]]) {
        for other in columns.indices where other != column { table[Int(slot.rawValue)][other] = nil }
        guard let column else { return }
        for row in table.indices where row != Int(slot.rawValue) { table[row][column] = nil }
    }

    /// The best total in which the column is not the slot's.
    private func without(
        _ slot: Slot, _ column: Int, _ best: Whole, _ wholes: [Whole], _ relations: RelationScores
    ) -> Double {
        if slot == .startdatum || slot == .slutdatum {
            let other = wholes.first { (slot == .startdatum ? $0.start : $0.end) != column }
            return other?.total ?? 0
        }
        var table = table(relations)
        table[Int(slot.rawValue)][column] = nil
        return whole(best.start, best.end, table, relations).total
    }

    private mutating func take(_ slot: Slot, _ column: Int, margin: Double, _ relations: RelationScores) {
        let content = (contentPoints(column, slot) ?? 0) + relations.points(slot, column)
        taken[slot] = Taken(
            column: column, header: headers.indices.contains(column) ? headers[column][slot] : nil, content: content,
            margin: margin)
    }

    /// One column is enough for the school; CSN's own goes before.
    private mutating func uniteSchools() {
        if taken[.skolkod] != nil { taken[.skola] = nil }
    }
}
