import CSN

/// Brings the rows of each student at one school together.
///
/// Records are one student's when the export's own student id says so, otherwise by personnummer. A student with
/// several numbers under one id (a temporary and a real one) goes by the lowest personnummer.
struct StudentGrouping {
    /// The rows of the school, student by student.
    private(set) var groups: [[Candidate]] = []
    /// By group, the key under which the run knows the student.
    private(set) var keys: [UInt64] = []
    /// From a row's own key to the student's, where they differ.
    private(set) var aliases: [UInt64: UInt64] = [:]

    /// Groups the rows; the order of the groups is that of their keys and does not depend on the order of the rows.
    init(_ rows: [Candidate]) {
        let canonical = StudentGrouping.canonicalKeys(rows)
        var order: [(key: UInt64, row: Int)] = []
        order.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            let own = row.studentKey
            var key = own
            if row.studentID != 0, let joined = canonical[StudentGrouping.idKey(row)] { key = joined }
            if key == own, let joined = canonical[own] { key = joined }
            if key != own { aliases[own] = key }
            order.append((key, index))
        }
        order.sort { ($0.key, $0.row) < ($1.key, $1.row) }
        var index = 0
        while index < order.count {
            var end = index
            while end < order.count, order[end].key == order[index].key { end += 1 }
            groups.append(order[index..<end].map { rows[$0.row] })
            keys.append(order[index].key)
            index = end
        }
    }

    /// A key for the export's own id, apart from every other kind of key.
    private static func idKey(_ row: Candidate) -> UInt64 { 1 << 62 | UInt64(row.studentID) }

    /// For each key that is joined with others by a student id, the lowest of them; personnummer are the lowest keys.
    private static func canonicalKeys(_ rows: [Candidate]) -> [UInt64: UInt64] {
        guard rows.contains(where: { $0.studentID != 0 }) else { return [:] }
        var parent: [UInt64: UInt64] = [:]
        func root(_ key: UInt64) -> UInt64 {
            var key = key
            while let next = parent[key], next != key { key = next }
            return key
        }
        for row in rows where row.studentID != 0 {
            let one = root(idKey(row))
            let other = root(row.studentKey)
            if one != other { parent[max(one, other)] = min(one, other) }
        }
        var canonical: [UInt64: UInt64] = [:]
        for key in parent.keys { canonical[key] = root(key) }
        return canonical
    }
}
