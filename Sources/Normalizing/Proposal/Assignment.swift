/// The best assignment of rows to columns by points: each row and each column at most once, nothing assigned that is
/// not allowed, the sum of points the greatest.
///
/// The Hungarian method with potentials (Kuhn 1955, as in Burkard, Dell'Amico, Martello, "Assignment Problems", 4.1),
/// n³ steps.
struct Assignment {
    /// For each row its column; nil where none is better than none.
    let columns: [Int?]
    /// The sum of the points.
    let total: Double

    /// - Parameter points: by row and column; nil where the two may not be put together.
    init(_ points: [[Double?]]) {
        let rowCount = points.count
        let columnCount = points.first?.count ?? 0
        // Each row may also stay without a column: a column of its own with no points.
        let width = columnCount + rowCount
        func cost(_ row: Int, _ column: Int) -> Double {
            if column < columnCount { return points[row][column].map { -$0 } ?? Assignment.forbidden }
            return column - columnCount == row ? 0 : Assignment.forbidden
        }
        var rowPotential = [Double](repeating: 0, count: rowCount + 1)
        var columnPotential = [Double](repeating: 0, count: width + 1)
        // By column, from 1, the row it belongs to; 0: none.
        var rowOf = [Int](repeating: 0, count: width + 1)
        var before = [Int](repeating: 0, count: width + 1)
        for row in stride(from: 1, through: rowCount, by: 1) {
            rowOf[0] = row
            var column = 0
            var least = [Double](repeating: .infinity, count: width + 1)
            var isUsed = [Bool](repeating: false, count: width + 1)
            repeat {
                isUsed[column] = true
                let current = rowOf[column]
                var (delta, next) = (Double.infinity, 0)
                for other in 1...width where !isUsed[other] {
                    let reduced = cost(current - 1, other - 1) - rowPotential[current] - columnPotential[other]
                    if reduced < least[other] {
                        least[other] = reduced
                        before[other] = column
                    }
                    if least[other] < delta { (delta, next) = (least[other], other) }
                }
                for other in 0...width {
                    if isUsed[other] {
                        rowPotential[rowOf[other]] += delta
                        columnPotential[other] -= delta
                    } else {
                        least[other] -= delta
                    }
                }
                column = next
            } while rowOf[column] != 0
            while column != 0 {
                let previous = before[column]
                rowOf[column] = rowOf[previous]
                column = previous
            }
        }
        var columns = [Int?](repeating: nil, count: rowCount)
        var total = 0.0
        for column in 0..<columnCount where rowOf[column + 1] != 0 {
            let row = rowOf[column + 1] - 1
            guard let gain = points[row][column] else { continue }
            columns[row] = column
            total += gain
        }
        self.columns = columns
        self.total = total
    }

    /// Worse than any sum of points.
    private static let forbidden = 1e6
}
