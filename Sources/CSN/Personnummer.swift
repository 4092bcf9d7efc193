/// A personnummer or samordningsnummer: twelve digits ÅÅÅÅMMDDXXXX with a real date (the day + 60 in a
/// samordningsnummer). Temporary numbers, which hold a letter, can never be one.
///
/// The check digit is not part of the type: the rule `personnummer-check-digit` is csnfil's own and a configuration
/// may lower it, so a number with a wrong one can exist; ask ``hasRightCheckDigit``.
public struct Personnummer: Hashable, Comparable, Sendable {
    /// The twelve digits as one number, e.g. 197201209983.
    public let digits: UInt64

    /// The number of twelve digits; nil when its date is no real date (also after taking 60 from the day).
    @inlinable
    public init?(digits: UInt64) {
        guard digits < 1_000_000_000_000, Personnummer.birthday(of: digits) != nil else { return nil }
        self.digits = digits
    }

    /// The number of twelve digits that some ``Personnummer`` gave earlier; unchecked, for packed storage.
    @inlinable
    init(stored digits: UInt64) {
        self.digits = digits
    }

    @usableFromInline
    static func birthday(of digits: UInt64) -> Day? {
        let date = Int(digits / 10_000)
        let day = date % 100
        return Day(year: date / 10_000, month: date / 100 % 100, day: day > 60 ? day - 60 : day)
    }

    /// The day of birth (the day less 60 in a samordningsnummer).
    public var birthday: Day { Personnummer.birthday(of: digits) ?? Day(number: 0) }

    /// The year of birth.
    @inlinable public var birthYear: Int { Int(digits / 100_000_000) }

    /// Whether the day is written + 60: a samordningsnummer, given by Skatteverket to a person who is not folkbokförd.
    @inlinable public var isSamordningsnummer: Bool { digits / 10_000 % 100 > 60 }

    /// Whether the last digit is the Luhn check digit over the last ten.
    @inlinable public var hasRightCheckDigit: Bool {
        var rest = digits % 10_000_000_000
        var sum: UInt64 = 0
        var doubled = false
        for _ in 0..<10 {
            let digit = rest % 10
            rest /= 10
            let weighted = doubled ? digit * 2 : digit
            sum += weighted > 9 ? weighted - 9 : weighted
            doubled.toggle()
        }
        return sum % 10 == 0
    }

    /// By the twelve digits.
    @inlinable
    public static func < (left: Personnummer, right: Personnummer) -> Bool { left.digits < right.digits }

    /// The twelve digits in clear. Only the upload file and the ledger may hold this; everything else shows
    /// ``masked``.
    public var inClear: String {
        let text = String(digits)
        return String(repeating: "0", count: max(0, 12 - text.count)) + text
    }

    /// What people are shown: `19900101-****`.
    public var masked: String { inClear.prefix(8) + "-****" }

    /// What people are shown of a person with protected identity: nothing.
    public static let maskedWhole = "********-****"
}

/// *Study-aid age* (studiehjälp): to 30 June of the year the student turns 20.
///
/// Source: the handbook, "För studerande med studiehjälp (till och med första halvåret det år den studerande fyller
/// 20)".
public enum StudyAidAge {
    /// The last day in study-aid age: 30 June of the year of turning 20.
    @inlinable
    public static func lastDay(of number: Personnummer) -> Day {
        Day(year: number.birthYear + 20, month: 6, day: 30) ?? Day(number: .max)
    }

    /// Whether the person is in study-aid age on that day.
    @inlinable
    public static func holds(_ number: Personnummer, on day: Day) -> Bool { day <= lastDay(of: number) }
}
