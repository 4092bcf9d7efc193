import Reports

/// How files that were made differ from those that are expected, line by line.
public struct FileComparison: Sendable {
    /// The differences, in the order of the files and lines.
    public private(set) var differences: [FileDifference] = []

    /// Above so many lines that differ, lines are compared one by one at the same place: finding which was put in
    /// would cost more than it tells.
    private static let searchedLines = 2_000

    /// Compares two sets of files, byte for byte.
    ///
    /// - Parameters:
    ///   - expected: by their paths.
    ///   - found: by their paths.
    public init(expected: [String: [UInt8]], found: [String: [UInt8]]) {
        for path in Set(expected.keys).union(found.keys).sorted() {
            switch (expected[path], found[path]) {
            case (let old?, let new?) where old != new: compare(path, old, new)
            case (.some, .some): break
            case (let old, _):
                let here = ShownLine.whole
                differences.append(
                    FileDifference(file: path, expected: old == nil ? nil : here, found: old == nil ? here : nil))
            }
        }
    }

    private mutating func compare(_ path: String, _ expected: [UInt8], _ found: [UInt8]) {
        let old = expected.split(separator: 0x0A, omittingEmptySubsequences: false)
        let new = found.split(separator: 0x0A, omittingEmptySubsequences: false)
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        let oldLines = Array(old[head..<(old.count - tail)])
        let newLines = Array(new[head..<(new.count - tail)])
        var removed = Set(oldLines.indices)
        var inserted = Set(newLines.indices)
        if max(oldLines.count, newLines.count) <= FileComparison.searchedLines {
            removed = []
            inserted = []
            for change in newLines.difference(from: oldLines) {
                switch change {
                case .remove(let place, _, _): removed.insert(place)
                case .insert(let place, _, _): inserted.insert(place)
                }
            }
        }
        var (left, right) = (0, 0)
        while left < oldLines.count || right < newLines.count {
            switch (removed.contains(left), inserted.contains(right)) {
            case (true, true):
                add(path, head + left + 1, oldLines[left], newLines[right])
                (left, right) = (left + 1, right + 1)
            case (true, false):
                add(path, head + left + 1, oldLines[left], nil)
                left += 1
            case (false, true):
                add(path, head + left + 1, nil, newLines[right])
                right += 1
            case (false, false): (left, right) = (left + 1, right + 1)
            }
        }
    }

    private mutating func add(_ path: String, _ line: Int, _ old: ArraySlice<UInt8>?, _ new: ArraySlice<UInt8>?) {
        guard old != new else { return }
        guard let old, let new else {
            differences.append(
                FileDifference(
                    file: path, line: line, expected: old.map { ShownLine($0).text() },
                    found: new.map { ShownLine($0).text() }))
            return
        }
        let place = zip(old, new).prefix { $0 == $1 }.count
        let (expected, found) = (ShownLine(old), ShownLine(new))
        differences.append(
            FileDifference(
                file: path, line: line, column: expected.characters(before: place) + 1,
                expected: expected.text(around: place), found: found.text(around: place)))
    }
}
