import CSN
import Profiles

/// A national course, as a sample needs to know it.
public struct SampleCourse: Sendable {
    /// The code as the register writes it.
    public var code: String
    /// The name; letters that not every encoding holds are left out of it.
    public var name: String
    /// The national points; nil where the register does not say.
    public var points: Int?
    /// GR or GY; a course without one of them is never used.
    public var niva: Niva?
    /// Not for orientation and individual courses.
    public var isGradable: Bool
    /// The first day in force; nil where the register does not say.
    public var validFrom: Day?
    /// The last day in force; nil where the register does not say.
    public var validTo: Day?

    /// A course of the register.
    public init(
        code: String, name: String = "", points: Int?, niva: Niva?, isGradable: Bool = true, validFrom: Day? = nil,
        validTo: Day? = nil
    ) {
        self.code = code
        self.name = name
        self.points = points
        self.niva = niva
        self.isGradable = isGradable
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// What a sample is to be. The same request gives the same bytes, on any machine.
public struct SampleRequest: Sendable {
    /// The profile of the export; it says in what shape samples are written.
    public var profile: Profile
    /// The profile of the side table that the shape names.
    public var personTable: Profile?
    /// Rows of the export, apart from the header and from those that the profile leaves out.
    public var records: Int
    /// Another seed, other people.
    public var seed: UInt64
    /// How many of a hundred rows break a rule, 0–100. No student has more than one such row, so that above some
    /// twenty the students get fewer courses each, and the share asked for may not be reached.
    public var faultPercent: Double
    /// The day of the run that the sample is made for: courses lie around it.
    public var today: Day
    /// The courses to take from; those that nobody could report (sfi, twelve characters, no level) are left out.
    public var courses: [SampleCourse]
    /// The schools: the first one where an export has no column for the school.
    public var schools: [Skolkod]
    /// Numbers that are kommunkoder: a school that has one of them is not used, and the fault
    /// `skolkod-looks-like-kommunkod` takes one.
    public var kommunkoder: [Int]
    /// The encoding of the export; nil: what the profile says.
    public var encoding: SampleEncoding?
    /// CRLF or LF; nil: what the profile says.
    public var usesCRLF: Bool?

    /// A request; see the properties.
    public init(
        profile: Profile, personTable: Profile? = nil, records: Int, seed: UInt64, faultPercent: Double = 0, today: Day,
        courses: [SampleCourse], schools: [Skolkod], kommunkoder: [Int] = [], encoding: SampleEncoding? = nil,
        usesCRLF: Bool? = nil
    ) {
        self.profile = profile
        self.personTable = personTable
        self.records = records
        self.seed = seed
        self.faultPercent = faultPercent
        self.today = today
        self.courses = courses
        self.schools = schools
        self.kommunkoder = kommunkoder
        self.encoding = encoding
        self.usesCRLF = usesCRLF
    }

    /// The encoding of the export.
    var writtenEncoding: SampleEncoding { encoding ?? profile.sample?.encoding ?? .utf8 }

    /// The first so many skolkoder from 1000 on that are no kommunkod; fewer where there are not so many.
    public static func schools(_ count: Int, avoiding kommunkoder: [Int]) -> [Skolkod] {
        let taken = Set(kommunkoder)
        return Array((1000...1999).lazy.filter { !taken.contains($0) }.compactMap { Skolkod($0) }.prefix(max(0, count)))
    }
}

/// Why a sample cannot be made.
public enum SampleProblem: Error, Hashable, Sendable {
    /// The profile does not say in what shape a sample of it is written.
    case noShape(profile: String)
    /// The profile is that of a side table, which goes with another export.
    case sideTable(profile: String)
    /// The profile of the side table that the export needs is missing, or does not say how it is written.
    case noPersonTable(profile: String)
    /// None of the schools can be used: none given, or all are kommunkoder.
    case noSchools
    /// None of the courses is in force and reportable in a half-year around the day.
    case noCourses(halfYearFrom: Day)
    /// Fewer than 0 rows.
    case negativeRecords(Int)
    /// Not 0–100.
    case faultPercentOutOfRange(Double)
    /// More rows at one school than there are numbers of the series 980–999 to give to students.
    case tooManyRecords(asked: Int, possible: Int)
    /// A day whose neighbouring half-years cannot be written (years 100–9900 can).
    case dayOutOfRange(Day)
}

/// How many rows of a sample meet which fate, and how many break which rule.
public struct SampleCounts: Hashable, Sendable {
    /// Rows, header apart.
    public var rows = 0
    /// Rows whose record is in a file.
    public var sent = 0
    /// Rows that cannot be sent, and those of their units.
    public var held = 0
    /// Rows that are left out and hold nothing.
    public var dropped = 0
    /// Rows that the export's profile leaves out.
    public var ignored = 0
    /// Rows made to break a rule, by the rule's name.
    public var faults: [String: Int] = [:]
    /// Students at schools: a person at two schools counts twice.
    public var students = 0

    /// None yet.
    public init() {}
}
