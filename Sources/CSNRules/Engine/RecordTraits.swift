import CSN

/// What a record has that most have not. A rule that is about nothing else says so (``TurnRule/concerns``), and the pass
/// asks it of the others not at all: three of four rules are about events, grades or what was reported before.
public struct RecordTraits: OptionSet, Sendable {
    /// One bit a trait.
    public let rawValue: UInt8

    /// The traits with those bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// An event.
    public static let event = RecordTraits(rawValue: 1 << 0)
    /// A grade, or the day of one.
    public static let grade = RecordTraits(rawValue: 1 << 1)
    /// Something that the export says beside CSN's fields (``CSN/Marks``).
    public static let mark = RecordTraits(rawValue: 1 << 2)
    /// A part of a course that is read in several study periods.
    public static let part = RecordTraits(rawValue: 1 << 3)
    /// The same course more than once among a unit's rows, or rows of several exports.
    public static let repetition = RecordTraits(rawValue: 1 << 4)
    /// Something was reported of the student before.
    public static let reported = RecordTraits(rawValue: 1 << 5)

    /// Every trait: where something failed each rule is asked, so that it is counted which could not be.
    static let all = RecordTraits(rawValue: .max)
}

extension RuleContext {
    /// Whether a subject has one of those traits.
    func traits(of record: borrowing Record, meet concerns: RecordTraits) -> Bool {
        !traits(of: record).isDisjoint(with: concerns)
    }

    /// Whether a subject has one of those traits.
    func traits(of unit: borrowing UnitRecords, meet concerns: RecordTraits) -> Bool {
        !traits(of: unit).isDisjoint(with: concerns)
    }

    /// Whether a subject has one of those traits.
    func traits(of student: borrowing StudentRecords, meet concerns: RecordTraits) -> Bool {
        !traits(of: student).isDisjoint(with: concerns)
    }

    /// The traits of a record.
    func traits(of record: borrowing Record) -> RecordTraits {
        guard earlier.isEmpty, !ignoresTraits, record.fields.failed.isEmpty else { return .all }
        var traits: RecordTraits = []
        if record.hasEvents {
            traits.insert(.event)
            for event in record.events where !event.failed.isEmpty { return .all }
        }
        if record.fields.betyg != nil || record.fields.betygsdatum != nil { traits.insert(.grade) }
        if !record.fields.marks.isEmpty { traits.insert(.mark) }
        if record.fields.kursdel != .whole { traits.insert(.part) }
        return traits
    }

    /// What any of a unit's records has, and what its records have together.
    func traits(of unit: borrowing UnitRecords) -> RecordTraits {
        var traits = traits(of: unit.records)
        if traits != .all, unit.hasRepetition { traits.insert(.repetition) }
        return traits
    }

    /// What any of a student's records has.
    func traits(of student: borrowing StudentRecords) -> RecordTraits {
        var traits: RecordTraits = []
        for index in student.units.indices { traits.formUnion(self.traits(of: student.units[index].records)) }
        return traits
    }

    private func traits(of records: borrowing [Record]) -> RecordTraits {
        var traits: RecordTraits = []
        for index in records.indices { traits.formUnion(self.traits(of: records[index])) }
        return traits
    }
}

extension UnitRecords {
    /// Whether a course stands in the unit twice, or may do so in two systems' exports.
    fileprivate var hasRepetition: Bool {
        for index in records.indices {
            if records[index].rowCount > 1 { return true }
            if records[index].fields.origin.input != records[0].fields.origin.input { return true }
        }
        return hasCourseTwice
    }
}
