import CSN

/// What a rule judges.
protocol RuleSubject {
    /// The fields in which something already failed.
    var failed: FieldSet { get }
    /// Nothing more is to be said of it: it is left out.
    var isDropped: Bool { get }
}

extension Candidate: RuleSubject {
    var isDropped: Bool { false }
}

extension Record: RuleSubject {}

/// All rows of one student at one school after the field stage, before they become records.
public struct StudentRows: Sendable, RuleSubject {
    /// The rows, in any order.
    public var rows: [Candidate]

    /// Rows have fields of their own: rules ask them.
    var failed: FieldSet { [] }
    var isDropped: Bool { false }
}

/// One unit: the records of one student at one school in one study period, sorted by startdatum, kurskod, kursdel.
/// Dropped and held records stand in it too, and those that are kept as they were last reported because the export has
/// them no more (``CSN/Record/isCarried``); a rule asks.
public struct UnitRecords: Sendable, RuleSubject {
    /// The records, dropped and held ones too.
    public var records: [Record]
    /// Whether nobody can tell what the export has of the unit: a row of the student could not be placed in any.
    public var hasUnplacedRows = false

    /// A unit of those records.
    public init(_ records: [Record]) { self.records = records }

    /// A unit has no fields: rules ask its records.
    var failed: FieldSet { [] }
    var isDropped: Bool { false }

    /// What failed in any of the records at those indices.
    func failed(in indices: [Int]) -> FieldSet {
        indices.reduce(into: FieldSet()) { $0.formUnion(records[$1].failed) }
    }

    /// Whether two records are of the same course, part and startdatum; rules about such pairs have nothing to do
    /// otherwise, which is nearly always.
    var hasCourseTwice: Bool {
        for first in records.indices {
            // They are sorted by startdatum, so the others of one day follow.
            for second in records.indices[(first + 1)...] {
                guard records[second].startdatum == records[first].startdatum else { break }
                if records[first].fields.isSameCourse(as: records[second].fields) { return true }
            }
        }
        return false
    }

    /// The indices of the records that are still to be reported.
    public var present: [Int] { records.indices.filter { !records[$0].isDropped } }
    /// Whether a record holds the unit.
    public var isHeld: Bool { records.contains { $0.isHeld && !$0.isDropped } }
}

/// All units of one student at one school.
public struct StudentRecords: Sendable, RuleSubject {
    /// The units in the order of their first startdatum.
    public var units: [UnitRecords]

    /// A student's units.
    public init(_ units: [UnitRecords]) { self.units = units }

    var failed: FieldSet { [] }
    var isDropped: Bool { false }
}

/// What a rule may ask of a whole file.
public struct FileFacts: Sendable, RuleSubject {
    /// The first of every date written in the file; nil in an empty file.
    public var firstDate: Day?
    /// The last of every date written in the file.
    public var lastDate: Day?
    /// Which schools' codes stand in it.
    public var schools: Set<Skolkod>
    /// How many records stand in it.
    public var recordCount: Int
    /// How many units they form.
    public var unitCount: Int
    /// The file holds one unit only, and is over the limit only because of a course exactly 365 days apart, or of an
    /// event or grade date.
    public var isOneUnitException: Bool
    /// What is wrong with the form of the file: line (0 for none) and a sentence each.
    public var formFaults: [FormFault]
    /// The file that CSN has not read yet and that this one replaces; nil when there is none.
    public var replaces: UnreadFile?

    /// Something wrong with a file's form, found by the layout's reader.
    public struct FormFault: Sendable {
        /// The line, from 1; 0 when it is about the whole file.
        public var line: Int
        /// The position in the line, from 1; 0 when it is about the whole line.
        public var position: Int
        /// What is wrong, in both languages.
        public var sv: String
        /// What is wrong, in English.
        public var en: String

        /// A fault at a place.
        public init(line: Int, position: Int, sv: String, en: String) {
            self.line = line
            self.position = position
            self.sv = sv
            self.en = en
        }
    }

    /// The facts of one file.
    public init(
        firstDate: Day?, lastDate: Day?, schools: Set<Skolkod>, recordCount: Int, unitCount: Int,
        isOneUnitException: Bool, formFaults: [FormFault] = [], replaces: UnreadFile? = nil
    ) {
        self.firstDate = firstDate
        self.lastDate = lastDate
        self.schools = schools
        self.recordCount = recordCount
        self.unitCount = unitCount
        self.isOneUnitException = isOneUnitException
        self.formFaults = formFaults
        self.replaces = replaces
    }

    var failed: FieldSet { [] }
    var isDropped: Bool { false }
}
