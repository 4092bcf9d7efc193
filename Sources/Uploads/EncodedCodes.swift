import CSN

/// A course code as the files of a layout write it.
struct EncodedCode {
    /// Its first sixteen bytes, blanks behind the last.
    let first, second: ByteWord
    /// Where a longer one lies.
    let start: Int
    let length: Int
}

/// Course codes as the files of a layout write them, encoded once each. Writers that follow each other in one thread
/// share one.
public final class EncodedCodes {
    private let courses: CourseTable
    private let layout: Layout
    /// By the course's number; nil when its code has not been asked for.
    private var encoded: [EncodedCode?] = []
    private var longer: [UInt8] = []

    /// More than 10 characters of which each takes the most that an escape takes.
    static let greatestLength = 64

    /// The codes of these courses in a layout; none is encoded yet.
    public init(_ courses: CourseTable, layout: Layout) {
        self.courses = courses
        self.layout = layout
    }

    /// The code's bytes, escaped where the container needs it.
    ///
    /// - Parameter record: the number of the record for which it is asked, for the error.
    @inline(__always)
    func code(of course: CourseIndex, record: Int) throws(WriteProblem) -> EncodedCode {
        let number = Int(course.number)
        if number < encoded.count, let code = encoded[number] { return code }
        return try make(course, record)
    }

    /// The bytes of a code that two words do not hold.
    func withBytes(of code: EncodedCode, _ body: (UnsafeRawBufferPointer) -> Void) {
        longer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[code.start..<code.start + code.length])) }
    }

    @inline(never)
    private func make(_ course: CourseIndex, _ record: Int) throws(WriteProblem) -> EncodedCode {
        let bytes = try encode(courses[course].code, record)
        let code = EncodedCode(
            first: ByteWord(bytes: bytes.prefix(8)) ?? .blanks,
            second: ByteWord(bytes: bytes.dropFirst(8).prefix(8)) ?? .blanks, start: longer.count, length: bytes.count)
        if bytes.count > 16 { longer += bytes }
        while encoded.count <= Int(course.number) { encoded.append(nil) }
        encoded[Int(course.number)] = code
        return code
    }

    private func encode(_ code: String, _ record: Int) throws(WriteProblem) -> [UInt8] {
        let scalars = code.unicodeScalars
        guard !scalars.isEmpty else { throw .missing(.kurskod, record: record) }
        guard scalars.count <= Field.kurskod.width else { throw .tooLong(.kurskod, record: record) }
        // A blank at either end would be lost by position, and by the schema's rules in XML too.
        for edge in [scalars.first, scalars.last] where edge == " " {
            throw .character(.kurskod, record: record, scalar: 0x20)
        }
        var encoded: [UInt8] = []
        for scalar in scalars {
            guard isWritable(scalar) else { throw .character(.kurskod, record: record, scalar: scalar.value) }
            switch (layout.encoding, scalar) {
            case (.latin1, _): encoded.append(UInt8(truncatingIfNeeded: scalar.value))
            case (.utf8, "&"): encoded += Array("&amp;".utf8)
            case (.utf8, "<"): encoded += Array("&lt;".utf8)
            case (.utf8, ">"): encoded += Array("&gt;".utf8)
            case (.utf8, _): encoded += Array(String(scalar).utf8)
            }
        }
        return encoded
    }

    private func isWritable(_ scalar: Unicode.Scalar) -> Bool {
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        let isNoCharacter = scalar.value & 0xFFFE == 0xFFFE
        return !isControl && !isNoCharacter && (layout.encoding == .utf8 || scalar.value <= 0xFF)
    }
}
