import Testing

@testable import Normalizing

@Suite struct AssignmentTests {
    /// The greatest sum, by trying everything.
    private func best(_ points: [[Double?]], _ row: Int = 0, _ used: Set<Int> = []) -> Double {
        guard row < points.count else { return 0 }
        var sums = [best(points, row + 1, used)]
        for (column, value) in points[row].enumerated() where !used.contains(column) {
            if let value { sums.append(value + best(points, row + 1, used.union([column]))) }
        }
        return sums.max() ?? 0
    }

    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(arguments: 0..<60) func isTheBestOfAll(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let (rows, columns) = (Int.random(in: 1...5, using: &dice), Int.random(in: 1...6, using: &dice))
        let points: [[Double?]] = (0..<rows).map { _ in
            (0..<columns).map { _ in
                Int.random(in: 0...2, using: &dice) == 0 ? nil : Double(Int.random(in: -3...12, using: &dice))
            }
        }
        let assignment = Assignment(points)
        #expect(abs(assignment.total - best(points)) < 1e-9)
        let taken = assignment.columns.compactMap { $0 }
        #expect(Set(taken).count == taken.count)
        for (row, column) in assignment.columns.enumerated() {
            if let column { #expect(points[row][column] != nil) }
        }
    }

    @Test func greedyWouldBeWorse() {
        // The first row's best column is the only one of the second.
        let assignment = Assignment([[10, 9], [9, nil]])
        #expect(assignment.columns == [1, 0] && assignment.total == 18)
    }

    @Test func nothingIsBetterThanALoss() {
        #expect(Assignment([[-1]]).columns == [nil])
        #expect(Assignment([[nil, nil]]).columns == [nil])
        #expect(Assignment([]).columns.isEmpty)
    }
}
