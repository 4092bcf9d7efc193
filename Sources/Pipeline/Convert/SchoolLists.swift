import CSN

/// Rows by school, gathered slice by slice. Rows of one school usually follow each other, so that the list last added
/// to is the one to add to next.
struct SchoolLists: ~Copyable {
    private var lists: [(school: UInt16, rows: [Candidate])] = []
    /// By skolkod, the place in `lists` plus one; 0 where the school has none yet.
    private var places = [UInt16](repeating: 0, count: Int(UInt16.max) + 1)
    private var last = 0

    init() {}

    /// Adds a row to its school's.
    mutating func append(_ row: Candidate, to school: UInt16) {
        if last >= lists.count || lists[last].school != school { last = place(of: school) }
        lists[last].rows.append(row)
    }

    private mutating func place(of school: UInt16) -> Int {
        if places[Int(school)] == 0 {
            lists.append((school, []))
            places[Int(school)] = UInt16(lists.count)
        }
        return Int(places[Int(school)]) - 1
    }

    /// Gives the rows up, each school's in an array without room to spare, and keeps the room for the next slice.
    mutating func take() -> [UInt16: [Candidate]] {
        var taken: [UInt16: [Candidate]] = [:]
        for number in lists.indices where !lists[number].rows.isEmpty {
            taken[lists[number].school] = lists[number].rows.withUnsafeBufferPointer { Array($0) }
            lists[number].rows.removeAll(keepingCapacity: true)
        }
        return taken
    }
}
