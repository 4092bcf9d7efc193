import CSN

extension RuleEngine {
    /// A hold reaches the unit; when the personnummer, the school or the startdatum itself failed, all the student's
    /// units; and from a unit that CSN has, those that CSN may have in one study period with it.
    ///
    /// - Parameter holder: a row elsewhere that holds all of the student's units, if any.
    func resolveHolds(of student: inout JudgedStudent, heldBy holder: RowOrigin?, _ context: inout RuleContext) {
        guard !context.isCheck else { return }
        let isAnythingHeld =
            holder != nil || !student.withoutStart.isEmpty
            || student.units.contains { $0.records.contains { $0.holdsItsUnit } }
        guard isAnythingHeld else { return }
        let wide = FieldSet(.personnummer, .skolkod, .startdatum)
        let all = student.units.flatMap(\.records) + student.withoutStart
        let everywhere = all.first { !$0.isDropped && $0.isHeld && !$0.failed.isDisjoint(with: wide) }
        let anywhere = holdScope == .unit ? nil : all.first { !$0.isDropped && $0.isHeld }
        let studentHolder = holder ?? (everywhere ?? anywhere)?.fields.origin
        var holders = student.units.map { unit in
            (unit.records.first { $0.holdsItsUnit }?.fields.origin ?? studentHolder).map(Holder.init)
        }
        spread(&holders, over: student.units, context)
        for (index, holder) in holders.enumerated() {
            guard let holder else { continue }
            student.units[index].isHeld = true
            student.units[index].unreadRecords = context.earlier.unread(of: student.units[index])
            let present = student.units[index].present
            guard let first = present.first(where: { !$0.isCarried }) ?? present.first else { continue }
            context.sayHeld(first, by: holder, records: present.count)
        }
    }

    /// What holds a unit.
    struct Holder {
        /// The row, or none for a record that is kept as it was last reported.
        var origin: RowOrigin
        /// Whether it stands in another unit, which CSN may have as one period with this one.
        var isOfCommonPeriod = false

        init(_ origin: RowOrigin) { self.origin = origin }
    }

    /// Holds the units that CSN may have in one study period with a held course that it has.
    ///
    /// An early grade, or a course that is to be forgotten, makes two units of what CSN has as one period. CSN replaces
    /// a period by what a file says of it (our reading of "hela bilden"): sent alone, one part would take the other
    /// away, and a held one cannot go along.
    private func spread(_ holders: inout [Holder?], over units: [JudgedUnit], _ context: RuleContext) {
        guard units.count > 1, holders.contains(where: { $0 == nil }), let student = context.earlier.identity,
            let school = context.earlier.school
        else { return }
        let possible = context.settings.delivered.possibleRecords(of: student, at: school)
        guard !possible.isEmpty else { return }
        var all = units.indices.flatMap { unit in
            units[unit].present.map { (record: context.earlier.completed($0), unit: Int?.some(unit)) }
        }
        all += possible.map { (record: $0, unit: nil) }
        all.sort { ($0.record.startdatum?.number ?? 0) < ($1.record.startdatum?.number ?? 0) }
        for range in StudyUnits.ranges(in: all.map(\.record)) {
            let tied = Set(all[range].compactMap(\.unit)).sorted()
            let known = all[range].filter { $0.unit == nil }
            let holder = tied.first { unit in
                holders[unit] != nil
                    && units[unit].present.contains { record in
                        known.contains { $0.record.isSameCourse(as: record, in: settings.courses) }
                    }
            }
            guard let holder, let origin = holders[holder]?.origin else { continue }
            for unit in tied where holders[unit] == nil {
                holders[unit] = Holder(origin)
                holders[unit]?.isOfCommonPeriod = true
            }
        }
    }
}

extension Record {
    /// Whether it holds the unit in which it stands.
    fileprivate var holdsItsUnit: Bool { !isDropped && (isHeld || !isComplete) }
}
