import CSN

/// What a column of an export can be to csnfil: a field of CSN's record, or something the rules ask for beside it.
public enum Slot: UInt8, Sendable, CaseIterable {
    /// A field of CSN's record, in the order of ``Field``.
    case skolkod, personnummer, kurskod, kursdel, fardighetstraning, omfattning, poang, niva, startdatum, slutdatum
    case uppdragsutbildning, traineejobb, registrering, meddelandeorsak, handelsedatum, betyg, betygsdatum
    /// A school's id that is not CSN's code by the column's name.
    case skola
    /// The export's own number of the student.
    case studentid
    /// Why the event happened.
    case handelseorsak
    /// Where the course stands, in the system's own words.
    case status
    /// Whether the row is an examination without studying (prövning).
    case provning
    /// Whether the student's identity is protected.
    case skyddad
    /// The programme, for students on an introductory one.
    case program
    /// The day the export was made.
    case exportdag
    /// The points of the whole course, where ``poang`` holds those of this occasion or is not there.
    case kurspoang
    /// Whether the course goes on after this occasion.
    case fortsatter
    /// Whether the grade is locked; one that is not is no grade yet.
    case betyglast
    /// Whether what stands as a grade is an assessment (omdöme), and no grade.
    case omdome
    /// A second grade, of an examination or a correction …
    case andrabetyg
    /// … and its day.
    case andrabetygsdatum
    /// The name of the course; read only where somebody asks what a code may mean.
    case kursnamn

    /// The name profiles and messages use.
    public var name: String { String(describing: self) }

    /// The slot of that name; nil when there is none.
    public init?(name: String) {
        guard let slot = Slot.byName[name] else { return nil }
        self = slot
    }

    private static let byName = Dictionary(Slot.allCases.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The slot that a field of CSN's record is read from; the school may also come from ``skola``.
    public init(_ field: Field) {
        self = Slot(rawValue: field.rawValue) ?? .skolkod
    }

    /// The field of CSN's record that the slot becomes; nil for what only the rules ask.
    public var field: Field? {
        switch self {
        case .skola: .skolkod
        case .studentid, .handelseorsak, .status, .provning, .skyddad, .program, .exportdag, .kurspoang, .fortsatter,
            .betyglast, .omdome, .andrabetyg, .andrabetygsdatum, .kursnamn:
            nil
        default: Field(rawValue: rawValue)
        }
    }
}

/// How dates are written.
public enum DateForm: String, Sendable, CaseIterable {
    /// ÅÅÅÅ-MM-DD.
    case iso
    /// ÅÅÅÅMMDD.
    case compact
    /// ÅÅÅÅ-MM-DDTHH:MM… or with a blank; the time and zone are cut off.
    case dateTime = "datetime"
    /// ÅÅMMDD.
    case short
    /// d/m/ÅÅÅÅ.
    case slashed
    /// Days since 1899-12-30, as a spreadsheet stores a date.
    case excel
    /// A term as two digits of the year and one of the term: 174 is autumn 2017, 172 spring 2017. The profile says
    /// which days a term's first and last are.
    case term
}
