/// The names that a mistyped one probably stood for, nearest first; equally near ones in the order given.
///
/// Near is at most one slip in three letters, where a slip is a letter too many, too few, wrong, or two neighbours
/// exchanged (Damerau–Levenshtein, optimal string alignment), upper and lower case taken as equal.
///
/// - Parameters:
///   - name: what somebody wrote.
///   - names: what they may have meant.
///   - limit: how many to give at most.
public func nearestNames(to name: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased())
    let farthest = max(1, wanted.count / 3)
    var near: [(name: String, distance: Int)] = []
    for candidate in names {
        let letters = Array(candidate.lowercased())
        guard abs(letters.count - wanted.count) <= farthest else { continue }
        let slips = distance(wanted, letters)
        // A word of which nothing is left is no slip of the pen.
        guard slips <= farthest, slips < max(wanted.count, letters.count) else { continue }
        near.append((candidate, slips))
    }
    let order = near.enumerated().sorted {
        ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
    }
    return order.prefix(limit).map(\.element.name)
}

/// Optimal string alignment: insertion, deletion, substitution and exchange of neighbours cost 1 each.
private func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for (column, other) in right.enumerated() {
            var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
