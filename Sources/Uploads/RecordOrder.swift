import CSN

/// The order of records in an upload file: personnummer, startdatum, kurskod, kursdel, händelsedatum,
/// meddelandeorsak. What remains equal is ordered by the other fields, so that the same records always give the same
/// bytes.
public enum RecordOrder {
    /// Sorts the records of one school, and each record's events by date and then kind.
    ///
    /// Codes are compared as text, by Unicode scalar: a ``CourseIndex`` depends on the order of reading.
    public static func sort(_ records: inout [Record], courses: CourseTable) {
        for index in records.indices where records[index].events.count > 1 {
            records[index].events.sort { eventKey($0) < eventKey($1) }
        }
        let keys = keys(of: records, courses)
        guard zip(keys, keys.dropFirst()).contains(where: { $0.key >= $1.key }) else { return }
        let order = keys.sorted { left, right in
            left.key != right.key ? left.key < right.key : isBefore(records[left.index], records[right.index])
        }
        records = order.map { records[$0.index] }
    }

    /// Personnummer, startdatum, kurskod and kursdel in one number.
    private static func keys(of records: [Record], _ courses: CourseTable) -> [(key: UInt128, index: Int)] {
        // The table knows the order of its own courses; codes met on the way have to be put among them.
        let areKnown = records.allSatisfy { $0.course.map { courses.rank(of: $0) != nil } ?? true }
        let ranks = areKnown ? [:] : ranks(of: records, courses)
        return records.indices.map { index in
            let fields = records[index].fields
            let rank = fields.course.flatMap { areKnown ? courses.rank(of: $0) : ranks[$0] }
            let start = UInt32(bitPattern: dayNumber(fields.startdatum) ^ .min)
            // 40 bits hold twelve digits, and a course without a code comes first.
            let key =
                UInt128(fields.personnummer?.digits ?? 0) << 72 | UInt128(start) << 40
                | UInt128(UInt32(truncatingIfNeeded: (rank ?? -1) + 1)) << 8 | UInt128(fields.kursdel?.number ?? 0)
            return (key, index)
        }
    }

    private static func dayNumber(_ day: Day?) -> Int32 { day?.number ?? .min }

    private static func eventKey(_ event: Event) -> (Int32, UInt8) {
        (dayNumber(event.date), event.orsak?.rawValue ?? 0)
    }

    private static func ranks(of records: [Record], _ courses: CourseTable) -> [CourseIndex: Int] {
        let used = Set(records.compactMap(\.course)).map { (index: $0, code: Array(courses[$0].code.utf8)) }
        // The bytes of UTF-8 sort as the scalars do.
        let sorted = used.sorted { $0.code.lexicographicallyPrecedes($1.code) }
        var ranks: [CourseIndex: Int] = [:]
        var rank = 0
        for (place, course) in sorted.enumerated() {
            if place > 0, course.code != sorted[place - 1].code { rank += 1 }
            ranks[course.index] = rank
        }
        return ranks
    }

    private static func isBefore(_ left: Record, _ right: Record) -> Bool {
        for (first, second) in zip(left.events, right.events) {
            let (one, other) = (eventKey(first), eventKey(second))
            if one != other { return one < other }
        }
        if left.events.count != right.events.count { return left.events.count < right.events.count }
        let (one, other) = (rest(of: left.fields), rest(of: right.fields))
        return one.lexicographicallyPrecedes(other)
    }

    private static func rest(of fields: Candidate) -> [Int] {
        [Int(dayNumber(fields.slutdatum)), fields.poang ?? -1, Int(dayNumber(fields.betygsdatum))]
            + Field.allCases.filter { $0.form == .code }.map { Int(fields.codeNumber(of: $0)) }
    }
}
