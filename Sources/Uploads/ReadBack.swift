import CSN
import Findings

/// How a file that was just written differs from the records meant. Any difference is a fault of csnfil or of the
/// machine: the file is not placed.
public enum ReadBackMismatch: Error, Hashable, Sendable {
    /// Other bytes on disk than were written.
    case bytes
    /// The form of the file is wrong.
    case layout(LayoutProblem)
    /// A field of a record (from 1) has another value than was meant.
    case field(Field, record: Int)
    /// The events of a record (from 1) are not those meant.
    case events(record: Int)
    /// Other than so many records.
    case count(expected: Int, read: Int)

    /// What people are told; holds no value.
    public var text: Text {
        switch self {
        case .bytes:
            Text(
                sv: "Filen på disk har andra byte än dem som skrevs.",
                en: "The file on disk has other bytes than were written.")
        case .layout(let problem): problem.text
        case .field(let field, let record):
            Text(
                sv: "\(field.swedish) i post \(record) lästes tillbaka med ett annat värde.",
                en: "\(field.swedish) of record \(record) was read back with another value.")
        case .events(let record):
            Text(
                sv: "Händelserna i post \(record) lästes tillbaka annorlunda.",
                en: "The events of record \(record) were read back otherwise.")
        case .count(let expected, let read):
            Text(
                sv: "\(expected) poster skrevs, men \(read) lästes tillbaka.",
                en: "\(expected) records were written, but \(read) were read back.")
        }
    }
}

extension UploadReader {
    /// Reads a written file anew from disk and compares it with the records meant, field by field; XML is validated
    /// against its schema on the way.
    ///
    /// - Parameters:
    ///   - sha256: of the bytes that were written, in hexadecimal.
    ///   - expected: the records in the order of the file.
    ///   - each: gets every record that was read, with its number from 0, so that the rules can be run over it.
    /// - Returns: the first difference; nil when there is none.
    /// - Throws: an ``OutputProblem`` when the file cannot be read, or what `each` throws.
    public func readBack(
        path: String, sha256: String, expected: [Record], courses: CourseTable,
        _ each: (Int, ReadRecord) throws -> Void = { _, _ in }
    ) throws -> ReadBackMismatch? {
        var mismatch: ReadBackMismatch?
        var isSame = true
        var number = 0
        let reading = try expected.withUnsafeBufferPointer { expected in
            try read(path: path) { read in
                // Nearly all records have no event, and then one look at all fields at once is enough.
                let isPlain = number < expected.count && expected[number].events.isEmpty && read.record.events.isEmpty
                let isSurelySame = isPlain && expected[number].fields.hasSameContent(as: read.record.fields)
                if isSame, !isSurelySame, number < expected.count {
                    mismatch = expected[number].difference(from: read.record, number: number + 1, courses)
                    isSame = mismatch == nil
                }
                try each(number, read)
                number += 1
            }
        }
        if let problem = reading.problems.first { return .layout(problem) }
        if let mismatch { return mismatch }
        if expected.count != number { return .count(expected: expected.count, read: number) }
        return reading.sha256 == sha256 ? nil : .bytes
    }
}

extension Record {
    /// The first field in which the other record, read from a file, says something else.
    fileprivate func difference(from other: Record, number: Int, _ courses: CourseTable) -> ReadBackMismatch? {
        for field in Field.allCases where !Event.fields.contains(field) {
            let isSame =
                switch field {
                case .skolkod: fields.skolkod == other.fields.skolkod
                case .personnummer: fields.personnummer == other.fields.personnummer
                case .kurskod: isSameCourse(as: other, courses)
                case .kursdel: fields.kursdel == other.fields.kursdel
                case .poang: fields.poang == other.fields.poang
                case .startdatum: fields.startdatum == other.fields.startdatum
                case .slutdatum: fields.slutdatum == other.fields.slutdatum
                case .betygsdatum: fields.betygsdatum == other.fields.betygsdatum
                default: fields.codeNumber(of: field) == other.fields.codeNumber(of: field)
                }
            if !isSame { return .field(field, record: number) }
        }
        let isSame =
            events.count == other.events.count
            && zip(events, other.events).allSatisfy { $0.orsak == $1.orsak && $0.date == $1.date }
        return isSame ? nil : .events(record: number)
    }

    /// Two registers may each have the code: then it is the code that counts, not the index.
    private func isSameCourse(as other: Record, _ courses: CourseTable) -> Bool {
        guard course != other.course else { return true }
        guard let course, let otherCourse = other.course else { return false }
        return courses[course].code.utf8.elementsEqual(courses[otherCourse].code.utf8)
    }
}
