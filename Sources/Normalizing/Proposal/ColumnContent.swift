import CSN
import Profiles

/// What stands in one column of a sample of rows.
struct ColumnContent: Sendable {
    /// The cells that differ.
    private(set) var distinct: [KnownCell] = []
    /// How often each of them occurs.
    private(set) var counts: [Int] = []
    /// By row, which of them; nil for an empty cell.
    private(set) var cells: [Int?] = []
    /// Filled cells.
    private(set) var filled = 0

    /// Reads a column of the rows.
    init(_ rows: [[String]], column: Int, _ reading: CellReading) {
        var places: [String: Int] = [:]
        for row in rows {
            let text = row[column]
            guard !text.isEmpty else {
                cells.append(nil)
                continue
            }
            filled += 1
            if let place = places[text] {
                counts[place] += 1
                cells.append(place)
            } else {
                places[text] = distinct.count
                cells.append(distinct.count)
                distinct.append(reading.read(text))
                counts.append(1)
            }
        }
    }

    var isBlank: Bool { filled == 0 }

    /// Which share of the rows has something in the column.
    var fill: Double { cells.isEmpty ? 0 : Double(filled) / Double(cells.count) }

    subscript(row: Int) -> KnownCell? { cells[row].map { distinct[$0] } }

    func count(where holds: (KnownCell) -> Bool) -> Int {
        zip(distinct, counts).reduce(0) { $0 + (holds($1.0) ? $1.1 : 0) }
    }

    /// Which share of the filled cells is so.
    func share(where holds: (KnownCell) -> Bool) -> Double {
        filled == 0 ? 0 : Double(count(where: holds)) / Double(filled)
    }

    /// Which share of the filled cells is of one of the kinds.
    func share(_ kinds: CellKinds) -> Double { share { !$0.kinds.isDisjoint(with: kinds) } }

    /// Whether any cell is of the kinds.
    func has(_ kinds: CellKinds) -> Bool { distinct.contains { !$0.kinds.isDisjoint(with: kinds) } }

    /// Whether all but a few faulty cells are of the kinds.
    func isMostly(_ kinds: CellKinds) -> Bool { share(kinds) >= 0.85 }

    /// The forms in which its dates are written, the commonest first; those of a few faulty cells are left out.
    var dateForms: [DateForm] {
        var found: [DateForm: Int] = [:]
        for (cell, count) in zip(distinct, counts) {
            if let form = cell.form { found[form, default: 0] += count }
        }
        let order = DateForm.allCases
        return found.filter { 50 * $0.value >= filled }
            .sorted { one, other in
                if one.value != other.value { return one.value > other.value }
                return (order.firstIndex(of: one.key) ?? 0) < (order.firstIndex(of: other.key) ?? 0)
            }.map(\.key)
    }
}
