import CSN
import Planning

/// All divisions of the numbers 0 ..< count into groups in which every group fits one file.
func divisions(of units: [PlannableUnit]) -> [[[Int]]] {
    var result: [[[Int]]] = [[]]
    for index in units.indices {
        result = result.flatMap { groups -> [[[Int]]] in
            var next = groups.indices.compactMap { group -> [[Int]]? in
                var groups = groups
                groups[group].append(index)
                return dates(of: groups[group], units).fitsOneFile ? groups : nil
            }
            next.append(groups + [[index]])
            return next
        }
    }
    return result
}

func dates(of indices: [Int], _ units: [PlannableUnit]) -> DateSpan {
    indices.dropFirst().reduce(units[indices[0]].dates) { $0.union(units[$1].dates) }
}

/// The number of each unit's file when the files are in the order of their dates.
func positions(_ groups: [[Int]], _ units: [PlannableUnit], by key: (DateSpan) -> Day) -> [Int] {
    var result = [Int](repeating: 0, count: units.count)
    let ordered = groups.sorted { key(dates(of: $0, units)) < key(dates(of: $1, units)) }
    for (position, group) in ordered.enumerated() {
        for index in group { result[index] = position }
    }
    return result
}

func holdsTogether(_ groups: [[Int]], _ held: [Int]) -> Bool {
    groups.contains { group in held.allSatisfy(group.contains) }
}
