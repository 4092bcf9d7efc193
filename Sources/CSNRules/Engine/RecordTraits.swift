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

/// The traits of the subject of one step of the pass, asked when they are needed, and anew after a rule has spoken: what
/// it found may be a trait to those after it (a field has failed).
struct KnownTraits {
    private var traits: RecordTraits = []
    private var said = -1

    /// Whether the subject has one of those traits.
    ///
    /// - Parameters:
    ///   - findings: how many there are by now.
    ///   - now: the subject's traits; where the subject itself is handed over, it is copied each time.
    @inline(__always)
    mutating func meet(_ concerns: RecordTraits, after findings: Int, _ now: @autoclosure () -> RecordTraits) -> Bool {
        if said != findings {
            traits = now()
            said = findings
        }
        return !traits.isDisjoint(with: concerns)
    }
}

extension Record {
    /// The traits of the record.
    borrowing func traits(_ context: borrowing RuleContext) -> RecordTraits {
        guard context.earlier.isEmpty, !context.ignoresTraits, fields.failed.isEmpty else { return .all }
        var traits: RecordTraits = []
        if hasEvents {
            traits.insert(.event)
            for event in events where !event.failed.isEmpty { return .all }
        }
        if fields.betyg != nil || fields.betygsdatum != nil { traits.insert(.grade) }
        if !fields.marks.isEmpty { traits.insert(.mark) }
        if fields.kursdel != .whole { traits.insert(.part) }
        return traits
    }
}

extension UnitRecords {
    /// What any of the unit's records has, and what they have together.
    borrowing func traits(_ context: borrowing RuleContext) -> RecordTraits {
        var traits = recordTraits(context)
        if traits != .all, hasRepetition { traits.insert(.repetition) }
        return traits
    }

    fileprivate borrowing func recordTraits(_ context: borrowing RuleContext) -> RecordTraits {
        var traits: RecordTraits = []
        for index in records.indices { traits.formUnion(records[index].traits(context)) }
        return traits
    }
}

extension StudentRecords {
    /// What any of the student's records has.
    borrowing func traits(_ context: borrowing RuleContext) -> RecordTraits {
        var traits: RecordTraits = []
        for index in units.indices { traits.formUnion(units[index].recordTraits(context)) }
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
