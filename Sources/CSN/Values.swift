/// CSN's code of a school: 1000–1999. Neither SCB's code nor the kommunkod.
public struct Skolkod: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 1000–1999.
    public let number: UInt16

    /// nil outside 1000–1999. Source: CSN's list of refusals, "Skolkod".
    @inlinable
    public init?(_ number: Int) {
        guard (1000...1999).contains(number) else { return nil }
        self.number = UInt16(number)
    }

    /// By number.
    @inlinable
    public static func < (left: Skolkod, right: Skolkod) -> Bool { left.number < right.number }

    /// The four digits.
    public var description: String { String(number) }
}

/// Which part of a course: the first digit of so many as the second. "1:3" is 13; a whole course, or a delkurs that
/// the rektor has decided, is 11.
public struct Kursdel: Hashable, Sendable {
    /// 11–99, the second digit at least the first.
    public let number: UInt8

    /// nil outside 11–99, with a zero, or with the second digit below the first. Source: CSN's list of refusals,
    /// "Kursdel" and "Andra positionen i Kursdel ska alltid vara lika med eller större än första positionen".
    @inlinable
    public init?(_ number: Int) {
        guard (11...99).contains(number), number % 10 >= number / 10 else { return nil }
        self.number = UInt8(number)
    }

    /// 1:1, the whole course in one study period.
    public static let whole = Kursdel(stored: 11)

    @usableFromInline
    init(stored: UInt8) { number = stored }

    /// The part's own number, the first digit.
    @inlinable public var part: Int { Int(number) / 10 }
    /// How many parts there are, the second digit.
    @inlinable public var parts: Int { Int(number) % 10 }
    /// Whether this is the last part (or the whole course).
    @inlinable public var isLast: Bool { part == parts }
    /// Whether the course is not divided over study periods (1:1).
    @inlinable public var isWhole: Bool { number == 11 }
}

/// The level of a course.
public enum Niva: UInt8, Sendable, CaseIterable {
    /// Grundläggande vuxenutbildning, local courses there too.
    case gr = 1
    /// Gymnasial vuxenutbildning, local courses there too.
    case gy = 2
    /// Påbyggnadsutbildning: still taken by CSN's file check, no longer in the handbook.
    case pu = 3

    /// The two letters of the upload file.
    public var code: String {
        switch self {
        case .gr: "GR"
        case .gy: "GY"
        case .pu: "PU"
        }
    }
}

/// A grade as the upload file writes it, one character. The raw value is its ASCII byte.
public enum Betyg: UInt8, Sendable, CaseIterable {
    case a = 65
    case b = 66
    case c = 67
    case d = 68
    /// Passed; before 2012-07-01 CSN's own code for a course that is not graded.
    case e = 69
    case f = 70
    case g = 71
    /// IG, not passed: the file takes one character.
    case i = 73
    case v = 86
    case m = 77
    /// A GR course reported as 1:1 that goes on another period.
    case x = 88
    /// The basis of a grade is missing.
    case z = 90
    /// Not graded.
    case notGraded = 45

    /// The one character of the upload file.
    public var code: String { String(UnicodeScalar(rawValue)) }

    /// Whether CSN counts it as passed. An E is a pass only from 2012-07-01 on.
    ///
    /// Source: the handbook, "Det går att rapportera följande betygskoder".
    public func isPass(on day: Day?) -> Bool {
        switch self {
        case .a, .b, .c, .d, .g, .v, .m: true
        case .e: day.map { $0 >= Betyg.lettersBegin } ?? true
        case .f, .i, .x, .z, .notGraded: false
        }
    }

    /// 2012-07-01: before it an E was CSN's code for "not graded".
    public static let lettersBegin = Day(number: 15_522)
}

/// Why something is reported on a course: the kind of an event.
public enum Meddelandeorsak: UInt8, Sendable, CaseIterable {
    /// Hel frånvaro börjar / inte studieaktiv; study-aid age only.
    case absenceBegins = 31
    /// Hel frånvaro upphör / studieaktiv igen; study-aid age only.
    case absenceEnds = 32
    /// Ej påbörjat studierna: started none of the studies.
    case notStarted = 81
    /// Avbrott: the course was broken off, or a single course was not started.
    case dropOut = 99

    /// Whether this is 31 or 32.
    @inlinable public var isAbsence: Bool { self == .absenceBegins || self == .absenceEnds }
}

/// Whether the student studies full or part time, reported only where CSN asks for it.
public enum Omfattning: UInt8, Sendable, CaseIterable {
    /// Heltid.
    case full = 72
    /// Deltid.
    case part = 68

    /// The one letter of the upload file.
    public var code: String { String(UnicodeScalar(rawValue)) }
}
