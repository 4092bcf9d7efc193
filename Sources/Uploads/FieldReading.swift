import CSN

/// What a course code of a finished file is.
public struct FoundCourse: Sendable {
    /// The course.
    public let index: CourseIndex
    /// Why the code could not be sent; nil when it can.
    public let problem: FieldProblem?

    /// A course and what is wrong with its code.
    public init(index: CourseIndex, problem: FieldProblem? = nil) {
        self.index = index
        self.problem = problem
    }
}

/// Reads the values of fields from their bytes, in any layout.
struct FieldReading {
    /// Whether dates are written ÅÅÅÅ-MM-DD, else ÅÅÅÅMMDD.
    private let dashed: Bool
    private let encoding: Layout.TextEncoding
    private let words: CodeWords
    private let codes: FoundCodes
    /// The number read last: a student's records follow each other.
    private var student = (first: ByteWord.blanks, second: ByteWord.blanks, number: Personnummer?.none)

    /// - Parameters:
    ///   - words: the values of the layout's coded fields.
    ///   - codes: the courses of the codes met so far.
    init(dashed: Bool, encoding: Layout.TextEncoding, words: CodeWords, codes: FoundCodes) {
        self.dashed = dashed
        self.encoding = encoding
        self.words = words
        self.codes = codes
    }

    /// Sets the field from its bytes.
    ///
    /// - Returns: what is wrong; nil when the field has its value, or is blank and may be. A problem is also entered
    ///   into the candidate's failed fields.
    @inline(__always)
    mutating func read(_ field: Field, _ bytes: FieldBytes, into candidate: inout Candidate) -> FieldProblem? {
        let problem =
            bytes.isEmpty
            ? (field.isObligatory ? FieldProblem.missing : nil) : value(field, bytes, &candidate)
        if problem != nil { candidate.failed.insert(field) }
        return problem
    }

    /// The bytes as text, for a note.
    func text(_ bytes: FieldBytes) -> String {
        switch encoding {
        case .utf8: return String(decoding: bytes.all, as: UTF8.self)
        case .latin1:
            var text = String.UnicodeScalarView()
            for byte in bytes.all { text.append(UnicodeScalar(byte)) }
            return String(text)
        }
    }

    @inline(__always)
    private mutating func value(
        _ field: Field, _ bytes: FieldBytes, _ candidate: inout Candidate
    ) -> FieldProblem? {
        switch field {
        case .skolkod:
            guard let number = Self.number(bytes) else { return .format }
            candidate.skolkod = Skolkod(number)
            return candidate.skolkod == nil ? .range : nil
        case .personnummer: return personnummer(bytes, &candidate)
        case .kurskod:
            let course = codes.course(of: bytes) { text(bytes) }
            candidate.course = course?.index
            guard let course else { return .tooLong }
            return course.problem
        case .kursdel: return kursdel(bytes, &candidate)
        case .poang:
            guard let number = Self.number(bytes) else { return .format }
            guard number <= 999 else { return .range }
            candidate.poang = number
            return nil
        case .startdatum: return day(bytes, &candidate.startdatum)
        case .slutdatum: return day(bytes, &candidate.slutdatum)
        case .handelsedatum: return day(bytes, &candidate.handelsedatum)
        case .betygsdatum: return day(bytes, &candidate.betygsdatum)
        default:
            guard bytes.count <= 8, let number = words.number(of: bytes.first, in: field) else { return .notAllowed }
            candidate.setCode(number, of: field)
            return nil
        }
    }

    /// Digits only; 999 999 999 for any number that is larger still (all bounds lie far below). nil for anything
    /// else, a sign included.
    @inline(__always)
    private static func number(_ bytes: FieldBytes) -> Int? {
        bytes.count <= 8 ? bytes.first.number(ofFirst: bytes.count) : longNumber(bytes)
    }

    private static func longNumber(_ bytes: FieldBytes) -> Int? {
        var number = 0
        for byte in bytes.all {
            guard isDigit(byte) else { return nil }
            number = min(number * 10 + Int(byte - UInt8(ascii: "0")), 999_999_999)
        }
        return number
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    @inline(__always)
    private mutating func personnummer(_ bytes: FieldBytes, _ candidate: inout Candidate) -> FieldProblem? {
        if bytes.count == 12, let number = student.number, bytes.first == student.first,
            bytes.second == student.second
        {
            candidate.personnummer = number
            return nil
        }
        return newStudent(bytes, &candidate)
    }

    @inline(never)
    private mutating func newStudent(_ bytes: FieldBytes, _ candidate: inout Candidate) -> FieldProblem? {
        guard bytes.count == 12, let birthday = bytes.first.eightDigits, let last = bytes.second.number(ofFirst: 4)
        else { return isTemporary(bytes) ? .temporary : .format }
        guard let number = Personnummer(digits: UInt64(birthday * 10_000 + last)) else { return .unrealDate }
        // The value stays: a configuration may lower the rule of the check digit.
        candidate.personnummer = number
        guard number.hasRightCheckDigit else { return .checkDigit }
        student = (bytes.first, bytes.second, number)
        return nil
    }

    /// A birth date (six or eight digits) and then a serial with a letter: T123, R123, TF01, with or without a
    /// separator before it.
    private func isTemporary(_ bytes: FieldBytes) -> Bool {
        let date = bytes.all.prefix(while: Self.isDigit)
        guard date.count >= 6, bytes.count <= 13 else { return false }
        var hasLetter = false
        for byte in bytes.all[date.endIndex...] {
            let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF)
            guard isLetter || Self.isDigit(byte) || byte == UInt8(ascii: "-") else { return false }
            hasLetter = hasLetter || isLetter
        }
        return hasLetter
    }

    private func kursdel(_ bytes: FieldBytes, _ candidate: inout Candidate) -> FieldProblem? {
        guard let number = Self.number(bytes), bytes.count <= 2 || number > 99 else { return .format }
        guard (11...99).contains(number) else { return .range }
        candidate.kursdel = Kursdel(number)
        return candidate.kursdel == nil ? .order : nil
    }

    /// Sets the day unless something is wrong with it.
    @inline(__always)
    private func day(_ bytes: FieldBytes, _ set: inout Day?) -> FieldProblem? {
        guard let digits = dashed ? digitsBetweenHyphens(bytes) : bytes.count == 8 ? bytes.first.eightDigits : nil
        else { return .format }
        guard digits != 9999_12_31 else { return .open }
        guard let day = Day(eightDigits: digits) else { return .unrealDate }
        set = day
        return nil
    }

    /// ÅÅÅÅ-MM-DD as eight digits; nil for anything else.
    private func digitsBetweenHyphens(_ bytes: FieldBytes) -> Int? {
        guard bytes.count == 10 else { return nil }
        // The word's highest bytes: the month with its hyphens, and the day behind the last of them.
        let (first, last) = (bytes.word(at: 0), bytes.word(at: 2))
        let hyphens: ByteWord = 0x2D00_002D_0000_0000
        guard first & 0xFF00_00FF_0000_0000 == hyphens else { return nil }
        let day = last & 0xFFFF_0000_0000_0000
        return (first & 0xFFFF_FFFF | (first >> 40 & 0xFFFF) << 32 | day).eightDigits
    }
}
