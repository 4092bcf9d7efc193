/// A field of CSN's record, in the order in which the layouts write them.
public enum Field: UInt8, Sendable, CaseIterable {
    case skolkod, personnummer, kurskod, kursdel, fardighetstraning, omfattning, poang, niva, startdatum, slutdatum
    case uppdragsutbildning, traineejobb, registrering, meddelandeorsak, handelsedatum, betyg, betygsdatum

    /// CSN's term without diacritics, as layouts, profiles and diagnostics name the field.
    public var name: String { String(describing: self) }

    /// The field of that name; nil when there is none.
    public init?(name: String) {
        guard let field = Field.byName[name] else { return nil }
        self = field
    }

    private static let byName = Dictionary(
        Field.allCases.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// CSN's term as people write it, with å ä ö.
    public var swedish: String {
        switch self {
        case .fardighetstraning: "färdighetsträning"
        case .poang: "poäng"
        case .niva: "nivå"
        case .handelsedatum: "händelsedatum"
        default: name
        }
    }

    /// Whether values of the field belong to a person and are masked everywhere but in the upload file and the ledger.
    public var isPersonal: Bool { self == .personnummer }
}

/// A set of fields, one bit each.
public struct FieldSet: OptionSet, Hashable, Sendable {
    /// One bit a field, the lowest the record's first.
    public let rawValue: UInt32

    /// The set with those bits.
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The set of that one field.
    @inlinable
    public init(_ field: Field) { rawValue = 1 << UInt32(field.rawValue) }

    /// The set of those fields.
    @inlinable
    public init(_ fields: Field...) {
        rawValue = fields.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    }

    /// Whether the field is in the set.
    @inlinable
    public func contains(_ field: Field) -> Bool { rawValue & (1 << UInt32(field.rawValue)) != 0 }

    /// Puts the field into the set.
    @inlinable
    public mutating func insert(_ field: Field) { self = union(FieldSet(field)) }

    /// Takes the field out of the set.
    @inlinable
    public mutating func remove(_ field: Field) { self = subtracting(FieldSet(field)) }

    /// The fields in it, in the order of the record.
    public var fields: [Field] { Field.allCases.filter { contains($0) } }
}

/// Why a cell did not become a value. What Normalizing (or the reader of a finished file) leaves in a field; a rule
/// turns it into a finding.
public enum FieldProblem: UInt8, Sendable, CaseIterable {
    /// Nothing stands there, and the field needs a value.
    case missing
    /// Not of the field's form: letters in a number, eleven digits in a personnummer …
    case format
    /// A number outside the field's bounds.
    case range
    /// Kursdel: the second digit below the first, or a zero.
    case order
    /// A temporary personnummer.
    case temporary
    /// A GUID where a personnummer should stand: a side table is missing.
    case guid
    /// Of the right form, but no such day.
    case unrealDate
    /// The check digit does not fit.
    case checkDigit
    /// More characters than the field takes.
    case tooLong
    /// In no register and no mapping.
    case unknown
    /// A number that is a kommunkod, straight from a column that is not CSN's by name.
    case kommunkod
    /// Not one of the field's values.
    case notAllowed
    /// An end date that is left open (9999-12-31).
    case open
    /// Bytes that the encoding does not know.
    case invalidBytes
    /// The row has more or fewer cells than the header.
    case cellCount
    /// The file ends inside the row.
    case cutShort
    /// Two cells of the row say different things of the field, and nobody knows which is meant.
    case contradictory
}

/// What Normalizing mended while reading a cell; a rule reports it, with what stood there.
public enum FieldRepair: UInt8, Sendable, CaseIterable {
    /// A national code in the wrong letter case.
    case letterCase
    /// A national code with a decoration set apart by a blank, hyphen or slash.
    case decoration
    /// A national code with a decoration glued on, cut off by a pattern that the school has declared.
    case declaredPattern
    /// A code that was read in another encoding than it was written in.
    case misread
    /// A first grade, in place of which a second one of a later day counts.
    case secondGrade
}

/// One field of one row that did not simply become a value: what stood there, in which column, and what is wrong
/// with it or was mended.
public struct FieldNote: Sendable {
    /// What happened to the field.
    public enum Outcome: Sendable, Hashable {
        /// No value: the cause.
        case failed(FieldProblem)
        /// A value, but not the one that stood there.
        case repaired(FieldRepair)
    }

    /// The field of CSN's record that the cell was to become.
    public var field: Field
    /// What happened to it.
    public var outcome: Outcome
    /// The cell as it stood, decoded.
    public var value: String
    /// The export's column (from 0); nil when there is no such column.
    public var column: Int?
    /// What the value became, for a repair; what was looked up, for an unknown school or code.
    public var became: String
    /// The line of the value, where it has one of its own (from 1); nil when it stands on its row's.
    public var line: Int?

    /// A note on `field` with the cell's text as `value`.
    public init(_ field: Field, _ outcome: Outcome, value: String, column: Int?, became: String = "") {
        self.field = field
        self.outcome = outcome
        self.value = value
        self.column = column
        self.became = became
    }
}
