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

/// The courses of the codes that files of one layout hold, each looked up once. A class, so that the files that one
/// thread reads share them: most codes of a file stood in one before.
final class FoundCodes {
    private let find: (String) -> FoundCourse
    private var found: [CodeKey: FoundCourse] = [:]

    /// - Parameter find: asked once for each different code.
    init(_ find: @escaping (String) -> FoundCourse) { self.find = find }

    /// The bytes of a code without a heap object, so that the many records of one course are looked up cheaply.
    private struct CodeKey: Hashable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var count: UInt8

        init?(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard bytes.count <= 16 else { return nil }
            count = UInt8(bytes.count)
            for (index, byte) in bytes.enumerated() {
                if index < 8 { low = low << 8 | UInt64(byte) } else { high = high << 8 | UInt64(byte) }
            }
        }
    }

    /// The course of a code; nil for one that is longer than the field.
    ///
    /// - Parameter text: the code as text, asked for only when it has not been met.
    func course(of bytes: UnsafeBufferPointer<UInt8>, text: () -> String) -> FoundCourse? {
        let key = CodeKey(bytes)
        if let key, let known = found[key] { return known }
        let code = text()
        guard code.unicodeScalars.count <= Field.kurskod.width else { return nil }
        let course = find(code)
        if let key { found[key] = course }
        return course
    }
}

/// Reads the values of fields from their bytes, in any layout. Bytes go in without the blanks around them.
struct FieldReading {
    /// Whether dates are written ÅÅÅÅ-MM-DD, else ÅÅÅÅMMDD.
    let dashed: Bool
    let encoding: Layout.TextEncoding
    private let codes: FoundCodes

    /// - Parameter codes: the courses of the codes met so far.
    init(dashed: Bool, encoding: Layout.TextEncoding, codes: FoundCodes) {
        self.dashed = dashed
        self.encoding = encoding
        self.codes = codes
    }

    /// Sets the field from its bytes.
    ///
    /// - Returns: what is wrong; nil when the field has its value, or is blank and may be. A problem is also entered
    ///   into the candidate's failed fields.
    mutating func read(
        _ field: Field, _ bytes: UnsafeBufferPointer<UInt8>, codes: CodeTable, into candidate: inout Candidate
    ) -> FieldProblem? {
        let problem =
            bytes.isEmpty
            ? (field.isObligatory ? FieldProblem.missing : nil) : value(field, bytes, codes, &candidate)
        if problem != nil { candidate.failed.insert(field) }
        return problem
    }

    /// The bytes as text, for a note.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        switch encoding {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .latin1:
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(UnicodeScalar(byte)) }
            return String(text)
        }
    }

    private mutating func value(
        _ field: Field, _ bytes: UnsafeBufferPointer<UInt8>, _ codes: CodeTable, _ candidate: inout Candidate
    ) -> FieldProblem? {
        switch field {
        case .skolkod:
            guard let number = Self.number(bytes) else { return .format }
            candidate.skolkod = Skolkod(number)
            return candidate.skolkod == nil ? .range : nil
        case .personnummer: return personnummer(bytes, &candidate)
        case .kurskod: return kurskod(bytes, &candidate)
        case .kursdel: return kursdel(bytes, &candidate)
        case .poang:
            guard let number = Self.number(bytes) else { return .format }
            guard number <= 999 else { return .range }
            candidate.poang = number
            return nil
        case .startdatum: return day(bytes) { candidate.startdatum = $0 }
        case .slutdatum: return day(bytes) { candidate.slutdatum = $0 }
        case .handelsedatum: return day(bytes) { candidate.handelsedatum = $0 }
        case .betygsdatum: return day(bytes) { candidate.betygsdatum = $0 }
        default:
            guard let written = ShortBytes(bytes), let code = codes.number(of: written) else { return .notAllowed }
            candidate.setCode(code, of: field)
            return nil
        }
    }

    /// Digits only; 999 999 999 for any number that is larger still (all bounds lie far below). nil for anything
    /// else, a sign included.
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var number = 0
        for byte in bytes {
            guard let digit = digit(byte) else { return nil }
            number = min(number * 10 + digit, 999_999_999)
        }
        return number
    }

    @inline(__always)
    private static func digit(_ byte: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
    }

    private func personnummer(_ bytes: UnsafeBufferPointer<UInt8>, _ candidate: inout Candidate) -> FieldProblem? {
        var digits: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            guard let digit = Self.digit(byte), index < 12 else {
                return isTemporary(bytes) ? .temporary : .format
            }
            digits = digits * 10 + UInt64(digit)
        }
        guard bytes.count == 12 else { return .format }
        guard let number = Personnummer(digits: digits) else { return .unrealDate }
        // The value stays: a configuration may lower the rule of the check digit.
        candidate.personnummer = number
        return number.hasRightCheckDigit ? nil : .checkDigit
    }

    /// A birth date (six or eight digits) and then a serial with a letter: T123, R123, TF01, with or without a
    /// separator before it.
    private func isTemporary(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let date = bytes.prefix { Self.digit($0) != nil }
        guard date.count >= 6, bytes.count <= 13 else { return false }
        var hasLetter = false
        for byte in bytes[date.endIndex...] {
            let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF)
            guard isLetter || Self.digit(byte) != nil || byte == UInt8(ascii: "-") else { return false }
            hasLetter = hasLetter || isLetter
        }
        return hasLetter
    }

    private func kurskod(_ bytes: UnsafeBufferPointer<UInt8>, _ candidate: inout Candidate) -> FieldProblem? {
        let course = codes.course(of: bytes) { text(bytes) }
        candidate.course = course?.index
        return course.map(\.problem) ?? .tooLong
    }

    private func kursdel(_ bytes: UnsafeBufferPointer<UInt8>, _ candidate: inout Candidate) -> FieldProblem? {
        guard let number = Self.number(bytes), bytes.count <= 2 || number > 99 else { return .format }
        guard (11...99).contains(number) else { return .range }
        candidate.kursdel = Kursdel(number)
        return candidate.kursdel == nil ? .order : nil
    }

    private func day(_ bytes: UnsafeBufferPointer<UInt8>, _ set: (Day) -> Void) -> FieldProblem? {
        guard bytes.count == (dashed ? 10 : 8) else { return .format }
        var digits = 0
        for (index, byte) in bytes.enumerated() {
            if dashed, index == 4 || index == 7 {
                guard byte == UInt8(ascii: "-") else { return .format }
            } else {
                guard let digit = Self.digit(byte) else { return .format }
                digits = digits * 10 + digit
            }
        }
        guard digits != 9999_12_31 else { return .open }
        guard let day = Day(eightDigits: digits) else { return .unrealDate }
        set(day)
        return nil
    }
}
