import CSN
import CSNRules
import DeliveryLedger

/// What became of each of a school's rows that were judged.
struct JudgedRows {
    /// What becomes of a row.
    enum Fate: UInt8 {
        /// CSN has read what it says.
        case withCSN
        /// It stands in a file that is uploaded and not read.
        case uploaded
        /// It stands in a file that waits, or is to be written.
        case ahead
        case held
        case dropped
        case copy
        /// Its study period turned out to be another than those that the run is about.
        case outside
    }

    /// A row's fate, and whether it is the row under which a sent record is counted.
    struct Outcome {
        var fate: Fate
        var isRecord = false
    }

    /// By row.
    private(set) var outcomes: [RowOrigin: Outcome] = [:]
    private let chosen: ChosenUnits

    /// - Parameters:
    ///   - judgement: what the rules say.
    ///   - sent: what becomes of a record that nothing holds.
    init(_ judgement: SchoolJudgement, _ chosen: ChosenUnits, sent: (Record, StudentIdentity) -> Fate) {
        self.chosen = chosen
        for student in judgement.students {
            for unit in student.judged.units {
                take(unit, of: student.identity, isHeld: unit.isHeld || judgement.isHeld) { sent($0, student.identity) }
            }
            for record in student.judged.dropped { take(record, .dropped) }
            for record in student.judged.withoutStart { take(record, .held) }
        }
    }

    private mutating func take(_ unit: JudgedUnit, of student: StudentIdentity, isHeld: Bool, sent: (Record) -> Fate) {
        let isOutside = chosen.leavesOut(unit, of: student, isHeld: isHeld)
        for record in unit.records where !record.isCarried {
            if isOutside {
                take(record, .outside, copies: .outside)
            } else if record.isDropped {
                take(record, .dropped)
            } else {
                take(record, isHeld ? .held : sent(record))
            }
        }
    }

    private mutating func take(_ record: Record, _ fate: Fate, copies: Fate = .copy) {
        let isSent = [.withCSN, .uploaded, .ahead].contains(fate)
        outcomes[record.fields.origin] = Outcome(fate: fate, isRecord: isSent)
        for row in record.mergedRows { outcomes[row] = Outcome(fate: fate) }
        for row in record.copies { outcomes[row] = Outcome(fate: copies) }
    }
}

/// How the records that are to be sent stand with CSN and in the files ahead.
struct RecordStanding {
    private let view: LedgerView
    private let courses: CourseTable
    /// Records in files ahead, by row.
    private var ahead: Set<RowOrigin> = []
    /// Those of them that go although CSN has them.
    private var again: Set<RowOrigin> = []

    /// - Parameters:
    ///   - units: the school's, weighed.
    ///   - files: that are planned for them.
    init(_ view: LedgerView, _ courses: CourseTable, _ units: [WeighedUnit], _ files: [QueuedSchool.File]) {
        self.view = view
        self.courses = courses
        for file in files { for record in file.content.records { ahead.insert(record.fields.origin) } }
        for unit in units where unit.isForced { again.formUnion(unit.unit.records.map(\.fields.origin)) }
    }

    /// What becomes of a record. What is in no file although CSN does not have it is held.
    func fate(of record: Record, _ student: StudentIdentity) -> JudgedRows.Fate {
        let row = record.fields.origin
        if !again.contains(row), let content = RecordContent(record, courses: courses),
            let standing = view.key(of: student).flatMap({ view.standings[$0]?[content.key] }),
            standing.isCertainly(content)
        {
            return standing.read == content ? .withCSN : .uploaded
        }
        return ahead.contains(row) ? .ahead : .held
    }
}

extension SchoolJudgement {
    /// Takes the rows of study periods out of the count that turned out to be none that the run is about.
    ///
    /// - Returns: how many rows that are.
    mutating func leaveOut(but chosen: ChosenUnits) -> Int {
        guard !chosen.isEverything else { return 0 }
        let before = result.fates.ignored
        for student in students {
            for unit in student.judged.units
            where chosen.leavesOut(unit, of: student.identity, isHeld: unit.isHeld || isHeld) {
                result.fates.ignore(unit.fates)
            }
        }
        return result.fates.ignored - before
    }
}
