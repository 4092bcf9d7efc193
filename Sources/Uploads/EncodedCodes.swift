import CSN

/// Course codes as the files of a layout write them, encoded once each. Writers that follow each other in one thread
/// share one.
public final class EncodedCodes {
    private let courses: CourseTable
    private let layout: Layout
    private var bytes: [UInt8] = []
    /// By the course's number: where its code lies in `bytes`; length 0 when it has not been asked for.
    private var places: [(start: UInt32, length: UInt8)] = []

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
    func code(of course: CourseIndex, record: Int) throws(WriteProblem) -> ArraySlice<UInt8> {
        let number = Int(course.number)
        while places.count <= number { places.append((0, 0)) }
        if places[number].length == 0 {
            let encoded = try encode(courses[course].code, record)
            places[number] = (UInt32(bytes.count), UInt8(encoded.count))
            bytes += encoded
        }
        let place = places[number]
        return bytes[Int(place.start)..<Int(place.start) + Int(place.length)]
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
