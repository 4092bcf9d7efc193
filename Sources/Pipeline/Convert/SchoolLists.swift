import CSN

/// Rows by school, gathered slice by slice. Rows of one school usually follow each other, so that the list last added
/// to is the one to add to next.
struct SchoolLists: ~Copyable {
    private struct List {
        var school: UInt16
        var rows: [Candidate] = []
        /// How many rows the school had in the last slice.
        var expected = 0
    }

    private var lists: [List] = []
    /// By skolkod, the place in `lists` plus one; 0 where the school has none yet.
    private var places = [UInt16](repeating: 0, count: Int(UInt16.max) + 1)
    private var last = 0

    init() {}

    /// Adds a row to its school's.
    mutating func append(_ row: Candidate, to school: UInt16) {
        if last >= lists.count || lists[last].school != school { last = place(of: school) }
        if lists[last].rows.isEmpty { lists[last].rows.reserveCapacity(lists[last].expected) }
        lists[last].rows.append(row)
    }

    private mutating func place(of school: UInt16) -> Int {
        if places[Int(school)] == 0 {
            lists.append(List(school: school))
            places[Int(school)] = UInt16(lists.count)
        }
        return Int(places[Int(school)]) - 1
    }

    /// Gives the rows up, each school's in an array with little room to spare.
    mutating func take() -> [UInt16: [Candidate]] {
        var taken: [UInt16: [Candidate]] = [:]
        for number in lists.indices where !lists[number].rows.isEmpty {
            let rows = lists[number].rows
            let isTight = rows.capacity - rows.count <= rows.count / 8
            taken[lists[number].school] = isTight ? rows : rows.withUnsafeBufferPointer { Array($0) }
            lists[number].rows = []
            // The next slice may have some rows more.
            lists[number].expected = rows.count + rows.count / 16
        }
        return taken
    }
}
