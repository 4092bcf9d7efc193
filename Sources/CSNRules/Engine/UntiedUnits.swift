import CSN

extension StudentRecords {
    /// Divides units that only records which are not to be reported tie together.
    ///
    /// Of a course that stands in an old system's export with its planned end and in a new one's with an early grade,
    /// the former goes; had it still counted, an end that nobody reports would make one study period of two.
    ///
    /// - Parameter earlier: what was reported before, for records whose end date cannot be read.
    mutating func untie(_ earlier: EarlierRecords) {
        for index in units.indices.reversed() where units[index].records.contains(where: \.isDropped) {
            let parts = units[index].untied(earlier)
            if parts.count > 1 { units.replaceSubrange(index...index, with: parts) }
        }
    }
}

extension UnitRecords {
    /// In their order; what is left out stays with the records that began when it did.
    fileprivate func untied(_ earlier: EarlierRecords) -> [UnitRecords] {
        let present = present
        let ranges = StudyUnits.ranges(in: present.map { earlier.completed(records[$0]) })
        guard ranges.count > 1 else { return [self] }
        let starts = ranges.dropFirst().map { records[present[$0.lowerBound]].startdatum?.number ?? 0 }
        var parts = ranges.map { _ in UnitRecords([]) }
        for record in records {
            let start = record.startdatum?.number ?? 0
            parts[starts.prefix { $0 <= start }.count].records.append(record)
        }
        for part in parts.indices { parts[part].hasUnplacedRows = hasUnplacedRows }
        return parts
    }
}
